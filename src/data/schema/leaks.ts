// Searches, asked for by a person, through all training answers of a version for those that it recites.
import { integer, jsonb, pgTable, text, uniqueIndex } from 'drizzle-orm/pg-core';
import { id, isOneOf, type Json, madeAt, moment, oneOf, ref, state } from './columns.ts';
import { people, workspaces } from './people.ts';
import { versions } from './versions.ts';

export const OPEN_SEARCH_STATES = ['asked', 'searching'] as const;
export const SEARCH_STATES = [...OPEN_SEARCH_STATES, 'done', 'failed'] as const;

export const leakSearches = pgTable(
  'leak_searches',
  {
    id: id(),
    workspace: ref(() => workspaces.id).notNull(),
    version: ref(() => versions.id).notNull(),
    requestedBy: ref(() => people.id).notNull(),
    /** the platform's ids: where the search's message stands */
    channel: text().notNull(),
    thread: text(),
    state: state(SEARCH_STATES).default('asked'),
    attempt: integer().notNull().default(0),
    worker: text(),
    leaseUntil: moment(),
    /** rows tried, of how many; none before a worker has looked */
    tried: integer().notNull().default(0),
    rows: integer(),
    /** numbers and counts, never text (model/report-card.ts, Leaks) */
    found: jsonb().$type<Json>(),
    failureCode: text(),
    failureValues: jsonb().$type<Record<string, string | number>>(),
    askedAt: madeAt(),
    changedAt: madeAt(),
    endedAt: moment(),
  },
  t => [
    uniqueIndex('leak_searches_one_open').on(t.version).where(isOneOf(t.state, OPEN_SEARCH_STATES)),
    oneOf('leak_searches_state', t.state, SEARCH_STATES),
  ],
);
