// Whether a server answers with the very model that was trained. It does not look at the base itself: an adapter of the same shapes is
// loaded onto any model without a word (vLLM), so what it says of the held-out rows is compared with what the trainer measured.
import type { Db } from '../../src/data/database.ts';
import { runById, runProgress } from '../../src/data/runs.ts';
import type { VersionRow } from '../../src/data/versions.ts';
import { answerIds, exampleTurns, promptIds } from '../../src/model/prompt.ts';
import type { VersionCard } from '../../src/model/report-card.ts';
import type { Row } from '../../src/model/row.ts';
import type { ChatTokenizer } from '../../src/model/tokenizer.ts';
import { type Problem, Refusal } from '../../src/problem.ts';
import type { Adapter } from '../engine/generator.ts';
import { patiently } from '../patience.ts';
import { heldoutRows } from '../plan.ts';
import type { Serving } from './serving.ts';

export type Served = {
  /** What speaks against serving the adapter of `run`, or nothing. `rows`: those that the trainer measured on. */
  differs(run: number, bestStep: number, rows: Row[], adapter: Adapter, signal: AbortSignal): Promise<Problem | undefined>;
  /** Throws a Refusal unless the server speaks as the version that was trained. Looked at once, as long as it agrees and is not started anew. */
  vouchFor(version: VersionRow, adapter: Adapter): Promise<void>;
  /** Takes off the server what must not lie there any more (Serving.takeOffGone), in the background; one at a time. */
  takeOffGone(): void;
};

/** Half-precision weights move a loss by less than this share; another model moves it by far more. */
const TOLERANCE = 0.02;
const never = new AbortController().signal;

/** `host`: how people know the server. `generator` is the server's. `onError` hears of a server that is away while it is tidied up. */
export function openServed({
  db,
  host,
  artifacts,
  onError,
  generator,
  tokenizer,
}: {
  db: Db;
  host: string;
  artifacts: string;
  onError: (error: Error) => void;
  generator: Serving;
  tokenizer: ChatTokenizer;
}): Served {
  const vouched = new Map<number, Promise<void>>();
  let takingOff: Promise<void> | undefined;

  async function differs(run: number, bestStep: number, rows: Row[], adapter: Adapter, signal: AbortSignal): Promise<Problem | undefined> {
    // It answers as the base only: versions are measured by the engine.
    if (!generator.canAdapt) return undefined;
    const { heldout } = await patiently(() => runProgress(db, run), signal);
    const measured = (at: number) => heldout.find(({ step }) => step === at)?.loss;
    const ids = rows.map(row => ({ prompt: promptIds(tokenizer, exampleTurns(row)), answer: answerIds(tokenizer, row.output) }));
    for (const [speaker, step, code] of [['base', 0, 'answers.otherBase'] as const, [adapter, bestStep, 'answers.otherTuned'] as const]) {
      const expected = measured(step);
      // Nothing was held out, or the trainer did not look at that step: there is nothing to compare with.
      if (expected === undefined || ids.length === 0) continue;
      const found = mean(await generator.score(ids, speaker, signal));
      if (!(Math.abs(found - expected) <= TOLERANCE * expected))
        return { code, values: { host, found: found.toFixed(2), expected: expected.toFixed(2) } };
    }
    return undefined;
  }

  async function compare(version: VersionRow, adapter: Adapter): Promise<void> {
    if (!generator.canAdapt) throw new Refusal('answers.noAdapters', { host });
    const run = version.run === null ? undefined : await runById(db, version.run);
    if (!run) return;
    const { bestStep } = version.card as unknown as VersionCard;
    const problem = await differs(run.id, bestStep, await heldoutRows(db, run), adapter, never);
    if (problem) throw new Refusal(problem.code, problem.values);
  }

  return {
    differs,
    async vouchFor(version, adapter) {
      // Another model may stand behind the same name by now.
      if (vouched.has(version.id) && !(await generator.has(adapter, never))) vouched.delete(version.id);
      const looking = vouched.get(version.id) ?? compare(version, adapter);
      vouched.set(version.id, looking);
      looking.catch(() => vouched.delete(version.id));
      return looking;
    },
    takeOffGone() {
      takingOff ??= generator
        .takeOffGone(artifacts, never)
        .catch(onError)
        .finally(() => (takingOff = undefined));
    },
  };
}

function mean(scores: { loss: number; tokens: number }[]): number {
  const tokens = scores.reduce((sum, score) => sum + score.tokens, 0);
  return scores.reduce((sum, score) => sum + score.loss, 0) / tokens;
}
