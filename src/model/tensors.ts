// The tensors that an architecture consists of: names and shapes, as transformers calls them.
import { Refusal } from '../problem.ts';
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

/** Throws a Refusal unless `tensors` are what the architecture consists of; `folder` is for the sentence. */
export function checkTensors(config: ModelConfig, tensors: Map<string, { shape: number[] }>, folder: string): void {
  const expected = modelTensors(config);
  for (const [tensor, shape] of expected) {
    const found = tensors.get(tensor)?.shape;
    if (!found) throw new Refusal('model.tensorMissing', { tensor, folder });
    if (found.join() !== shape.join())
      throw new Refusal('model.tensorShape', { tensor, folder, found: found.join('×'), expected: shape.join('×') });
  }
  // A tensor that the graph would not read changes what the model says: better no answer than a wrong one.
  // Old checkpoints carry the rotary frequencies, and tied models sometimes a copy of the embeddings.
  const extra = [...tensors.keys()].find(name => !expected.has(name) && !name.endsWith('rotary_emb.inv_freq') && name !== 'lm_head.weight');
  if (extra) throw new Refusal('model.tensorUnknown', { tensor: extra, folder, type: config.type });
}
