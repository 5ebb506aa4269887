// A question: its speakers answer the same prompt in one batch, and their answers become rows at once, side A and side B by lot.
import { createHash } from 'node:crypto';
import { detailOf, type QuestionDetail } from '../src/data/question-detail.ts';
import {
  claimQuestion,
  failQuestion,
  type NewAnswer,
  type QuestionClaim,
  type QuestionRow,
  releaseQuestion,
  saveAnswers,
} from '../src/data/questions.ts';
import type { VersionRow } from '../src/data/versions.ts';
import { readAdapterExtra } from '../src/model/adapter.ts';
import { sharedForm } from '../src/model/empty-sections.ts';
import type { Form } from '../src/model/form.ts';
import { withoutSelfNaming } from '../src/model/self-naming.ts';
import { writeDrafts } from './drafts.ts';
import type { Adapter, Generated } from './engine/generator.ts';
import { problemOf } from './failure.ts';
import { holdQuestion } from './lease.ts';
import { patiently } from './patience.ts';
import { plainPrompt } from './plain-prompt.ts';
import { type Speaking, speakersOf } from './speakers.ts';
import { GREEDY, QA_TOKENS } from './speaking.ts';
import type { Workplace } from './workplace.ts';
import { isWorthAVote } from './worth-a-vote.ts';

type Written = { answers: NewAnswer[]; comparison: boolean; nearExample?: number; detail: QuestionDetail };

/**
 * Answers a question that nobody holds; nothing to do is no error. The trainer stands still meanwhile. What goes wrong becomes the
 * question's failure; `stopping` hands it back for another worker. Rejects only while the database is away: the sweeper comes again.
 */
export async function answerQuestion(place: Workplace, id: number, stopping: AbortSignal): Promise<void> {
  const claimed = await claimQuestion(place.db, id, place.name);
  if (!claimed) return;
  const { claim, question } = claimed;
  const hold = holdQuestion(place.db, claim, stopping);
  try {
    const writing = () => write(place, question, hold.signal);
    // A server elsewhere does not share the trainer's cores.
    const written = await (place.served ? writing() : place.pause.during(writing));
    await patiently(() => saveAnswers(place.db, claim, written), hold.signal);
  } catch (error) {
    await giveBackOrFail(place, claim, error, hold.signal, stopping);
  } finally {
    hold.letGo();
  }
}

async function giveBackOrFail(
  place: Workplace,
  claim: QuestionClaim,
  error: unknown,
  signal: AbortSignal,
  stopping: AbortSignal,
): Promise<void> {
  if (stopping.aborted) return releaseQuestion(place.db, claim);
  if (signal.aborted) return;
  const problem = problemOf(error);
  if (problem.code === 'worker.broken') place.log.error({ err: error, question: claim.question }, 'answer');
  await patiently(() => failQuestion(place.db, claim, problem), signal);
}

async function write(place: Workplace, question: QuestionRow, signal: AbortSignal): Promise<Written> {
  const { speaking, versions, warning } = await patiently(() => speakersOf(place, question), signal);
  const speakers = speaking.map(({ speaker }) => speaker);
  const { generated, nearExample, detail } =
    question.kind === 'report'
      ? { ...(await report(place, question, speakers, signal)), nearExample: undefined }
      : { ...(await plainly(place, question, versions, speakers, signal)), detail: {} };
  signal.throwIfAborted();
  const shown = generated.map(answer => ({ ...answer, text: withoutSelfNaming(answer.text, [place.base.name]) }));
  return {
    answers: sided(question, shown, speaking),
    comparison: isWorthAVote(shown.map(({ text }) => text)),
    nearExample,
    detail: { ...detail, ...(warning && { warning }) },
  };
}

async function plainly(
  place: Workplace,
  question: QuestionRow,
  versions: VersionRow[],
  speakers: (Adapter | 'base')[],
  signal: AbortSignal,
): Promise<{ generated: Generated[]; nearExample?: number }> {
  const { prompt, nearExample } = await patiently(() => plainPrompt(place, question, versions, QA_TOKENS), signal);
  const stop = { tokens: place.base.tokenizer.endTokens, maxTokens: QA_TOKENS, repeatedLine: true };
  return { generated: await place.generator.generate({ prompt, speakers, sampling: GREEDY, stop }, signal), nearExample };
}

/** The form is that of the first version that speaks, for all alike; whoever shows the drafts needs what all of its reports share. */
async function report(
  place: Workplace,
  question: QuestionRow,
  speakers: (Adapter | 'base')[],
  signal: AbortSignal,
): Promise<{ generated: Generated[]; detail: Pick<QuestionDetail, 'form' | 'leftOut'> }> {
  const { instruction = '', input = '', head } = detailOf(question);
  const tuned = speakers.find(speaker => speaker !== 'base');
  const { form } = (tuned ? readAdapterExtra(tuned.folder) : {}) as { form?: Form };
  const shared = form?.report ?? null;
  const { drafts, leftOut } = await writeDrafts(place, { instruction, notes: input, head, form: shared, speakers }, signal);
  return { generated: drafts, detail: { ...(shared && { form: { ...sharedForm(shared) } }), ...(leftOut > 0 && { leftOut }) } };
}

/** Which answer is A is drawn from the question's seed, so that doing the work again draws the same. */
function sided(question: QuestionRow, generated: Generated[], speaking: Speaking[]): NewAnswer[] {
  const swap = createHash('sha256').update(`sides ${question.seed}`).digest()[0] & 1;
  const sides = generated.length === 1 ? (['only'] as const) : swap ? (['B', 'A'] as const) : (['A', 'B'] as const);
  return generated.map(({ text, tokens, ms, why }, i) => ({
    version: speaking[i].version?.id,
    side: sides[i],
    text,
    tokens: tokens.length,
    ms,
    stop: why,
  }));
}
