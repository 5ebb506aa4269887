// A question, or a request for a weekly report: one message of ours in the thread, filled in when a worker has answered.
import { reportRequest } from '../../model/report-rule.ts';
import type { Asked } from '../asked.ts';
import { knownChannel } from '../bot.ts';
import { keepable, onlyMaskable } from '../examples/keepable.ts';
import { weeklyReport } from '../weekly/weekly-report.ts';
import { conversationBefore } from './conversation-before.ts';
import { acceptQuestion, putQuestion, speakersFor, speakersOf } from './put-question.ts';
import { nearFor } from './who-may-read.ts';

/** Throws Refusal for an empty or far too long question, for one with a secret that cannot be masked, and for a report request that there is nothing to write from. */
export async function ask(asked: Asked, text: string): Promise<void> {
  const { bot, event, person } = asked;
  if (reportRequest(text)) return weeklyReport(asked, text);
  await acceptQuestion(asked, text);
  const { channel, shown } = await knownChannel(bot, event.place.channel);
  const before = onlyMaskable(await conversationBefore(bot, channel, event, person.id), ({ content }) => content);
  const [kept, ...said] = await keepable(asked, [text, ...before.map(({ content }) => content)]);
  const cast = before.length > 0 ? await speakersOf(asked, channel) : await speakersFor(asked, channel, kept);
  await putQuestion(asked, channel, {
    ...cast,
    kind: 'qa',
    turns: [...before.map(({ role }, i) => ({ role, content: said[i] })), { role: 'user', content: kept }],
    detail: { ...cast.detail, near: nearFor(shown, person) },
  });
}
