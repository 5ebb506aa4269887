// Where runs and versions lie in the folder of artifacts, which all workers share. Paths in rows are relative to it.
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, readdir, rm } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { Claim } from '../src/data/claims.ts';

const ROWS = 'rows.jsonl';

/** The folder of one attempt; only this worker writes into it. */
const attemptFolder = (artifacts: string, { run, attempt }: Claim): string => join(runFolder(artifacts, run), `attempt-${attempt}`);

const runFolder = (artifacts: string, run: number): string => join(artifacts, 'runs', String(run));

/** A path below the artifacts as rows keep it: relative, with slashes. */
export const toShared = (artifacts: string, path: string): string => relative(artifacts, path).split(sep).join('/');
export const fromShared = (artifacts: string, path: string): string => join(artifacts, path);

/**
 * Makes the folder of an attempt, closed to other users: it will hold people's text as token ids. Earlier attempts go, but for the
 * one that `checkpoint` (absolute) lies in, and that one's rows.
 */
export async function makeAttemptFolder(artifacts: string, claim: Claim, checkpoint?: string): Promise<string> {
  const folder = attemptFolder(artifacts, claim);
  for (const name of await readdir(runFolder(artifacts, claim.run)).catch(() => [])) {
    const earlier = join(runFolder(artifacts, claim.run), name);
    const kept = checkpoint?.startsWith(earlier + sep);
    await rm(kept ? join(earlier, ROWS) : earlier, { recursive: true, force: true });
  }
  await mkdir(folder, { recursive: true, mode: 0o700 });
  return folder;
}

/** An attempt is over: its rows (people's text) go, its checkpoints stay for the next one. */
export const removeRows = (artifacts: string, claim: Claim): Promise<void> =>
  rm(join(attemptFolder(artifacts, claim), ROWS), { force: true });

/** The run is over: nothing of it stays but a published version. */
export const removeRun = (artifacts: string, run: number): Promise<void> => rm(runFolder(artifacts, run), { recursive: true, force: true });

/** Runs that have a folder here. */
export async function runsWithFolders(artifacts: string): Promise<number[]> {
  const names = await readdir(join(artifacts, 'runs')).catch(() => []);
  return names.map(Number).filter(Number.isInteger);
}

/** Where the adapter of a finished run lives, relative to the artifacts; each attempt has its own, so that two never write the same. */
export const versionFolder = ({ run, attempt }: Claim): string => `versions/run-${run}-${attempt}`;

/** Folders of versions that lie here, as versionFolder names them. */
export async function versionsWithFolders(artifacts: string): Promise<string[]> {
  return (await readdir(join(artifacts, 'versions')).catch(() => [])).map(name => `versions/${name}`);
}

/** `folder`: as versionFolder names it. */
export const removeVersion = (artifacts: string, folder: string): Promise<void> =>
  rm(fromShared(artifacts, folder), { recursive: true, force: true });

/** The file that a version's sha256 is of. */
export const ADAPTER_WEIGHTS = 'adapter_model.safetensors';

/** Hex sha256 of a file, read piece by piece. */
export async function sha256Of(file: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return hash.digest('hex');
}
