// GGUF tensors as transformers names and orders them.
import { basename } from 'node:path';
import { Refusal } from '../problem.ts';
import { type Gguf, type GgufTensor, readGgufTensor } from './gguf.ts';
import type { HubConfig } from './gguf-config.ts';
import type { TensorSource } from './safetensors.ts';

const NAMES: [RegExp, string][] = [
  [/^token_embd\./, 'model.embed_tokens.'],
  [/^output_norm\./, 'model.norm.'],
  [/^output\./, 'lm_head.'],
  [/^blk\.(\d+)\.attn_norm\./, 'model.layers.$1.input_layernorm.'],
  [/^blk\.(\d+)\.ffn_norm\./, 'model.layers.$1.post_attention_layernorm.'],
  [/^blk\.(\d+)\.attn_output\./, 'model.layers.$1.self_attn.o_proj.'],
  [/^blk\.(\d+)\.attn_([qk])_norm\./, 'model.layers.$1.self_attn.$2_norm.'],
  [/^blk\.(\d+)\.attn_([qkv])\./, 'model.layers.$1.self_attn.$2_proj.'],
  [/^blk\.(\d+)\.ffn_(gate|up|down)\./, 'model.layers.$1.mlp.$2_proj.'],
];

/** Every tensor of the file, to be written one after the other. Throws a Refusal for a tensor that the architecture does not have. */
export function ggufWeights(gguf: Gguf, config: HubConfig): TensorSource[] {
  // llama.cpp stores q and k of Llama models for interleaved rotary pairs; Qwen's as transformers has them.
  const headsOf = (tensor: GgufTensor): number | undefined => {
    if (config.model_type !== 'llama') return undefined;
    if (/\.attn_q\./.test(tensor.name)) return config.num_attention_heads;
    return /\.attn_k\./.test(tensor.name) ? config.num_key_value_heads : undefined;
  };
  return gguf.tensors.map(tensor => ({
    name: hubName(tensor.name, gguf, config.model_type),
    shape: tensor.shape,
    read() {
      const heads = headsOf(tensor);
      const values = readGgufTensor(gguf, tensor);
      return heads ? halvesTogether(values, heads, config.head_dim) : values;
    },
  }));
}

function hubName(name: string, { path }: Gguf, type: string): string {
  const row = NAMES.find(([pattern]) => pattern.test(name));
  if (!row || !/\.(weight|bias)$/.test(name)) throw new Refusal('model.ggufTensorUnknown', { file: basename(path), tensor: name, type });
  return name.replace(...row);
}

/** Rows of every head from the order 0, D/2, 1, D/2+1, … to 0, 1, … D/2, D/2+1, … (`permute` of llama.cpp's convert_hf_to_gguf.py, undone). */
function halvesTogether(weights: Float32Array, heads: number, headDim: number): Float32Array {
  const out = new Float32Array(weights.length);
  const row = weights.length / (heads * headDim);
  for (let head = 0; head < heads; head++)
    for (let i = 0; i < headDim; i++) {
      const from = (head * headDim + i) * row;
      const to = (head * headDim + (i >> 1) + (i & 1) * (headDim / 2)) * row;
      out.set(weights.subarray(from, from + row), to);
    }
  return out;
}
