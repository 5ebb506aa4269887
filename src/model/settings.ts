// Every dial of a fine-tuning run. recipe.ts picks the values; a trainer obeys them.
import type { LinearLayer } from './lora.ts';

export type Settings = {
  /** Rounds over the training rows. */
  epochs: number;
  /** Rows an optimizer step; a trainer may split them (gradient accumulation) without changing the result. */
  batch: number;
  /** Peak rate, after the warm-up. */
  learningRate: number;
  /** Share of all steps in which the rate rises from 0. */
  warmup: number;
  /** The rate at the end of the cosine, as a share of the peak. */
  finalRate: number;
  weightDecay: number;
  /** Largest L2 norm of the gradient. */
  clip: number;
  rank: number;
  alpha: number;
  targets: LinearLayer[];
  seed: number;
  /** Recompute activations in the backward pass: less memory, about a third slower. */
  checkpointing: boolean;
};

/** One line of rows.jsonl: prompt and answer as token ids (end token included); the answer begins at index `answer`. */
export type TrainingRow = { ids: number[]; answer: number; part: 'train' | 'heldout' | 'replay' };

/** RUN_DIR/run.json. Folders are absolute. `checkpointEvery` is in steps. */
export type RunFile = {
  settings: Settings;
  base: string;
  fingerprint: string;
  /** Where checkpoints and the adapter go. */
  out: string;
  /** A checkpoint folder to go on from. */
  resume?: string;
  checkpointEvery: number;
  threads: number;
  /** How long a waiting thread may spin; only on a machine that is ours alone (MACHINE_IS_OURS). */
  spinMicroseconds?: number;
};
