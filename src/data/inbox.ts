// Events kept before they are acknowledged: nothing that a person said is lost, nothing is handled twice.
import { and, asc, desc, eq, inArray, isNull, lt, lte, ne, sql } from 'drizzle-orm';
import type { Db } from './database.ts';
import { notify } from './notices.ts';
import type { Json } from './schema/columns.ts';
import { inbox } from './schema.ts';

export type KeptEvent = { id: number; key: string; kind: string; payload: Json; at: Date; tries: number };

export const MAX_TRIES = 8;

/** Keeps an event; false if one with this key was already there (a redelivery). */
export async function keepEvent(db: Db, workspace: number, event: { key: string; kind: string; payload: Json }): Promise<boolean> {
  return db.transaction(async tx => {
    const kept = await tx
      .insert(inbox)
      .values({ workspace, ...event })
      .onConflictDoNothing()
      .returning({ id: inbox.id });
    if (kept.length > 0) await notify(tx, 'inbox_changed', workspace);
    return kept.length > 0;
  });
}

/** When the newest event came that was kept before `before`; undefined where there is none. */
export async function lastHeard(db: Db, workspace: number, before: Date): Promise<Date | undefined> {
  const [row] = await db
    .select({ at: inbox.at })
    .from(inbox)
    .where(and(eq(inbox.workspace, workspace), lt(inbox.at, before), ne(inbox.kind, 'missed')))
    .orderBy(desc(inbox.id))
    .limit(1);
  return row?.at;
}

/** The oldest events that are still to be handled, in the order in which they came; with or without touches, of which there may be very many. */
export async function nextEvents(db: Db, workspace: number, { limit = 20, touches = true } = {}): Promise<KeptEvent[]> {
  const kinds = touches ? undefined : ne(inbox.kind, 'touched');
  const rows = await db
    .select({ id: inbox.id, key: inbox.key, kind: inbox.kind, payload: inbox.payload, at: inbox.at, tries: inbox.tries })
    .from(inbox)
    .where(and(eq(inbox.workspace, workspace), isNull(inbox.doneAt), lte(inbox.nextAt, sql`now()`), kinds))
    .orderBy(asc(inbox.id))
    .limit(limit);
  return rows.map(row => ({ ...row, payload: row.payload ?? {} }));
}

/** The events are handled: their text is erased, their keys stay against redelivery. Call it in the transaction of the effect. */
export async function eventDone(db: Db, ...ids: number[]): Promise<void> {
  await db.update(inbox).set({ doneAt: sql`now()`, payload: null, error: null }).where(inArray(inbox.id, ids));
}

/**
 * The ids of all open events that say the same as a `touched` one: that this message was touched, in whatever way. One look, begun
 * after this query, does for all of them.
 */
export async function touchesLike(db: Db, workspace: number, ref: Json): Promise<number[]> {
  const rows = await db
    .select({ id: inbox.id })
    .from(inbox)
    .where(
      and(
        eq(inbox.workspace, workspace),
        eq(inbox.kind, 'touched'),
        isNull(inbox.doneAt),
        sql`${inbox.payload} -> 'ref' = ${JSON.stringify(ref)}::jsonb`,
      ),
    );
  return rows.map(({ id }) => id);
}

/** The platform asks to wait: again after `ms` milliseconds. That is no failure, and however often it happens the event is not given up. */
export async function eventLater(db: Db, id: number, ms: number): Promise<void> {
  await db
    .update(inbox)
    .set({ nextAt: sql`now() + interval '1 millisecond' * ${ms}` })
    .where(eq(inbox.id, id));
}

/**
 * Handling failed: again after 1, 2, 4 … 64 s; after MAX_TRIES the event is given up (true) and its text erased.
 * `error` is for operators and must not hold people's text.
 */
export async function eventFailed(db: Db, id: number, error: string): Promise<boolean> {
  const [row] = await db
    .update(inbox)
    .set({
      tries: sql`${inbox.tries} + 1`,
      error,
      nextAt: sql`now() + interval '1 second' * power(2, ${inbox.tries})`,
      doneAt: sql`case when ${inbox.tries} + 1 >= ${MAX_TRIES} then now() end`,
      payload: sql`case when ${inbox.tries} + 1 < ${MAX_TRIES} then ${inbox.payload} end`,
    })
    .where(and(eq(inbox.id, id), isNull(inbox.doneAt)))
    .returning({ doneAt: inbox.doneAt });
  return row !== undefined && row.doneAt !== null;
}
