// What the worker that holds a run writes while it works; every write is fenced and told in the same transaction.
import { sql } from 'drizzle-orm';
import { type Claim, fenced, type RunPatch, tellRun } from './claims.ts';
import type { Db } from './database.ts';
import { notify } from './notices.ts';
import type { RunRow, RunState } from './runs.ts';
import type { Json } from './schema/columns.ts';
import { runHeldout, runSteps } from './schema.ts';

export type StepTold = Omit<typeof runSteps.$inferInsert, 'run' | 'at'>;
export type HeldoutTold = Omit<typeof runHeldout.$inferInsert, 'run' | 'at'>;

/** From which states a worker may move a run to the next one. */
const BEFORE: Partial<Record<RunState, RunState[]>> = {
  waiting: ['checking'],
  queued: ['checking'],
  training: ['checking', 'queued', 'training'],
  evaluating: ['training', 'evaluating'],
};

/** What the check found: the base, every setting with its reason, how long it will take. Throws LostClaim. */
export async function planRun(
  db: Db,
  claim: Claim,
  plan: { base: string; baseFingerprint: string; settings: Json; reasons: Json[]; preflight?: Json; steps: number },
): Promise<RunRow> {
  return db.transaction(async tx => {
    const row = await fenced(tx, claim, plan);
    await tellRun(tx, claim, 'planned', { steps: plan.steps });
    return row;
  });
}

/**
 * The run's next state. Reaching `evaluating` is progress, as a checkpoint is. `waiting` hands the run back until a person starts it,
 * and the attempt is not held against it. `more`: which trainer works on it from now on. Throws LostClaim.
 */
export async function moveRun(
  db: Db,
  claim: Claim,
  to: 'waiting' | 'queued' | 'training' | 'evaluating',
  more: { trainer?: string } = {},
): Promise<RunRow> {
  return db.transaction(async tx => {
    const also: Partial<Record<RunState, RunPatch>> = {
      evaluating: { fruitless: sql`case when state = 'training' then 0 else fruitless end` },
      waiting: { fruitless: sql`greatest(fruitless - 1, 0)`, leaseUntil: null },
    };
    const row = await fenced(tx, claim, { ...more, state: to, ...also[to] }, BEFORE[to]);
    await tellRun(tx, claim, to, {});
    return row;
  });
}

/** Training steps, one or several; a step told again (after a resume) replaces the earlier one. Throws LostClaim. */
export async function recordSteps(db: Db, claim: Claim, steps: StepTold[]): Promise<void> {
  const last = steps.at(-1);
  if (!last) return;
  await db.transaction(async tx => {
    await fenced(tx, claim, { step: last.step });
    await tx
      .insert(runSteps)
      .values(steps.map(step => ({ run: claim.run, ...step })))
      .onConflictDoUpdate({
        target: [runSteps.run, runSteps.step],
        set: {
          epoch: sql`excluded.epoch`,
          loss: sql`excluded.loss`,
          learningRate: sql`excluded.learning_rate`,
          gradNorm: sql`excluded.grad_norm`,
          tokens: sql`excluded.tokens`,
          ms: sql`excluded.ms`,
          bytes: sql`excluded.bytes`,
          at: sql`now()`,
        },
      });
    await notify(tx, 'run_changed', claim.run);
  });
}

/** A held-out loss; step 0 is the base. Throws LostClaim. */
export async function recordHeldout(db: Db, claim: Claim, told: HeldoutTold): Promise<void> {
  const { loss, tokens, epoch } = told;
  await db.transaction(async tx => {
    await fenced(tx, claim, {});
    await tx
      .insert(runHeldout)
      .values({ run: claim.run, ...told })
      .onConflictDoUpdate({ target: [runHeldout.run, runHeldout.step], set: { loss, tokens, epoch, at: sql`now()` } });
    await notify(tx, 'run_changed', claim.run);
  });
}

/** Something else worth telling (a warning, how far the evaluation is). Throws LostClaim. */
export async function recordEvent(db: Db, claim: Claim, kind: string, detail: Json = {}): Promise<void> {
  await db.transaction(async tx => {
    await fenced(tx, claim, {});
    await tellRun(tx, claim, kind, detail);
  });
}

/**
 * A checkpoint that whoever claims the run next can go on from; `folder` relative to the folder of artifacts.
 * Only one further than the last counts as progress. Throws LostClaim.
 */
export async function recordCheckpoint(db: Db, claim: Claim, step: number, folder: string): Promise<void> {
  await db.transaction(async tx => {
    await fenced(tx, claim, {
      fruitless: sql`case when ${step} > coalesce(checkpoint_step, 0) then 0 else fruitless end`,
      checkpointFolder: folder,
      checkpointStep: step,
    });
    await tellRun(tx, claim, 'checkpoint', { step });
  });
}
