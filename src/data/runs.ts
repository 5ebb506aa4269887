// Runs as people start, watch and cancel them. What the worker that holds a run writes is in ./claims.ts and ./progress.ts.
import { and, asc, desc, eq, inArray, isNull, or, sql } from 'drizzle-orm';
import { Refusal } from '../problem.ts';
import type { Db } from './database.ts';
import { areApproved, freezeDataset, type Member } from './datasets.ts';
import { isUnheld } from './lease.ts';
import { notify } from './notices.ts';
import type { Json } from './schema/columns.ts';
import { OPEN_RUN_STATES, type RUN_STATES, runEvents, runHeldout, runSteps, runs } from './schema.ts';
import { nextNo } from './workspaces.ts';

export type RunState = (typeof RUN_STATES)[number];
export type RunRow = typeof runs.$inferSelect;

export type NewRun = {
  requestedBy: number;
  /** the platform's ids: where the run's message stands */
  channel: string;
  thread?: string;
  members: Member[];
  /** settings that the person asked for */
  wishes?: Json;
  trainer?: string;
  /** The id of a run that waits for a person, whose place this one takes. */
  instead?: number;
};

export const isOpen = (state: RunState): boolean => (OPEN_RUN_STATES as readonly string[]).includes(state);
const open = inArray(runs.state, OPEN_RUN_STATES);
/** No worker holds the run. */
export const unheld = isUnheld(runs.leaseUntil);

/**
 * Freezes the dataset and opens a run on it, in one transaction. Refuses (`runIsOpen`) while another run of the workspace is open, and
 * (`consent.changed`) when one of the rows was retired, edited or erased since they were read; `run.waits-no-more` where there is nothing
 * to take the place of. What is refused changes nothing: a run that waited waits on.
 */
export async function startRun(db: Db, workspace: number, run: NewRun): Promise<RunRow> {
  const { members, instead, ...rest } = run;
  return db.transaction(async tx => {
    const no = await nextNo(tx, runs, workspace);
    if (instead !== undefined) await replaceWaiting(tx, workspace, instead, { by: run.requestedBy, no });
    if (!(await areApproved(tx, members))) throw new Refusal('consent.changed');
    const dataset = await freezeDataset(tx, workspace, members);
    const [made] = await tx
      .insert(runs)
      .values({ workspace, no, dataset, ...rest })
      .onConflictDoNothing({ target: runs.workspace, where: sql`state in (${sql.raw(OPEN_RUN_STATES.map(s => `'${s}'`).join(', '))})` })
      .returning();
    if (!made) {
      const other = await openRun(tx, workspace);
      throw new Refusal('runIsOpen', { no: other?.no ?? 0 });
    }
    await notify(tx, 'run_changed', made.id);
    return made;
  });
}

/** A run that waits for a person makes room for run `no`, and says so (`runReplaced`). */
async function replaceWaiting(tx: Db, workspace: number, run: number, { by, no }: { by: number; no: number }): Promise<void> {
  const [row] = await tx
    .update(runs)
    .set({
      state: 'cancelled',
      cancelAt: sql`now()`,
      cancelBy: by,
      endedAt: sql`now()`,
      leaseUntil: null,
      failureCode: 'runReplaced',
      failureValues: { no },
    })
    .where(and(eq(runs.workspace, workspace), eq(runs.id, run), eq(runs.state, 'waiting'), isNull(runs.cancelAt)))
    .returning({ id: runs.id });
  if (!row) throw new Refusal('run.waits-no-more');
  await notify(tx, 'run_changed', run);
}

/**
 * Asks an open run to end. The worker that holds it reads that within a second; a run that nobody holds is cancelled at once.
 * Undefined when nothing is open. Asking twice changes nothing. `by`: null where no person asks.
 */
export async function requestCancel(db: Db, workspace: number, by: number | null): Promise<RunRow | undefined> {
  return db.transaction(async tx => {
    const [row] = await tx
      .update(runs)
      .set({ cancelAt: sql`coalesce(${runs.cancelAt}, now())`, cancelBy: sql`coalesce(${runs.cancelBy}, ${by})` })
      .where(and(eq(runs.workspace, workspace), open))
      .returning();
    if (!row) return undefined;
    await notify(tx, 'run_changed', row.id);
    const [settled] = await settleCancelled(tx, row.id);
    return settled ?? row;
  });
}

/** Runs that were asked to end and that no worker holds any more are cancelled; gives those. Part of every sweep. */
export async function settleCancelled(db: Db, id?: number): Promise<RunRow[]> {
  const rows = await db
    .update(runs)
    .set({ state: 'cancelled', endedAt: sql`now()`, leaseUntil: null })
    .where(and(open, unheld, sql`${runs.cancelAt} is not null`, id === undefined ? undefined : eq(runs.id, id)))
    .returning();
  for (const row of rows) await notify(db, 'run_changed', row.id);
  return rows;
}

