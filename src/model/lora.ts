// The shape of a LoRA adapter: which matrices there are, how they are named and in which order they lie in one flat array.
import type { ModelConfig } from './model.ts';

/** The linear layers of a decoder block that can be adapted, in the canonical order. */
export const LINEAR_LAYERS = ['q_proj', 'k_proj', 'v_proj', 'o_proj', 'gate_proj', 'up_proj', 'down_proj'] as const;
export type LinearLayer = (typeof LINEAR_LAYERS)[number];

/** PEFT's r, lora_alpha and target_modules. */
export type LoraSpec = { rank: number; alpha: number; targets: LinearLayer[] };

/** One matrix: lora_A is [rank, in], lora_B is [out, rank]; `name` is without PEFT's prefix and suffix. */
export type LoraMatrix = { name: string; shape: [number, number] };

/** An adapter in memory: `flat` holds the matrices one after the other in the order of `matrices`. */
export type LoraWeights = { spec: LoraSpec; matrices: LoraMatrix[]; flat: Float32Array };

/** [out, in] of a linear layer of this model. */
export function linearShape(config: ModelConfig, layer: LinearLayer): [number, number] {
  const q = config.heads * config.headDim;
  const kv = config.kvHeads * config.headDim;
  const shapes: Record<LinearLayer, [number, number]> = {
    q_proj: [q, config.hidden],
    k_proj: [kv, config.hidden],
    v_proj: [kv, config.hidden],
    o_proj: [config.hidden, q],
    gate_proj: [config.intermediate, config.hidden],
    up_proj: [config.intermediate, config.hidden],
    down_proj: [config.hidden, config.intermediate],
  };
  return shapes[layer];
}

/** The full module path of a linear layer, e.g. `model.layers.0.self_attn.q_proj`. */
export const modulePath = (block: number, layer: LinearLayer): string =>
  `model.layers.${block}.${'qkvo'.includes(layer[0]) && layer.length === 6 ? 'self_attn' : 'mlp'}.${layer}`;

/** Every matrix of an adapter, block by block, layer by layer, A before B. */
export function loraMatrices(config: ModelConfig, spec: LoraSpec): LoraMatrix[] {
  const targets = LINEAR_LAYERS.filter(layer => spec.targets.includes(layer));
  return Array.from({ length: config.layers }, (_, block) =>
    targets.flatMap((layer): LoraMatrix[] => {
      const [out, input] = linearShape(config, layer);
      const path = modulePath(block, layer);
      return [
        { name: `${path}.lora_A`, shape: [spec.rank, input] },
        { name: `${path}.lora_B`, shape: [out, spec.rank] },
      ];
    }),
  ).flat();
}

/** Values in a list of matrices. */
export const countValues = (matrices: LoraMatrix[]): number => matrices.reduce((sum, { shape }) => sum + shape[0] * shape[1], 0);
