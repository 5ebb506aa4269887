// The peak memory of a torch training run in bytes, term by term, by counting what autograd keeps and what a layer and the head work with.
// On a GPU checked against published figures (test/model/memory.test.ts), on a CPU in f32 against live runs (test/torch/memory.test.ts).
import { adapterValues, type Dose, type Load, parameters } from './estimate.ts';
import { LINEAR_LAYERS, linearShape } from './lora.ts';
import type { ModelConfig } from './model.ts';

export type TorchMemory = {
  device: 'cpu' | 'cuda';
  quantize?: '4bit' | '8bit';
  /** Ours on a GPU; another's only to compare with what is published. */
  adapter?: keyof typeof ADAPTERS;
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
/**
 * An adapter beside a base in bf16: bytes a value, and what a block keeps of a token's inputs, in units of hidden and of query width.
 * Ours stays in f32 and sees the inputs as they are (worker/torch/lora.py); PEFT's own way copies them into f32; TRL has QLoRA in bf16.
 */
const ADAPTERS = {
  ours: { value: 18, hidden: 12, query: 4 },
  peft: { value: 16, hidden: 18, query: 6 },
  qlora: { value: 8, hidden: 12, query: 4 },
} as const;
/** On a CPU: weights, gradient, two moments, the start, the best round and what a checkpoint copies. */
const ADAPTER_COPIES = 8;
/** On a CPU: matrices of intermediate width, as many tokens high, that a layer works with. */
const WIDE_COPIES = 6;
/** TRL's fused head on a CPU scores every token, so many and so many of the vocabulary at once (trl/kernels/chunked_logprob.py)… */
const TILE = { tokens: 4096, vocab: 32768 };
/** … and makes the gradient of such a tile with so many copies of it. */
const TILE_COPIES = 8.25;
/** On a GPU it scores the answers' tokens alone, in a tile of bf16: 0.25 GiB at most, and a guess for the rest. */
const TILES = 0.3 * GIB;

export const torchBytes = (config: ModelConfig, load: Load, dose: Dose, how: TorchMemory): number =>
  Object.values(torchTerms(config, load, dose, how)).reduce((sum, term) => sum + term);

/** `weights`, `adapter` (with gradient and two moments), `activations` (kept for the backward pass), `workspace` (while a layer is worked on). */
export function torchTerms(config: ModelConfig, load: Load, dose: Dose, how: TorchMemory): TorchTerms {
  return how.device === 'cuda' ? onGpu(config, load, dose, how) : onCpu(config, load, dose, how);
}

function onGpu(config: ModelConfig, load: Load, dose: Dose, how: TorchMemory): TorchTerms {
  const { hidden: h, intermediate: f, layers, vocab } = config;
  const { quantize, adapter = 'ours', plainLogits = false } = how;
  const { q, kv, tokens } = sizes(config, load);
  const { value, hidden, query } = ADAPTERS[adapter];
  const block = hidden * h + query * q + 4 * kv + 8 * f + 14 * dose.rank;
  return {
    weights: weightBytes(config, quantize, BASE_BYTES.bf16),
    adapter: adapterValues(config, dose) * value,
    // Recomputing, the inputs of every block, and one block in full.
    activations: tokens * (dose.checkpointing ? layers * 2 * h + block : layers * block),
    workspace: tokens * 6 * f + (quantize ? BASE_BYTES.bf16 * largestMatrix(config) : 0),
    logits: plainLogits ? tokens * vocab * 10 : TILES,
    overhead: CUDA_PROGRAM,
  };
}

function onCpu(config: ModelConfig, load: Load, dose: Dose, { quantize }: TorchMemory): TorchTerms {
  const { hidden: h, intermediate: f, layers, vocab } = config;
  const { q, kv, tokens } = sizes(config, load);
  const block = 4 * (4 * h + 2 * q + 2 * kv + 4 * f + 7 * dose.rank);
  const head = 4 * Math.min(tokens, TILE.tokens) * Math.min(vocab, TILE.vocab) * TILE_COPIES;
  const layer = tokens * 4 * WIDE_COPIES * f + (dose.checkpointing ? block * tokens : 0);
  return {
    // Few bits come on top: the file that they are made from stays mapped.
    weights: weightBytes(config, undefined, BASE_BYTES.f32) + (quantize ? weightBytes(config, quantize, 0) : 0),
    adapter: adapterValues(config, dose) * 4 * ADAPTER_COPIES,
    activations: tokens * layers * (dose.checkpointing ? 4 * h : block),
    // Layers are worked on when the head is done.
    workspace: Math.max(0, layer - head) + (quantize ? BASE_BYTES.f32 * largestMatrix(config) : 0),
    logits: head,
    overhead: CPU_PROGRAM,
  };
}

function sizes({ heads, kvHeads, headDim }: ModelConfig, { rows, length }: Load) {
  return { q: heads * headDim, kv: kvHeads * headDim, tokens: rows * length };
}

/** Only the blocks' linear layers are quantised; embeddings, head and norms stay as they are. */
function weightBytes(config: ModelConfig, quantize: TorchMemory['quantize'], plain: number): number {
  const all = parameters(config);
  const linear = LINEAR_LAYERS.reduce((sum, layer) => sum + config.layers * linearShape(config, layer).reduce((a, b) => a * b), 0);
  return quantize ? linear * BASE_BYTES[quantize] + (all - linear) * plain : all * plain;
}

const largestMatrix = (config: ModelConfig): number =>
  Math.max(...LINEAR_LAYERS.map(layer => linearShape(config, layer).reduce((a, b) => a * b)));
