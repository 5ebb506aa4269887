// Examples as people look at them: one, or page by page, with their people and links, and all of them to judge their health.
import { and, asc, desc, eq, inArray, isNull, sql } from 'drizzle-orm';
import type { Db } from './database.ts';
import { asExampleRow, EXAMPLE_COLUMNS, type ExampleRow, withinTheWall } from './examples.ts';
import { approvals, exampleRevisions, examples, messages, people } from './schema.ts';

/** What people may look through: neither forgotten nor refused. */
const SHOWN = inArray(examples.state, ['pending', 'approved', 'stale', 'retired']);

/** The link to a message, where it can still be opened. */
const OPENABLE = sql<string | null>`case when ${messages.state} = 'present' then ${messages.permalink} end`;

/** `author` and `approvers` by name; null or left out where somebody is forgotten. `permalink`: of the answer's message, null for a file's row. */
export type ListedExample = Pick<typeof examples.$inferSelect, 'id' | 'no' | 'kind' | 'origin' | 'state'> & {
  instruction: string | null;
  output: string | null;
  author: string | null;
  permalink: string | null;
  approvers: string[];
};

export const countListed = (db: Db, workspace: number): Promise<number> =>
  db.$count(examples, and(eq(examples.workspace, workspace), SHOWN));

/** One page of examples, the newest first; `page` counts from 1. */
export async function examplesPage(db: Db, workspace: number, page: number, size: number): Promise<ListedExample[]> {
  const rows = await listed(db)
    .where(and(eq(examples.workspace, workspace), SHOWN))
    .orderBy(desc(examples.no))
    .limit(size)
    .offset((page - 1) * size);
  const names = await approversOf(
    db,
    rows.map(({ id }) => id),
  );
  return rows.map(row => ({ ...row, approvers: names.get(row.id) ?? [] }));
}

/** By the number that people see. */
export async function listedExample(db: Db, workspace: number, no: number): Promise<ListedExample | undefined> {
  const [row] = await listed(db).where(and(eq(examples.workspace, workspace), eq(examples.no, no), SHOWN));
  return row && { ...row, approvers: (await approversOf(db, [row.id])).get(row.id) ?? [] };
}

const listed = (db: Db) =>
  db
    .select({
      id: examples.id,
      no: examples.no,
      kind: examples.kind,
      origin: examples.origin,
      state: examples.state,
      instruction: exampleRevisions.instruction,
      output: exampleRevisions.output,
      author: people.name,
      permalink: OPENABLE,
    })
    .from(examples)
    .leftJoin(exampleRevisions, and(eq(exampleRevisions.example, examples.id), eq(exampleRevisions.n, examples.revision)))
    .leftJoin(people, eq(people.id, examples.author))
    .leftJoin(messages, eq(messages.id, examples.answer))
    .$dynamic();

/** Who stands behind each example, in the order of their ✅. */
async function approversOf(db: Db, ids: number[]): Promise<Map<number, string[]>> {
  const rows = await db
    .select({ example: approvals.example, name: people.name })
    .from(approvals)
    .innerJoin(people, eq(people.id, approvals.person))
    .where(and(inArray(approvals.example, ids), eq(approvals.counts, true), isNull(approvals.withdrawnAt)))
    .orderBy(asc(approvals.at), asc(approvals.id));
  const names = new Map<number, string[]>();
  for (const { example, name } of rows) if (name !== null) names.set(example, [...(names.get(example) ?? []), name]);
  return names;
}

/** By its id, with those who approved it by name and, where its message can still be opened, the link to it; undefined if it is not approved. */
export async function approvedExample(
  db: Db,
  workspace: number,
  id: number,
): Promise<(ExampleRow & { approvers: string[]; permalink: string | null }) | undefined> {
  const [row] = await db
    .select({ ...EXAMPLE_COLUMNS, permalink: OPENABLE })
    .from(examples)
    .innerJoin(exampleRevisions, and(eq(exampleRevisions.example, examples.id), eq(exampleRevisions.n, examples.revision)))
    .leftJoin(messages, eq(messages.id, examples.answer))
    .where(and(eq(examples.workspace, workspace), eq(examples.id, id), eq(examples.state, 'approved'), withinTheWall));
  return row && { ...asExampleRow(row), approvers: (await approversOf(db, [id])).get(id) ?? [] };
}

/** Every approved example with its tokens, where a worker has counted them, in the order of their numbers. */
export async function examplesWithTokens(db: Db, workspace: number): Promise<(ExampleRow & { tokens: number | null })[]> {
  const rows = await db
    .select({ ...EXAMPLE_COLUMNS, tokens: exampleRevisions.tokens })
    .from(examples)
    .innerJoin(exampleRevisions, and(eq(exampleRevisions.example, examples.id), eq(exampleRevisions.n, examples.revision)))
    .where(and(eq(examples.workspace, workspace), eq(examples.state, 'approved'), withinTheWall))
    .orderBy(asc(examples.no));
  return rows.map(asExampleRow);
}
