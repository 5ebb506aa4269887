// Causal grouped-query attention by com.microsoft:GroupQueryAttention, which also keeps the key/value cache and rotates q and k.
import type { ModelConfig } from '../../src/model/model.ts';
import type { Graph } from './graph.ts';
import { ropeTables } from './rope.ts';

/** Names of graph values. */
export type AttentionInputs = {
  /** int64 [1]: rows of the batch. */
  rows: string;
  /** int32 [rows]: a row's tokens so far, the new ones included, less one. */
  lastIndex: string;
  /** int32 scalar: the longest row's tokens so far, the new ones included. */
  total: string;
  /** int64 [rows, new tokens]: only looked at where onnxruntime cannot rotate inside the attention (head size no multiple of 16). */
  positions: () => string;
  /** The cache of a block, each [rows, kvHeads, capacity, headDim]; '' for none. */
  past(block: number): [key: string, value: string];
  /** Takes what the operator makes of the cache: capacity or the longest row, whichever is more. */
  present(block: number, key: string, value: string): void;
};

/**
 * Gives a step that turns q, k, v (one packed value or three) of the new tokens, [tokens, width], into their context, [tokens, heads · headDim].
 * `positions` is the length of the rotary tables.
 */
export function groupedQueryAttention(graph: Graph, config: ModelConfig, positions: number, inputs: AttentionInputs) {
  const { heads, kvHeads, headDim } = config;
  const width = { q: heads * headDim, kv: kvHeads * headDim };
  const tables = ropeTables(config, positions);
  const cos = graph.f32s('rope_cos', [positions, headDim / 2], tables.cos);
  const sin = graph.f32s('rope_sin', [positions, headDim / 2], tables.sin);
  const rotatesInside = headDim % 16 === 0;
  const shapes = new Map<number, string>();

  /** [tokens, width] → [rows, new tokens, width] */
  const byRow = (x: string, columns: number): string => {
    if (!shapes.has(columns)) shapes.set(columns, graph.op('Concat', [inputs.rows, graph.i64([-1, columns])], { axis: 0 }));
    return graph.op('Reshape', [x, shapes.get(columns)!]);
  };
  const apart = (qkv: string[]): string[] =>
    qkv.length === 3 ? qkv : graph.node('Split', [qkv[0], graph.i64([width.q, width.kv, width.kv])], { axis: 1 }, 3);
  /** RMSNorm over each head. */
  const headNorm = (x: string, columns: number, weight: string): string => {
    const byHead = graph.op('Reshape', [x, graph.i64([-1, headDim])]);
    const normed = graph.op('SimplifiedLayerNormalization', [byHead, weight], { axis: -1, epsilon: { float: config.rmsNormEps } });
    return graph.op('Reshape', [normed, graph.i64([-1, columns])]);
  };
  const rotate = (x: string, count: number): string =>
    rotatesInside
      ? x
      : graph.op('com.microsoft:RotaryEmbedding', [x, inputs.positions(), cos, sin], { num_heads: count, rotary_embedding_dim: 0 });

  return (qkv: string[], block: number, tensor: (name: string) => string): string => {
    let operands = qkv;
    if (config.qkNorm || !rotatesInside) operands = apart(qkv);
    if (config.qkNorm) {
      const path = `model.layers.${block}.self_attn`;
      operands = [
        headNorm(operands[0], width.q, tensor(`${path}.q_norm.weight`)),
        headNorm(operands[1], width.kv, tensor(`${path}.k_norm.weight`)),
        operands[2],
      ];
    }
    const [q, k, v] =
      operands.length === 1
        ? [byRow(operands[0], width.q + 2 * width.kv), '', '']
        : [rotate(byRow(operands[0], width.q), heads), rotate(byRow(operands[1], width.kv), kvHeads), byRow(operands[2], width.kv)];
    const tablesOrNot = rotatesInside ? [cos, sin] : [];
    const [context, key, value] = graph.node(
      'com.microsoft:GroupQueryAttention',
      [q, k, v, ...inputs.past(block), inputs.lastIndex, inputs.total, ...tablesOrNot],
      { num_heads: heads, kv_num_heads: kvHeads, do_rotary: rotatesInside ? 1 : 0, scale: { float: 1 / Math.sqrt(headDim) } },
      3,
    );
    inputs.present(block, key, value);
    return graph.op('Reshape', [context, graph.i64([-1, width.q])]);
  };
}
