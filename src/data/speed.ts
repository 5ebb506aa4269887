// How fast a machine has trained so far, from the steps that its runs told.
import { sql } from 'drizzle-orm';
import type { Db } from './database.ts';

/**
 * Training tokens a second of the newest run of this base by this trainer on this host (runs.worker begins with it, up to a slash);
 * undefined before the first one.
 */
export async function measuredSpeed(db: Db, host: string, baseFingerprint: string, trainer: string): Promise<number | undefined> {
  const { rows } = await db.execute<{ speed: number }>(sql`
    select sum(s.tokens) * 1000.0::float8 / sum(s.ms) as speed
    from run_steps s join runs r on r.id = s.run
    where r.base_fingerprint = ${baseFingerprint} and r.trainer = ${trainer} and split_part(r.worker, '/', 1) = ${host}
    group by r.id having sum(s.ms) > 0 order by r.id desc limit 1`);
  return rows[0]?.speed;
}
