// The prompt of a plain question: the two nearest approved Q&A as earlier turns, then the conversation. The same for every speaker.
import { withoutConsent } from '../src/data/consent.ts';
import { approvedExamples, type ExampleRow } from '../src/data/examples.ts';
import { detailOf } from '../src/data/question-detail.ts';
import type { QuestionRow } from '../src/data/questions.ts';
import { runById } from '../src/data/runs.ts';
import type { VersionRow } from '../src/data/versions.ts';
import { isNearEnough } from '../src/model/near-enough.ts';
import { openNearest } from '../src/model/nearest.ts';
import { Refusal } from '../src/problem.ts';
import { NEAREST, promptWithNearest } from './nearest-prompt.ts';
import type { Workplace } from './workplace.ts';

/**
 * Token ids that leave room for `answerTokens` more. What does not fit is left out: first the nearest answers, then the oldest turns.
 * `nearExample` is the nearest one that is about the same thing, for showing it. Throws a Refusal when the question alone is too long.
 */
export async function plainPrompt(
  place: Workplace,
  question: QuestionRow,
  versions: VersionRow[],
  answerTokens: number,
): Promise<{ prompt: number[]; nearExample?: number }> {
  const asked = question.turns.findLast(({ role }) => role === 'user')?.content ?? '';
  const near = await nearest(place, question, versions, asked);
  const most = place.base.model.config.maxPositions - answerTokens;
  let { turns } = question;
  let prompt = promptWithNearest(place.base.tokenizer, near, turns, most);
  while (prompt.length > most && turns.length > 1) {
    turns = withoutOldest(turns);
    prompt = promptWithNearest(place.base.tokenizer, near, turns, most);
  }
  if (prompt.length > most) throw new Refusal('worker.questionTooLong', { tokens: prompt.length, most });
  return { prompt, nearExample: near.find(({ instruction }) => isNearEnough(asked, instruction))?.example };
}

/** What the first person said goes, and with it the answer to that. */
function withoutOldest(turns: QuestionRow['turns']): QuestionRow['turns'] {
  const next = turns.findIndex(({ role }, i) => i > 0 && role === 'user');
  return turns.slice(next);
}

/** Approved Q&A whose authors do not have to be waited for, nearest first; never a row that one of the versions is tested on. */
async function nearest({ db }: Workplace, question: QuestionRow, versions: VersionRow[], asked: string): Promise<ExampleRow[]> {
  const { near, consent = 'asked' } = detailOf(question);
  if (near === 'nobody') return [];
  const runs = await Promise.all(versions.map(({ run }) => runById(db, run)));
  const unasked = await withoutConsent(db, question.workspace, consent);
  const approved = await approvedExamples(db, question.workspace, {
    kind: 'qa',
    withoutHeldoutOf: runs.flatMap(run => run?.dataset ?? []),
    ...(near === 'channel' && { ofChannel: question.channel }),
  });
  const rows = approved.filter(({ example }) => !unasked.has(example));
  const find = openNearest(rows.map(({ instruction, input }) => `${instruction}\n${input}`));
  return find(asked, NEAREST).map(({ index }) => rows[index]);
}
