// Who answers the next question of a channel: the champion, or two speakers side by side (DESIGN, Who speaks).
import { sql } from 'drizzle-orm';
import type { ChannelRow } from './channels.ts';
import type { Db } from './database.ts';
import { speakingVersions } from './versions.ts';

/** Ids of versions; null is the base. Without `second` the first one answers alone. */
export type Speakers = {
  /** Who answers anyway: the champion, else the base. */
  first: number | null;
  /** Whom they are compared with: the candidate, else (beside a champion) the base. */
  second?: number | null;
};

/**
 * Without a champion every question is a comparison of base and candidate, if there is one. A champion answers alone, but for every
 * `compareEvery`-th question of the channel, counted from the last comparison there (0: none).
 */
export async function speakersFor(db: Db, workspace: number, channel: Pick<ChannelRow, 'id' | 'compareEvery'>): Promise<Speakers> {
  const { candidate, champion } = await speakingVersions(db, workspace);
  if (!champion) return candidate ? { first: null, second: candidate.id } : { first: null };
  const { id, compareEvery } = channel;
  const due = compareEvery > 0 && (await askedSinceComparison(db, id)) + 1 >= compareEvery;
  return due ? { first: champion.id, second: candidate?.id ?? null } : { first: champion.id };
}

/** A question put to one version by name is none of these (question-detail.ts: `tried`). */
async function askedSinceComparison(db: Db, channel: number): Promise<number> {
  const { rows } = await db.execute<{ n: number }>(sql`
    with asked as (
      select id, version is not null and detail -> 'alone' is null as compared from questions
      where channel = ${channel} and kind <> 'exam' and detail -> 'tried' is null)
    select count(*)::int as n from asked where id > coalesce((select max(id) from asked where compared), 0)`);
  return rows[0].n;
}
