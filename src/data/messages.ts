// Messages of the chat that examples point to: where they are, what became of them, and which are to be looked at again. Never their text.
import { and, asc, eq, inArray, isNotNull, lt, ne, or, type SQL, sql } from 'drizzle-orm';
import type { Db } from './database.ts';
import { channels, exampleSources, examples, type MESSAGE_STATES, messages } from './schema.ts';

export type MessageRow = typeof messages.$inferSelect;
export type SeenMessage = {
  channel: number;
  /** the platform's ids */
  ext: string;
  threadExt?: string;
  author: number;
  permalink: string;
  textHmac: string;
};
/** A message with the platform's id of its channel. */
export type PlacedMessage = MessageRow & { channelExt: string };

/** How long a message that could not be looked at is left alone. */
const REST = sql`interval '5 seconds'`;

/** Keeps what a look saw. `edited`: its text is another one than at the look before. */
export async function rememberMessage(tx: Db, seen: SeenMessage): Promise<{ id: number; edited: boolean }> {
  const [before] = await tx
    .select({ textHmac: messages.textHmac })
    .from(messages)
    .where(and(eq(messages.channel, seen.channel), eq(messages.ext, seen.ext)));
  const now = { ...seen, state: 'present' as const, lookedAt: sql`now()` };
  const [row] = await tx
    .insert(messages)
    .values(now)
    .onConflictDoUpdate({ target: [messages.channel, messages.ext], set: now })
    .returning({ id: messages.id });
  return { id: row.id, edited: before !== undefined && before.textHmac !== seen.textHmac };
}

/** The message cannot be seen: deleted, or hidden from the bot. */
export async function rememberUnseen(tx: Db, id: number, state: Exclude<(typeof MESSAGE_STATES)[number], 'present'>): Promise<void> {
  await tx.update(messages).set({ state, lookedAt: sql`now()` }).where(eq(messages.id, id));
}

/** The message was touched. Messages that nothing points to have no row and need none. */
export async function markTouched(db: Db, workspace: number, { channel, id }: { channel?: string; id: string }): Promise<void> {
  await db
    .update(messages)
    .set({ dirtyAt: sql`now()` })
    .where(and(eq(messages.ext, id), inWorkspace(db, workspace, channel)));
}

/** Anything may have happened to the messages that examples point to. */
export async function markAllTouched(db: Db, workspace: number): Promise<void> {
  const ids = db
    .select({ id: exampleSources.message })
    .from(exampleSources)
    .innerJoin(examples, eq(examples.id, exampleSources.example))
    .where(and(eq(examples.workspace, workspace), ne(examples.state, 'erased')));
  await db.update(messages).set({ dirtyAt: sql`now()` }).where(inArray(messages.id, ids));
}

/** From now on these have to be looked at (once more). */
export async function markDirty(tx: Db, ids: number[]): Promise<void> {
  if (ids.length > 0) await tx.update(messages).set({ dirtyAt: sql`now()` }).where(inArray(messages.id, ids));
}

/** From now on the messages that these examples stand on have to be looked at (once more). */
export async function markSourcesDirty(tx: Db, exampleIds: number[]): Promise<void> {
  if (exampleIds.length === 0) return;
  const sources = tx.select({ id: exampleSources.message }).from(exampleSources).where(inArray(exampleSources.example, exampleIds));
  await tx.update(messages).set({ dirtyAt: sql`now()` }).where(inArray(messages.id, sources));
}

/** The look that began at `moment` (databaseNow) is complete; what was touched since stays to be looked at. */
export async function markLookedAt(db: Db, ids: number[], moment: string): Promise<void> {
  if (ids.length === 0) return;
  await db
    .update(messages)
    .set({ lookedAt: sql`now()`, dirtyAt: sql`case when ${messages.dirtyAt} > ${moment}::timestamptz then ${messages.dirtyAt} end` })
    .where(inArray(messages.id, ids));
}

/** The look did not succeed: again after five seconds. */
export async function markLookFailed(db: Db, id: number): Promise<void> {
  await db.update(messages).set({ dirtyAt: sql`now()`, lookedAt: sql`now()` }).where(eq(messages.id, id));
}

/** The database's clock, to the microsecond. */
export async function databaseNow(db: Db): Promise<string> {
  const { rows } = await db.execute<{ now: string }>(sql`select clock_timestamp()::text as now`);
  return rows[0].now;
}

/** By the platform's ids; without a channel wherever in the workspace it is. */
export async function findMessage(
  db: Db,
  workspace: number,
  { channel, id }: { channel?: string; id: string },
): Promise<MessageRow | undefined> {
  const [row] = await db
    .select()
    .from(messages)
    .where(and(eq(messages.ext, id), inWorkspace(db, workspace, channel)));
  return row;
}

/** Messages of examples that were touched and not looked at, or last looked at before `since` (databaseNow); the oldest look first. */
export async function messagesToLookAt(db: Db, workspace: number, since: string, limit: number): Promise<PlacedMessage[]> {
  const due = or(
    and(isNotNull(messages.dirtyAt), or(lt(messages.lookedAt, messages.dirtyAt), lt(messages.lookedAt, sql`now() - ${REST}`))),
    lt(messages.lookedAt, sql`${since}::timestamptz`),
  );
  return pointedTo(db, workspace, due, sql`${examples.state} <> 'erased'`, limit);
}

/** Messages of examples that a run could learn from and that were touched or not looked at for `freshSeconds`. */
export async function messagesBeforeRun(db: Db, workspace: number, freshSeconds: number): Promise<PlacedMessage[]> {
  const due = or(isNotNull(messages.dirtyAt), lt(messages.lookedAt, sql`now() - interval '1 second' * ${freshSeconds}`));
  return pointedTo(db, workspace, due, inArray(examples.state, ['pending', 'approved', 'stale']));
}

async function pointedTo(db: Db, workspace: number, due: SQL | undefined, live: SQL, limit?: number): Promise<PlacedMessage[]> {
  const ids = db
    .select({ id: exampleSources.message })
    .from(exampleSources)
    .innerJoin(examples, eq(examples.id, exampleSources.example))
    .where(and(eq(examples.workspace, workspace), live));
  const query = db
    .select({ message: messages, channelExt: channels.ext })
    .from(messages)
    .innerJoin(channels, eq(channels.id, messages.channel))
    .where(and(inArray(messages.id, ids), due))
    .orderBy(asc(messages.lookedAt), asc(messages.id));
  const rows = await (limit === undefined ? query : query.limit(limit));
  return rows.map(({ message, channelExt }) => ({ ...message, channelExt }));
}

const inWorkspace = (db: Db, workspace: number, channel: string | undefined): SQL =>
  inArray(
    messages.channel,
    db
      .select({ id: channels.id })
      .from(channels)
      .where(and(eq(channels.workspace, workspace), channel === undefined ? undefined : eq(channels.ext, channel))),
  );
