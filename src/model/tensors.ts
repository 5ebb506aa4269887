// The tensors that an architecture consists of: names and shapes, as transformers calls them.
import { LINEAR_LAYERS, linearShape, modulePath } from './lora.ts';
import type { ModelConfig } from './model.ts';

/** Name → shape of everything that the forward pass reads, and nothing else. */
export function modelTensors(config: ModelConfig): Map<string, number[]> {
  const tensors: [string, number[]][] = [
    ['model.embed_tokens.weight', [config.vocab, config.hidden]],
    ['model.norm.weight', [config.hidden]],
  ];
  if (!config.tied) tensors.push(['lm_head.weight', [config.vocab, config.hidden]]);
  for (let block = 0; block < config.layers; block++) {
    const path = `model.layers.${block}`;
    tensors.push([`${path}.input_layernorm.weight`, [config.hidden]], [`${path}.post_attention_layernorm.weight`, [config.hidden]]);
    for (const layer of LINEAR_LAYERS) tensors.push([`${modulePath(block, layer)}.weight`, linearShape(config, layer)]);
    for (const layer of config.qkvBias ? (['q_proj', 'k_proj', 'v_proj'] as const) : [])
      tensors.push([`${modulePath(block, layer)}.bias`, [linearShape(config, layer)[0]]]);
    for (const norm of config.qkNorm ? ['q_norm', 'k_norm'] : []) tensors.push([`${path}.self_attn.${norm}.weight`, [config.headDim]]);
  }
  return new Map(tensors);
}
