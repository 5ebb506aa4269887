// Questions put to the bot and the answers of its speakers. A worker holds a question as it holds a run: by attempt and lease.
import { and, asc, eq, inArray, lt, or, type SQL, sql } from 'drizzle-orm';
import type { Problem } from '../problem.ts';
import type { Db } from './database.ts';
import { isUnheld, LEASED_UNTIL } from './lease.ts';
import { notify } from './notices.ts';
import type { Json } from './schema/columns.ts';
import { answers, OPEN_QUESTION_STATES, type QUESTION_KINDS, questions, type SIDES, type Turn } from './schema.ts';

export type QuestionRow = typeof questions.$inferSelect;
export type AnswerRow = typeof answers.$inferSelect;
export type QuestionClaim = { question: number; attempt: number };

export type NewQuestion = {
  channel: number;
  asker: number;
  /** the platform's id of the message that asks: asked twice (a redelivery) is one question */
  source: string;
  thread?: string;
  kind: (typeof QUESTION_KINDS)[number];
  turns: Turn[];
  lang: string;
  /** the tuned version that answers next to the base; none = the base alone */
  version?: number;
  seed: number;
  /** whatever else the worker needs to know */
  detail?: Json;
};

export type NewAnswer = {
  /** none = the base */
  version?: number;
  side: (typeof SIDES)[number];
  text: string;
  tokens: number;
  ms: number;
  stop: string;
};

const MAX_ATTEMPTS = 3;
/** Nobody waits for an answer longer than this; the questions of an exam are nobody's who waits. */
const GIVEN_WITHIN_MINUTES = 10;
const tooLate = sql`(${questions.kind} <> 'exam' and ${questions.askedAt} < now() - interval '1 minute' * ${GIVEN_WITHIN_MINUTES})`;
/** What else was said in the thread is kept only until there is an answer. */
const QUESTION_ALONE = sql`jsonb_build_array(${questions.turns} -> -1)`;
const isOpen = inArray(questions.state, OPEN_QUESTION_STATES);
const unheld = isUnheld(questions.leaseUntil);

/** Keeps a question; the same source again gives the question that is already there. */
export async function askQuestion(db: Db, workspace: number, question: NewQuestion): Promise<QuestionRow> {
  return db.transaction(async tx => {
    const [made] = await tx
      .insert(questions)
      .values({ workspace, ...question })
      .onConflictDoNothing()
      .returning();
    if (made) {
      await notify(tx, 'question_changed', made.id);
      return made;
    }
    const [same] = await tx
      .select()
      .from(questions)
      .where(and(eq(questions.channel, question.channel), eq(questions.source, question.source)));
    return same;
  });
}

/**
 * Takes a question that nobody holds (attempt + 1, a lease of 20 s). Undefined: nothing to do. After three attempts, or ten minutes after it
 * was asked, it has failed.
 */
export async function claimQuestion(
  db: Db,
  id: number,
  worker: string,
): Promise<{ claim: QuestionClaim; question: QuestionRow } | undefined> {
  return db.transaction(async tx => {
    if (await failLate(tx, and(eq(questions.id, id), isOpen, unheld))) return undefined;
    const stuck = sql`${questions.attempt} >= ${MAX_ATTEMPTS}`;
    const [row] = await tx
      .update(questions)
      .set({
        attempt: sql`${questions.attempt} + 1`,
        worker,
        leaseUntil: sql`case when ${stuck} then null else ${LEASED_UNTIL} end`,
        state: sql`case when ${stuck} then 'failed' else 'answering' end`,
        failureCode: sql`case when ${stuck} then 'questionGotNowhere' end`,
        failureValues: sql`case when ${stuck} then jsonb_build_object('attempts', ${questions.attempt}) end`,
      })
      .where(and(eq(questions.id, id), isOpen, unheld))
      .returning();
    if (!row) return undefined;
    await notify(tx, 'question_changed', id);
    return row.state === 'failed' ? undefined : { claim: { question: id, attempt: row.attempt }, question: row };
  });
}

/** Keeps the lease alive for another 20 s; false if somebody else holds the question or it is over. */
export async function renewQuestion(db: Db, claim: QuestionClaim): Promise<boolean> {
  const rows = await db.update(questions).set({ leaseUntil: LEASED_UNTIL }).where(holds(claim)).returning({ id: questions.id });
  return rows.length > 0;
}

/** Hands a question back in order: whoever claims it next begins anew. */
export async function releaseQuestion(db: Db, claim: QuestionClaim): Promise<void> {
  await db.update(questions).set({ state: 'asked', leaseUntil: null }).where(holds(claim));
}

