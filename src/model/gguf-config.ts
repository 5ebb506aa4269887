// GGUF metadata → config.json, in the words of transformers 4 and 5 alike.
import { basename } from 'node:path';
import { Refusal } from '../problem.ts';
import { ARCHITECTURES } from './config.ts';
import type { Gguf } from './gguf.ts';
import type { ModelConfig } from './model.ts';

/** What config.json will hold. */
export type HubConfig = ReturnType<typeof ggufConfig>;

/** Throws a Refusal for another architecture, rope scaling, experts, and whatever else would need another forward pass. */
export function ggufConfig({ path, metadata, tensors }: Gguf) {
  const file = basename(path);
  const refuse = (what: string, found: unknown, supported: string): never => {
    throw new Refusal('model.ggufUnsupported', { file, what, found: String(found), supported });
  };
  const type = String(metadata.get('general.architecture'));
  if (!Object.hasOwn(ARCHITECTURES, type)) refuse('general.architecture', type, Object.keys(ARCHITECTURES).join(', '));
  const number = (key: string, fallback?: number): number => {
    const value = metadata.get(`${type}.${key}`) ?? fallback;
    if (typeof value !== 'number' && typeof value !== 'bigint') throw new Refusal('model.ggufKeyMissing', { file, key: `${type}.${key}` });
    return Number(value);
  };
  const tokenId = (key: string) => {
    const id = metadata.get(`tokenizer.ggml.${key}_token_id`);
    return id === undefined ? undefined : Number(id);
  };
  const tensor = (name: string) => tensors.find(t => t.name === name);

  const hidden = number('embedding_length');
  const heads = number('attention.head_count');
  const headDim = number('attention.key_length', hidden / heads);
  const scaling = metadata.get(`${type}.rope.scaling.type`) ?? 'none';
  if (scaling !== 'none') refuse(`${type}.rope.scaling.type`, scaling, 'none');
  if (tensor('rope_freqs.weight')) refuse('rope scaling', 'rope_freqs.weight', 'none'); // Llama 3.1 and later
  if (number('rope.dimension_count', headDim) !== headDim)
    refuse(`${type}.rope.dimension_count`, number('rope.dimension_count'), String(headDim));
  if (number('attention.value_length', headDim) !== headDim)
    refuse(`${type}.attention.value_length`, number('attention.value_length'), String(headDim));
  if (number('expert_count', 0) > 0) refuse(`${type}.expert_count`, number('expert_count'), '0');
  if (number('attention.sliding_window', 0) > 0) refuse(`${type}.attention.sliding_window`, number('attention.sliding_window'), '0');
  const embeddings = tensor('token_embd.weight');
  if (!embeddings) throw new Refusal('model.ggufKeyMissing', { file, key: 'token_embd.weight' });

  const theta = decimal(number('rope.freq_base', 10_000));
  return {
    architectures: [ARCHITECTURES[type as ModelConfig['type']].className],
    model_type: type as ModelConfig['type'],
    hidden_act: 'silu',
    hidden_size: hidden,
    intermediate_size: number('feed_forward_length'),
    num_hidden_layers: number('block_count'),
    num_attention_heads: heads,
    num_key_value_heads: number('attention.head_count_kv', heads),
    head_dim: headDim,
    max_position_embeddings: number('context_length'),
    rms_norm_eps: decimal(number('attention.layer_norm_rms_epsilon')),
    rope_theta: theta, // transformers 4
    rope_parameters: { rope_theta: theta, rope_type: 'default' }, // transformers 5
    attention_bias: false,
    mlp_bias: false,
    tie_word_embeddings: !tensor('output.weight'),
    vocab_size: embeddings.shape[0],
    bos_token_id: tokenId('bos'),
    eos_token_id: tokenId('eos'),
    pad_token_id: tokenId('padding') ?? tokenId('eos'),
    torch_dtype: 'float32',
  };
}

/** GGUF keeps 1e-5 as a float32, which reads 0.000009999999747378752: the shortest decimal that means the same float32. */
function decimal(value: number): number {
  for (let digits = 1; digits < 10; digits++) {
    const shorter = Number(value.toPrecision(digits));
    if (Math.fround(shorter) === Math.fround(value)) return shorter;
  }
  return value;
}
