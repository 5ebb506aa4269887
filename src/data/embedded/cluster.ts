// The cluster: the folder in which the bundled Postgres keeps its files. Made once; of one major version for ever.
import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Refusal } from '../../problem.ts';
import { type Account, giveTo, placeOf } from './account.ts';
import { type Binaries, SERVER_ENV } from './binary.ts';

export const SUPERUSER = 'apprentice';

const run = promisify(execFile);

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
    await run(binaries.initdb, ['-D', folder, ...options], { ...account, cwd, env: SERVER_ENV });
    renameSync(cwd, cluster);
  } catch (cause) {
    throw new Refusal('postgres.failed', { what: lastLine((cause as { stderr?: string }).stderr ?? String(cause)) }, { cause });
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
}

/** The line that says what went wrong. */
export function lastLine(text: string): string {
  const lines = text.split('\n').filter(line => line.trim() !== '');
  return (lines.findLast(line => /error|fatal|panic|could not/i.test(line)) ?? lines.at(-1) ?? '').trim();
}
