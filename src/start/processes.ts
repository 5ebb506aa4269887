// Processes of the folder: who they are (a number alone may be somebody else's by now), and what earlier ones left running.
import { execFileSync } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { isAlive } from '../data/embedded/process.ts';

const GRACE_MS = 5000;
const POLL_MS = 50;

/** When the process began, in its system's own words; with the number it names a process for good. Undefined: no such process. */
export function beginningOf(pid: number): string | undefined {
  if (!isAlive(pid)) return undefined;
  // The 22nd field counts from behind the name, which may hold spaces and brackets.
  return ofSystem(`/proc/${pid}/stat`, stat => stat.slice(stat.lastIndexOf(')')).split(' ')[20], ['-o', 'lstart=', '-p', String(pid)]);
}

/** The command line of a process, '' if there is none. */
function commandOf(pid: number): string {
  return ofSystem(`/proc/${pid}/cmdline`, line => line.replaceAll('\0', ' '), ['-o', 'command=', '-p', String(pid)]) ?? '';
}

function ofSystem(file: string, pick: (text: string) => string, ps: string[]): string | undefined {
  try {
    if (process.platform === 'linux') return pick(readFileSync(file, 'utf8'));
    return execFileSync('ps', ps, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
  } catch {
    return undefined;
  }
}

const pidFile = (dataDir: string, name: string) => join(dataDir, 'pids', name);

export const notePid = (dataDir: string, name: string, pid: number): void => writeFileSync(pidFile(dataDir, name), `${pid}\n`);
export const forgetPid = (dataDir: string, name: string): void => rmSync(pidFile(dataDir, name), { force: true });

/** Ends the child `name` of an earlier start that did not leave with its parent. `program` is the file that it runs. */
export async function endLeftover(dataDir: string, name: string, program: string): Promise<void> {
  let pid = 0;
  try {
    pid = Number(readFileSync(pidFile(dataDir, name), 'utf8'));
  } catch {
    return;
  }
  if (pid > 0 && commandOf(pid).includes(program)) {
    end(pid, 'SIGTERM');
    await gone(pid);
    if (isAlive(pid)) {
      end(pid, 'SIGKILL');
      await gone(pid);
    }
  }
  forgetPid(dataDir, name);
}

/** Resolves when the process is gone, or when it has had its time. */
async function gone(pid: number): Promise<void> {
  for (const until = Date.now() + GRACE_MS; isAlive(pid) && Date.now() < until; ) await sleep(POLL_MS);
}

function end(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // Gone by itself.
  }
}
