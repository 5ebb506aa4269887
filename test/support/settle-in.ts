// How a team settles in with a bot that has no owner yet: the first person claims it with the code of the terminal and switches learning on,
// and whoever does what the local chat leaves to all becomes an admin first. All by the real commands.
import { until } from './room.ts';

/** What a place must be able to do; names and ids are its own. */
export type Settling = {
  /** what npm start has printed so far */
  output(): string;
  /** Says it to the bot alone, and resolves when the bot has answered with something that matches. */
  command(person: string, text: string, answer?: RegExp): Promise<void>;
  /** Says it in a channel, and resolves when the bot has answered there. `at`: milliseconds since 1970, of a message that was said before. */
  commandIn(person: string, channel: string, text: string, at?: number): Promise<void>;
};

export type Settled = ReturnType<typeof settleIn>;

/** What everybody may do in the local chat and an admin elsewhere. */
const FOR_ADMINS = /^\s*(?:@\S+\s+)?(?:\/finetune\s+)?(?:start|cancel|import|export|remove|开始|取消|导出|移除)(?=\s|$)/i;
const CODE = /\/finetune claim ([A-Z\d]{5}-[A-Z\d]{5})/;
const PATIENCE_MS = 30_000;

/**
 * It outlives the starts of the bot: what was settled stays so. `now` is asked for its hands whenever they are needed. `optIn`: whoever
 * comes says at once that the bot may learn from them, instead of having a day to say no.
 */
export function settleIn(now: () => Settling, { optIn = false }: { optIn?: boolean } = {}) {
  const admins = new Map<string, Promise<void>>();
  let owner: string | undefined;

  async function claims(person: string, channels: string[]): Promise<void> {
    owner = person;
    admins.set(person, Promise.resolve());
    const code = await until(() => CODE.exec(now().output())?.[1], 'the claim code in the start output', PATIENCE_MS);
    await now().command(person, `/finetune claim ${code}`);
    for (const channel of channels) await now().commandIn(person, channel, '/finetune on');
  }

  return {
    owner: () => owner,
    /** Somebody of the team comes; the first one owns the bot and switches learning on in `channels`. */
    async arrives(person: string, channels: string[]): Promise<void> {
      if (owner === undefined) await claims(person, channels);
      if (optIn) await now().command(person, '/finetune optin');
    },
    /** Learning is on in a channel from now on, or since then. */
    async opens(channel: string, at?: number): Promise<void> {
      if (owner !== undefined) await now().commandIn(owner, channel, '/finetune on', at);
    },
    /** Called before somebody says or drops something. `name` as it is mentioned. */
    async about(person: string, name: string, said: { text: string; file: boolean }): Promise<void> {
      if (owner === undefined || (!said.file && !FOR_ADMINS.test(said.text))) return;
      const before = admins.get(person) ?? now().command(owner, `/finetune admin @${name}`, new RegExp(name));
      admins.set(person, before);
      await before;
    },
  };
}
