// In a place that the admin names: post, edit, react, read back, upload, and take everything away again. The same code as the bot speaks by.
import { randomUUID } from 'node:crypto';
import type { Card, Channel, Chat, MessageRef } from '../chat/chat.ts';
import { Gone, NotAllowed } from '../chat/errors.ts';
import { codeOn, type Lang, say } from '../words/words.ts';
import { attempts, patiently } from './attempt.ts';
import type { Tell } from './finding.ts';
import { told } from './why-not.ts';

/** History is read from a little before the message to a little after it, by the platform's clock; ours may differ by more. */
const AROUND_MS = 60_000;
const CLOCK_MS = 10 * 60_000;
/** Pushes over HTTP are refused when they are five minutes from now; a clock that is half as far off is on its way there. */
const CLOCK_OFF_MS = 150_000;

export type Trial = {
  chat: Chat;
  /** how people call the platform */
  name: string;
  channel: string;
  lang: Lang;
  upload(): Promise<void>;
  erase(ref: MessageRef): Promise<unknown>;
};

export async function tryPlace({ chat, name, channel, lang, upload, erase }: Trial, tell: Tell): Promise<void> {
  const attempt = attempts({ name, id: channel, lang, tell });
  const shown = await attempt.try(
    'place',
    () => chat.channel(channel),
    found =>
      tell(
        CLOSED.includes(kindOf(found)) ? 'ill' : kindOf(found) === 'open' ? 'well' : 'note',
        codeOn(chat.platform, `doctor.place.${kindOf(found)}`),
        {
          what: attempt.what('place'),
          name: found.name,
        },
      ),
  );
  if (!shown || CLOSED.includes(kindOf(shown.result))) return;
  const mark = randomUUID().slice(0, 8);
  const key = `doctor:${mark}`;
  let ref: MessageRef | undefined;
  try {
    const posted = await attempt.try('post', () => chat.post({ key, place: { channel }, card: cardOf(lang, 'doctor.say.first', mark) }));
    ref = posted?.result;
    if (ref) await tryMessage(ref);
  } finally {
    await takeAway();
  }
  if (ref) await attempt.try('upload', upload);

  async function tryMessage(at: MessageRef): Promise<void> {
    await attempt.try('edit', () => chat.post({ key, place: { channel }, at, card: cardOf(lang, 'doctor.say.second', mark) }));
    await attempt.try('react', async () => {
      await chat.setReaction(at, 'seen', true);
      await patiently(() => chat.setReaction(at, 'seen', false));
    });
    let said: Date | undefined;
    await attempt.try(
      'read',
      () => chat.fetchMessage(at),
      found => {
        const sees = typeof found === 'object' && found.markdown !== '';
        if (sees) said = found.at;
        if (sees) tell('well', 'doctor.did', { what: attempt.what('read') });
        else tell('ill', 'doctor.not.read', { what: attempt.what('read'), found: typeof found === 'string' ? found : 'empty' });
      },
    );
    if (said) {
      tellClock(said);
      await tryHistory(at, said);
    }
  }

  function tellClock(said: Date): void {
    const seconds = Math.round((Date.now() - said.getTime()) / 1000);
    if (Math.abs(seconds) * 1000 > CLOCK_OFF_MS) tell('ill', 'doctor.clock', { platform: name, seconds });
  }

  async function tryHistory(at: MessageRef, said: Date): Promise<void> {
    const look = async () => {
      const [from, until] = [new Date(said.getTime() - AROUND_MS), new Date(said.getTime() + AROUND_MS)];
      for await (const { ref } of chat.history({ channel }, from, until)) if (ref.id === at.id) return true;
      return false;
    };
    await attempt.try('history', look, found => {
      const what = attempt.what('history');
      if (found) tell('well', 'doctor.did', { what });
      else tell('ill', 'doctor.not.read', { what, found: 'none' });
    });
  }

  async function takeAway(): Promise<void> {
    const what = attempt.what('erase');
    try {
      const found = ref ?? (await patiently(lost));
      if (!found) return;
      await patiently(() => erase(found));
      tell('well', 'doctor.did.erase', { what });
    } catch (error) {
      tell('ill', 'doctor.not.erased', { what, title: say(lang, 'doctor.say.title'), code: told(error) });
    }
  }

  /** The message may be there although posting it failed: its answer was lost, or only its second half was refused. */
  async function lost(): Promise<MessageRef | undefined> {
    try {
      const [from, until] = [new Date(Date.now() - CLOCK_MS), new Date(Date.now() + CLOCK_MS)];
      for await (const { ref, fromBot, markdown } of chat.history({ channel }, from, until))
        if (fromBot && markdown.includes(mark)) return ref;
    } catch (error) {
      // Where the bot may not read it was not let in to post either.
      if (!(error instanceof NotAllowed) && !(error instanceof Gone)) throw error;
    }
    return undefined;
  }
}

const kindOf = ({ kind, guests, absent }: Channel) => (absent ? 'absent' : kind === 'open' && guests ? 'guests' : kind);
/** There is nothing to be tried. */
const CLOSED = ['absent', 'restricted'];

const cardOf = (lang: Lang, code: string, mark: string): Card => ({
  title: say(lang, 'doctor.say.title'),
  parts: [{ markdown: say(lang, code, { mark }) }],
});
