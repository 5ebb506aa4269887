// What a follow-up refers to: what people said in the thread before it, and the answers that the asker preferred.
import type { ChannelRow } from '../../data/channels.ts';
import type { QuestionRow } from '../../data/questions.ts';
import { questionsOfThread } from '../../data/threads.ts';
import type { Bot } from '../bot.ts';
import { parseCommand } from '../commands.ts';
import { earlierInThread } from '../harvest/conversation.ts';
import { spoken } from '../harvest/spoken.ts';
import type { Said } from '../reply.ts';
import { saidForOn } from '../said-for.ts';
import { preferredAnswer } from './preferred.ts';

type Turn = QuestionRow['turns'][number];

/** The worker leaves out what does not fit into its model; this only bounds what is sent to it. */
const MOST_CHARACTERS = 8_000;

/**
 * The turns before what `event` says, the oldest first; none outside a thread. A better answer that somebody wrote takes the place of ours.
 * Both speakers are given the same turns, so that neither goes on from what the other one said.
 */
export async function conversationBefore(bot: Bot, channel: ChannelRow, event: Said, person: number): Promise<Turn[]> {
  const { thread } = event.place;
  if (thread === undefined || !event.ref) return [];
  const here = await bot.chat.fetchMessage(event.ref);
  if (typeof here === 'string') return [];
  const asked = new Map((await questionsOfThread(bot.db, channel.id, thread)).map(before => [before.question.source, before]));
  const turns: Turn[] = [];
  for (const { ref, text } of await earlierInThread(bot, await spoken(bot, here))) {
    if (text === '' || parseCommand(text)) continue;
    turns.push({ role: 'user', content: text });
    const before = asked.get(ref.id);
    if (!before) continue;
    const [better] = (await saidForOn(bot, 'better', before.question.id)).slice(-1);
    const answer = better?.text ?? preferredAnswer(before, person);
    if (answer?.trim()) turns.push({ role: 'assistant', content: answer });
  }
  return newest(turns);
}

function newest(turns: Turn[]): Turn[] {
  let left = MOST_CHARACTERS;
  let first = turns.length;
  while (first > 0 && left >= turns[first - 1].content.length) left -= turns[--first].content.length;
  // An answer without what it answers tells nobody anything.
  while (turns[first]?.role === 'assistant') first++;
  return turns.slice(first);
}