/**
 * The answers, all at once. `comparison`: people may vote on them until 24 hours from now.
 * False if nothing was written: this attempt no longer holds the question, or it was asked more than ten minutes ago and has failed.
 */
export async function saveAnswers(
  db: Db,
  claim: QuestionClaim,
  written: { answers: NewAnswer[]; comparison: boolean; nearExample?: number; detail?: Json },
): Promise<boolean> {
  const { comparison, nearExample, detail } = written;
  return db.transaction(async tx => {
    if (await failLate(tx, holds(claim))) return false;
    const rows = await tx
      .update(questions)
      .set({
        state: 'answered',
        turns: QUESTION_ALONE,
        comparison,
        leaseUntil: null,
        answeredAt: sql`now()`,
        closesAt: comparison ? sql`now() + interval '24 hours'` : null,
        ...(nearExample !== undefined && { nearExample }),
        ...(detail && { detail: sql`${questions.detail} || ${JSON.stringify(detail)}::jsonb` }),
      })
      .where(holds(claim))
      .returning({ id: questions.id });
    if (rows.length === 0) return false;
    await tx.insert(answers).values(written.answers.map(answer => ({ question: claim.question, ...answer })));
    await notify(tx, 'question_changed', claim.question);
    return true;
  });
}

/** The question cannot be answered, with the reason (a Problem). False if this attempt no longer holds it. */
export async function failQuestion(db: Db, claim: QuestionClaim, problem: Problem): Promise<boolean> {
  return db.transaction(tx => fail(tx, holds(claim), problem));
}

/** Fails the question of `where` if an answer would come too late; true if it was so. */
const failLate = (tx: Db, where: SQL | undefined): Promise<boolean> =>
  fail(tx, and(where, tooLate), { code: 'engine.answerTooLate', values: { minutes: GIVEN_WITHIN_MINUTES } });

/** Fails the questions that nobody answers and that have waited too long: also where no worker is there to see it. */
export const failLateQuestions = (db: Db): Promise<boolean> => db.transaction(tx => failLate(tx, and(isOpen, unheld)));

async function fail(tx: Db, where: SQL | undefined, { code, values }: Problem): Promise<boolean> {
  const failed = await tx
    .update(questions)
    .set({ state: 'failed', turns: QUESTION_ALONE, leaseUntil: null, failureCode: code, failureValues: values })
    .where(where)
    .returning({ id: questions.id });
  for (const { id } of failed) await notify(tx, 'question_changed', id);
  return failed.length > 0;
}

/** How many questions that are still open were asked before this one, by anybody. */
export async function placeInQueue(db: Db, { id }: Pick<QuestionRow, 'id'>): Promise<number> {
  return db.$count(questions, and(isOpen, lt(questions.id, id)));
}

/** Questions that a worker should look at: open, held by nobody. For the sweeper. */
export async function questionsToWake(db: Db): Promise<number[]> {
  const rows = await db.select({ id: questions.id }).from(questions).where(and(isOpen, unheld)).orderBy(asc(questions.id));
  return rows.map(({ id }) => id);
}

/** A question with its answers, side A before B. */
export async function questionById(db: Db, id: number): Promise<{ question: QuestionRow; answers: AnswerRow[] } | undefined> {
  // One statement sees one moment: never a question that still waits beside the answers that it has got.
  const rows = await db
    .select({ question: questions, answer: answers })
    .from(questions)
    .leftJoin(answers, eq(answers.question, questions.id))
    .where(eq(questions.id, id))
    .orderBy(asc(answers.side));
  return rows[0] && { question: rows[0].question, answers: rows.flatMap(({ answer }) => answer ?? []) };
}

const holds = (claim: QuestionClaim) =>
  and(eq(questions.id, claim.question), eq(questions.attempt, claim.attempt), eq(questions.state, 'answering'));

/** Questions whose message may be out of date: open ones, and those that were answered or closed in the last `seconds`. */
export async function questionsInMotion(db: Db, workspace: number, seconds: number): Promise<number[]> {
  const since = sql`now() - interval '1 second' * ${seconds}`;
  const rows = await db
    .select({ id: questions.id })
    .from(questions)
    .where(
      and(
        eq(questions.workspace, workspace),
        or(isOpen, sql`greatest(${questions.askedAt}, ${questions.answeredAt}, ${questions.closedAt}) > ${since}`),
      ),
    )
    .orderBy(asc(questions.id));
  return rows.map(({ id }) => id);
}
