// What is needed to show the drafts of a report, read from its question's row.
import { personById } from '../../data/people.ts';
import { detailOf } from '../../data/question-detail.ts';
import type { QuestionRow } from '../../data/questions.ts';
import type { ReportForm } from '../../model/form.ts';
import type { Bot } from '../bot.ts';
import type { DraftFacts } from './draft-view.ts';

/** Undefined for what is no report. */
export async function draftFacts(bot: Bot, question: QuestionRow): Promise<DraftFacts | undefined> {
  if (question.kind !== 'report') return undefined;
  const { input = '', leftOut = 0, form, head } = detailOf(question);
  const asker = await personById(bot.db, question.asker);
  return {
    notes: input,
    leftOut,
    form: form as ReportForm | undefined,
    known: [asker?.name ?? '', ...(head?.numbers ?? []).map(week => `W${week}`)].filter(Boolean),
    year: question.askedAt.getUTCFullYear(),
  };
}
