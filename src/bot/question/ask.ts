// A question, or a request for a weekly report: one message of ours in the thread, filled in when a worker has answered.
import { reportRequest } from '../../model/report-rule.ts';
import { Refusal } from '../../problem.ts';
import type { Asked } from '../asked.ts';
import { knownChannel } from '../bot.ts';
import { conversationBefore } from './conversation-before.ts';
import { acceptQuestion, putQuestion, speakersFor, speakersOf } from './put-question.ts';
import { nearFor } from './who-may-read.ts';

export { putQuestion, speakersOf } from './put-question.ts';

/** Throws Refusal for an empty or far too long question, and for a report request without notes. */
export async function ask(asked: Asked, text: string): Promise<void> {
  const { bot, event, person } = asked;
  const request = reportRequest(text);
  if (request && request.notes === '') throw new Refusal('ask.no-notes');
  await acceptQuestion(asked, text);
  const { channel, shown } = await knownChannel(bot, event.place.channel);
  const before = request ? [] : await conversationBefore(bot, channel, event, person.id);
  const cast = before.length > 0 ? await speakersOf(asked, channel) : await speakersFor(asked, channel, text);
  await putQuestion(asked, channel, {
    ...cast,
    kind: request ? 'report' : 'qa',
    turns: [...before, { role: 'user', content: text }],
    detail: { ...cast.detail, ...(request ? { instruction: request.instruction, input: request.notes } : { near: nearFor(shown, person) }) },
  });
}
