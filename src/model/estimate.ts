// What a run will cost, before it starts: steps, minutes, memory.

import { LINEAR_LAYERS, linearShape } from './lora.ts';
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

/** Largest number of tokens that the builtin trainer puts through the model at once. */
const MICRO_BATCH_TOKENS = 1024;

/**
 * Peak memory of a builtin training run in bytes, the mapped weights included. Fitted to measurements at 135M
 * (4x128 tokens 1.5 GB, 4x256 2.4 GB, recomputing 0.9 and 1.0 GB): activations kept a token and layer, and the logits of a quarter of the tokens.
 */
export function trainingBytes(config: ModelConfig, run: { batchTokens: number; rank: number; checkpointing: boolean }): number {
  const weights = parameters(config) * 4;
  const lora =
    4 * 4 * run.rank * config.layers * LINEAR_LAYERS.reduce((sum, layer) => sum + linearShape(config, layer).reduce((a, b) => a + b), 0);
  const tokens = Math.min(run.batchTokens, MICRO_BATCH_TOKENS);
  const perLayer = 4 * (9 * config.hidden + 5 * config.intermediate);
  const layersKept = run.checkpointing ? 3 : config.layers;
  const logits = 3 * 4 * config.vocab * Math.ceil(tokens / 4);
  return weights + lora + tokens * perLayer * layersKept + logits + 150 * 2 ** 20;
}
