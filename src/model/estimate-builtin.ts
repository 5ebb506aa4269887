// The peak memory of a builtin training run on a CPU, in bytes. Its constants are fitted to measured peaks (test/model/memory.test.ts).
import { adapterValues, type Dose, type Load, parameters } from './estimate.ts';
import type { ModelConfig } from './model.ts';

/** Tokens that the builtin trainer puts through the training graph at once, padding included. More are hardly faster and take more memory. */
export const BUILTIN_TOKENS = 768;

const F32 = 4;
/** Node with onnxruntime and its sessions. */
const PROGRAM = 110e6;
/** Fitted: the mapped file, and as much again (turned matrices that the sessions make at opening, probably). */
const WEIGHTS = 2 * F32;
/** Weights, gradient, moments, the best round, and each as the graph has it in pieces. */
const ADAPTER = 10 * F32;
/** Logits, their softmax and the gradient. */
const LOGITS = 3 * F32;
/** Score matrices of attention (rows × heads × length²): one a layer is kept, and while one layer is worked on so many more are there. */
const SCORES_AT_WORK = 6;
const BLOCKS_AT_WORK = 3;

/** Peak resident bytes, the mapped weights included: what the trainer's `done` tells. */
export function builtinBytes(config: ModelConfig, { rows, length, answers }: Load, dose: Dose): number {
  const { hidden, intermediate, heads, kvHeads, headDim, layers, vocab } = config;
  const tokens = rows * length;
  const block = F32 * tokens * (2.5 * hidden + 1.25 * (heads + kvHeads) * headDim + 2.5 * intermediate + 7 * dose.rank);
  const scores = F32 * rows * heads * length ** 2;
  const activations = dose.checkpointing
    ? F32 * tokens * hidden * layers + BLOCKS_AT_WORK * block + SCORES_AT_WORK * scores
    : layers * block + (layers + SCORES_AT_WORK) * scores;
  return PROGRAM + WEIGHTS * parameters(config) + ADAPTER * adapterValues(config, dose) + LOGITS * vocab * answers + activations;
}
