// Fine-tuning runs, what they told while they ran, and the workers that run them.
import { bigint, doublePrecision, index, integer, jsonb, pgTable, primaryKey, text, unique, uniqueIndex } from 'drizzle-orm/pg-core';
import type { Problem } from '../../problem.ts';
import { id, isOneOf, type Json, madeAt, moment, oneOf, ref, state } from './columns.ts';
import { datasets } from './examples.ts';
import { people, workspaces } from './people.ts';

export const OPEN_RUN_STATES = ['checking', 'waiting', 'queued', 'training', 'evaluating'] as const;
export const RUN_STATES = [...OPEN_RUN_STATES, 'done', 'failed', 'cancelled'] as const;

export const runs = pgTable(
  'runs',
  {
    id: id(),
    workspace: ref(() => workspaces.id).notNull(),
    no: integer().notNull(),
    requestedBy: ref(() => people.id).notNull(),
    /** the platform's ids: where the run's message stands */
    channel: text().notNull(),
    thread: text(),
    dataset: ref(() => datasets.id).notNull(),
    /** the base's name, e.g. SmolLM2-135M-Instruct; null until a worker has opened it */
    base: text(),
    baseFingerprint: text(),
    trainer: text().notNull().default('builtin'),
    /** what the person asked for (`lr=…`), the rest is the recipe's */
    wishes: jsonb().$type<Json>().notNull().default({}),
    settings: jsonb().$type<Json>(),
    reasons: jsonb().$type<Json[]>(),
    preflight: jsonb().$type<Json>(),
    state: state(RUN_STATES).default('checking'),
    attempt: integer().notNull().default(0),
    /** attempts since the last new checkpoint */
    fruitless: integer().notNull().default(0),
    worker: text(),
    leaseUntil: moment(),
    step: integer().notNull().default(0),
    steps: integer(),
    checkpointFolder: text(),
    checkpointStep: integer(),
    cancelAt: moment(),
    cancelBy: ref(() => people.id),
    failureCode: text(),
    failureValues: jsonb().$type<Record<string, string | number>>(),
    createdAt: madeAt(),
    startedAt: moment(),
    endedAt: moment(),
  },
  t => [
    unique('runs_no').on(t.workspace, t.no),
    // Two starts at once are decided here.
    uniqueIndex('runs_one_open').on(t.workspace).where(isOneOf(t.state, OPEN_RUN_STATES)),
    oneOf('runs_state', t.state, RUN_STATES),
  ],
);

export const runSteps = pgTable(
  'run_steps',
  {
    run: ref(() => runs.id).notNull(),
    step: integer().notNull(),
    epoch: doublePrecision().notNull(),
    loss: doublePrecision().notNull(),
    learningRate: doublePrecision().notNull(),
    gradNorm: doublePrecision().notNull(),
    tokens: integer().notNull(),
    ms: doublePrecision().notNull(),
    bytes: bigint({ mode: 'number' }).notNull(),
    at: madeAt(),
  },
  t => [primaryKey({ columns: [t.run, t.step] })],
);

export const runHeldout = pgTable(
  'run_heldout',
  {
    run: ref(() => runs.id).notNull(),
    /** 0 is the base */
    step: integer().notNull(),
    epoch: doublePrecision().notNull(),
    loss: doublePrecision().notNull(),
    tokens: integer().notNull(),
    at: madeAt(),
  },
  t => [primaryKey({ columns: [t.run, t.step] })],
);

export const runEvents = pgTable(
  'run_events',
  {
    id: id(),
    run: ref(() => runs.id).notNull(),
    at: madeAt(),
    attempt: integer().notNull(),
    kind: text().notNull(),
    detail: jsonb().$type<Json>().notNull().default({}),
  },
  t => [index('run_events_run').on(t.run, t.id)],
);

export const workers = pgTable(
  'workers',
  {
    id: id(),
    host: text().notNull(),
    pid: integer().notNull(),
    roles: text().array().notNull(),
    labels: text().array().notNull().default([]),
    device: text().notNull(),
    memoryFree: bigint({ mode: 'number' }),
    speed: jsonb().$type<Json>(),
    version: text().notNull(),
    base: text(),
    baseFingerprint: text(),
    trainerPid: integer(),
    beatAt: madeAt(),
    run: ref(() => runs.id),
    /** why it cannot begin (no base model, no trainer): it does nothing, and somebody should know */
    problem: jsonb().$type<Problem>(),
    /** the run that it left to others, and why */
    unfit: jsonb().$type<{ run: number } & Problem>(),
  },
  t => [unique('workers_process').on(t.host, t.pid)],
);