/**
 * A person starts a run that waits for it: the worker goes on with the plan that it made. Undefined when the run waits no more
 * (started already, cancelled, over). Wake a worker afterwards.
 */
export async function launchRun(db: Db, workspace: number, run: number): Promise<RunRow | undefined> {
  return db.transaction(async tx => {
    const [row] = await tx
      .update(runs)
      .set({ state: 'queued' })
      .where(and(eq(runs.workspace, workspace), eq(runs.id, run), eq(runs.state, 'waiting'), isNull(runs.cancelAt)))
      .returning();
    if (!row) return undefined;
    await tx.insert(runEvents).values({ run, attempt: row.attempt, kind: 'launched' });
    await notify(tx, 'run_changed', run);
    return row;
  });
}

/** Runs that nobody started within an hour are cancelled, and say so (`runNotLaunched`); gives those. For the bot's look. */
export async function cancelUnlaunched(db: Db): Promise<RunRow[]> {
  const since = sql`(select max(${runEvents.at}) from ${runEvents} where ${runEvents.run} = ${runs.id} and ${runEvents.kind} = 'waiting')`;
  const rows = await db
    .update(runs)
    .set({ state: 'cancelled', endedAt: sql`now()`, leaseUntil: null, failureCode: 'runNotLaunched', failureValues: {} })
    .where(and(eq(runs.state, 'waiting'), sql`${since} < now() - interval '1 hour'`))
    .returning();
  for (const row of rows) await notify(db, 'run_changed', row.id);
  return rows;
}

/** A run that has not begun to train is cancelled with the reason `code`, whoever holds it; undefined where it trains already, or is over. */
export async function cancelUnbegun(tx: Db, run: number, code: string): Promise<RunRow | undefined> {
  const [row] = await tx
    .update(runs)
    .set({ state: 'cancelled', endedAt: sql`now()`, leaseUntil: null, failureCode: code, failureValues: {} })
    .where(and(eq(runs.id, run), inArray(runs.state, ['checking', 'waiting', 'queued'])))
    .returning();
  if (row) await notify(tx, 'run_changed', run);
  return row;
}

/** The open states in which there is something for a worker to do. */
export const WORKED_STATES = ['checking', 'queued', 'training', 'evaluating'] as const satisfies readonly RunState[];

/** Runs that a worker should look at: open, held by nobody. For the sweeper. */
export async function runsToWake(db: Db): Promise<number[]> {
  const rows = await db
    .select({ id: runs.id })
    .from(runs)
    .where(and(inArray(runs.state, WORKED_STATES), unheld));
  return rows.map(row => row.id);
}

/** The workspace's one open run. */
export async function openRun(db: Db, workspace: number): Promise<RunRow | undefined> {
  const [row] = await db
    .select()
    .from(runs)
    .where(and(eq(runs.workspace, workspace), open));
  return row;
}

export async function runById(db: Db, id: number): Promise<RunRow | undefined> {
  const [row] = await db.select().from(runs).where(eq(runs.id, id));
  return row;
}

/** The newest first. */
export async function listRuns(db: Db, workspace: number, limit = 20): Promise<RunRow[]> {
  return db.select().from(runs).where(eq(runs.workspace, workspace)).orderBy(desc(runs.no)).limit(limit);
}

export type Progress = {
  steps: (typeof runSteps.$inferSelect)[];
  heldout: (typeof runHeldout.$inferSelect)[];
  events: (typeof runEvents.$inferSelect)[];
};

/** Everything that a run has told, in order. */
export async function runProgress(db: Db, run: number): Promise<Progress> {
  return {
    steps: await db.select().from(runSteps).where(eq(runSteps.run, run)).orderBy(asc(runSteps.step)),
    heldout: await db.select().from(runHeldout).where(eq(runHeldout.run, run)).orderBy(asc(runHeldout.step)),
    events: await db.select().from(runEvents).where(eq(runEvents.run, run)).orderBy(asc(runEvents.id)),
  };
}

/** Runs whose message may be out of date: the open one, and those that ended in the last `seconds`. */
export async function runsInMotion(db: Db, workspace: number, seconds: number): Promise<number[]> {
  const rows = await db
    .select({ id: runs.id })
    .from(runs)
    .where(and(eq(runs.workspace, workspace), or(open, sql`${runs.endedAt} > now() - interval '1 second' * ${seconds}`)))
    .orderBy(asc(runs.id));
  return rows.map(({ id }) => id);
}
