// `tune --data FILE --out DIR [--heldout FILE] [setting=value …]`: from a file of examples to an adapter and its numbers.
// The same steps as a run in chat, without database and queue: split, plan, replay, trainer, evaluation.
import { mkdir, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { readAdapter, writeAdapter } from '../../src/model/adapter.ts';
import { readDials } from '../../src/model/dials.ts';
import { formOf } from '../../src/model/form.ts';
import { rowsLanguage } from '../../src/model/language.ts';
import type { Row } from '../../src/model/row.ts';
import type { RunFile } from '../../src/model/settings.ts';
import { split } from '../../src/model/split.ts';
import { Refusal } from '../../src/problem.ts';
import { type CheckedRow, planOf } from '../checks.ts';
import { evaluate } from '../evaluate.ts';
import { writeRunFolder } from '../prepare.ts';
import { makeReplay } from '../replay.ts';
import type { Base } from '../workplace.ts';
import { readArguments } from './arguments.ts';
import type { Command, Terminal } from './command.ts';
import { inFloat32, openAdapter, openEngine } from './engine.ts';
import { numbersOf } from './evaluate.ts';
import { readRowsFile } from './rows-file.ts';
import { trainHere } from './train-here.ts';

/** The same file gives the same split on every machine. */
const SPLIT_KEY = 'apprentice';
const SEED = 0;

export const tune: Command = async (args, { settings, terminal, signal }) => {
  const { options, rest } = readArguments(args, ['data', 'out', 'heldout'], 'cli.usage.tune');
  if (options.data === undefined || options.out === undefined) throw new Refusal('cli.usage.tune');
  const dials = readDials(rest);
  const out = resolve(options.out);
  const rows = await readParts(options.data, options.heldout, terminal);
  const { base, generator } = await openEngine(inFloat32(settings), terminal, signal);
  try {
    const { threads } = settings;
    const plan = planOf(base, rows, dials, dials.seed ?? SEED, { freeBytes: process.availableMemory(), threads });
    const { leftOut, replay: count, minutes, warnings } = plan.preflight;
    const part = (name: CheckedRow['part']): CheckedRow[] => rows.filter(row => row.part === name && !leftOut.includes(row.no));
    const [train, heldout] = [part('train'), part('heldout')];
    for (const { code, values } of [...plan.reasons, ...warnings]) terminal.tell(code, values);
    terminal.tell('cli.plan', {
      train: train.length,
      heldout: heldout.length,
      steps: plan.steps,
      minutes: Math.max(1, Math.ceil(minutes)),
    });

    const { tokenizer } = base;
    const language = rowsLanguage(train);
    const asking = { generator, tokenizer, signal };
    const onReplay = (done: number, total: number): void => terminal.progress('cli.progress.replay', done, total);
    const replay = await makeReplay({ ...asking, count, language, onProgress: onReplay });
    const began = performance.now();
    await trainInto(out, base, { train, heldout, replay }, { settings: plan.settings, threads }, terminal, signal);
    const trainSeconds = Math.round((performance.now() - began) / 1000);

    const onProgress = (done: number, total: number): void => terminal.progress('cli.progress.evaluate', done, total);
    const task = { ...asking, maxPositions: base.model.config.maxPositions, rows: heldout, train, onProgress };
    const evaluation = await evaluate({ ...task, ...openAdapter(out, base) });
    terminal.tell('cli.tuned', { folder: options.out, seconds: trainSeconds });
    terminal.print(JSON.stringify({ ...numbersOf(evaluation), trainSeconds }));
  } finally {
    await generator.close();
  }
};

/** Rows to learn from and rows kept aside, numbered as in their files. */
async function readParts(data: string, heldout: string | undefined, terminal: Terminal): Promise<CheckedRow[]> {
  const numbered = (rows: Row[], part: CheckedRow['part']): CheckedRow[] => rows.map((row, index) => ({ ...row, no: index + 1, part }));
  const rows = await readRowsFile(data, terminal);
  if (heldout !== undefined) return [...numbered(rows, 'train'), ...numbered(await readRowsFile(heldout, terminal), 'heldout')];
  const aside = new Set(split(rows, SPLIT_KEY).heldout);
  if (aside.size === 0) terminal.tell('advice.noHeldout');
  return numbered(rows, 'train').map((row, index) => (aside.has(index) ? { ...row, part: 'heldout' } : row));
}

type Rows = Parameters<typeof writeRunFolder>[2];

/** Trains in a folder of its own beside `out`, which goes when it is over; the form is kept with the adapter. */
async function trainInto(
  out: string,
  base: Base,
  rows: Rows,
  { settings, threads }: Pick<RunFile, 'settings' | 'threads'>,
  terminal: Terminal,
  signal: AbortSignal,
): Promise<void> {
  const folder = `${out}.run-${process.pid}`;
  await mkdir(resolve(out, '..'), { recursive: true });
  try {
    const { fingerprint } = base.model;
    const run = { settings, base: base.path, fingerprint, out: join(folder, 'out'), checkpointEvery: 1_000_000, threads };
    await writeRunFolder(folder, base.tokenizer, rows, run);
    const trained = await trainHere(folder, terminal, signal);
    await writeAdapter(out, base.model, readAdapter(trained, base.model), { form: formOf(rows.train) });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
