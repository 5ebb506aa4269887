// Models of any shape with random weights, for what depends on the shape alone: how much memory a run takes.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ModelConfig } from '../../src/model/model.ts';
import { writeSafetensors } from '../../src/model/safetensors.ts';
import { modelTensors } from '../../src/model/tensors.ts';
import { seededRandom } from '../../worker/engine/random.ts';
import { temporaryFolder } from './models.ts';

/** A Llama of this shape; `tied`: its head is the embedding. */
export function llamaOf(
  hidden: number,
  layers: number,
  heads: number,
  kvHeads: number,
  intermediate: number,
  vocab: number,
  tied = false,
): ModelConfig {
  const rest = { ropeTheta: 1e4, rmsNormEps: 1e-5, maxPositions: 4096, qkvBias: false, qkNorm: false };
  return { type: 'llama', hidden, layers, heads, kvHeads, headDim: hidden / heads, intermediate, vocab, tied, ...rest };
}

/** The folder of such a model in float32, without a tokenizer; it is gone after the test. */
export async function randomModel(config: ModelConfig): Promise<string> {
  const folder = join(temporaryFolder(), 'random');
  mkdirSync(folder);
  writeFileSync(join(folder, 'config.json'), JSON.stringify(configJson(config)));
  const next = seededRandom(1);
  const tensors = [...modelTensors(config)].map(([name, shape]) => ({
    name,
    shape,
    // Norms are ones, the rest is as small as in a model that transformers begins.
    read: () => Float32Array.from({ length: shape.reduce((a, b) => a * b) }, () => (name.includes('norm') ? 1 : 0.07 * (next() - 0.5))),
  }));
  await writeSafetensors(join(folder, 'model.safetensors'), tensors);
  return folder;
}

const configJson = (config: ModelConfig) => ({
  architectures: ['LlamaForCausalLM'],
  model_type: config.type,
  dtype: 'float32',
  hidden_size: config.hidden,
  num_hidden_layers: config.layers,
  num_attention_heads: config.heads,
  num_key_value_heads: config.kvHeads,
  head_dim: config.headDim,
  intermediate_size: config.intermediate,
  vocab_size: config.vocab,
  max_position_embeddings: config.maxPositions,
  rms_norm_eps: config.rmsNormEps,
  rope_parameters: { rope_type: 'default', rope_theta: config.ropeTheta },
  tie_word_embeddings: config.tied,
  hidden_act: 'silu',
});
