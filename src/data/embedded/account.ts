// Under which account the bundled Postgres runs: it refuses to run as root, so root lends it another one.
import { execFileSync } from 'node:child_process';
import { existsSync, lchownSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { Refusal } from '../../problem.ts';

export type Account = { uid: number; gid: number };

/** Undefined = our own. As root: whoever owns the cluster already, else `postgres`, else `nobody`. */
export function serverAccount(cluster: string): Account | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const owner = existsSync(cluster) ? statSync(cluster) : undefined;
  if (owner && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid };
  for (const name of ['postgres', 'nobody']) {
    try {
      return { uid: idOf('-u', name), gid: idOf('-g', name) };
    } catch {
      // No such account here; the next one.
    }
  }
  throw new Refusal('postgres.needsAccount');
}

const idOf = (flag: string, name: string) =>
  Number(execFileSync('id', [flag, name], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }));

/** Gives a folder and everything in it to the account (a cluster that root has copied from elsewhere). */
export function giveTo(account: Account | undefined, path: string): void {
  if (!account) return;
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat?.isDirectory()) for (const name of readdirSync(path)) giveTo(account, join(path, name));
  lchownSync(path, account.uid, account.gid);
}

/**
 * How the server is told where its cluster is. Another account cannot walk through a closed home folder (/root is 0700), but it
 * can use a folder in which root has started it: it then calls the cluster by that name and needs none of the folders above.
 */
export function placeOf(cluster: string, account: Account | undefined): { cwd: string; folder: string } {
  return account && process.platform === 'linux' ? { cwd: cluster, folder: '/proc/self/cwd' } : { cwd: cluster, folder: cluster };
}
