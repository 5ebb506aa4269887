// The decoder's steps on a tape: what worker/engine/decoder.ts describes, differentiable, with LoRA beside the frozen linear layers.
import type { LoraSpec } from '../../src/model/lora.ts';
import type { ModelConfig } from '../../src/model/model.ts';
import type { Ops } from '../engine/decoder.ts';
import * as ops from './ops.ts';
import type { Tape, Value } from './tape.ts';

/** What the steps need of the graph around them. Symbols: B rows, T tokens a row, BT all tokens, GT T times the query heads a key head has. */
export type TapeContext = {
  tape: Tape;
  config: ModelConfig;
  spec: LoraSpec;
  /** Token ids [B, T]. */
  tokens: Value;
  /** Indices into BT of the positions whose hidden states the loss wants, [N]. */
  labelAt: Value;
  /** Added to attention scores [B, kvHeads, GT, T]: 0, or hugely negative for a token in the future. */
  mask: Value;
  rope: ops.RopeTables;
  /** A frozen tensor by its full name; undefined if the model has none. */
  weight(tensor: string): Value | undefined;
  /** lora_A [rank, in] and lora_B [out, rank] of a module; undefined where it is not adapted. */
  lora(module: string): { a: Value; b: Value } | undefined;
  /** Keep nothing of a block but its input: less memory, a third slower. */
  checkpointing: boolean;
};

/** Several values that count as one: q, k, v or gate, up. Most lists have one member. */
type Values = Value[];

/**
 * The steps of `decoder` on a tape. The result is [N, hidden]: what follows the last block's attention is made for the wanted
 * positions only, since no other position depends on it.
 */
export function tapeOps(context: TapeContext): Ops<Values> {
  const { tape: t, config, weight, labelAt } = context;
  const frozen = (tensor: string): Value => {
    const value = weight(tensor);
    if (!value) throw new Error(`the model has no tensor ${tensor}`);
    return value;
  };
  // Results of the big products stay; all that is cheap to make of them (norms, silu, probabilities, transposes) is made twice.
  const keep = context.checkpointing ? (value: Value) => value : t.keep;
  return {
    embed() {
      const rows = t.emit('Gather', [frozen('model.embed_tokens.weight'), context.tokens], ['B', 'T', config.hidden], { axis: 0 });
      return [ops.reshape(t, rows, ['BT', config.hidden])];
    },
    norm: ([x], tensor) => [ops.rmsNorm(t, x, frozen(tensor), config.rmsNormEps)],
    linear: ([x], modules) => linear(context, x, modules, keep),
    attention([q, k, v], block) {
      const mixed = attention(context, q, k, v, block, keep);
      return [block === config.layers - 1 ? ops.rows(t, mixed, labelAt) : mixed];
    },
    swiglu: ([gate, up]) => [ops.mul(t, ops.silu(t, gate), up)],
    add: ([x], [y]) => [keep(ops.add(t, x.shape[0] === y.shape[0] ? x : ops.rows(t, x, labelAt), y))],
    block: ([x], body) => [t.checkpoint(x, value => body([value])[0])],
  };
}

/** y = x Wᵀ (+ bias) + (alpha/rank) (x Aᵀ) Bᵀ for each module. The A matrices are stacked: one thin product for all of them. */
function linear({ tape: t, spec, weight, lora }: TapeContext, x: Value, modules: string[], keep: (value: Value) => Value): Value[] {
  const adapted = modules.filter(module => lora(module));
  const ranks = adapted.map(() => spec.rank);
  const stacked =
    adapted.length > 0 &&
    ops.concat(
      t,
      adapted.map(module => lora(module)!.a),
      0,
    );
  const narrow = stacked ? ops.split(t, keep(ops.gemm(t, x, stacked, { transB: true })), ranks, 1) : [];
  return modules.map(module => {
    const bias = weight(`${module}.bias`);
    const u = narrow[adapted.indexOf(module)];
    const plus = u ? ops.gemm(t, u, lora(module)!.b, { transB: true, alpha: spec.alpha / spec.rank, plus: bias }) : bias;
    return keep(ops.gemm(t, x, weight(`${module}.weight`)!, { transB: true, plus }));
  });
}

/** Causal grouped-query attention; the query heads that share a key head are laid along the token axis, so that keys are never repeated. */
function attention(context: TapeContext, q: Value, k: Value, v: Value, block: number, keep: (value: Value) => Value): Value {
  const { tape: t, config, rope, mask, weight } = context;
  const { heads, kvHeads, headDim, rmsNormEps } = config;
  const path = `model.layers.${block}.self_attn`;
  const perHead = (x: Value, n: number) => ops.reshape(t, x, ['B', 'T', n, headDim]);
  const headsFirst = (x: Value) => ops.transpose(t, x, [0, 2, 1, 3]);
  const normed = (x: Value, tensor: string) => (config.qkNorm ? ops.rmsNorm(t, x, weight(`${path}.${tensor}.weight`)!, rmsNormEps) : x);

  const query = keep(ops.rope(t, headsFirst(normed(perHead(q, heads), 'q_norm')), rope));
  const key = keep(ops.rope(t, headsFirst(normed(perHead(k, kvHeads), 'k_norm')), rope));
  const value = headsFirst(perHead(v, kvHeads));
  const grouped = ops.reshape(t, query, ['B', kvHeads, 'GT', headDim]);
  const scores = ops.matmul(t, grouped, key, { transB: true, alpha: 1 / Math.sqrt(headDim) });
  const mixed = keep(ops.matmul(t, keep(ops.softmax(t, ops.add(t, scores, mask))), value));
  return ops.reshape(t, headsFirst(ops.reshape(t, mixed, ['B', heads, 'T', headDim])), ['BT', heads * headDim]);
}
