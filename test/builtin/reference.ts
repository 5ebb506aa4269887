// The forward pass once more, in float64 and plain loops, after the papers and transformers' modeling files: shares no code with the graphs.
import type { LoraWeights } from '../../src/model/lora.ts';
import type { ModelConfig, ModelFolder } from '../../src/model/model.ts';
import { readTensor } from '../../src/model/safetensors.ts';
import type { TrainingRow } from '../../src/model/settings.ts';

export type Arrays = Map<string, Float64Array>;

/** Every tensor of a model in float64. */
export const tensorsOf = (model: ModelFolder): Arrays =>
  new Map([...model.tensors.keys()].map(name => [name, Float64Array.from(readTensor(model, name))]));

/** The matrices of an adapter in float64, by name. */
export function matricesOf({ matrices, flat }: LoraWeights): Arrays {
  let at = 0;
  return new Map(
    matrices.map(({ name, shape }) => {
      const start = at;
      at += shape[0] * shape[1];
      return [name, Float64Array.from(flat.subarray(start, at))];
    }),
  );
}

/** Mean over all answer tokens of −log p(token | what stands before it). */
export function meanLoss(config: ModelConfig, weights: Arrays, lora: Arrays, scale: number, rows: TrainingRow[]): number {
  let sum = 0;
  let count = 0;
  for (const { ids, answer } of rows) {
    const logits = forward(config, weights, lora, scale, ids.slice(0, -1));
    for (let i = answer; i < ids.length; i++) {
      sum += negativeLogLikelihood(logits[i - 1], ids[i]);
      count++;
    }
  }
  return sum / count;
}

function negativeLogLikelihood(logits: Float64Array, label: number): number {
  const max = Math.max(...logits);
  return Math.log(logits.reduce((sum, value) => sum + Math.exp(value - max), 0)) + max - logits[label];
}

/** Logits of every position. */
function forward(c: ModelConfig, weights: Arrays, lora: Arrays, scale: number, ids: number[]): Float64Array[] {
  const get = (name: string) => weights.get(name)!;
  const linear = (x: Float64Array[], path: string) =>
    x.map(row => {
      const y = times(get(`${path}.weight`), row);
      const a = lora.get(`${path}.lora_A`);
      if (a) times(lora.get(`${path}.lora_B`)!, times(a, row)).forEach((value, i) => void (y[i] += scale * value));
      weights.get(`${path}.bias`)?.forEach((value, i) => void (y[i] += value));
      return y;
    });
  const norm = (row: Float64Array, weight: Float64Array) => {
    const inverse = 1 / Math.sqrt(row.reduce((sum, value) => sum + value * value, 0) / row.length + c.rmsNormEps);
    return row.map((value, i) => value * inverse * weight[i]);
  };
  const heads = (row: Float64Array, normWeight: Float64Array | undefined, position: number) => {
    const out = new Float64Array(row.length);
    for (let h = 0; h < row.length; h += c.headDim) {
      const head = row.slice(h, h + c.headDim);
      out.set(rotate(c, normWeight ? norm(head, normWeight) : head, position), h);
    }
    return out;
  };
  let x = ids.map(id => get('model.embed_tokens.weight').slice(id * c.hidden, (id + 1) * c.hidden));
  for (let block = 0; block < c.layers; block++) {
    const path = `model.layers.${block}`;
    const qNorm = c.qkNorm ? get(`${path}.self_attn.q_norm.weight`) : undefined;
    const kNorm = c.qkNorm ? get(`${path}.self_attn.k_norm.weight`) : undefined;
    const first = x.map(row => norm(row, get(`${path}.input_layernorm.weight`)));
    const q = linear(first, `${path}.self_attn.q_proj`).map((row, i) => heads(row, qNorm, i));
    const k = linear(first, `${path}.self_attn.k_proj`).map((row, i) => heads(row, kNorm, i));
    const v = linear(first, `${path}.self_attn.v_proj`);
    const mixed = q.map((row, i) => attend(c, row, k.slice(0, i + 1), v.slice(0, i + 1)));
    x = plus(x, linear(mixed, `${path}.self_attn.o_proj`));
    const second = x.map(row => norm(row, get(`${path}.post_attention_layernorm.weight`)));
    const up = linear(second, `${path}.mlp.up_proj`);
    const gated = linear(second, `${path}.mlp.gate_proj`).map((row, i) => row.map((g, d) => (g / (1 + Math.exp(-g))) * up[i][d]));
    x = plus(x, linear(gated, `${path}.mlp.down_proj`));
  }
  const head = get(c.tied ? 'model.embed_tokens.weight' : 'lm_head.weight');
  return x.map(row => times(head, norm(row, get('model.norm.weight'))));
}

/** matrix [out, in] times a vector. */
function times(matrix: Float64Array, x: Float64Array): Float64Array {
  return Float64Array.from({ length: matrix.length / x.length }, (_, o) => {
    let sum = 0;
    for (let i = 0; i < x.length; i++) sum += matrix[o * x.length + i] * x[i];
    return sum;
  });
}

const plus = (x: Float64Array[], y: Float64Array[]) => x.map((row, i) => row.map((value, d) => value + y[i][d]));

/** Rotary embedding, the halves' form: pairs (i, i + headDim/2). */
function rotate({ headDim, ropeTheta }: ModelConfig, head: Float64Array, position: number): Float64Array {
  const half = headDim / 2;
  return head.map((value, i) => {
    const angle = position * ropeTheta ** ((-2 * (i % half)) / headDim);
    return value * Math.cos(angle) + (i < half ? -head[i + half] : head[i - half]) * Math.sin(angle);
  });
}

/** One query position over the keys up to itself, every head. */
function attend(c: ModelConfig, q: Float64Array, k: Float64Array[], v: Float64Array[]): Float64Array {
  const out = new Float64Array(c.heads * c.headDim);
  for (let h = 0; h < c.heads; h++) {
    const shared = Math.floor(h / (c.heads / c.kvHeads)) * c.headDim;
    const own = h * c.headDim;
    const scores = k.map(key => {
      let dot = 0;
      for (let d = 0; d < c.headDim; d++) dot += q[own + d] * key[shared + d];
      return dot / Math.sqrt(c.headDim);
    });
    const max = Math.max(...scores);
    const weights = scores.map(score => Math.exp(score - max));
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    v.forEach((value, j) => {
      for (let d = 0; d < c.headDim; d++) out[own + d] += (weights[j] / total) * value[shared + d];
    });
  }
  return out;
}
