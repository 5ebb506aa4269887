// Searches for what a version gives away. A worker holds one as it holds a question: by attempt and lease.
import { and, asc, desc, eq, inArray, or, sql } from 'drizzle-orm';
import type { Problem } from '../problem.ts';
import { Refusal } from '../problem.ts';
import type { Db } from './database.ts';
import { isUnheld, LEASED_UNTIL } from './lease.ts';
import { notify } from './notices.ts';
import type { Json } from './schema/columns.ts';
import { leakSearches, OPEN_SEARCH_STATES, versions } from './schema.ts';
import type { VersionRow } from './versions.ts';

export type LeakSearchRow = typeof leakSearches.$inferSelect;
export type SearchClaim = { search: number; attempt: number };

const MAX_ATTEMPTS = 3;
const isOpen = inArray(leakSearches.state, OPEN_SEARCH_STATES);
const unheld = isUnheld(leakSearches.leaseUntil);
const changed = { changedAt: sql`now()` };

/** Keeps the wish. Refuses `leaks.search.open` while the version is searched already; heard again at the same place it is the same search. */
export async function askLeakSearch(
  db: Db,
  { workspace, id: version, no }: Pick<VersionRow, 'workspace' | 'id' | 'no'>,
  wish: { requestedBy: number; channel: string; thread?: string },
): Promise<LeakSearchRow> {
  return db.transaction(async tx => {
    const [made] = await tx
      .insert(leakSearches)
      .values({ workspace, version, ...wish })
      .onConflictDoNothing()
      .returning();
    if (made) {
      await notify(tx, 'search_changed', made.id);
      return made;
    }
    const [open] = await tx
      .select()
      .from(leakSearches)
      .where(and(eq(leakSearches.version, version), isOpen));
    const same = open?.requestedBy === wish.requestedBy && open.channel === wish.channel && open.thread === (wish.thread ?? null);
    if (!same) throw new Refusal('leaks.search.open', { no });
    return open;
  });
}

/** Takes a search that nobody holds: attempt + 1, a lease of 20 s. Undefined: nothing to do. After three attempts it has failed. */
export async function claimLeakSearch(
  db: Db,
  id: number,
  worker: string,
): Promise<{ claim: SearchClaim; search: LeakSearchRow } | undefined> {
  return db.transaction(async tx => {
    const stuck = sql`${leakSearches.attempt} >= ${MAX_ATTEMPTS}`;
    const [search] = await tx
      .update(leakSearches)
      .set({
        attempt: sql`${leakSearches.attempt} + 1`,
        worker,
        tried: 0,
        leaseUntil: sql`case when ${stuck} then null else ${LEASED_UNTIL} end`,
        state: sql`case when ${stuck} then 'failed' else 'searching' end`,
        failureCode: sql`case when ${stuck} then 'leaks.search.nowhere' end`,
        failureValues: sql`case when ${stuck} then jsonb_build_object('attempts', ${leakSearches.attempt}) end`,
        endedAt: sql`case when ${stuck} then now() end`,
        ...changed,
      })
      .where(and(eq(leakSearches.id, id), isOpen, unheld))
      .returning();
    if (!search) return undefined;
    await notify(tx, 'search_changed', id);
    return search.state === 'failed' ? undefined : { claim: { search: id, attempt: search.attempt }, search };
  });
}

/** Keeps the lease alive for another 20 s; false if somebody else holds the search, it is over, or its version is out of use. */
export async function renewLeakSearch(db: Db, claim: SearchClaim): Promise<boolean> {
  const inUse = sql`exists (select 1 from ${versions} v where v.id = ${leakSearches.version} and v.state <> 'quarantined')`;
  const rows = await db
    .update(leakSearches)
    .set({ leaseUntil: LEASED_UNTIL })
    .where(and(holds(claim), inUse))
    .returning({ id: leakSearches.id });
  return rows.length > 0;
}

/** How far it is. */
export const tellLeakSearch = (db: Db, claim: SearchClaim, tried: number, rows: number): Promise<boolean> =>
  write(db, claim, { tried, rows });

/** Hands it back in order: whoever claims it next begins anew. */
export const releaseLeakSearch = (db: Db, claim: SearchClaim): Promise<boolean> => write(db, claim, { state: 'asked', leaseUntil: null });

/** False if this attempt no longer holds it. */
export const finishLeakSearch = (db: Db, claim: SearchClaim, found: Json & { tried: number }): Promise<boolean> =>
  write(db, claim, { state: 'done', found, tried: found.tried, rows: found.tried, leaseUntil: null, endedAt: sql`now()` });

export const failLeakSearch = (db: Db, claim: SearchClaim, { code, values }: Problem): Promise<boolean> =>
  write(db, claim, { state: 'failed', failureCode: code, failureValues: values, leaseUntil: null, endedAt: sql`now()` });

type Patch = Parameters<ReturnType<Db['update']>['set']>[0];

async function write(db: Db, claim: SearchClaim, patch: Patch): Promise<boolean> {
  return db.transaction(async tx => {
    const rows = await tx
      .update(leakSearches)
      .set({ ...patch, ...changed })
      .where(holds(claim))
      .returning({ id: leakSearches.id });
    if (rows.length > 0) await notify(tx, 'search_changed', claim.search);
    return rows.length > 0;
  });
}

const holds = ({ search, attempt }: SearchClaim) =>
  and(eq(leakSearches.id, search), eq(leakSearches.attempt, attempt), eq(leakSearches.state, 'searching'));

export async function leakSearchById(db: Db, id: number): Promise<LeakSearchRow | undefined> {
  const [row] = await db.select().from(leakSearches).where(eq(leakSearches.id, id));
  return row;
}

/** The newest one of a version that came to its end. */
export async function lastLeakSearch(db: Db, version: number): Promise<LeakSearchRow | undefined> {
  const [row] = await db
    .select()
    .from(leakSearches)
    .where(and(eq(leakSearches.version, version), eq(leakSearches.state, 'done')))
    .orderBy(desc(leakSearches.id))
    .limit(1);
  return row;
}

/** Searches that a worker should look at: open, held by nobody. For the sweeper. */
export async function leakSearchesToWake(db: Db): Promise<number[]> {
  const rows = await db.select({ id: leakSearches.id }).from(leakSearches).where(and(isOpen, unheld)).orderBy(asc(leakSearches.id));
  return rows.map(({ id }) => id);
}

/** Searches whose message may be out of date: open ones, and those that changed in the last `seconds`. */
export async function leakSearchesInMotion(db: Db, workspace: number, seconds: number): Promise<number[]> {
  const rows = await db
    .select({ id: leakSearches.id })
    .from(leakSearches)
    .where(
      and(eq(leakSearches.workspace, workspace), or(isOpen, sql`${leakSearches.changedAt} > now() - interval '1 second' * ${seconds}`)),
    )
    .orderBy(asc(leakSearches.id));
  return rows.map(({ id }) => id);
}
