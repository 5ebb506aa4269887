// The team's exam: up to ten questions that the base and every version answer after each run.
import { and, asc, eq, isNull, sql } from 'drizzle-orm';
import { Refusal } from '../problem.ts';
import type { Db } from './database.ts';
import { examQuestions, runs } from './schema.ts';
import { nextNo } from './workspaces.ts';

export type ExamQuestion = typeof examQuestions.$inferSelect;

export const MOST_EXAM_QUESTIONS = 10;

const pinned = (workspace: number) => and(eq(examQuestions.workspace, workspace), isNull(examQuestions.removedAt));

/** In the order of their numbers, which stay when others go. */
export async function listExam(db: Db, workspace: number): Promise<ExamQuestion[]> {
  return db.select().from(examQuestions).where(pinned(workspace)).orderBy(asc(examQuestions.no));
}

/** The questions that the version of this run is asked. */
export async function examOfRun(db: Db, run: number): Promise<ExamQuestion[]> {
  const [{ workspace }] = await db.select({ workspace: runs.workspace }).from(runs).where(eq(runs.id, run));
  return listExam(db, workspace);
}

/** The same text again gives the question that is there. Refuses the eleventh with `exam.full`. */
export async function addExamQuestion(db: Db, workspace: number, text: string, by: number): Promise<ExamQuestion> {
  return db.transaction(async tx => {
    // Holds the workspace: two at once do not make eleven.
    const no = await nextNo(tx, examQuestions, workspace);
    const there = await listExam(tx, workspace);
    const same = there.find(question => question.text === text);
    if (same) return same;
    if (there.length >= MOST_EXAM_QUESTIONS) throw new Refusal('exam.full', { most: MOST_EXAM_QUESTIONS });
    const [added] = await tx.insert(examQuestions).values({ workspace, no, text, addedBy: by }).returning();
    return added;
  });
}

/** Undefined where there is no such question, or none any more. */
export async function removeExamQuestion(db: Db, workspace: number, no: number): Promise<ExamQuestion | undefined> {
  const [row] = await db
    .update(examQuestions)
    .set({ removedAt: sql`now()` })
    .where(and(pinned(workspace), eq(examQuestions.no, no)))
    .returning();
  return row;
}
