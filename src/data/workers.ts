// Workers say that they are alive; the bot says when none is.
import { and, desc, eq, gt, isNotNull, isNull, sql } from 'drizzle-orm';
import type { Problem } from '../problem.ts';
import type { Db } from './database.ts';
import { workers } from './schema.ts';

export type WorkerRow = typeof workers.$inferSelect;
export type Beat = Omit<typeof workers.$inferInsert, 'id' | 'beatAt'>;

/** A worker tells what it is and does; call it every 5 s and whenever something of it changes. */
export async function beat(db: Db, worker: Beat): Promise<void> {
  const { host, pid, ...rest } = worker;
  const { run = null, trainerPid = null, unfit = null, problem = null } = rest;
  const told = { ...rest, run, trainerPid, unfit, problem, beatAt: sql`now()` };
  await db
    .insert(workers)
    .values({ host, pid, ...told })
    .onConflictDoUpdate({ target: [workers.host, workers.pid], set: told });
}

const heardOf = gt(workers.beatAt, sql`now() - interval '20 seconds'`);

/** Workers that were heard of in the last 20 s and can work, the newest first. */
export async function liveWorkers(db: Db): Promise<WorkerRow[]> {
  return db
    .select()
    .from(workers)
    .where(and(isNull(workers.problem), heardOf))
    .orderBy(desc(workers.beatAt));
}

/** Workers of a host that were heard of in the last 20 s, those that still wait for something included. */
export async function workersOn(db: Db, host: string): Promise<WorkerRow[]> {
  return db
    .select()
    .from(workers)
    .where(and(eq(workers.host, host), heardOf))
    .orderBy(desc(workers.beatAt));
}

/**
 * A worker that cannot begin says why before it leaves (one that only has to wait beats with its reason); one of that host that could not begin earlier is forgotten. Whoever starts it again
 * lets up to a minute pass, so this holds for longer than a beat.
 */
export async function tellTrouble(db: Db, worker: Beat & { problem: Problem }): Promise<void> {
  await db.transaction(async tx => {
    await forgetTrouble(tx, worker.host);
    await beat(tx, worker);
  });
}

/** A worker of this host has begun after all. */
export async function forgetTrouble(db: Db, host: string): Promise<void> {
  await db.delete(workers).where(and(eq(workers.host, host), isNotNull(workers.problem)));
}

/** Workers that lately could not begin, or cannot yet, the newest first. */
export async function troubledWorkers(db: Db): Promise<(WorkerRow & { problem: Problem })[]> {
  const rows = await db
    .select()
    .from(workers)
    .where(and(isNotNull(workers.problem), gt(workers.beatAt, sql`now() - interval '2 minutes'`)))
    .orderBy(desc(workers.beatAt));
  return rows.flatMap(row => (row.problem ? [{ ...row, problem: row.problem }] : []));
}

/** A worker leaves in order. */
export async function forgetWorker(db: Db, host: string, pid: number): Promise<void> {
  await db.delete(workers).where(sql`${workers.host} = ${host} and ${workers.pid} = ${pid}`);
}
