// Datasets: the frozen list of example revisions that one run learns from.
import { createHash } from 'node:crypto';
import { and, asc, count, desc, eq, inArray, isNull, sql } from 'drizzle-orm';
import type { Db } from './database.ts';
import { asExampleRow, EXAMPLE_COLUMNS, type ExampleKind, type ExampleRow } from './examples.ts';
import { datasetMembers, datasets, exampleRevisions, examples, type PARTS, runs, versions } from './schema.ts';

export type Part = (typeof PARTS)[number];
export type Member = { revision: number; part: Part };

/**
 * Freezes a list of revisions and gives the dataset's id; the same list again is the same dataset.
 * The hash is the sha256 of "revision part" lines in the order of the revisions.
 */
export async function freezeDataset(tx: Db, workspace: number, members: Member[]): Promise<number> {
  const lines = [...members].sort((a, b) => a.revision - b.revision).map(({ revision, part }) => `${revision} ${part}`);
  const hash = createHash('sha256').update(lines.join('\n')).digest('hex');
  const counts = {
    train: members.filter(({ part }) => part === 'train').length,
    heldout: members.filter(({ part }) => part === 'heldout').length,
  };
  const [made] = await tx.insert(datasets).values({ workspace, hash, counts }).onConflictDoNothing().returning({ id: datasets.id });
  if (!made) {
    const [same] = await tx
      .select({ id: datasets.id })
      .from(datasets)
      .where(and(eq(datasets.workspace, workspace), eq(datasets.hash, hash)));
    return same.id;
  }
  for (let from = 0; from < members.length; from += CHUNK)
    await tx.insert(datasetMembers).values(members.slice(from, from + CHUNK).map(member => ({ dataset: made.id, ...member })));
  return made.id;
}

/** Rows an insert: Postgres takes 65 535 parameters a statement. */
const CHUNK = 10_000;

/** Each of these revisions is the one that counts now of an approved example. */
export async function areApproved(tx: Db, members: Member[]): Promise<boolean> {
  const ids = members.map(({ revision }) => revision);
  const counting = and(
    eq(exampleRevisions.example, examples.id),
    eq(exampleRevisions.n, examples.revision),
    eq(examples.state, 'approved'),
  );
  const [{ n }] = await tx
    .select({ n: count() })
    .from(exampleRevisions)
    .innerJoin(examples, counting)
    .where(sql`${exampleRevisions.id} = any(${sql.param(ids)}::bigint[])`);
  return n === ids.length;
}

/** A dataset's rows that still have their texts, in the order of the examples' numbers. */
export async function datasetRows(db: Db, dataset: number): Promise<(ExampleRow & { part: Part })[]> {
  const rows = await db
    .select({ ...EXAMPLE_COLUMNS, part: datasetMembers.part })
    .from(datasetMembers)
    .innerJoin(exampleRevisions, eq(exampleRevisions.id, datasetMembers.revision))
    .innerJoin(examples, eq(examples.id, exampleRevisions.example))
    .where(and(eq(datasetMembers.dataset, dataset), isNull(exampleRevisions.erasedAt)))
    .orderBy(asc(examples.no));
  return rows.map(asExampleRow);
}

/** How many examples of each kind a dataset has in each part. */
export async function datasetKinds(db: Db, dataset: number): Promise<Record<Part, Record<ExampleKind, number>>> {
  const rows = await db
    .select({ part: datasetMembers.part, kind: examples.kind, n: count() })
    .from(datasetMembers)
    .innerJoin(exampleRevisions, eq(exampleRevisions.id, datasetMembers.revision))
    .innerJoin(examples, eq(examples.id, exampleRevisions.example))
    .where(eq(datasetMembers.dataset, dataset))
    .groupBy(datasetMembers.part, examples.kind);
  const kinds = { train: { qa: 0, report: 0 }, heldout: { qa: 0, report: 0 } };
  for (const { part, kind, n } of rows) kinds[part][kind] = n;
  return kinds;
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
