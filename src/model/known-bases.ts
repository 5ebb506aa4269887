// Bases that are named where a smaller one would fit: instruction-tuned, free to use, of the architectures that the engine reads.
// Shapes from their config.json.
import { parameters } from './estimate.ts';
import type { ModelConfig } from './model.ts';

export type KnownBase = { name: string; config: ModelConfig };

type Shape = [hidden: number, layers: number, heads: number, kvHeads: number, intermediate: number, vocab: number];

const base = (name: string, type: ModelConfig['type'], [hidden, layers, heads, kvHeads, intermediate, vocab]: Shape): KnownBase => ({
  name,
  config: {
    ...{ type, hidden, layers, heads, kvHeads, intermediate, vocab, headDim: hidden / heads, tied: true },
    ...{ ropeTheta: 1e6, rmsNormEps: 1e-6, maxPositions: 8192, qkvBias: type === 'qwen2', qkNorm: type === 'qwen3' },
  },
});

/** The largest first. */
export const KNOWN_BASES: KnownBase[] = [
  base('Qwen/Qwen2.5-3B-Instruct', 'qwen2', [2048, 36, 16, 2, 11008, 151936]),
  base('Qwen/Qwen2.5-1.5B-Instruct', 'qwen2', [1536, 28, 12, 2, 8960, 151936]),
  base('Qwen/Qwen2.5-0.5B-Instruct', 'qwen2', [896, 24, 14, 2, 4864, 151936]),
  base('HuggingFaceTB/SmolLM2-360M-Instruct', 'llama', [960, 32, 15, 5, 2560, 49152]),
  base('HuggingFaceTB/SmolLM2-135M-Instruct', 'llama', [576, 30, 9, 3, 1536, 49152]),
];

/** Those smaller than a base, the largest first. */
export function smallerBases(config: ModelConfig): KnownBase[] {
  const most = parameters(config) * 0.95;
  return KNOWN_BASES.filter(known => parameters(known.config) < most);
}
