// Whose words stand where: the examples behind a person, and the versions and runs that were made of them. The rows themselves are the
// only record of it (example_sources, dataset_members); nothing copies it.
import { and, asc, eq, inArray, isNull, or, sql } from 'drizzle-orm';
import type { Db } from './database.ts';
import type { ExampleState } from './example-states.ts';
import {
  datasetMembers,
  exampleRevisions,
  exampleSources,
  examples,
  messages,
  OPEN_RUN_STATES,
  runs,
  type SOURCE_PARTS,
  versions,
} from './schema.ts';
import type { VersionState } from './versions.ts';

export type OwnExample = {
  id: number;
  no: number;
  kind: (typeof examples.$inferSelect)['kind'];
  state: ExampleState;
  origin: (typeof examples.$inferSelect)['origin'];
  /** What of it the person wrote; empty where they brought it in a file. */
  parts: (typeof SOURCE_PARTS)[number][];
  /** To the person's own message, as long as it can be opened. */
  permalink: string | null;
};
export type MadeOf = { id: number; no: number; state: VersionState; run: number };

/** Every example, erased ones apart, that the person wrote a message of or brought in a file; in the order of their numbers. */
export async function examplesBehind(db: Db, person: number): Promise<OwnExample[]> {
  const wrote = and(eq(messages.id, exampleSources.message), eq(messages.author, person));
  const rows = await db
    .select({
      id: examples.id,
      no: examples.no,
      kind: examples.kind,
      state: examples.state,
      origin: examples.origin,
      parts: sql<OwnExample['parts']>`coalesce(json_agg(distinct ${exampleSources.part}) filter (where ${messages.id} is not null), '[]')`,
      permalink: sql<string | null>`min(${messages.permalink}) filter (where ${messages.state} = 'present')`,
    })
    .from(examples)
    .leftJoin(exampleSources, eq(exampleSources.example, examples.id))
    .leftJoin(messages, wrote)
    .where(sql`${examples.state} <> 'erased'`)
    .groupBy(examples.id)
    .having(or(sql`count(${messages.id}) > 0`, and(eq(examples.author, person), eq(examples.origin, 'import'))))
    .orderBy(asc(examples.no));
  return rows;
}

/** Versions whose run learned (`train`), or besides was tested with (`any`), a revision of one of these examples. */
export async function versionsMadeOf(db: Db, exampleIds: number[], part: 'train' | 'any'): Promise<MadeOf[]> {
  if (exampleIds.length === 0) return [];
  return db
    .selectDistinct({ id: versions.id, no: versions.no, state: versions.state, run: versions.run })
    .from(versions)
    .innerJoin(runs, eq(runs.id, versions.run))
    .innerJoin(datasetMembers, and(eq(datasetMembers.dataset, runs.dataset), part === 'any' ? undefined : eq(datasetMembers.part, part)))
    .innerJoin(exampleRevisions, eq(exampleRevisions.id, datasetMembers.revision))
    .where(inArray(exampleRevisions.example, exampleIds))
    .orderBy(asc(versions.no));
}

/** The workspace's open run, if one of these examples is in its dataset. */
export async function openRunOf(db: Db, exampleIds: number[]): Promise<{ id: number; no: number } | undefined> {
  if (exampleIds.length === 0) return undefined;
  const [run] = await db
    .selectDistinct({ id: runs.id, no: runs.no })
    .from(runs)
    .innerJoin(datasetMembers, eq(datasetMembers.dataset, runs.dataset))
    .innerJoin(exampleRevisions, eq(exampleRevisions.id, datasetMembers.revision))
    .where(and(inArray(runs.state, OPEN_RUN_STATES), isNull(runs.endedAt), inArray(exampleRevisions.example, exampleIds)));
  return run;
}

/** Where the adapters of quarantined versions lay, relative to the artifacts. */
export async function quarantinedFolders(db: Db): Promise<string[]> {
  const rows = await db.select({ folder: versions.folder }).from(versions).where(eq(versions.state, 'quarantined'));
  return rows.map(({ folder }) => folder);
}
