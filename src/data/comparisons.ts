// Comparisons that people vote on: which are open, and how one is closed before its time.
import { and, desc, eq, inArray, isNotNull, isNull, ne, sql } from 'drizzle-orm';
import type { Db } from './database.ts';
import { notify } from './notices.ts';
import type { QuestionRow } from './questions.ts';
import { channels, OPEN_QUESTION_STATES, questions } from './schema.ts';

const isOpen = and(eq(questions.comparison, true), isNull(questions.closedAt));

/** In a channel, or below one message of it (the platform's id); the newest first. */
export async function openComparisons(db: Db, channel: number, thread?: string): Promise<QuestionRow[]> {
  return db
    .select()
    .from(questions)
    .where(and(eq(questions.channel, channel), isOpen, thread === undefined ? undefined : eq(questions.thread, thread)))
    .orderBy(desc(questions.id));
}

/** Closes these comparisons now; gives the ids of those that were still open. */
export async function closeComparisons(db: Db, ids: number[]): Promise<number[]> {
  if (ids.length === 0) return [];
  return db.transaction(async tx => {
    const rows = await tx
      .update(questions)
      .set({ closedAt: sql`now()` })
      .where(and(inArray(questions.id, ids), isOpen))
      .returning({ id: questions.id });
    for (const { id } of rows) await notify(tx, 'question_changed', id);
    return rows.map(({ id }) => id);
  });
}

/** What is asked in comparisons that are open, and in those that are still to be answered. */
export async function textsBeingCompared(db: Db, workspace: number): Promise<string[]> {
  const toBe = and(inArray(questions.state, OPEN_QUESTION_STATES), sql`${questions.version} is not null`);
  const rows = await db
    .select({ text: sql<string>`${questions.turns} -> -1 ->> 'content'` })
    .from(questions)
    .where(and(eq(questions.workspace, workspace), sql`(${isOpen} or ${toBe})`));
  return rows.map(({ text }) => text);
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
