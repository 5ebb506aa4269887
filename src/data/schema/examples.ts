// What may be learned: examples with their revisions and approvals, and the frozen datasets made of them.
import { boolean, index, integer, jsonb, pgTable, primaryKey, text, unique } from 'drizzle-orm/pg-core';
import { id, type Json, madeAt, moment, oneOf, ref, state } from './columns.ts';
import { messages } from './messages.ts';
import { people, workspaces } from './people.ts';

export const EXAMPLE_KINDS = ['qa', 'report'] as const;
export const EXAMPLE_ORIGINS = ['chat', 'import', 'correction', 'report_edit'] as const;
export const EXAMPLE_STATES = ['pending', 'approved', 'stale', 'retired', 'erased', 'refused'] as const;
export const PARTS = ['train', 'heldout'] as const;
export const SOURCE_PARTS = ['question', 'answer', 'notes'] as const;

export const examples = pgTable(
  'examples',
  {
    id: id(),
    workspace: ref(() => workspaces.id).notNull(),
    no: integer().notNull(),
    kind: state(EXAMPLE_KINDS),
    /** the approved message, and the one it answers; none for an imported row */
    answer: ref(() => messages.id),
    question: ref(() => messages.id),
    author: ref(() => people.id),
    origin: state(EXAMPLE_ORIGINS),
    /** examples of one thread are held out together */
    thread: text(),
    state: state(EXAMPLE_STATES).default('pending'),
    why: text(),
    /** number of the revision that counts now */
    revision: integer().notNull().default(1),
    madeAt: madeAt(),
  },
  t => [
    unique('examples_no').on(t.workspace, t.no),
    unique('examples_answer').on(t.answer),
    index('examples_state').on(t.workspace, t.state),
    oneOf('examples_kind', t.kind, EXAMPLE_KINDS),
    oneOf('examples_origin', t.origin, EXAMPLE_ORIGINS),
    oneOf('examples_state_known', t.state, EXAMPLE_STATES),
  ],
);

export const exampleRevisions = pgTable(
  'example_revisions',
  {
    id: id(),
    example: ref(() => examples.id).notNull(),
    n: integer().notNull(),
    instruction: text().notNull(),
    input: text().notNull(),
    output: text().notNull(),
    lang: text().notNull(),
    tokens: integer(),
    masked: jsonb().$type<Json>(),
    madeBy: ref(() => people.id),
    at: madeAt(),
    erasedAt: moment(),
  },
  t => [unique('example_revisions_n').on(t.example, t.n)],
);

/** An answer typed as three messages is one example. */
export const exampleSources = pgTable(
  'example_sources',
  {
    example: ref(() => examples.id).notNull(),
    message: ref(() => messages.id).notNull(),
    part: state(SOURCE_PARTS),
  },
  t => [
    primaryKey({ columns: [t.example, t.message] }),
    index('example_sources_message').on(t.message),
    oneOf('example_sources_part', t.part, SOURCE_PARTS),
  ],
);

export const approvals = pgTable(
  'approvals',
  {
    id: id(),
    example: ref(() => examples.id).notNull(),
    person: ref(() => people.id).notNull(),
    revision: integer().notNull(),
    /** authority, judged and kept at approval */
    counts: boolean().notNull(),
    mark: text().notNull(),
    at: madeAt(),
    withdrawnAt: moment(),
  },
  t => [unique('approvals_person').on(t.example, t.person)],
);

export const datasets = pgTable(
  'datasets',
  {
    id: id(),
    workspace: ref(() => workspaces.id).notNull(),
    /** sha256 over the members' revision ids and parts, hex */
    hash: text().notNull(),
    counts: jsonb().$type<Json>().notNull(),
    madeAt: madeAt(),
  },
  t => [unique('datasets_hash').on(t.workspace, t.hash)],
);

export const datasetMembers = pgTable(
  'dataset_members',
  {
    dataset: ref(() => datasets.id).notNull(),
    revision: ref(() => exampleRevisions.id).notNull(),
    part: state(PARTS),
  },
  t => [primaryKey({ columns: [t.dataset, t.revision] }), oneOf('dataset_members_part', t.part, PARTS)],
);
