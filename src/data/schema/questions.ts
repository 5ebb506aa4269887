// What people asked the bot, what it answered (one answer or two), and how people voted.
import { boolean, doublePrecision, index, integer, jsonb, pgTable, primaryKey, text, unique } from 'drizzle-orm/pg-core';
import { id, type Json, madeAt, moment, oneOf, ref, state } from './columns.ts';
import { examples } from './examples.ts';
import { channels, people, workspaces } from './people.ts';
import { versions } from './versions.ts';

export const QUESTION_KINDS = ['qa', 'report', 'exam'] as const;
export const OPEN_QUESTION_STATES = ['asked', 'answering'] as const;
export const QUESTION_STATES = [...OPEN_QUESTION_STATES, 'answered', 'failed'] as const;
export const SIDES = ['A', 'B', 'only'] as const;
export const CHOICES = ['A', 'B', 'tie', 'bad'] as const;

export type Turn = { role: 'user' | 'assistant'; content: string };

export const questions = pgTable(
  'questions',
  {
    id: id(),
    workspace: ref(() => workspaces.id).notNull(),
    channel: ref(() => channels.id).notNull(),
    asker: ref(() => people.id).notNull(),
    /** the platform's id of the message that asks, and of its thread */
    source: text().notNull(),
    thread: text(),
    kind: state(QUESTION_KINDS),
    turns: jsonb().$type<Turn[]>().notNull(),
    lang: text().notNull(),
    /** the tuned version that answers next to the base; null = the base alone */
    version: ref(() => versions.id),
    state: state(QUESTION_STATES).default('asked'),
    attempt: integer().notNull().default(0),
    worker: text(),
    leaseUntil: moment(),
    /** the nearest approved answer, shown below */
    nearExample: ref(() => examples.id),
    detail: jsonb().$type<Json>().notNull().default({}),
    seed: integer().notNull(),
    /** two answers that are worth a vote */
    comparison: boolean().notNull().default(false),
    failureCode: text(),
    failureValues: jsonb().$type<Record<string, string | number>>(),
    askedAt: madeAt(),
    answeredAt: moment(),
    closesAt: moment(),
    closedAt: moment(),
  },
  t => [
    unique('questions_source').on(t.channel, t.source),
    index('questions_state').on(t.workspace, t.state),
    oneOf('questions_kind', t.kind, QUESTION_KINDS),
    oneOf('questions_state_known', t.state, QUESTION_STATES),
  ],
);

export const answers = pgTable(
  'answers',
  {
    id: id(),
    question: ref(() => questions.id).notNull(),
    /** null = the base */
    version: ref(() => versions.id),
    side: state(SIDES),
    text: text().notNull(),
    tokens: integer().notNull(),
    ms: doublePrecision().notNull(),
    stop: text().notNull(),
  },
  t => [
    unique('answers_side').on(t.question, t.side),
    unique('answers_version').on(t.question, t.version).nullsNotDistinct(),
    oneOf('answers_side_known', t.side, SIDES),
  ],
);

export const votes = pgTable(
  'votes',
  {
    question: ref(() => questions.id).notNull(),
    person: ref(() => people.id).notNull(),
    /** only this one counts for the verdict */
    first: state(CHOICES),
    now: state(CHOICES),
    reasons: text().array().notNull().default([]),
    firstAt: madeAt(),
    changedAt: moment(),
  },
  t => [primaryKey({ columns: [t.question, t.person] }), oneOf('votes_first', t.first, CHOICES), oneOf('votes_now', t.now, CHOICES)],
);

/** What every version and the base are asked after a run, so that progress is visible; at most ten a workspace. */
export const examQuestions = pgTable(
  'exam_questions',
  {
    id: id(),
    workspace: ref(() => workspaces.id).notNull(),
    no: integer().notNull(),
    text: text().notNull(),
    addedBy: ref(() => people.id).notNull(),
    addedAt: madeAt(),
    removedAt: moment(),
  },
  t => [unique('exam_questions_no').on(t.workspace, t.no)],
);
