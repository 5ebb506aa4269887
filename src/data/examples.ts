// Examples: the rows that a team has approved for learning.
import { and, asc, count, eq, exists, inArray, notExists, notInArray, type SQL, sql } from 'drizzle-orm';
import type { Db } from './database.ts';
import { approvals, datasetMembers, type EXAMPLE_KINDS, exampleRevisions, examples, messages } from './schema.ts';
import { nextNo } from './workspaces.ts';

export type ExampleKind = (typeof EXAMPLE_KINDS)[number];
export type NewExample = {
  kind: ExampleKind;
  instruction: string;
  input: string;
  output: string;
  lang: string;
  /** rows of one thread are held out together */
  thread?: string;
};
/** `masked`: how many secrets of each kind the gate has masked in the row. */
export type ImportedRow = NewExample & { masked?: Record<string, number> | null };
/** `index` is the place in the imported list; `no` the number that the example has, `of` the example it repeats. */
export type Imported = { added: { index: number; no: number }[]; duplicates: { index: number; of: number }[] };
/** The revision of an example that counts now. */
export type ExampleRow = NewExample & { example: number; no: number; revision: number };

/**
 * Keeps a file's rows as approved examples of `person`, all or none, in one transaction.
 * A row whose instruction, input and output an approved example (or an earlier row) has already is a duplicate: reported, not kept.
 */
export async function importExamples(db: Db, workspace: number, person: number, rows: ImportedRow[]): Promise<Imported> {
  return db.transaction(async tx => {
    // Takes the workspace's lock first, so that two imports of one file at once see each other.
    let no = await nextNo(tx, examples, workspace);
    const known = new Map((await approvedExamples(tx, workspace)).map(row => [textOf(row), row.no]));
    const imported: Imported = { added: [], duplicates: [] };
    const fresh: ImportedRow[] = [];
    for (const [index, row] of rows.entries()) {
      const of = known.get(textOf(row));
      if (of !== undefined) imported.duplicates.push({ index, of });
      else {
        known.set(textOf(row), no);
        imported.added.push({ index, no: no++ });
        fresh.push(row);
      }
    }
    for (let from = 0; from < fresh.length; from += CHUNK) {
      const chunk = fresh.slice(from, from + CHUNK);
      await insertApproved(tx, workspace, person, chunk, imported.added[from].no);
    }
    return imported;
  });
}

/** Rows an insert: Postgres takes 65 535 parameters a statement. */
const CHUNK = 1000;

async function insertApproved(tx: Db, workspace: number, person: number, rows: ImportedRow[], firstNo: number): Promise<void> {
  const made = await tx
    .insert(examples)
    .values(
      rows.map(({ kind, thread }, i) => ({
        workspace,
        no: firstNo + i,
        kind,
        thread,
        author: person,
        origin: 'import' as const,
        state: 'approved' as const,
      })),
    )
    .returning({ id: examples.id, no: examples.no });
  const idOf = new Map(made.map(row => [row.no, row.id]));
  const withId = rows.map((row, i) => ({ ...row, example: idOf.get(firstNo + i)! }));
  await tx.insert(exampleRevisions).values(
    withId.map(({ example, instruction, input, output, lang, masked }) => ({
      example,
      n: 1,
      instruction,
      input,
      output,
      lang,
      masked: masked ?? null,
      madeBy: person,
    })),
  );
  await tx.insert(approvals).values(withId.map(({ example }) => ({ example, person, revision: 1, counts: true, mark: 'import' })));
}

const textOf = (row: { instruction: string; input: string; output: string }) => JSON.stringify([row.instruction, row.input, row.output]);

/**
 * An example counts only while the channels of all its messages are open and switched on, as the bot knew them last; a file's row has none.
 * A look at the messages retires the others; until then they are not learned from, shown or counted either.
 */
export const withinTheWall: SQL = sql`not exists (select 1 from example_sources s join messages m on m.id = s.message
  join channels c on c.id = m.channel where s.example = ${examples.id} and (c.kind <> 'open' or c.learn <> 'on'))`;

/**
 * Every approved example of a workspace, in the order of their numbers.
 * `withoutHeldoutOf`: datasets whose held-out rows stay away (an answer must not see what it is judged by).
 * `ofChannel`: only those whose answer was given there.
 */
export async function approvedExamples(
  db: Db,
  workspace: number,
  only: { kind?: ExampleKind; withoutHeldoutOf?: number[]; ofChannel?: number } = {},
): Promise<ExampleRow[]> {
  const { kind, withoutHeldoutOf = [], ofChannel } = only;
  const heldout = db
    .select({ revision: datasetMembers.revision })
    .from(datasetMembers)
    .where(
      and(
        inArray(datasetMembers.dataset, withoutHeldoutOf),
        eq(datasetMembers.revision, exampleRevisions.id),
        eq(datasetMembers.part, 'heldout'),
      ),
    );
  const there = db
    .select({ id: messages.id })
    .from(messages)
    .where(and(eq(messages.id, examples.answer), eq(messages.channel, ofChannel ?? 0)));
  const rows = await db
    .select(EXAMPLE_COLUMNS)
    .from(examples)
    .innerJoin(exampleRevisions, and(eq(exampleRevisions.example, examples.id), eq(exampleRevisions.n, examples.revision)))
    .where(
      and(
        eq(examples.workspace, workspace),
        eq(examples.state, 'approved'),
        withinTheWall,
        kind && eq(examples.kind, kind),
        withoutHeldoutOf.length > 0 ? notExists(heldout) : undefined,
        ofChannel === undefined ? undefined : exists(there),
      ),
    )
    .orderBy(asc(examples.no));
  return rows.map(asExampleRow);
}

/** The columns of an ExampleRow, for a select that joins examples and example_revisions; asExampleRow makes one of what it gives. */
export const EXAMPLE_COLUMNS = {
  example: examples.id,
  no: examples.no,
  revision: exampleRevisions.id,
  kind: examples.kind,
  instruction: exampleRevisions.instruction,
  input: exampleRevisions.input,
  output: exampleRevisions.output,
  lang: exampleRevisions.lang,
  thread: examples.thread,
};

export const asExampleRow = <R extends { thread: string | null }>({ thread, ...row }: R): Omit<R, 'thread'> & { thread?: string } => ({
  ...row,
  ...(thread !== null && { thread }),
});

/** How many examples of each kind are approved, those of these ids left out. */
export async function countApproved(db: Db, workspace: number, without: Set<number> = new Set()): Promise<Record<ExampleKind, number>> {
  const rows = await db
    .select({ kind: examples.kind, n: count() })
    .from(examples)
    .where(and(eq(examples.workspace, workspace), eq(examples.state, 'approved'), withinTheWall, notInArray(examples.id, [...without])))
    .groupBy(examples.kind);
  return { qa: 0, report: 0, ...Object.fromEntries(rows.map(({ kind, n }) => [kind, n])) };
}
