// The cluster: the folder in which the bundled Postgres keeps its files. Made once; of one major version for ever.
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Refusal } from '../../problem.ts';
import { type Account, giveTo, placeOf } from './account.ts';
import { type Binaries, SERVER_ENV } from './binary.ts';

export const SUPERUSER = 'apprentice';

/** Makes the cluster if there is none. Refuses (`postgresMajor`) one that another major version has written. */
export async function ensureCluster(cluster: string, binaries: Binaries, account: Account | undefined, password: string): Promise<void> {
  const versionFile = join(cluster, 'PG_VERSION');
  if (existsSync(versionFile)) {
    const found = readFileSync(versionFile, 'utf8').trim();
    if (found !== binaries.major) throw new Refusal('postgres.major', { folder: cluster, found, expected: binaries.major });
    if (account && statSync(cluster).uid !== account.uid) giveTo(account, cluster);
    return;
  }
  // Made aside and renamed: a crash half-way leaves nothing that looks like a cluster.
  const draft = `${cluster}.draft`;
  rmSync(draft, { recursive: true, force: true });
  mkdirSync(join(draft, 'cluster'), { recursive: true, mode: 0o700 });
  writeFileSync(join(draft, 'password'), password, { mode: 0o600 });
  giveTo(account, draft);
  const { cwd, folder } = placeOf(join(draft, 'cluster'), account);
  const options = ['-U', SUPERUSER, '-A', 'scram-sha-256', `--pwfile=${folder}/../password`, '-E', 'UTF8', '--locale=C.UTF-8'];
  try {
    await initialize(binaries.initdb, ['-D', folder, ...options], cwd, account);
    renameSync(cwd, cluster);
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
}

/** In a process group of its own: Ctrl-C reaches only us, who wait for the end of it. */
function initialize(initdb: string, options: string[], cwd: string, account: Account | undefined): Promise<void> {
  const child = spawn(initdb, options, { ...account, cwd, env: SERVER_ENV, detached: true, stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  child.stderr.on('data', chunk => (said += chunk));
  return new Promise((resolve, reject) => {
    const fail = (what: string, cause?: Error) => reject(new Refusal('postgres.failed', { what }, { cause }));
    child.once('error', error => fail(error.message, error));
    child.once('close', (code, signal) => (code === 0 ? resolve() : fail(lastLine(said) || `initdb ended with ${signal ?? code}`)));
  });
}

/** The line that says what went wrong. */
export function lastLine(text: string): string {
  const lines = text.split('\n').filter(line => line.trim() !== '');
  return (lines.findLast(line => /error|fatal|panic|could not/i.test(line)) ?? lines.at(-1) ?? '').trim();
}
