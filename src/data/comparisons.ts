// Comparisons that people vote on: which are open, and how they close: in time, or before it.
import { and, asc, desc, eq, inArray, isNotNull, isNull, lte, ne, or, sql } from 'drizzle-orm';
import type { Db } from './database.ts';
import { notify } from './notices.ts';
import type { QuestionRow } from './questions.ts';
import { channels, OPEN_QUESTION_STATES, questions, versions } from './schema.ts';

/** The question that asks the same and was there first; itself where none was. */
const FIRST = sql<number>`coalesce((${questions.detail} ->> 'twin')::bigint, ${questions.id})`;
const isOpen = and(eq(questions.comparison, true), isNull(questions.closedAt));

/** In a channel, or below one message of it (the platform's id); the newest first. */
export async function openComparisons(db: Db, channel: number, thread?: string): Promise<QuestionRow[]> {
  return db
    .select()
    .from(questions)
    .where(and(eq(questions.channel, channel), isOpen, thread === undefined ? undefined : eq(questions.thread, thread)))
    .orderBy(desc(questions.id));
}

/** How many are still open for votes. */
export const countOpenComparisons = (db: Db, workspace: number): Promise<number> =>
  db.$count(questions, and(eq(questions.workspace, workspace), isOpen));

/** Closes the comparisons whose 24 hours are over, and with each those that ask the same (`twin`); gives their ids. */
export async function closeDueComparisons(db: Db): Promise<number[]> {
  const over = sql`(select first.id from questions first where first.comparison and (first.closed_at is not null or first.closes_at <= now()))`;
  return db.transaction(async tx => {
    const rows = await tx
      .update(questions)
      .set({ closedAt: sql`now()` })
      .where(and(isOpen, or(lte(questions.closesAt, sql`now()`), sql`(${questions.detail} ->> 'twin')::bigint in ${over}`)))
      .returning({ id: questions.id });
    for (const { id } of rows) await notify(tx, 'question_changed', id);
    return rows.map(({ id }) => id);
  });
}

/** Closes these comparisons now, and with each those that ask the same; gives the ids of all that were still open. */
export async function closeComparisons(db: Db, ids: number[]): Promise<number[]> {
  return db.transaction(async tx => {
    const families = tx.select({ id: FIRST }).from(questions).where(inArray(questions.id, ids));
    const rows = await tx
      .update(questions)
      .set({ closedAt: sql`now()` })
      .where(and(inArray(FIRST, families), isOpen))
      .returning({ id: questions.id });
    for (const { id } of rows) await notify(tx, 'question_changed', id);
    return rows.map(({ id }) => id);
  });
}

/** `against`: none is the base. */
export type Compared = { id: number; text: string; version: number; against: number | null; seed: number };

/** What is asked in comparisons that are open, and in those that are still to be answered, each text by its first question. */
export async function comparedNow(db: Db, workspace: number): Promise<Compared[]> {
  const toBe = and(inArray(questions.state, OPEN_QUESTION_STATES), sql`${questions.detail} -> 'alone' is null`);
  const rows = await db
    .select({
      id: questions.id,
      text: sql<string>`${questions.turns} -> -1 ->> 'content'`,
      version: versions.id,
      against: sql<string | null>`${questions.detail} ->> 'against'`,
      seed: questions.seed,
    })
    .from(questions)
    .innerJoin(versions, and(eq(versions.id, questions.version), ne(versions.state, 'quarantined')))
    .where(and(eq(questions.workspace, workspace), sql`${questions.detail} -> 'twin' is null`, or(isOpen, toBe)))
    .orderBy(asc(questions.id));
  return rows.map(({ against, ...row }) => ({ ...row, against: against === null ? null : Number(against) }));
}

/** The platform's id of the channel, open to more than one person, where people last voted on this version; undefined where none did. */
export async function channelOfVotes(db: Db, version: number): Promise<string | undefined> {
  const [row] = await db
    .select({ ext: channels.ext })
    .from(questions)
    .innerJoin(channels, eq(channels.id, questions.channel))
    .where(and(eq(questions.version, version), isNotNull(questions.closedAt), ne(channels.kind, 'direct')))
    .orderBy(desc(questions.closedAt), desc(questions.id))
    .limit(1);
  return row?.ext;
}

/** Who was compared with whom in closed comparisons; `against`: null is the base. The newest version first. */
export async function comparedPairs(db: Db, workspace: number, limit: number): Promise<{ version: number; against: number | null }[]> {
  const { rows } = await db.execute<{ version: string; against: string | null }>(sql`
    select q.version, b.version as against from questions q
      join answers b on b.question = q.id and b.version is distinct from q.version
    where q.workspace = ${workspace} and q.comparison and q.closed_at is not null and q.version is not null
    group by q.version, b.version order by q.version desc, b.version desc nulls last limit ${limit}`);
  return rows.map(({ version, against }) => ({ version: Number(version), against: against === null ? null : Number(against) }));
}
