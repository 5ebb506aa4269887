// What a report stands on that somebody posted from a draft of ours: the request, and the very notes that the draft was written from.
import { detailOf } from '../../data/question-detail.ts';
import type { QuestionRow } from '../../data/questions.ts';
import type { Bot } from '../bot.ts';
import type { Conversation } from './conversation.ts';
import { type Spoken, spoken } from './spoken.ts';

/** Notes that are there no more are none of it. */
export async function talkOfReport(bot: Bot, asked: QuestionRow, report: Spoken, request: Spoken | undefined): Promise<Conversation> {
  const { notes: refs = [], input = '' } = detailOf(asked);
  const notes: Spoken[] = [];
  for (const ref of refs) {
    const message = await bot.chat.fetchMessage(ref);
    if (typeof message !== 'string') notes.push(await spoken(bot, message));
  }
  return { kind: 'report', answer: [report], question: request, notes, head: input.split('\n', 1)[0] };
}
