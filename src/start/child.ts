// A child that is to run all the time: forked, heard, started again with growing pauses, stopped in order.
import { type ChildProcess, fork } from 'node:child_process';
import { closeSync, openSync, statSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Env } from '../config.ts';
import type { Told } from '../process.ts';

export type ChildPlan = {
  name: string;
  /** A program, absolute. */
  program: string;
  args?: string[];
  /** Options of node itself. */
  execArgv?: string[];
  env: Env;
  /** Where its output goes. */
  log: string;
  /** After SIGTERM, until SIGKILL. */
  graceMs: number;
  onTold(told: Told): void;
  onPid(pid: number | undefined): void;
  /** It ended without being asked; it starts again in `ms`. `how`: an exit code or a signal. */
  onLost(how: string, ms: number): void;
};

export type Child = {
  /** SIGTERM, then SIGKILL; resolves when it is gone. */
  stop(): Promise<void>;
  /** SIGKILL, now. */
  kill(): void;
};

const FIRST_PAUSE_MS = 1000;
const LONGEST_PAUSE_MS = 60_000;
/** A child that ran so long was well: the pauses begin anew. */
const WELL_MS = 60_000;
const LOG_BYTES = 20_000_000;

export function keepRunning(plan: ChildPlan): Child {
  const stopping = new AbortController();
  let child: ChildProcess | undefined;
  const ended = run();

  async function run(): Promise<void> {
    for (let pause = FIRST_PAUSE_MS; !stopping.signal.aborted; pause = Math.min(pause * 2, LONGEST_PAUSE_MS)) {
      const began = Date.now();
      const how = await once();
      if (stopping.signal.aborted) return;
      if (Date.now() - began > WELL_MS) pause = FIRST_PAUSE_MS;
      plan.onLost(how, pause);
      await sleep(pause, undefined, { signal: stopping.signal }).catch(() => {});
    }
  }

  function once(): Promise<string> {
    const size = statSync(plan.log, { throwIfNoEntry: false })?.size ?? 0;
    const log = openSync(plan.log, size > LOG_BYTES ? 'w' : 'a', 0o600);
    // A process group of its own: Ctrl-C reaches only us, and we stop the children in order.
    const { args = [], execArgv = [], env } = plan;
    const forked = fork(plan.program, args, { execArgv, env, stdio: ['ignore', log, log, 'ipc'], detached: true });
    closeSync(log);
    child = forked;
    plan.onPid(forked.pid);
    forked.on('message', told => plan.onTold(told as Told));
    return new Promise(resolve => {
      const end = (how: string) => {
        child = undefined;
        plan.onPid(undefined);
        resolve(how);
      };
      forked.once('error', error => end(error.message));
      forked.once('exit', (code, signal) => end(signal ?? String(code)));
    });
  }

  return {
    async stop() {
      stopping.abort();
      child?.kill('SIGTERM');
      const killer = setTimeout(() => child?.kill('SIGKILL'), plan.graceMs);
      await ended;
      clearTimeout(killer);
    },
    kill() {
      stopping.abort();
      child?.kill('SIGKILL');
    },
  };
}
