// Votes on comparisons: one a person, changeable until the comparison closes.
import { and, count, eq, sql } from 'drizzle-orm';
import type { PgSelect } from 'drizzle-orm/pg-core';
import { Refusal } from '../problem.ts';
import type { Db } from './database.ts';
import { notify } from './notices.ts';
import { type CHOICES, people, questions, votes } from './schema.ts';

export type Choice = (typeof CHOICES)[number];
export type VoteRow = typeof votes.$inferSelect;

/** What may have decided a vote. */
export const REASONS = ['structure', 'wording', 'facts', 'length'] as const;
export type Reason = (typeof REASONS)[number];

/**
 * Keeps a person's vote. The first one stays as `first` (only it counts for the verdict), a later one replaces `now`; the reasons of
 * the one before go with it. Refuses `notAComparison` and `comparisonIsClosed`.
 */
export async function castVote(db: Db, question: number, person: number, choice: Choice): Promise<VoteRow> {
  return db.transaction(async tx => {
    await refuseUnlessOpen(tx, question);
    const [changed] = await tx
      .insert(votes)
      .values({ question, person, first: choice, now: choice })
      .onConflictDoUpdate({
        target: [votes.question, votes.person],
        set: { now: choice, reasons: [], changedAt: sql`now()` },
        setWhere: sql`${votes.now} <> ${choice}`,
      })
      .returning();
    if (changed) await notify(tx, 'question_changed', question);
    return changed ?? (await voteOf(tx, question, person))!;
  });
}

/** Adds a reason to a person's vote, or takes it back. Undefined: they have not voted. Refuses as castVote does. */
export async function toggleReason(db: Db, question: number, person: number, reason: Reason): Promise<VoteRow | undefined> {
  return db.transaction(async tx => {
    await refuseUnlessOpen(tx, question);
    const [row] = await tx
      .update(votes)
      .set({
        reasons: sql`case when ${reason}::text = any(${votes.reasons}) then array_remove(${votes.reasons}, ${reason}::text)
          else ${votes.reasons} || ${reason}::text end`,
      })
      .where(and(eq(votes.question, question), eq(votes.person, person)))
      .returning();
    return row;
  });
}

async function refuseUnlessOpen(tx: Db, question: number): Promise<void> {
  const [asked] = await tx
    .select({ comparison: questions.comparison, open: sql<boolean>`closed_at is null and closes_at > now()` })
    .from(questions)
    .where(eq(questions.id, question))
    // It cannot close between this look and the vote.
    .for('share');
  if (!asked?.comparison) throw new Refusal('notAComparison');
  if (!asked.open) throw new Refusal('comparisonIsClosed');
}

export async function voteOf(db: Db, question: number, person: number): Promise<VoteRow | undefined> {
  const [row] = await db
    .select()
    .from(votes)
    .where(and(eq(votes.question, question), eq(votes.person, person)));
  return row;
}

/** How many people whose votes count have voted on a question; no sides before it closes. Guests' votes count nowhere. */
export async function countVotes(db: Db, question: number): Promise<number> {
  const [{ n }] = await counted(db.select({ n: count() }).from(votes).$dynamic(), question);
  return n;
}

/** Only the votes of `question` that count. */
const counted = <Q extends PgSelect>(query: Q, question: number) =>
  query.innerJoin(people, and(eq(people.id, votes.person), eq(people.guest, false))).where(eq(votes.question, question));

/** A closed comparison's votes by side, as they stand now; those that count. */
export async function votesBySide(db: Db, question: number): Promise<Record<Choice, number>> {
  const rows = await counted(db.select({ now: votes.now, n: count() }).from(votes).$dynamic(), question).groupBy(votes.now);
  return { A: 0, B: 0, tie: 0, bad: 0, ...Object.fromEntries(rows.map(({ now, n }) => [now, n])) };
}

/** A first vote on a closed comparison, as who was preferred. Lengths in characters; `base` is whoever the version was compared with. */
export type FirstVote = {
  question: number;
  person: number;
  choice: 'tuned' | 'base' | 'tie' | 'bad';
  reasons: string[];
  tunedLength: number;
  baseLength: number;
};

/**
 * The first votes on closed comparisons of `version` with `against` (null = the base), in the order in which they closed; without guests'.
 * Reasons belong to what somebody votes now: of a vote that was changed they say nothing. `since`: only comparisons that closed after it.
 */
export async function firstVotes(db: Db, version: number, against: number | null, since?: Date): Promise<FirstVote[]> {
  const { rows } = await db.execute<Omit<FirstVote, 'question' | 'person'> & { question: string; person: string }>(sql`
    select q.id as question, v.person, case when v.now = v.first then v.reasons else '{}' end as reasons,
      case when v.first in ('tie', 'bad') then v.first when v.first = t.side then 'tuned' else 'base' end as choice,
      char_length(t.text) as "tunedLength", char_length(b.text) as "baseLength"
    from questions q
      join answers t on t.question = q.id and t.version = ${version}
      join answers b on b.question = q.id and b.version is not distinct from ${against}::bigint
      join votes v on v.question = q.id
      join people p on p.id = v.person and not p.guest
    where q.comparison and q.closed_at > ${since?.toISOString() ?? '-infinity'}::timestamptz
    order by q.closed_at, q.id, v.first_at, v.person`);
  return rows.map(row => ({ ...row, question: Number(row.question), person: Number(row.person) }));
}
