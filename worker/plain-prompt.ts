// The prompt of a plain question: the two nearest approved Q&A as earlier turns, then what was asked. The same for every speaker.
import { approvedExamples, type ExampleRow } from '../src/data/examples.ts';
import type { QuestionRow } from '../src/data/questions.ts';
import { runById } from '../src/data/runs.ts';
import type { VersionRow } from '../src/data/versions.ts';
import { openNearest } from '../src/model/nearest.ts';
import { Refusal } from '../src/problem.ts';
import { NEAREST, promptWithNearest } from './nearest-prompt.ts';
import type { Workplace } from './workplace.ts';

/**
 * Token ids that leave room for `answerTokens` more; nearest answers that do not fit are left out. `nearExample` is the nearest one of
 * all, for showing it. Throws a Refusal when the question alone is too long.
 */
export async function plainPrompt(
  place: Workplace,
  question: QuestionRow,
  version: VersionRow | undefined,
  answerTokens: number,
): Promise<{ prompt: number[]; nearExample?: number }> {
  const near = await nearest(place, question, version);
  const most = place.base.model.config.maxPositions - answerTokens;
  const prompt = promptWithNearest(place.base.tokenizer, near, question.turns, most);
  if (prompt.length > most) throw new Refusal('worker.questionTooLong', { tokens: prompt.length, most });
  return { prompt, nearExample: near[0]?.example };
}

/** Approved Q&A, nearest first; never a row that the version is tested on. */
async function nearest({ db }: Workplace, question: QuestionRow, version: VersionRow | undefined): Promise<ExampleRow[]> {
  const run = version && (await runById(db, version.run));
  const rows = await approvedExamples(db, question.workspace, { kind: 'qa', withoutHeldoutOf: run?.dataset });
  const find = openNearest(rows.map(({ instruction, input }) => `${instruction}\n${input}`));
  const asked = question.turns.findLast(({ role }) => role === 'user')?.content ?? '';
  return find(asked, NEAREST).map(({ index }) => rows[index]);
}
