// Examples as people look through them: page by page with their people and links, and all of them to judge their health.
import { and, asc, count, desc, eq, inArray, isNull, sql } from 'drizzle-orm';
import type { Db } from './database.ts';
import { EXAMPLE_COLUMNS, type ExampleRow, withinTheWall } from './examples.ts';
import { approvals, datasetMembers, datasets, exampleRevisions, examples, messages, people, runs, versions } from './schema.ts';

/** What people may look through: neither forgotten nor refused. */
const SHOWN = inArray(examples.state, ['pending', 'approved', 'stale', 'retired']);

/** `author` and `approvers` by name; null or left out where somebody is forgotten. `permalink`: of the answer's message, null for a file's row. */
export type ListedExample = Pick<typeof examples.$inferSelect, 'id' | 'no' | 'kind' | 'origin' | 'state'> & {
  instruction: string | null;
  output: string | null;
  author: string | null;
  permalink: string | null;
  approvers: string[];
};

export const countListed = async (db: Db, workspace: number): Promise<number> => {
  const [{ n }] = await db
    .select({ n: count() })
    .from(examples)
    .where(and(eq(examples.workspace, workspace), SHOWN));
  return n;
};

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
      permalink: sql<string | null>`case when ${messages.state} = 'present' then ${messages.permalink} end`,
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

/** Every approved example with its tokens, where a worker has counted them, in the order of their numbers. */
export async function examplesWithTokens(db: Db, workspace: number): Promise<(ExampleRow & { tokens: number | null })[]> {
  const rows = await db
    .select({ ...EXAMPLE_COLUMNS, tokens: exampleRevisions.tokens })
    .from(examples)
    .innerJoin(exampleRevisions, and(eq(exampleRevisions.example, examples.id), eq(exampleRevisions.n, examples.revision)))
    .where(and(eq(examples.workspace, workspace), eq(examples.state, 'approved'), withinTheWall))
    .orderBy(asc(examples.no));
  return rows.map(({ thread, ...row }) => ({ ...row, ...(thread !== null && { thread }) }));
}

/** Numbers of the versions whose run learned from any revision of the example. */
export async function versionsThatLearned(db: Db, example: number): Promise<number[]> {
  const rows = await db
    .selectDistinct({ no: versions.no })
    .from(versions)
    .innerJoin(runs, eq(runs.id, versions.run))
    .innerJoin(datasetMembers, and(eq(datasetMembers.dataset, runs.dataset), eq(datasetMembers.part, 'train')))
    .innerJoin(exampleRevisions, eq(exampleRevisions.id, datasetMembers.revision))
    .where(eq(exampleRevisions.example, example))
    .orderBy(asc(versions.no));
  return rows.map(({ no }) => no);
}

/** The newest run that left a version: its number, and how many examples it was given, those kept aside included. */
export async function lastLearned(db: Db, workspace: number): Promise<{ version: number; examples: number } | undefined> {
  const [row] = await db
    .select({ version: versions.no, counts: datasets.counts })
    .from(versions)
    .innerJoin(runs, eq(runs.id, versions.run))
    .innerJoin(datasets, eq(datasets.id, runs.dataset))
    .where(eq(versions.workspace, workspace))
    .orderBy(desc(versions.no))
    .limit(1);
  const { train = 0, heldout = 0 } = (row?.counts ?? {}) as { train?: number; heldout?: number };
  return row && { version: row.version, examples: train + heldout };
}

/** How many examples a run was given, by the run's id. */
export async function examplesOfRuns(db: Db, ids: number[]): Promise<Map<number, number>> {
  const rows = await db
    .select({ run: runs.id, counts: datasets.counts })
    .from(runs)
    .innerJoin(datasets, eq(datasets.id, runs.dataset))
    .where(inArray(runs.id, ids));
  return new Map(rows.map(({ run, counts }) => [run, Number(counts.train ?? 0) + Number(counts.heldout ?? 0)]));
}
