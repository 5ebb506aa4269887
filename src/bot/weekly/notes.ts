// The notes of a report that are at hand: in the request itself, else what its asker wrote in the thread before.
import type { MessageRef } from '../../chat/chat.ts';
import { isTitledReport, reportRequest } from '../../model/report-rule.ts';
import type { Bot } from '../bot.ts';
import { parseCommand } from '../commands.ts';
import { earlierInThread } from '../harvest/conversation.ts';
import { callsBot, type Spoken, spoken } from '../harvest/spoken.ts';
import type { Said } from '../reply.ts';

/** A long week has room; more text than this fits into no small model, and much less into most of them. */
export const MOST_CHARACTERS = 20_000;

/** What a draft is written from. `messages`: those that the notes are; without them the notes stand in the request. */
export type Notes = { instruction: string; text: string; messages?: { channel: string; id: string }[] };

/** Undefined where nothing that could be notes is at hand. */
export async function notesAtHand(bot: Bot, event: Said, text: string): Promise<Notes | undefined> {
  const { instruction, notes } = requestIn(text);
  if (notes !== '') return { instruction, text: notes };
  const messages = await notesInThread(bot, event);
  return messages.length > 0 ? { instruction, ...notesOf(messages) } : undefined;
}

/** The request, and the notes that stand in it. */
export const requestIn = (text: string) => reportRequest(text) ?? { instruction: text.split('\n', 1)[0], notes: '' };

/** Messages as notes, one below the other. */
export const notesOf = (messages: Spoken[]): Pick<Notes, 'text' | 'messages'> => ({
  text: messages.map(({ text }) => text).join('\n'),
  messages: messages.map(({ ref }) => placed(ref)),
});

const placed = ({ channel = '', id }: MessageRef) => ({ channel, id });

async function notesInThread(bot: Bot, { place, person, ref }: Said): Promise<Spoken[]> {
  const here = place.thread === undefined || !ref ? 'deleted' : await bot.chat.fetchMessage(ref);
  if (typeof here === 'string') return [];
  const earlier = await earlierInThread(bot, await spoken(bot, here));
  return onlyNotes(
    bot,
    earlier.filter(({ author }) => author === person),
  );
}

/** Without what was said to a bot, earlier reports, and what holds no words. */
export async function onlyNotes(bot: Bot, messages: Spoken[]): Promise<Spoken[]> {
  const toBot = await Promise.all(messages.map(message => callsBot(bot, message)));
  return messages.filter(
    ({ text }, i) => !toBot[i] && /\p{L}/u.test(text) && !isTitledReport(text) && !reportRequest(text) && !parseCommand(text),
  );
}
