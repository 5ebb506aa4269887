// What every verb of the bot works with: the database, the chat, the workspace, and a way to wake a worker. Built once, in main.
import type { Channel, Chat } from '../chat/chat.ts';
import { type ChannelRow, rememberChannel } from '../data/channels.ts';
import type { Db } from '../data/database.ts';
import { dropPerson, findPerson, type PersonRow, rememberPerson } from '../data/people.ts';
import type { Workspace } from '../data/workspaces.ts';
import type { JobName } from '../queue/jobs.ts';
import type { Lang } from '../words/words.ts';
import { forgottenExt } from './forget/identity.ts';

export type Bot = {
  db: Db;
  chat: Chat;
  workspace: Workspace;
  /** LANGUAGE: where neither person, channel nor workspace has one of its own. */
  lang: Lang;
  /** Orders the clusters that are held out; a secret of this installation, so that nobody picks the test rows. */
  splitKey: string;
  /** CONSENT: `ask` waits for an author's yes; without it, see consent/rule.ts. */
  consent?: 'ask';
  /** Rows first: this only wakes a worker up; what it fails to wake, the sweeper finds. */
  wake(job: JobName, id: number): Promise<void>;
  /** The workspace has thrown the bot out: whoever runs it should know. */
  ended?(): void;
  /** A bug, once, with its cause. Never people's text. */
  report(problem: unknown, what: string): void;
};

/** The person behind a platform's id, as the platform names them now. */
export async function knownPerson(bot: Bot, ext: string): Promise<PersonRow> {
  const { name, lang, tz, guest, bot: isBot } = await bot.chat.person(ext);
  const known = await findPerson(bot.db, bot.workspace.id, ext);
  // Who was forgotten stays so until they say otherwise (consent/choose.ts): no row with their name is made again.
  const asForgotten = () => findPerson(bot.db, bot.workspace.id, forgottenExt(bot, ext));
  const forgotten = known ? undefined : await asForgotten();
  if (forgotten) return forgotten;
  const row = await rememberPerson(bot.db, bot.workspace.id, { ext, name, lang, tz, guest, bot: isBot });
  if (row.id === known?.id) return row;
  // They were forgotten between two of these statements: the row that was just made goes again.
  const since = await asForgotten();
  if (since) await dropPerson(bot.db, row.id);
  return since ?? row;
}

/** The local chat guards nobody: whoever opened it came to teach. What elsewhere keeps a team safe from its bot does not stand in the way there. */
export const isLocal = ({ chat }: Pick<Bot, 'chat'>): boolean => chat.platform === 'local';

/** Whether anything that people of this workspace write may be learned from: elsewhere than in the local chat the operator has to say so. Never where the bot was thrown out. */
export const mayTrain = (bot: Bot): boolean => bot.workspace.endedAt === null && (isLocal(bot) || bot.workspace.trainingAllowedAt !== null);

/**
 * The channel behind a platform's id, as the platform shows it now and as the bot behaves in it.
 * In the local chat nobody has to switch learning on, and its guests are its own. Elsewhere a channel that guests can read is `restricted`,
 * and what is switched on counts only while the operator allows training.
 */
export async function knownChannel(bot: Bot, ext: string): Promise<{ channel: ChannelRow; shown: Channel }> {
  const shown = await bot.chat.channel(ext);
  const learn = isLocal(bot) && shown.kind === 'open' ? 'on' : 'off';
  const kind = shown.kind === 'open' && shown.guests && !isLocal(bot) ? 'restricted' : shown.kind;
  // What a direct message is called is a person's name: it is not written down beside the people's own.
  const name = kind === 'direct' ? '' : shown.name;
  const channel = await rememberChannel(bot.db, bot.workspace.id, { ext, name, kind, learn });
  return { channel: mayTrain(bot) ? channel : { ...channel, learn: 'off' }, shown };
}
