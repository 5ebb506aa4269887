// The builtin trainer: `main RUN_DIR` by the protocol in worker/trainer.ts. Events on stdout; stdin and SIGTERM say when to pause or leave.
import { join } from 'node:path';
import { writeAdapter } from '../../src/model/adapter.ts';
import { openModelFolder } from '../../src/model/folder.ts';
import type { TrainingRow } from '../../src/model/settings.ts';
import { Refusal } from '../../src/problem.ts';
import type { TrainerEvent } from '../trainer.ts';
import { noMoments } from './adamw.ts';
import { resume, writeCheckpoint } from './checkpoint.ts';
import { failure } from './failure.ts';
import { initialAdapter } from './initial.ts';
import { openLearner } from './learner.ts';
import { listenToOwner, type Owner } from './owner.ts';
import { peakBytes } from './peak-memory.ts';
import { checkRows, readRows, readRunFile, runName } from './run-folder.ts';
import { stepsPerRound, type TrainingState, train } from './train.ts';

// When the owner is gone nobody reads the events; the end of stdin makes us leave in order.
process.stdout.on('error', () => {});
const tell = (event: TrainerEvent) => void process.stdout.write(JSON.stringify(event) + '\n');

const leave = new AbortController();
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => leave.abort());
const owner = listenToOwner(process.stdin, leave.signal);
try {
  await run(process.argv[2], owner);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : error}\n`);
  tell(failure(error));
} finally {
  owner.close();
}

async function run(folder: string, owner: Owner): Promise<void> {
  const runFile = await readRunFile(folder);
  const { rows, text } = await readRows(folder);
  const { settings, out, threads, spinMicroseconds, checkpointEvery } = runFile;
  const base = await openModelFolder(runFile.base);
  if (base.fingerprint !== runFile.fingerprint)
    throw new Refusal('trainer.otherBase', { expected: short(runFile.fingerprint), found: short(base.fingerprint), folder: runFile.base });
  checkRows(rows, base.config);

  const { rank, alpha, targets, checkpointing } = settings;
  const spec = { rank, alpha, targets };
  const adapter = initialAdapter(base.config, spec, settings.seed);
  const trainRows = rows.filter(row => row.part !== 'heldout');
  const heldout = rows.filter(row => row.part === 'heldout');
  const name = runName(runFile, text);
  const values = adapter.flat.length;
  const begin: TrainingState = { step: 0, heldoutAt: -1, weights: adapter.flat, moments: noMoments(values) };
  const state = (runFile.resume && (await resume(runFile.resume, name, values))) || begin;

  const longestRow = Math.max(...rows.map(row => row.ids.length));
  const learner = await openLearner(base, { spec, longestRow, checkpointing, threads, spinMicroseconds });
  const steps = settings.epochs * stepsPerRound(trainRows, settings);
  tell({ event: 'started', trainable: values, steps, resumedAt: state.step, device: `cpu, ${threads} threads` });
  const save = async (reached: TrainingState) => {
    const place = await writeCheckpoint(join(out, 'checkpoints'), name, reached);
    tell({ event: 'checkpoint', step: reached.step, folder: place });
  };
  const lineOf = (row: TrainingRow) => rows.indexOf(row) + 1;
  const { mayGoOn } = owner;
  const ended = await train({ settings, rows: trainRows, heldout, lineOf, learner, state, checkpointEvery, tell, save, mayGoOn });
  await learner.close();
  if (ended === 'stopped') return tell({ event: 'stopped', step: state.step });

  const best = state.best!;
  const published = join(out, 'adapter');
  await writeAdapter(published, base, { ...adapter, flat: best.weights });
  tell({ event: 'done', bestStep: best.step, folder: published, peakBytes: peakBytes() });
}

function short(fingerprint: string): string {
  const DIGITS = 12;
  return fingerprint.slice(0, DIGITS);
}
