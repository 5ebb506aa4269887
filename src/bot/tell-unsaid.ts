// What somebody waits for cannot be said where they asked for it: they hear that directly, once, instead of nothing.
import type { Place, Recipient } from '../chat/chat.ts';
import { Gone, NotAllowed } from '../chat/errors.ts';
import { findChannel } from '../data/channels.ts';
import { type PersonRow, personById } from '../data/people.ts';
import { questionById } from '../data/questions.ts';
import { runById } from '../data/runs.ts';
import { say } from '../words/words.ts';
import type { Bot } from './bot.ts';
import { langFor } from './language.ts';
import { postTo, sentence } from './reply.ts';

type Unsaid = { key: string; place: Place; recipient?: Recipient };

/** `error`: why the chat does not take the post. Nothing for what only one person was to see, and where nobody waits. */
export async function tellUnsaid(bot: Bot, { key, place, recipient }: Unsaid, error: Error): Promise<void> {
  const [, what, id] = /^(run|question):(\d+)(?::end)?$/.exec(key) ?? [];
  if (what === undefined || recipient || !(await isClosedToUs(bot, place.channel, error))) return;
  const person = await whoWaits(bot, what, Number(id));
  if (!person || person.forgottenAt !== null || person.bot) return;
  const lang = await langFor(bot, person, place.channel);
  const channel = await findChannel(bot.db, bot.workspace.id, place.channel);
  const card = sentence(say(lang, 'gate.unsaid', { channel: channel?.name || place.channel }));
  await postTo(bot, `unsaid:${what}:${id}`, { channel: '' }, { person: person.ext }, card);
}

/** It is the channel that does not take it, not this one message of it (its thread was deleted, say). */
async function isClosedToUs(bot: Bot, channel: string, error: Error): Promise<boolean> {
  if (error instanceof NotAllowed) return true;
  if (!(error instanceof Gone)) return false;
  return bot.chat.channel(channel).then(
    ({ absent }) => absent === true,
    reason => reason instanceof Gone,
  );
}

async function whoWaits({ db }: Bot, what: string, id: number): Promise<PersonRow | undefined> {
  const waits = what === 'run' ? (await runById(db, id))?.requestedBy : (await questionById(db, id))?.question.asker;
  return waits === undefined ? undefined : personById(db, waits);
}
