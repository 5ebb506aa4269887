// A shell between us and the server: when we are gone, however that came about, it asks the server to stop.
import { type ChildProcess, spawn } from 'node:child_process';
import type { Account } from './account.ts';
import { SERVER_ENV } from './binary.ts';

// Our end of its stdin closes with our process. `read` is built in: no other program is needed.
// The server gets neither that pipe nor the terminal's signals: the process group is its own, so that Ctrl-C reaches only us.
const GUARD = 'exec 3<&0 </dev/null; trap "" INT HUP TERM; ';
const STOP_AT_END = '(while read -r _; do :; done <&3; kill -INT $server) 2>/dev/null & guard=$!; exec 3<&-; ';
const START = `${GUARD}"$@" 3<&- & server=$!; ${STOP_AT_END}wait $server; code=$?; kill $guard 2>/dev/null; exit $code`;
const GUARD_ONLY = `${GUARD}server=$1; ${STOP_AT_END}while kill -0 $server 2>/dev/null; do sleep 1; done; kill $guard 2>/dev/null; exit 0`;

export type Watchdog = {
  pid: number;
  /** Resolves when the server is gone. */
  exited: Promise<void>;
  /** Asks the server to stop: no new connections, open transactions end (Postgres' fast shutdown). */
  letGo(): void;
};

/** Starts the server under a watchdog; what it says goes to the file `log` (a descriptor). */
export function startGuarded(command: string[], options: { cwd: string; account: Account | undefined; log: number }): Watchdog {
  const { cwd, account, log } = options;
  const shell = ['-c', START, 'postgres-watchdog', ...command];
  return watchdog(spawn('/bin/sh', shell, { ...account, cwd, env: SERVER_ENV, detached: true, stdio: ['pipe', 'ignore', log] }));
}

/** A watchdog for a server that runs already (its own was killed). */
export function guard(pid: number, account: Account | undefined): Watchdog {
  const shell = ['-c', GUARD_ONLY, 'postgres-watchdog', String(pid)];
  return watchdog(spawn('/bin/sh', shell, { ...account, cwd: '/', env: SERVER_ENV, detached: true, stdio: ['pipe', 'ignore', 'ignore'] }));
}

function watchdog(shell: ChildProcess): Watchdog {
  const stdin = shell.stdin!;
  stdin.on('error', () => {});
  const exited = new Promise<void>(resolve => {
    shell.once('error', () => resolve());
    shell.once('exit', () => resolve());
  });
  // An idle server must not keep our process alive …
  shell.unref();
  (stdin as unknown as { unref(): void }).unref();
  exited.then(() => stdin.destroy());
  return {
    pid: shell.pid ?? 0,
    exited,
    letGo() {
      // … but its orderly end must be seen.
      shell.ref();
      stdin.end();
    },
  };
}
