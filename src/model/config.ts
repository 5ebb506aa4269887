// config.json of a Hugging Face folder → ModelConfig. What our graphs do not compute is refused, never guessed.
import { z } from 'zod';
import { Refusal } from '../problem.ts';
import type { ModelConfig } from './model.ts';

/** What sets the architectures apart; the rest of the forward pass is the same. A new one is a row here. */
export const ARCHITECTURES: Record<ModelConfig['type'], { className: string; qkvBias: boolean; qkNorm: boolean }> = {
  llama: { className: 'LlamaForCausalLM', qkvBias: false, qkNorm: false },
  qwen2: { className: 'Qwen2ForCausalLM', qkvBias: true, qkNorm: false },
  qwen3: { className: 'Qwen3ForCausalLM', qkvBias: false, qkNorm: true },
};

const size = z.int().positive();
const Rope = z.looseObject({ rope_theta: z.number().positive().optional(), rope_type: z.string().optional(), type: z.string().optional() });
const Config = z.looseObject({
  hidden_size: size,
  num_hidden_layers: size,
  num_attention_heads: size,
  num_key_value_heads: size.nullish(),
  head_dim: size.nullish(),
  intermediate_size: size,
  vocab_size: size,
  max_position_embeddings: size,
  rms_norm_eps: z.number().positive(),
  hidden_act: z.string().default('silu'),
  tie_word_embeddings: z.boolean().default(false),
  rope_theta: z.number().positive().nullish(),
  rope_scaling: Rope.nullish(),
  rope_parameters: Rope.nullish(),
  attention_bias: z.boolean().nullish(),
  mlp_bias: z.boolean().nullish(),
  use_sliding_window: z.boolean().nullish(),
  quantization_config: z.unknown().optional(),
});

/**
 * `json` is what stands in config.json, written by transformers 4 or 5; `folder` is for the sentence.
 * Throws a Refusal that names what was found and what is supported.
 */
export function readConfig(json: unknown, folder: string): ModelConfig {
  const refuse = (what: string, found: unknown, supported: string): never => {
    throw new Refusal('model.unsupported', { folder, what, found: String(found), supported });
  };
  const kind = z.looseObject({ model_type: z.string() }).safeParse(json);
  const type = kind.success ? kind.data.model_type : 'none';
  if (!Object.hasOwn(ARCHITECTURES, type)) return refuse('model_type', type, Object.keys(ARCHITECTURES).join(', '));

  const parsed = Config.safeParse(json);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new Refusal('model.configWrong', { folder, key: issue.path.join('.'), why: issue.message }, { cause: parsed.error });
  }
  const c = parsed.data;
  // transformers 4 has rope_theta and rope_scaling, 5 has both in rope_parameters
  for (const { rope_type, type: kind } of [c.rope_scaling ?? {}, c.rope_parameters ?? {}])
    if ((rope_type ?? kind ?? 'default') !== 'default') refuse('rope_type', rope_type ?? kind, 'default');
  if (c.hidden_act !== 'silu') refuse('hidden_act', c.hidden_act, 'silu');
  if (c.mlp_bias) refuse('mlp_bias', true, 'false');
  if (c.attention_bias && type !== 'qwen2') refuse('attention_bias', true, 'false');
  if (c.use_sliding_window) refuse('use_sliding_window', true, 'false');
  if (c.quantization_config)
    refuse('quantization_config', JSON.stringify(c.quantization_config).slice(0, 80), 'float32, float16, bfloat16');
  const heads = c.num_attention_heads;
  const kvHeads = c.num_key_value_heads ?? heads;
  const headDim = c.head_dim ?? c.hidden_size / heads;
  if (heads % kvHeads !== 0) refuse('num_key_value_heads', kvHeads, `1 … ${heads}, a divisor of num_attention_heads`);
  if (!Number.isInteger(headDim / 2)) refuse('head_dim', headDim, 'even numbers');

  const { qkvBias, qkNorm } = ARCHITECTURES[type as ModelConfig['type']];
  return {
    type: type as ModelConfig['type'],
    hidden: c.hidden_size,
    layers: c.num_hidden_layers,
    heads,
    kvHeads,
    headDim,
    intermediate: c.intermediate_size,
    vocab: c.vocab_size,
    ropeTheta: c.rope_parameters?.rope_theta ?? c.rope_theta ?? 10_000, // transformers' default
    rmsNormEps: c.rms_norm_eps,
    maxPositions: c.max_position_embeddings,
    tied: c.tie_word_embeddings,
    qkvBias,
    qkNorm,
  };
}
