// What a finished run leaves behind: a numbered version (adapter and report card) and its samples.
import { sql } from 'drizzle-orm';
import { index, integer, jsonb, pgTable, text, unique, uniqueIndex } from 'drizzle-orm/pg-core';
import { id, type Json, madeAt, oneOf, ref, state } from './columns.ts';
import { exampleRevisions } from './examples.ts';
import { workspaces } from './people.ts';
import { runs } from './runs.ts';

export const VERSION_STATES = ['candidate', 'champion', 'retired', 'blocked', 'quarantined'] as const;

export const versions = pgTable(
  'versions',
  {
    id: id(),
    workspace: ref(() => workspaces.id).notNull(),
    no: integer().notNull(),
    run: ref(() => runs.id).notNull(),
    baseFingerprint: text().notNull(),
    /** sha256 of adapter_model.safetensors, hex */
    artifact: text().notNull(),
    /** the adapter's folder, relative to the folder of artifacts */
    folder: text().notNull(),
    rank: integer().notNull(),
    state: state(VERSION_STATES).default('candidate'),
    card: jsonb().$type<Json>().notNull(),
    madeAt: madeAt(),
    why: text(),
  },
  t => [
    unique('versions_no').on(t.workspace, t.no),
    unique('versions_run').on(t.run),
    uniqueIndex('versions_one_champion').on(t.workspace).where(sql`${t.state} = 'champion'`),
    oneOf('versions_state', t.state, VERSION_STATES),
  ],
);

export const versionSamples = pgTable(
  'version_samples',
  {
    id: id(),
    version: ref(() => versions.id).notNull(),
    revision: ref(() => exampleRevisions.id),
    prompt: text().notNull(),
    baseText: text().notNull(),
    tunedText: text().notNull(),
  },
  t => [index('version_samples_version').on(t.version)],
);
