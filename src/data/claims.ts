// Claiming a run: only the worker of the newest attempt may write, and only while it keeps its lease alive.
import { and, eq, inArray, type SQL, sql } from 'drizzle-orm';
import type { Problem } from '../problem.ts';
import type { Db } from './database.ts';
import { LEASED_UNTIL } from './lease.ts';
import { notify } from './notices.ts';
import { type RunRow, type RunState, unheld, WORKED_STATES } from './runs.ts';
import type { Json } from './schema/columns.ts';
import { OPEN_RUN_STATES, runEvents, runs } from './schema.ts';

/** What every write of a worker carries: the attempt is the fence. */
export type Claim = { run: number; attempt: number };
export type RunPatch = { [column in keyof RunRow]?: RunRow[column] | SQL };

/** The run is over or somebody else holds it: stop, nothing that this worker writes counts any more. */
export class LostClaim extends Error {
  readonly claim: Claim;
  constructor(claim: Claim) {
    super(`run ${claim.run}: attempt ${claim.attempt} no longer holds it`);
    this.name = 'LostClaim';
    this.claim = claim;
  }
}

/** Somebody asked the run to end: it is not to be done any more. */
export class CancelAsked extends Error {
  constructor({ run }: Claim) {
    super(`run ${run}: somebody asked it to end`);
    this.name = 'CancelAsked';
  }
}

/** So many attempts without a new checkpoint, and the run has failed. */
const MAX_FRUITLESS = 2;

/** GPUs of one host, as its workers' labels name them: one run a GPU. */
export type Gpus = { host: string; labels: string[] };

/**
 * Takes a run that nobody holds: attempt + 1, a lease of 20 s.
 * Undefined: another run is on one of these GPUs, or nothing to do (held by somebody, over, or waiting for a person). A run that was asked to end, or that two attempts
 * brought no further, ends here instead.
 */
export async function claimRun(db: Db, run: number, worker: string, gpus?: Gpus): Promise<{ claim: Claim; run: RunRow } | undefined> {
  return db.transaction(async tx => {
    if (gpus && gpus.labels.length > 0) {
      // Two workers of one host look one after the other.
      await tx.execute(sql`select pg_advisory_xact_lock(hashtext(${`gpus of ${gpus.host}`}))`);
      if (await gpuIsBusy(tx, gpus, run, worker)) return undefined;
    }
    const cancelled = sql`${runs.cancelAt} is not null`;
    const stuck = sql`${runs.cancelAt} is null and ${runs.fruitless} >= ${MAX_FRUITLESS}`;
    const ends = sql`(${cancelled} or ${stuck})`;
    const [row] = await tx
      .update(runs)
      .set({
        attempt: sql`${runs.attempt} + 1`,
        fruitless: sql`${runs.fruitless} + 1`,
        worker,
        leaseUntil: sql`case when ${ends} then null else ${LEASED_UNTIL} end`,
        state: sql`case when ${cancelled} then 'cancelled' when ${stuck} then 'failed' else ${runs.state} end`,
        failureCode: sql`case when ${stuck} then 'runGotNowhere' end`,
        failureValues: sql`case when ${stuck} then jsonb_build_object('attempts', ${runs.fruitless}, 'step', ${runs.step}) end`,
        startedAt: sql`coalesce(${runs.startedAt}, now())`,
        endedAt: sql`case when ${ends} then now() end`,
      })
      .where(and(eq(runs.id, run), inArray(runs.state, WORKED_STATES), unheld))
      .returning();
    if (!row) return undefined;
    await notify(tx, 'run_changed', run);
    if (row.endedAt !== null) return undefined;
    await tx.insert(runEvents).values({ run, attempt: row.attempt, kind: 'claimed', detail: { worker } });
    return { claim: { run, attempt: row.attempt }, run: row };
  });
}

/** Another worker holds a run on one of these GPUs. */
export async function gpuIsBusy(db: Db, { host, labels }: Gpus, run: number, worker: string): Promise<boolean> {
  const { rows } = await db.execute(sql`
    select 1 from runs r join workers w on r.worker = w.host || '/' || w.pid
    where w.host = ${host} and r.id <> ${run} and r.worker <> ${worker} and r.lease_until > now()
      and r.state in (${sql.join(
        WORKED_STATES.map(state => sql`${state}`),
        sql`, `,
      )})
      and w.labels && ${sql.param(labels)}::text[] limit 1`);
  return rows.length > 0;
}

/** Keeps the lease alive for another 20 s; tells whether the run was asked to end. Throws LostClaim. */
export async function renewLease(db: Db, claim: Claim): Promise<{ cancel: boolean }> {
  const row = await fenced(db, claim, { leaseUntil: LEASED_UNTIL }, WORKED_STATES);
  return { cancel: row.cancelAt !== null };
}

/** Whether the run was asked to end; read it once a second. Throws LostClaim. */
export async function isCancelRequested(db: Db, claim: Claim): Promise<boolean> {
  const [row] = await db.select({ cancelAt: runs.cancelAt }).from(runs).where(holds(claim));
  if (!row) throw new LostClaim(claim);
  return row.cancelAt !== null;
}

/**
 * Hands the run back in order, for whoever claims it next. `fruitful`: this attempt is not held against the run
 * (the worker is shutting down); else it counts (the trainer died).
 */
export async function releaseRun(db: Db, claim: Claim, fruitful: boolean): Promise<void> {
  await fenced(db, claim, { leaseUntil: null, ...(fruitful && { fruitless: sql`greatest(${runs.fruitless} - 1, 0)` }) });
}

/** The run ends as it was asked to. Throws LostClaim. */
export async function cancelRun(db: Db, claim: Claim): Promise<RunRow> {
  return endRun(db, claim, { state: 'cancelled' });
}

/** The run ends with a reason; `examples`: the numbers of those that it was about. Throws LostClaim. */
export async function failRun(db: Db, claim: Claim, { code, values }: Problem, examples: number[] = []): Promise<RunRow> {
  const detail = examples.length > 0 ? { examples } : {};
  return endRun(db, claim, { state: 'failed', failureCode: code, failureValues: values }, { detail });
}

/** Ends a run (in one of the states `from`), told in the same transaction with `detail`. */
export async function endRun(
  db: Db,
  claim: Claim,
  patch: RunPatch & { state: RunState },
  { from, detail = {} }: { from?: RunState[]; detail?: Json } = {},
): Promise<RunRow> {
  return db.transaction(async tx => {
    const row = await fenced(tx, claim, { ...patch, endedAt: sql`now()`, leaseUntil: null }, from);
    await tellRun(tx, claim, patch.state, detail);
    return row;
  });
}

/** The one write of a worker: changes the run's row if this attempt still holds it (in one of the states `from`), else throws LostClaim. */
export async function fenced(db: Db, claim: Claim, patch: RunPatch, from: readonly RunState[] = OPEN_RUN_STATES): Promise<RunRow> {
  const [row] = await db
    .update(runs)
    .set({ ...patch, attempt: claim.attempt })
    .where(and(holds(claim), inArray(runs.state, [...from])))
    .returning();
  if (!row) throw new LostClaim(claim);
  return row;
}

/** Keeps an event of the run and wakes the readers. */
export async function tellRun(tx: Db, claim: Claim, kind: string, detail: Json): Promise<void> {
  await tx.insert(runEvents).values({ run: claim.run, attempt: claim.attempt, kind, detail });
  await notify(tx, 'run_changed', claim.run);
}

const holds = (claim: Claim) => and(eq(runs.id, claim.run), eq(runs.attempt, claim.attempt), inArray(runs.state, OPEN_RUN_STATES));
