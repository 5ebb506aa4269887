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

/**
 * One line of rows.jsonl: prompt and answer as token ids (end token included); the answer begins at index `answer`.
 * `rejected`: a worse answer to the same prompt. With it the torch trainer learns to prefer (DPO), and every row must have one.
 */
export type TrainingRow = { ids: number[]; answer: number; part: 'train' | 'heldout' | 'replay'; rejected?: number[] };

/** What only the torch trainer can do; it checks the values (worker/torch/run_folder.py). */
export type TorchOptions = {
  /** The base in 4 (QLoRA) or 8 bits. */
  quantize?: '4bit' | '8bit';
  /** Of a base that is not quantized; left out, bf16 on a GPU and f32 on a CPU. */
  dtype?: 'f32' | 'bf16';
  attention?: 'sdpa' | 'eager' | 'flash_attention_2';
  /** Rows of a step one after the other without padding, none seeing another; left out, on a GPU. The curve is the same. */
  packing?: boolean;
  /** A process puts at most so many tokens through the model at once; fewer where the memory does not suffice. The curve is the same. */
  tokens?: number;
  /** DPO: how closely to stay with the base. */
  beta?: number;
};

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
  /** The builtin trainer passes over it. */
  torch?: TorchOptions;
};
