// Rows of a file in which the secret gate has put placeholders.
import { and, asc, between, eq, isNotNull } from 'drizzle-orm';
import type { Db } from './database.ts';
import { exampleRevisions, examples } from './schema.ts';

/** Numbers of the approved examples from `first` to `last` that this person has imported with placeholders in them. */
export async function maskedImports(db: Db, workspace: number, author: number, first: number, last: number): Promise<number[]> {
  const rows = await db
    .select({ no: examples.no })
    .from(examples)
    .innerJoin(exampleRevisions, and(eq(exampleRevisions.example, examples.id), eq(exampleRevisions.n, examples.revision)))
    .where(
      and(
        eq(examples.workspace, workspace),
        eq(examples.origin, 'import'),
        eq(examples.state, 'approved'),
        eq(examples.author, author),
        between(examples.no, first, last),
        isNotNull(exampleRevisions.masked),
      ),
    )
    .orderBy(asc(examples.no));
  return rows.map(({ no }) => no);
}
