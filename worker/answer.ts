// A question: base and tuned answer the same prompt in one batch, and both answers become rows at once, side A and side B by lot.
import { createHash } from 'node:crypto';
import {
  claimQuestion,
  failQuestion,
  type NewAnswer,
  type QuestionClaim,
  type QuestionRow,
  releaseQuestion,
  saveAnswers,
} from '../src/data/questions.ts';
import { type VersionRow, versionById } from '../src/data/versions.ts';
import { readAdapterExtra } from '../src/model/adapter.ts';
import type { Form } from '../src/model/form.ts';
import { withoutSelfNaming } from '../src/model/self-naming.ts';
import { type Problem, Refusal } from '../src/problem.ts';
import { writeDrafts } from './drafts.ts';
import type { Adapter, Generated } from './engine/generator.ts';
import { problemOf } from './failure.ts';
import { holdQuestion } from './lease.ts';
import { patiently } from './patience.ts';
import { plainPrompt } from './plain-prompt.ts';
import { openSpeaker } from './speakers.ts';
import { GREEDY, QA_TOKENS } from './speaking.ts';
import type { Workplace } from './workplace.ts';
import { isWorthAVote } from './worth-a-vote.ts';

/** `detail.warning` is a Problem: why the tuned version could not speak. */
type Written = { answers: NewAnswer[]; comparison: boolean; nearExample?: number; detail?: { warning: Problem } };

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
    const written = await place.pause.during(() => write(place, question, hold.signal));
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
  const version = question.version === null ? undefined : await versionById(place.db, question.version);
  const { tuned, warning } = await speakerOf(place, version);
  const speakers = tuned ? (['base', tuned] as const) : (['base'] as const);
  const { generated, nearExample } =
    question.kind === 'report'
      ? { generated: await report(place, question, [...speakers], signal), nearExample: undefined }
      : await plainly(place, question, version, [...speakers], signal);
  signal.throwIfAborted();
  const shown = generated.map(answer => ({ ...answer, text: withoutSelfNaming(answer.text, [place.base.name]) }));
  return {
    answers: sided(question, shown, version),
    comparison: isWorthAVote(shown.map(({ text }) => text)),
    nearExample,
    ...(warning && { detail: { warning } }),
  };
}

/** A version whose adapter is gone, damaged or for another base does not keep people from an answer: the base answers alone, and says why. */
async function speakerOf(place: Workplace, version: VersionRow | undefined): Promise<{ tuned?: Adapter; warning?: Problem }> {
  if (!version) return {};
  try {
    return { tuned: await openSpeaker(place.artifacts, version, place.base.model.fingerprint) };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    place.log.warn({ version: version.id, problem: error.problem.code }, 'the base answers alone');
    return { warning: error.problem };
  }
}

async function plainly(
  place: Workplace,
  question: QuestionRow,
  version: VersionRow | undefined,
  speakers: (Adapter | 'base')[],
  signal: AbortSignal,
): Promise<{ generated: Generated[]; nearExample?: number }> {
  const { prompt, nearExample } = await plainPrompt(place, question, version ? [version] : [], QA_TOKENS);
  const stop = { tokens: place.base.tokenizer.endTokens, maxTokens: QA_TOKENS, repeatedLine: true };
  return { generated: await place.generator.generate({ prompt, speakers, sampling: GREEDY, stop }, signal), nearExample };
}

/** The form is the version's own, for base and tuned alike. */
function report(place: Workplace, question: QuestionRow, speakers: (Adapter | 'base')[], signal: AbortSignal): Promise<Generated[]> {
  const { instruction, input } = question.detail as { instruction: string; input: string };
  const tuned = speakers.find(speaker => speaker !== 'base');
  const { form } = (tuned ? readAdapterExtra(tuned.folder) : {}) as { form?: Form };
  return writeDrafts(place, { instruction, notes: input, form: form?.report ?? null, speakers }, signal);
}

/** Which answer is A is drawn from the question's seed, so that doing the work again draws the same. */
function sided(question: QuestionRow, generated: Generated[], version: VersionRow | undefined): NewAnswer[] {
  const swap = createHash('sha256').update(`sides ${question.seed}`).digest()[0] & 1;
  const sides = generated.length === 1 ? (['only'] as const) : swap ? (['B', 'A'] as const) : (['A', 'B'] as const);
  return generated.map(({ text, tokens, ms, why }, i) => ({
    ...(i > 0 && version && { version: version.id }),
    side: sides[i],
    text,
    tokens: tokens.length,
    ms,
    stop: why,
  }));
}
