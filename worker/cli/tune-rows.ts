// From rows to an adapter and its numbers: the same steps as a run in chat (plan, replay, trainer, evaluation), without database and queue.
import { mkdir, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { readAdapter, writeAdapter } from '../../src/model/adapter.ts';
import type { Dials } from '../../src/model/dials.ts';
import { formOf } from '../../src/model/form.ts';
import { rowsLanguage } from '../../src/model/language.ts';
import type { RunFile } from '../../src/model/settings.ts';
import { type CheckedRow, planOf } from '../checks.ts';
import { type Evaluation, evaluate } from '../evaluate.ts';
import { type RunRows, writeRunFolder } from '../prepare.ts';
import { measureReading } from '../reading.ts';
import { makeReplay } from '../replay.ts';
import type { Base } from '../workplace.ts';
import type { Terminal } from './command.ts';
import { type Engine, openAdapter } from './engine.ts';
import { trainHere } from './train-here.ts';

/** `out` is the adapter's folder, absolute; an older adapter there is replaced at the end. */
export type Tuning = { rows: CheckedRow[]; dials: Dials; out: string; threads: number; terminal: Terminal; signal: AbortSignal };

const SEED = 0;

/** Throws a Refusal when the run cannot be trained here. */
export async function tuneRows({ base, generator }: Engine, tuning: Tuning): Promise<{ evaluation: Evaluation; trainSeconds: number }> {
  const { rows, dials, out, threads, terminal, signal } = tuning;
  const reading = await measureReading(base, generator, rows, signal);
  const plan = planOf(base, rows, dials, dials.seed ?? SEED, {
    trainer: 'builtin',
    kind: 'cpu',
    freeBytes: process.availableMemory(),
    diskFree: Number.POSITIVE_INFINITY,
    threads,
    reading,
  });
  const { leftOut, replay: count, minutes, warnings } = plan.preflight;
  const part = (name: CheckedRow['part']): CheckedRow[] => rows.filter(row => row.part === name && !leftOut.includes(row.no));
  const [train, heldout] = [part('train'), part('heldout')];
  for (const { code, values } of [...plan.reasons, ...warnings]) terminal.tell(code, values);
  const told = { train: train.length, heldout: heldout.length, steps: plan.steps, minutes: Math.max(1, Math.ceil(minutes)) };
  terminal.tell('cli.plan', told);

  const asking = { generator, tokenizer: base.tokenizer, signal };
  const onReplay = (done: number, total: number): void => terminal.progress('cli.progress.replay', done, total);
  const replay = await makeReplay({ ...asking, count, language: rowsLanguage(train), onProgress: onReplay });
  const began = performance.now();
  await trainInto(out, base, { train, heldout, replay }, { settings: plan.settings, threads }, terminal, signal);
  const trainSeconds = Math.round((performance.now() - began) / 1000);

  const onProgress = (done: number, total: number): void => terminal.progress('cli.progress.evaluate', done, total);
  const task = { ...asking, maxPositions: base.model.config.maxPositions, rows: heldout, train, onProgress };
  return { evaluation: await evaluate({ ...task, ...openAdapter(out, base) }), trainSeconds };
}

type HowToTrain = Pick<RunFile, 'settings' | 'threads'>;

/** Trains in a folder of its own beside `out`, which goes when it is over; the form is kept with the adapter. */
async function trainInto(out: string, base: Base, rows: RunRows, how: HowToTrain, terminal: Terminal, signal: AbortSignal): Promise<void> {
  const folder = `${out}.run-${process.pid}`;
  await mkdir(resolve(out, '..'), { recursive: true });
  try {
    // Nobody goes on with a broken-off command, so there is no checkpoint but the one that SIGTERM writes.
    const run = { ...how, base: base.path, fingerprint: base.model.fingerprint, out: join(folder, 'out'), checkpointEvery: 1_000_000 };
    await writeRunFolder(folder, base.tokenizer, rows, run);
    const trained = await trainHere(folder, terminal, signal);
    await writeAdapter(out, base.model, readAdapter(trained, base.model), { form: formOf(rows.train) });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
