// Run folders for the tests: a tiny model, a rule to learn (an answer is its question's tokens in reverse order), small rates of everything.
import { mkdirSync, realpathSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openModelFolder } from '../../src/model/folder.ts';
import { LINEAR_LAYERS } from '../../src/model/lora.ts';
import type { RunFile, Settings, TrainingRow } from '../../src/model/settings.ts';
import { seededRandom } from '../../worker/engine/random.ts';
import { temporaryFolder, tinyFolder } from '../support/models.ts';

export const settings: Settings = {
  epochs: 3,
  batch: 4,
  learningRate: 1e-2,
  warmup: 0.1,
  finalRate: 0.1,
  weightDecay: 0.01,
  clip: 1,
  rank: 4,
  alpha: 8,
  targets: [...LINEAR_LAYERS],
  seed: 1,
  checkpointing: false,
};

/** Rows of a few tokens and different lengths, whose answers a model can learn. */
export function someRows(train: number, heldout: number, seed = 1): TrainingRow[] {
  const next = seededRandom(seed);
  const TOKENS = 12;
  return Array.from({ length: train + heldout }, (_, i) => {
    const question = Array.from({ length: 2 + Math.floor(next() * 4) }, () => 20 + Math.floor(next() * TOKENS));
    return { ids: [1, ...question, 3, ...question.toReversed(), 2], answer: question.length + 2, part: i < train ? 'train' : 'heldout' };
  });
}

/** Writes run.json and rows.jsonl for the tiny Llama; returns the folder, which is gone after the test. */
export async function runFolder(rows: TrainingRow[], change: Partial<Omit<RunFile, 'settings'>> & { settings?: Partial<Settings> } = {}) {
  const folder = temporaryFolder();
  const base = await openModelFolder(tinyFolder('tiny-llama'));
  const run: RunFile = {
    base: realpathSync(tinyFolder('tiny-llama')),
    fingerprint: base.fingerprint,
    out: join(folder, 'out'),
    checkpointEvery: 5,
    threads: 1,
    ...change,
    settings: { ...settings, ...change.settings },
  };
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'run.json'), JSON.stringify(run));
  writeFileSync(join(folder, 'rows.jsonl'), rows.map(row => `${JSON.stringify(row)}\n`).join(''));
  return { folder, run, base };
}
