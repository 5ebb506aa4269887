// Where these tests find torch: TORCH_PYTHON, which .ci/run sets after `npm run worker:setup`. Without it they are skipped.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, vi } from 'vitest';
import { projectRoot } from '../../src/root.ts';
import { type TrainerProgram, torchTrainer } from '../../worker/choose-trainer.ts';
import type { TrainerEvent, TrainerOutcome } from '../../worker/trainer.ts';
import type { Told } from '../support/trainer.ts';

const python = process.env.TORCH_PYTHON || undefined;

/** Python with torch starts in 4 s on an idle machine, in 20 s beside other work, and some tests start it several times. */
const PATIENCE_MS = 300_000;

/** `describe` where torch is. */
export function describeTorch(name: string, tests: () => void): void {
  vi.setConfig({ testTimeout: PATIENCE_MS });
  describe.skipIf(!python)(name, tests);
}

/** One loud line for all of these tests; the first file says it. */
export function tellIfSkipped(): void {
  if (!python)
    console.warn('SKIPPED: the tests of the torch trainer. Run `npm run worker:setup` and set TORCH_PYTHON to its Python to have them.');
}

/** The trainer on one thread; several processes are torchrun's. */
export const torch = (processes = 1): TrainerProgram => torchTrainer(python ?? 'python3', { processes, threads: 1 });

/** One script of this folder; what it printed. */
export const runPython = (script: string, ...args: string[]): Promise<string> => runProgram(join('test', 'torch', script), ...args);

/** A Python program of this project; what it printed. What it told people (tracebacks of what was to fail, say) is heard of where it ends badly. */
export async function runProgram(path: string, ...args: string[]): Promise<string> {
  // One thread: on a busy machine several wait for each other at every product.
  const env = { ...process.env, OMP_NUM_THREADS: '1' };
  const child = spawn(python!, [join(projectRoot(), path), ...args], { stdio: ['pipe', 'pipe', 'pipe'], env });
  let printed = '';
  child.stdout.on('data', data => void (printed += data));
  let told = '';
  child.stderr.on('data', data => void (told += data));
  const [exitCode] = await once(child, 'close');
  if (exitCode !== 0) throw new Error(`${path} ended with ${exitCode}: ${told}`);
  return printed;
}

/** The torch trainer on one run's folder after the other, in one process: what each has told. */
export async function runAll(...folders: string[]): Promise<Told[]> {
  await runPython('many.py', ...folders);
  return folders.map(folder => {
    const lines = readFileSync(join(folder, 'events.jsonl'), 'utf8').trim().split('\n');
    const events = lines.map(line => JSON.parse(line) as TrainerEvent);
    return { events, outcome: { ...events.at(-1), stderr: '', pid: undefined } as TrainerOutcome };
  });
}
