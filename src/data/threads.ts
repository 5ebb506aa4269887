// What the bot was asked and answered in one thread so far, for whoever asks on.
import { and, asc, eq, inArray } from 'drizzle-orm';
import type { Db } from './database.ts';
import type { AnswerRow, QuestionRow } from './questions.ts';
import { answers, people, questions, votes } from './schema.ts';
import type { Choice } from './votes.ts';

/** `votes`: as they stand now; `counts` is false for a guest's. */
export type AskedBefore = { question: QuestionRow; answers: AnswerRow[]; votes: { person: number; now: Choice; counts: boolean }[] };

/** Answered questions of a thread (the platform's id), the oldest first. */
export async function questionsOfThread(db: Db, channel: number, thread: string): Promise<AskedBefore[]> {
  const asked = await db
    .select()
    .from(questions)
    .where(and(eq(questions.channel, channel), eq(questions.thread, thread), eq(questions.state, 'answered')))
    .orderBy(asc(questions.id));
  if (asked.length === 0) return [];
  const ids = asked.map(({ id }) => id);
  const given = await db.select().from(answers).where(inArray(answers.question, ids)).orderBy(asc(answers.side));
  const cast = await db
    .select({ question: votes.question, person: votes.person, now: votes.now, guest: people.guest })
    .from(votes)
    .innerJoin(people, eq(people.id, votes.person))
    .where(inArray(votes.question, ids));
  return asked.map(question => ({
    question,
    answers: given.filter(answer => answer.question === question.id),
    votes: cast.filter(vote => vote.question === question.id).map(({ person, now, guest }) => ({ person, now, counts: !guest })),
  }));
}
