// Training of the real SmolLM2-135M-Instruct against torch + PEFT in float64 (test/fixtures/make/trainer.py).
import { afterAll, describe, expect, test } from 'vitest';
import { openModelFolder } from '../../src/model/folder.ts';
import { LINEAR_LAYERS, loraMatrices } from '../../src/model/lora.ts';
import type { ModelConfig } from '../../src/model/model.ts';
import type { TrainingRow } from '../../src/model/settings.ts';
import { adamw, clipFactor, noMoments, norm } from '../../worker/builtin/adamw.ts';
import { type Learner, openLearner } from '../../worker/builtin/learner.ts';
import { seededRandom } from '../../worker/engine/random.ts';
import truth from '../fixtures/builtin/smollm2-lora.json' with { type: 'json' };
import { realModel } from '../support/real-model.ts';

const folder = await realModel();
const spec = { rank: truth.rank, alpha: truth.alpha, targets: [...LINEAR_LAYERS] };
const rows = truth.rows.map((row): TrainingRow => ({ ...row, part: 'train' }));
const longestRow = Math.max(...rows.map(row => row.ids.length));

describe.skipIf(!folder)('SmolLM2-135M-Instruct', () => {
  let learner: Learner | undefined;
  afterAll(() => learner?.close());

  test('gradients, and the loss of ten steps, are those of torch + PEFT', async () => {
    const base = await openModelFolder(folder!);
    learner = await openLearner(base, { spec, longestRow, checkpointing: false, threads: 2 });
    const adapter = fixtureAdapter(base.config);
    const gradient = new Float32Array(adapter.length);
    const moments = noMoments(adapter.length);
    const { learningRate, weightDecay, clip, losses } = truth.steps;
    for (const [i, expected] of losses.entries()) {
      const loss = await learner.gradient(rows, adapter, gradient);
      if (i === 0) expect(worstGradient(base.config, gradient)).toBeLessThan(1e-4);
      expect(Math.abs(loss / expected - 1), `loss of step ${i + 1}`).toBeLessThan(1e-5);
      adamw(adapter, gradient, moments, { step: i + 1, learningRate, weightDecay, scale: clipFactor(norm(gradient), clip) });
    }
  });
});

/** The adapter of the fixture, by the generator that both languages have. */
function fixtureAdapter(config: ModelConfig): Float32Array {
  const next = seededRandom(truth.seed);
  return Float32Array.from(
    loraMatrices(config, spec).flatMap(({ name, shape }) => {
      const bound = name.endsWith('lora_A') ? 1 / Math.sqrt(shape[1]) : truth.boundB;
      return Array.from({ length: shape[0] * shape[1] }, () => (2 * next() - 1) * bound);
    }),
  );
}

/** Largest difference to PEFT's sampled gradients, as a share of the largest gradient of the matrix. */
function worstGradient(config: ModelConfig, gradient: Float32Array): number {
  const samples: Record<string, { max: number; at: number[]; values: number[] }> = truth.gradients;
  let start = 0;
  let worst = 0;
  for (const { name, shape } of loraMatrices(config, spec)) {
    const { max, at, values } = samples[name];
    values.forEach((value, i) => {
      worst = Math.max(worst, Math.abs(gradient[start + at[i]] - value) / max);
    });
    start += shape[0] * shape[1];
  }
  return worst;
}
