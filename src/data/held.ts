// What is held of a person besides examples, counted.
import { and, eq, isNull, sql } from 'drizzle-orm';
import type { Db } from './database.ts';
import { approvals, questions, votes } from './schema.ts';

/** `questions`: those whose text is still kept. */
export type Held = { questions: number; votes: number; approvals: number };

export async function countHeld(db: Db, person: number): Promise<Held> {
  return {
    questions: await db.$count(questions, and(eq(questions.asker, person), sql`jsonb_array_length(${questions.turns}) > 0`)),
    votes: await db.$count(votes, eq(votes.person, person)),
    approvals: await db.$count(approvals, and(eq(approvals.person, person), isNull(approvals.withdrawnAt))),
  };
}
