// The worker process itself, compiled, as npm start forks it, on the tiny base. What a test has forked is gone after it.
import { type ChildProcess, fork } from 'node:child_process';
import { onTestFinished } from 'vitest';
import type { Told } from '../../src/process.ts';
import { compiled } from '../../src/root.ts';
import { temporaryFolder, tinyFolder } from './models.ts';

/** Forks a worker and waits until it says that it is ready, or why not. Without a DATA_DIR in `env` it has a folder of its own. */
export async function forkWorker(databaseUrl: string, env: Record<string, string> = {}): Promise<{ child: ChildProcess; told: Told[] }> {
  const settings = { DATABASE_URL: databaseUrl, BASE_MODEL: tinyFolder('tiny-llama'), THREADS: '1', LOG_LEVEL: 'fatal' };
  const child = fork(compiled('worker/main'), [], {
    env: { PATH: process.env.PATH, DATA_DIR: env.DATA_DIR ?? temporaryFolder(), ...settings, ...env },
    stdio: ['ignore', 'inherit', 'pipe', 'ipc'],
  });
  onTestFinished(async () => void (await endWorker(child, 'SIGKILL')));
  const told: Told[] = [];
  await new Promise<void>((resolve, reject) => {
    child.on('message', message => {
      told.push(message as Told);
      if (told.at(-1)!.kind !== 'model') resolve();
    });
    child.once('exit', code => reject(new Error(`the worker ended with ${code}`)));
  });
  return { child, told };
}

/** Its exit code. */
export function endWorker(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve(child.exitCode);
  return new Promise(resolve => {
    child.once('exit', resolve);
    child.kill(signal);
  });
}
