// One at a time, across processes: a file that its holder keeps fresh. Whoever finds it old, or its holder dead, takes it over.
import { randomUUID } from 'node:crypto';
import { readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { isAlive } from '../../src/data/embedded/process.ts';

const BEAT_MS = 2_000;
const STALE_MS = 30_000;
const LOOK_AGAIN_MS = 100;

/** Waits until nobody holds `path`, then runs `work` holding it. Rejects with the signal's reason if aborted while waiting. */
export async function withLock<T>(path: string, signal: AbortSignal | undefined, work: () => Promise<T>): Promise<T> {
  const mine = JSON.stringify({ pid: process.pid, host: hostname(), key: randomUUID() });
  while (!(await take(path, mine))) {
    if (await isAbandoned(path)) await putAway(path);
    else await sleep(LOOK_AGAIN_MS, undefined, { signal });
  }
  const beat = setInterval(() => void utimes(path, new Date(), new Date()).catch(() => {}), BEAT_MS);
  try {
    return await work();
  } finally {
    clearInterval(beat);
    if ((await content(path)) === mine) await rm(path, { force: true });
  }
}

async function take(path: string, mine: string): Promise<boolean> {
  try {
    await writeFile(path, mine, { flag: 'wx' });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

async function isAbandoned(path: string): Promise<boolean> {
  const age = await stat(path).then(
    ({ mtimeMs }) => Date.now() - mtimeMs,
    () => 0, // released in the meantime
  );
  if (age > STALE_MS) return true;
  try {
    const holder = JSON.parse((await content(path)) ?? '') as { pid: number; host: string };
    return holder.host === hostname() && !isAlive(holder.pid);
  } catch {
    return false; // gone, or being written
  }
}

/** By rename: of two that find it abandoned, one does it. */
async function putAway(path: string): Promise<void> {
  const away = `${path}.${randomUUID()}`;
  await rename(path, away).then(
    () => rm(away, { force: true }),
    () => {},
  );
}

const content = (path: string) => readFile(path, 'utf8').catch(() => undefined);
