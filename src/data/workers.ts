// Workers say that they are alive; the bot says when none is.
import { desc, gt, sql } from 'drizzle-orm';
import type { Db } from './database.ts';
import { workers } from './schema.ts';

export type WorkerRow = typeof workers.$inferSelect;
export type Beat = Omit<typeof workers.$inferInsert, 'id' | 'beatAt'>;

/** A worker tells what it is and does; call it every 5 s and whenever something of it changes. */
export async function beat(db: Db, worker: Beat): Promise<void> {
  const { host, pid, ...rest } = worker;
  const told = { ...rest, run: rest.run ?? null, trainerPid: rest.trainerPid ?? null, beatAt: sql`now()` };
  await db
    .insert(workers)
    .values({ host, pid, ...told })
    .onConflictDoUpdate({ target: [workers.host, workers.pid], set: told });
}

/** Workers that were heard of in the last 20 s, the newest first. */
export async function liveWorkers(db: Db): Promise<WorkerRow[]> {
  return db.select().from(workers).where(gt(workers.beatAt, sql`now() - interval '20 seconds'`)).orderBy(desc(workers.beatAt));
}

/** A worker leaves in order. */
export async function forgetWorker(db: Db, host: string, pid: number): Promise<void> {
  await db.delete(workers).where(sql`${workers.host} = ${host} and ${workers.pid} = ${pid}`);
}
