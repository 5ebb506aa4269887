// Training as the worker sees it: a child process in a folder of its own, whose events become rows, and which pauses for answers.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Claim } from '../src/data/claims.ts';
import { moveRun, recordEvent } from '../src/data/progress.ts';
import { type RunRow, runProgress } from '../src/data/runs.ts';
import { rowsLanguage } from '../src/model/language.ts';
import { type Problem, Refusal } from '../src/problem.ts';
import { ADAPTER_WEIGHTS, fromShared, makeAttemptFolder, toShared } from './artifacts.ts';
import { keepCheckpoint } from './checkpoints.ts';
import type { CheckedRow } from './checks.ts';
import { rememberedAnswers } from './general-store.ts';
import { Cancelled, type Hold } from './lease.ts';
import { patiently } from './patience.ts';
import type { RunPlan } from './plan.ts';
import { rowsByLine, writeRunFolder } from './prepare.ts';
import { makeReplay } from './replay.ts';
import { openTelling } from './telling.ts';
import { startTrainer, type TrainerEvent, type TrainerOutcome } from './trainer.ts';
import type { Workplace } from './workplace.ts';

/** `folder` holds the adapter of the best round. */
export type Trained = { folder: string; bestStep: number; peakBytes: number };

/** The trainer ended without a last word: killed, or stopped by somebody else. */
export class TrainerDied extends Error {
  readonly detail: { signal: string | null; exitCode: number | null; stderr: string };
  constructor(detail: TrainerDied['detail']) {
    super(`the trainer ended without a result (${detail.signal ?? `exit code ${detail.exitCode}`})`);
    this.name = 'TrainerDied';
    this.detail = detail;
  }
}

/** What the trainer could not do; `examples`: the numbers of those that it was about. */
export class TrainerRefused extends Refusal {
  readonly examples: number[];
  constructor({ code, values, stderr }: Problem & { stderr: string }, examples: number[]) {
    super(code, values, { cause: new Error(stderr) });
    this.name = 'TrainerRefused';
    this.examples = examples;
  }
}

/** So many seconds of training at most are lost with a trainer that is killed. */
const CHECKPOINT_SECONDS = 15;
/** A short run is cut into so many pieces all the same. */
const CHECKPOINTS = 10;
/** A trainer that is told to leave gets so long for its checkpoint. */
const GRACE_MS = 15_000;

/** What an earlier attempt has trained to its end. Throws a Refusal when that is gone and the run is past training. */
export async function trainedBefore(
  { db, artifacts }: Workplace,
  { run }: Claim,
  state: RunRow['state'],
  signal: AbortSignal,
): Promise<Trained | undefined> {
  const { events } = await patiently(() => runProgress(db, run), signal);
  const told = events.findLast(({ kind }) => kind === 'trained')?.detail as Trained | undefined;
  const folder = told && fromShared(artifacts, told.folder);
  if (folder && existsSync(join(folder, ADAPTER_WEIGHTS))) return { ...told, folder };
  if (state === 'evaluating') throw new Refusal('worker.resultGone');
  return undefined;
}

/** Trains from the run's last checkpoint to the end. Throws a Refusal for what the trainer could not do, TrainerDied if it was killed. */
export async function train(place: Workplace, claim: Claim, run: RunRow, plan: RunPlan, { signal, lost }: Hold): Promise<Trained> {
  const { db, artifacts, base } = place;
  await patiently(() => moveRun(db, claim, 'training', { trainer: place.trainer.name }), signal);
  const resume = run.checkpointFolder === null ? undefined : fromShared(artifacts, run.checkpointFolder);
  const folder = await makeAttemptFolder(artifacts, claim, resume);
  const replay = await makeReplay({
    count: plan.replay,
    language: rowsLanguage(plan.train),
    answersOf: rememberedAnswers(artifacts, base.model.fingerprint),
    generator: place.generator,
    tokenizer: base.tokenizer,
    signal,
  });
  await writeRunFolder(
    folder,
    base.tokenizer,
    { ...plan, replay },
    {
      settings: plan.settings,
      base: base.path,
      fingerprint: base.model.fingerprint,
      out: join(folder, 'out'),
      resume,
      checkpointEvery: checkpointEvery(plan),
      threads: place.threads,
      spinMicroseconds: place.spinMicroseconds,
      torch: place.trainer.torch,
    },
  );
  const outcome = await runTrainer(place, claim, folder, signal, lost);
  signal.throwIfAborted();
  if (outcome.event === 'failed') {
    const lines = rowsByLine({ ...plan, replay });
    throw new TrainerRefused(outcome, examplesAt(outcome.rows ?? [], lines));
  }
  if (outcome.event !== 'done') {
    const { signal: killedBy = null, exitCode = null } = outcome.event === 'killed' ? outcome : {};
    throw new TrainerDied({ signal: killedBy, exitCode, stderr: outcome.stderr });
  }
  const { bestStep, peakBytes } = outcome;
  await patiently(() => recordEvent(db, claim, 'trained', { folder: toShared(artifacts, outcome.folder), bestStep, peakBytes }), signal);
  return { folder: outcome.folder, bestStep, peakBytes };
}

const examplesAt = (lines: number[], rows: (CheckedRow | undefined)[]): number[] =>
  [...new Set(lines.flatMap(line => rows[line - 1]?.no ?? []))].sort((a, b) => a - b);

/** Writes what the trainer tells as long as this attempt holds the run: its last checkpoint, too, when the worker is leaving. */
async function runTrainer(place: Workplace, claim: Claim, folder: string, signal: AbortSignal, lost: AbortSignal): Promise<TrainerOutcome> {
  const telling = openTelling(place.db, claim, lost, path => toShared(place.artifacts, path));
  const trainer = startTrainer({
    ...place.trainer.start,
    runDir: folder,
    signal,
    graceMs: GRACE_MS,
    async onEvent(event) {
      measureSpeed(place, event);
      if (event.event !== 'checkpoint') return telling.take(event);
      const kept = await keepCheckpoint(join(folder, 'checkpoints'), event.folder);
      if (kept) await telling.take({ ...event, folder: kept });
    },
  });
  const release = place.pause.watch(trainer);
  const killCancelled = () => signal.reason instanceof Cancelled && trainer.kill();
  signal.addEventListener('abort', killCancelled, { once: true });
  place.activity.set({ trainerPid: trainer.pid });
  try {
    const outcome = await Promise.race([trainer.done, telling.failed]);
    await telling.finish();
    return outcome;
  } finally {
    release();
    signal.removeEventListener('abort', killCancelled);
    await trainer.stop();
    await telling.finish().catch(() => {});
    place.activity.set({ trainerPid: undefined });
  }
}

/** A moving average over the steps, in tokens a second. */
function measureSpeed(place: Workplace, event: TrainerEvent): void {
  if (event.event !== 'step' || event.ms === 0) return;
  const now = event.tokens / (event.ms / 1000);
  place.speed = place.speed === undefined ? now : place.speed * 0.9 + now * 0.1;
}

function checkpointEvery({ steps, seconds }: RunPlan): number {
  const bySeconds = Math.round((CHECKPOINT_SECONDS * steps) / Math.max(1, seconds));
  return Math.max(1, Math.min(bySeconds, Math.ceil(steps / CHECKPOINTS)));
}
