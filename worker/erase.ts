// What may not lie on the disk any more: folders of runs that are over, and adapters of versions that are out of use for good.
import { quarantinedFolders } from '../src/data/lineage.ts';
import { isOpen, runById } from '../src/data/runs.ts';
import { removeRun, removeVersion, runsWithFolders, versionsWithFolders } from './artifacts.ts';
import type { Workplace } from './workplace.ts';

/** Part of every sweep: whoever ended a run or quarantined a version only wrote that down. */
export async function eraseEnded({ db, artifacts }: Pick<Workplace, 'db' | 'artifacts'>): Promise<void> {
  for (const id of await runsWithFolders(artifacts)) {
    const run = await runById(db, id);
    if (!run || !isOpen(run.state)) await removeRun(artifacts, id);
  }
  const there = await versionsWithFolders(artifacts);
  if (there.length === 0) return;
  const gone = new Set(await quarantinedFolders(db));
  for (const folder of there) if (gone.has(folder)) await removeVersion(artifacts, folder);
}
