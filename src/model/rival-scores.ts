// What the rivals score that need no model: shown beside base and tuned, so that nobody takes the frame for learning.
import type { Form } from './form.ts';
import type { Evaluation, Scores } from './report-card.ts';
import { constantAnswer, nearestAnswer, notesInFrame } from './rivals.ts';
import type { Kind, Row } from './row.ts';
import { scoreAnswers } from './scores.ts';

/** Each over the held-out rows of its kind; left out where it does not apply. `enough` as in scoreAnswers. */
export function rivalScores(
  form: Form,
  rows: Row[],
  train: Row[],
  enough: boolean,
): Pick<Evaluation, 'constant' | 'nearest' | 'notesInFrame'> {
  const score = (kind: Kind, answer: (row: Row) => string): Scores | undefined => {
    const answered = rows.filter(row => row.kind === kind).map(row => ({ row, answer: answer(row) }));
    return answered.length ? { loss: null, perplexity: null, generalLoss: null, ...scoreAnswers(form, answered, enough) } : undefined;
  };
  const constant = constantAnswer(train);
  const nearest = nearestAnswer(train);
  const { report } = form;
  return {
    ...(constant !== undefined && {
      constant: score('qa', () => constant),
      nearest: score('qa', ({ instruction, input }) => nearest(`${instruction}\n${input}`) ?? ''),
    }),
    ...(report && { notesInFrame: score('report', ({ input }) => notesInFrame(report, input)) }),
  };
}
