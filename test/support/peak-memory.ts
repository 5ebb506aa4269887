// The memory of a live run, against what was estimated for it.
import { expect, test } from 'vitest';
import type { Dose, Load } from '../../src/model/estimate.ts';
import { loadOf } from '../../src/model/estimate.ts';
import { openModelFolder } from '../../src/model/folder.ts';
import { LINEAR_LAYERS } from '../../src/model/lora.ts';
import type { ModelConfig } from '../../src/model/model.ts';
import type { TrainingRow } from '../../src/model/settings.ts';
import type { TrainerProgram } from '../../worker/choose-trainer.ts';
import { runFolder } from '../builtin/run-folder.ts';
import { llamaOf, randomModel } from './random-model.ts';
import { runTrainer } from './trainer.ts';

type Run = { config: ModelConfig; batch: number; length: number; answer: number; rank: number; checkpointing: boolean };
type Formula = (config: ModelConfig, load: Load, dose: Dose) => number;

/** Next to nothing: the program itself. */
const IDLE: Run = { config: llamaOf(32, 2, 4, 2, 64, 320, true), batch: 1, length: 8, answer: 4, rank: 4, checkpointing: false };
const mid = llamaOf(256, 8, 8, 4, 768, 4096, true);
const deep = llamaOf(384, 16, 6, 2, 1024, 2048, true);
const usual = { batch: 4, length: 192, answer: 58, rank: 8, checkpointing: false };

/** Each of them makes another term of the formulas large. */
const RUNS: [string, Run][] = [
  ['4 rows of 192', { ...usual, config: mid }],
  ['a long row, rank 64', { ...usual, config: mid, batch: 1, length: 768, answer: 700, rank: 64 }],
  ['many layers, recomputing', { ...usual, config: deep, checkpointing: true }],
  ['many words, short answers', { ...usual, config: llamaOf(256, 4, 8, 4, 512, 49152, true), answer: 8 }],
  ['wide, its head its own', { ...usual, config: llamaOf(512, 4, 8, 4, 2048, 8192) }],
];

/** Registers the tests: what a run takes above the idle program is within a fifth of what the formula says, and so is all of it. */
export function peakMemory({ start }: TrainerProgram, formula: Formula, budget: number): void {
  const measure = async (run: Run): Promise<number> => {
    const { outcome } = await runTrainer(start, await folderOf(run));
    expect(outcome).toMatchObject({ event: 'done' });
    return (outcome as Extract<typeof outcome, { event: 'done' }>).peakBytes;
  };
  const estimate = ({ config, length, answer, batch, rank, checkpointing }: Run): number =>
    formula(config, loadOf({ longest: length, answer, batch, budget }), { rank, targets: [...LINEAR_LAYERS], checkpointing });
  let idle: Promise<number> | undefined;

  test.each(RUNS)('%s: within a fifth of the live peak', async (_, run) => {
    const program = await (idle ??= measure(IDLE));
    const peak = await measure(run);
    const above = (estimate(run) - estimate(IDLE)) / (peak - program);
    for (const ratio of [above, estimate(run) / peak]) {
      expect(ratio, `${Math.round(peak / 1e6)} MB`).toBeGreaterThan(0.8);
      expect(ratio, `${Math.round(peak / 1e6)} MB`).toBeLessThan(1.2);
    }
  });
}

/** Two steps, a checkpoint and two looks at one held-out row: all that a run ever does. */
async function folderOf({ config, batch, length, answer, rank, checkpointing }: Run): Promise<string> {
  const row = (part: TrainingRow['part'], number: number): TrainingRow => {
    const ids = Array.from({ length }, (_, i) => (number * 31 + i * 7) % config.vocab);
    return { ids, answer: length - answer, part };
  };
  const rows = [...Array.from({ length: 2 * batch }, (_, i) => row('train', i)), row('heldout', 2 * batch)];
  const base = await randomModel(config);
  const { fingerprint } = await openModelFolder(base);
  const change = { base, fingerprint, checkpointEvery: 1, settings: { epochs: 1, batch, rank, checkpointing } };
  return (await runFolder(rows, change)).folder;
}
