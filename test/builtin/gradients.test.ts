// Loss and LoRA gradients of whole tiny decoders against central differences of the float64 reference.
import { describe, expect, test } from 'vitest';
import { openModelFolder } from '../../src/model/folder.ts';
import { LINEAR_LAYERS, type LinearLayer, type LoraWeights, loraMatrices } from '../../src/model/lora.ts';
import type { ModelConfig } from '../../src/model/model.ts';
import type { TrainingRow } from '../../src/model/settings.ts';
import { initialAdapter } from '../../worker/builtin/initial.ts';
import { openLearner } from '../../worker/builtin/learner.ts';
import { seededRandom } from '../../worker/engine/random.ts';
import { type TinyModel, tinyFolder } from '../support/models.ts';
import { type Arrays, matricesOf, meanLoss, tensorsOf } from './reference.ts';

const STEP = 1e-5;
const ENTRIES_A_MATRIX = 4;
const ALL = [...LINEAR_LAYERS];

type Case = { model: TinyModel; rank?: number; targets?: LinearLayer[]; checkpointing?: boolean; tokenBudget?: number };

describe.each<Case>([
  { model: 'tiny-llama' },
  { model: 'tiny-llama', checkpointing: true },
  { model: 'tiny-llama', rank: 1, targets: ['q_proj', 'v_proj'] },
  { model: 'tiny-llama', rank: 3, targets: ['k_proj', 'o_proj', 'up_proj', 'down_proj'], checkpointing: true },
  { model: 'tiny-llama', tokenBudget: 12 },
  { model: 'tiny-qwen2' },
  { model: 'tiny-qwen2-untied', checkpointing: true },
  { model: 'tiny-qwen3' },
  { model: 'tiny-qwen3', checkpointing: true },
])('$model rank=$rank targets=$targets checkpointing=$checkpointing budget=$tokenBudget', options => {
  const { model, rank = 4, targets = ALL, checkpointing = false, tokenBudget } = options;

  test('loss and gradients are those of the reference', async () => {
    const base = await openModelFolder(tinyFolder(model));
    const rows = someRows(base.config, [13, 9, 6]);
    const adapter = busyAdapter(base.config, rank, targets);
    const learner = await openLearner(base, { spec: adapter.spec, longestRow: 13, checkpointing, threads: 1, tokenBudget });
    const gradient = new Float32Array(adapter.flat.length);
    const loss = await learner.gradient(rows, adapter.flat, gradient);
    const held = await learner.loss(rows, adapter.flat);
    await learner.close();

    const weights = tensorsOf(base);
    const lora = matricesOf(adapter);
    const lossNow = () => meanLoss(base.config, weights, lora, adapter.spec.alpha / rank, rows);
    const expected = lossNow();
    const labels = rows.reduce((sum, row) => sum + row.ids.length - row.answer, 0);
    expect(Math.abs(loss / expected - 1)).toBeLessThan(1e-6);
    expect(Math.abs(held / labels / expected - 1)).toBeLessThan(1e-6);
    expect(worstError(adapter, gradient, lora, lossNow)).toBeLessThan(1e-5);
  });
});

/** Largest difference to a central difference, as a share of the matrix's largest gradient, over some entries of every matrix. */
function worstError(adapter: LoraWeights, gradient: Float32Array, lora: Arrays, lossNow: () => number): number {
  const next = seededRandom(5);
  let worst = 0;
  let at = 0;
  for (const { name, shape } of adapter.matrices) {
    const part = gradient.subarray(at, at + shape[0] * shape[1]);
    at += part.length;
    const largest = part.reduce((max, value) => Math.max(max, Math.abs(value)), 0);
    const values = lora.get(name)!;
    for (let n = 0; n < ENTRIES_A_MATRIX; n++) {
      const i = Math.floor(next() * values.length);
      const kept = values[i];
      values[i] = kept + STEP;
      const above = lossNow();
      values[i] = kept - STEP;
      const below = lossNow();
      values[i] = kept;
      worst = Math.max(worst, Math.abs((above - below) / (2 * STEP) - part[i]) / largest);
    }
  }
  return worst;
}

/** An adapter with no zeros, so that every gradient counts. */
function busyAdapter(config: ModelConfig, rank: number, targets: LinearLayer[]): LoraWeights {
  const spec = { rank, alpha: 2 * rank, targets };
  const next = seededRandom(3);
  const { flat } = initialAdapter(config, spec, 1);
  return { spec, matrices: loraMatrices(config, spec), flat: flat.map(() => (next() - 0.5) * 0.6) };
}

/** Rows of the given lengths; from the middle on they are answer. */
function someRows(config: ModelConfig, lengths: number[]): TrainingRow[] {
  const next = seededRandom(2);
  return lengths.map(length => ({
    ids: Array.from({ length }, () => Math.floor(next() * config.vocab)),
    answer: length >> 1,
    part: 'train',
  }));
}
