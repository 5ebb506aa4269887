// The checkpoints that the run's row names. A trainer may throw its own away at any time, even after its worker was killed;
// these belong to the worker, and one goes only when a later one stands in the row.
import { copyFile, link, mkdir, readdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

/** A damaged one costs some steps and not the run. */
const KEPT = 2;

/**
 * Links a trainer's checkpoint into `folder`, whole or not at all; its new path. Undefined if the trainer has thrown it away already:
 * then a later one is on its way.
 */
export async function keepCheckpoint(folder: string, written: string): Promise<string | undefined> {
  const place = join(folder, basename(written));
  const partial = `${place}.partial-${process.pid}`;
  try {
    await rm(partial, { recursive: true, force: true });
    await linkAll(written, partial);
    await rm(place, { recursive: true, force: true });
    await rename(partial, place);
    return place;
  } catch (error) {
    await rm(partial, { recursive: true, force: true });
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** Removes what came before `place`, but for the last one. Names sort as they were written. */
export async function forgetBefore(place: string): Promise<void> {
  const names = (await readdir(dirname(place))).filter(name => name <= basename(place)).sort();
  for (const name of names.slice(0, -KEPT)) await rm(join(dirname(place), name), { recursive: true, force: true });
}

async function linkAll(from: string, to: string): Promise<void> {
  await mkdir(to, { recursive: true });
  for (const entry of await readdir(from, { withFileTypes: true })) {
    const [source, target] = [join(from, entry.name), join(to, entry.name)];
    if (entry.isDirectory()) await linkAll(source, target);
    // Some network folders know no hard links.
    else await link(source, target).catch(error => (error.code === 'ENOENT' ? Promise.reject(error) : copyFile(source, target)));
  }
}
