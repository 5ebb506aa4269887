// Versions of a workspace in given states, each with the run that made it, as if it had been trained.

import { eq } from 'drizzle-orm';
import type { Db } from '../../src/data/database.ts';
import { approvedExamples, importExamples } from '../../src/data/examples.ts';
import { startRun } from '../../src/data/runs.ts';
import { runs, versions } from '../../src/data/schema.ts';
import type { VersionState } from '../../src/data/versions.ts';
import { someExamples } from './rows.ts';

/** Their ids, v1 first. */
export async function someVersions(
  db: Db,
  { workspace, ada }: { workspace: number; ada: number },
  states: VersionState[],
): Promise<number[]> {
  await importExamples(db, workspace, ada, someExamples(6));
  const members = (await approvedExamples(db, workspace)).map(({ revision }) => ({ revision, part: 'train' as const }));
  const made: number[] = [];
  for (const [i, state] of states.entries()) {
    const run = await startRun(db, workspace, { requestedBy: ada, channel: 'C1', members });
    await db.update(runs).set({ state: 'done' }).where(eq(runs.id, run.id));
    const values = { workspace, no: i + 1, run: run.id, baseFingerprint: 'f', artifact: 'a', folder: 'x', rank: 4, card: {}, state };
    const [version] = await db.insert(versions).values(values).returning();
    made.push(version.id);
  }
  return made;
}
