// The peak memory of a torch training run in bytes, term by term. On a GPU by the saved tensors of autograd, checked against published figures;
// on a CPU in f32 by the same count, fitted to five measured peaks (test/model/memory.test.ts).
import { adapterValues, type Dose, type Load, parameters } from './estimate.ts';
import { LINEAR_LAYERS, linearShape } from './lora.ts';
import type { ModelConfig } from './model.ts';

export type TorchMemory = {
  device: 'cpu' | 'cuda';
  quantize?: '4bit' | '8bit';
  /** Ours is f32 always; in bf16, as TRL has it for QLoRA, only to compare with what others publish. */
  adapter?: 'f32' | 'bf16';
  /** The whole logits instead of TRL's fused head; only to compare. */
  plainLogits?: boolean;
};

export type TorchTerms = { weights: number; adapter: number; activations: number; workspace: number; logits: number; overhead: number };

/** Tokens that a process puts through the model at once (worker/torch/learner.py). */
export const TORCH_TOKENS = { cpu: 768, cuda: 8192 } as const;

const GIB = 2 ** 30;
/** Bytes a weight. 4 bits: NormalFloat with double-quantised scales, 4.127 bits (Dettmers et al., 2023, section 3). */
const BASE_BYTES = { '4bit': 4.127 / 8, '8bit': 1, bf16: 2, f32: 4 } as const;
/** Python with torch, transformers, PEFT and TRL. */
const CPU_PROGRAM = 0.53e9;
/** CUDA's context of about half a gigabyte, and what the allocator rounds up. */
const CUDA_PROGRAM = 0.8 * GIB;
/** On a CPU: weights, gradient, two moments, the start, the best round and what a checkpoint copies. */
const ADAPTER_COPIES = 8;
/** Fitted: matrices of intermediate width, as many tokens high, that come and go; malloc gives little of them back. */
const WIDE_COPIES = 60;
/** Fitted: logits of the answers, their softmax and gradients, and what malloc keeps of them. */
const LOGITS_COPIES = 16;
/** Fitted: the mapped file once, and as much again that was not traced. */
const WEIGHT_COPIES = 2;
/** TRL's fused head scores the answers' tokens in tiles; a guess. */
const TILES = 0.3 * GIB;

export const torchBytes = (config: ModelConfig, load: Load, dose: Dose, how: TorchMemory): number =>
  Object.values(torchTerms(config, load, dose, how)).reduce((sum, term) => sum + term);

/** `weights`, `adapter` (with gradient and two moments), `activations` (kept for the backward pass), `workspace` (while a layer is worked on). */
export function torchTerms(config: ModelConfig, load: Load, dose: Dose, how: TorchMemory): TorchTerms {
  return how.device === 'cuda' ? onGpu(config, load, dose, how) : onCpu(config, load, dose, how);
}

function onGpu(config: ModelConfig, load: Load, dose: Dose, how: TorchMemory): TorchTerms {
  const { hidden: h, intermediate: f, layers, vocab } = config;
  const { quantize, adapter = 'f32', plainLogits = false } = how;
  const { q, kv, tokens } = sizes(config, load);
  // An f32 adapter sees an f32 copy of its input, kept in bf16 too.
  const block = (adapter === 'f32' ? 18 * h + 6 * q : 12 * h + 4 * q) + 4 * kv + 8 * f + 14 * dose.rank;
  return {
    weights: weightBytes(config, quantize, BASE_BYTES.bf16),
    adapter: adapterValues(config, dose) * (adapter === 'f32' ? 16 : 8),
    activations: kept(tokens, layers, 2 * h, block, dose),
    workspace: tokens * 6 * f + (quantize ? BASE_BYTES.bf16 * largestMatrix(config) : 0),
    logits: plainLogits ? tokens * vocab * 10 : TILES,
    overhead: CUDA_PROGRAM,
  };
}

function onCpu(config: ModelConfig, load: Load, dose: Dose, { quantize }: TorchMemory): TorchTerms {
  const { hidden: h, intermediate: f, layers, vocab } = config;
  const { q, kv, tokens } = sizes(config, load);
  const block = 4 * (4 * h + 2 * q + 2 * kv + 4 * f + 7 * dose.rank);
  return {
    weights: WEIGHT_COPIES * weightBytes(config, quantize, BASE_BYTES.f32),
    adapter: adapterValues(config, dose) * 4 * ADAPTER_COPIES,
    activations: kept(tokens, layers, 4 * h, block, dose),
    workspace: tokens * 4 * WIDE_COPIES * f + (quantize ? BASE_BYTES.f32 * largestMatrix(config) : 0),
    logits: load.answers * vocab * 4 * LOGITS_COPIES,
    overhead: CPU_PROGRAM,
  };
}

function sizes({ heads, kvHeads, headDim }: ModelConfig, { rows, length }: Load) {
  return { q: heads * headDim, kv: kvHeads * headDim, tokens: rows * length };
}

/** With checkpointing the inputs of every block, and one block in full. */
const kept = (tokens: number, layers: number, input: number, block: number, { checkpointing }: Dose) =>
  tokens * (checkpointing ? layers * input + block : layers * block);

/** Only the blocks' linear layers are quantised; embeddings, head and norms stay as they are. */
function weightBytes(config: ModelConfig, quantize: TorchMemory['quantize'], plain: number): number {
  const all = parameters(config);
  const linear = LINEAR_LAYERS.reduce((sum, layer) => sum + config.layers * linearShape(config, layer).reduce((a, b) => a * b), 0);
  return quantize ? linear * BASE_BYTES[quantize] + (all - linear) * plain : all * plain;
}

const largestMatrix = (config: ModelConfig): number =>
  Math.max(...LINEAR_LAYERS.map(layer => linearShape(config, layer).reduce((a, b) => a * b)));
