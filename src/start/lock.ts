// One start at a time on a data folder; the second one is told who holds it.
import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Refusal } from '../problem.ts';
import { beginningOf } from './processes.ts';

type Holder = { pid: number; beginning: string; since: string; address?: string };

export type FolderLock = {
  /** Tells later comers where the chat is. */
  tellAddress(address: string): void;
  release(): void;
};

const TRIES = 5;

/**
 * Takes the folder, making it if need be. Refuses `start.held` (who, since when, where) while the process that holds it lives:
 * a lock whose holder was killed is taken over. Refuses `start.folderClosed` where we may not write.
 */
export function lockFolder(dataDir: string): FolderLock {
  const file = join(dataDir, 'lock');
  const draft = join(dataDir, `lock.${process.pid}`);
  const holder: Holder = { pid: process.pid, beginning: beginningOf(process.pid) ?? '', since: new Date().toISOString() };
  const write = () => writeFileSync(draft, JSON.stringify(holder), { mode: 0o600 });
  try {
    mkdirSync(join(dataDir, 'pids'), { recursive: true });
    write();
    try {
      take(dataDir, file, draft);
    } finally {
      rmSync(draft, { force: true });
    }
  } catch (cause) {
    if (cause instanceof Refusal) throw cause;
    throw new Refusal('start.folderClosed', { folder: dataDir, why: (cause as Error).message }, { cause });
  }
  return {
    tellAddress(address) {
      holder.address = address;
      write();
      renameSync(draft, file);
    },
    release: () => rmSync(file, { force: true }),
  };
}

/** A link is made whole or not at all, and only if the name is free. */
function take(dataDir: string, file: string, draft: string): void {
  for (let tries = 1; ; tries++) {
    try {
      linkSync(draft, file);
      return;
    } catch (cause) {
      if ((cause as NodeJS.ErrnoException).code !== 'EEXIST' || tries === TRIES) throw cause;
    }
    const found = read(file);
    if (found && beginningOf(found.pid) === found.beginning) throw heldBy(dataDir, found);
    moveAway(dataDir, file, found);
  }
}

/** Only the lock that was found stale; one that another start has put there meanwhile is put back. */
function moveAway(dataDir: string, file: string, stale: Holder | undefined): void {
  const aside = join(dataDir, `lock.stale.${process.pid}`);
  try {
    renameSync(file, aside);
    const moved = read(aside);
    if (moved && (moved.pid !== stale?.pid || moved.beginning !== stale.beginning)) linkSync(aside, file);
  } catch {
    // Another start was faster; the next try finds its lock.
  } finally {
    rmSync(aside, { force: true });
  }
}

function read(file: string): Holder | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Holder;
  } catch {
    return undefined;
  }
}

function heldBy(folder: string, { pid, since, address }: Holder): Refusal {
  const at = { folder, pid, since: since.slice(0, 19).replace('T', ' ') };
  return address ? new Refusal('start.held', { ...at, address }) : new Refusal('start.heldStarting', at);
}
