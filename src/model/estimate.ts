// What a run will cost, before it starts: steps, minutes, disk. Its memory depends on the trainer: estimate-builtin.ts, estimate-torch.ts.

import { LINEAR_LAYERS, type LinearLayer, linearShape } from './lora.ts';
import type { ModelConfig } from './model.ts';

/** Values in the base model's tensors. */
export function parameters(config: ModelConfig): number {
  const linear = LINEAR_LAYERS.reduce((sum, layer) => sum + linearShape(config, layer).reduce((a, b) => a * b), 0);
  return config.layers * (linear + 2 * config.hidden) + config.hidden * (1 + config.vocab * (config.tied ? 1 : 2));
}

/** Optimizer steps of a run: every round ends with a smaller batch rather than dropping rows. */
export const stepsOf = ({ rows, batch, epochs }: { rows: number; batch: number; epochs: number }): number =>
  Math.ceil(rows / batch) * epochs;

/** Minutes of training and held-out passes; `speed` is the trainer's measured training tokens a second (a forward pass alone is about three times as fast). */
export function minutesOf(run: { trainTokens: number; heldoutTokens: number; epochs: number; speed: number }): number {
  const { trainTokens, heldoutTokens, epochs, speed } = run;
  return (trainTokens * epochs + (heldoutTokens * (epochs + 1)) / 3) / speed / 60;
}

/** Values of an adapter: two matrices beside every adapted layer. */
export function adapterValues(config: ModelConfig, { rank, targets }: { rank: number; targets: LinearLayer[] }): number {
  return config.layers * rank * targets.reduce((sum, layer) => sum + linearShape(config, layer).reduce((a, b) => a + b), 0);
}

/**
 * Bytes that a run writes where artifacts lie: at most six checkpoints at once (the row's two, two that wait to be written there, the trainer's
 * newest and the one in the making), each the adapter, its two moments and the best round in f32, and the adapter twice, as trained and as published.
 */
export const diskBytes = (values: number): number => 4 * values * (6 * 4 + 2);

/** The most that a trainer puts through the model at once: `rows` rows padded to `length` tokens, of which `answers` (in all) are scored. */
export type Load = { rows: number; length: number; answers: number };

/** `budget`: the trainer's most tokens at once; a longer row goes alone. `answer`: tokens of the longest answer. */
export function loadOf({ longest, answer, batch, budget }: { longest: number; answer: number; batch: number; budget: number }): Load {
  const rows = Math.min(batch, Math.max(1, Math.floor(budget / longest)));
  return { rows, length: longest, answers: rows * answer };
}

/** What else decides on a run's memory. */
export type Dose = { rank: number; targets: LinearLayer[]; checkpointing: boolean };
