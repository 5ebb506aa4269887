// Causal grouped-query attention over a key/value cache, of ordinary operators: they read the cache where it lies.
// (onnxruntime's GroupQueryAttention clears and copies all of it at every token: with many rows that takes longer than the model itself.)
import type { ModelConfig } from '../../src/model/model.ts';
import type { Graph } from './graph.ts';
import { ropeTables } from './rope.ts';

/** Names of graph values; a row's new tokens attend to its cached ones and to each other. */
export type AttentionInputs = {
  /** int64 [1]: rows of the batch. */
  rows: string;
  /** int64 [rows, new]: the new tokens' places in their rows. */
  positions: string;
  /** float32 [rows, 1, 1, new, capacity + new]: added to the scores, 0 or very negative; see mask.ts. */
  mask: string;
  /** The cache; without one, the new tokens are all there is. */
  past?: {
    /** int64 [2]: capacity and the number of new tokens. */
    widths: string;
    /** A block's keys and values, each [rows, kvHeads, 1, capacity, headDim]. */
    of(block: number): [key: string, value: string];
  };
  /** Takes the new tokens' keys and values, each [rows, kvHeads, new, headDim]. */
  present(block: number, key: string, value: string): void;
};

/** Gives a step that turns q, k, v (one packed value or three) of the new tokens, [tokens, width], into their context, [tokens, heads · headDim]. */
export function groupedQueryAttention(graph: Graph, config: ModelConfig, inputs: AttentionInputs) {
  const { heads, kvHeads, headDim, maxPositions } = config;
  const { mask, past } = inputs;
  const tables = ropeTables(config, maxPositions);
  const cos = graph.f32s('rope_cos', [maxPositions, headDim / 2], tables.cos);
  const sin = graph.f32s('rope_sin', [maxPositions, headDim / 2], tables.sin);
  const shape = (...dims: number[]): string => graph.op('Concat', [inputs.rows, graph.i64(dims)], { axis: 0 });
  const byToken = shape(-1, heads + 2 * kvHeads, headDim);
  const byGroup = shape(kvHeads, heads / kvHeads, -1, headDim);
  const alone = shape(kvHeads, 1, -1, headDim);
  const byHead = shape(heads, -1, headDim);
  const HEADS_FIRST = { perm: [0, 2, 1, 3] };
  const scale = graph.f32(1 / Math.sqrt(headDim));

  const split = (x: string, widths: number[]): string[] => graph.node('Split', [x, graph.i64(widths)], { axis: 1 }, widths.length);
  const norm = (x: string, weight: string): string =>
    graph.op('SimplifiedLayerNormalization', [x, weight], { axis: -1, epsilon: { float: config.rmsNormEps } });
  const scores = (q: string, k: string): string => graph.op('com.microsoft:FusedMatMul', [q, k], { transB: 1 });
  const likely = (x: string): string => graph.op('Softmax', [graph.op('Add', [x, mask])], { axis: -1 });

  /**
   * q is [rows, kvHeads, group, new, headDim], k and v have 1 in the group's place. Every query head is a product of its own: with one new token
   * that is a vector times a matrix, which reads the cache as it lies; a product of a few rows would copy it first.
   */
  function attend(q: string, k: string, v: string, block: number): string {
    if (!past) return graph.op('MatMul', [likely(scores(q, k)), v]);
    const [pastK, pastV] = past.of(block);
    const all = likely(graph.op('Concat', [scores(q, pastK), scores(q, k)], { axis: -1 }));
    const [before, now] = graph.node('Split', [all, past.widths], { axis: -1 }, 2);
    return graph.op('Add', [graph.op('MatMul', [before, pastV]), graph.op('MatMul', [now, v])]);
  }

  return (qkv: string[], block: number, tensor: (name: string) => string): string => {
    const packed = qkv.length > 1 ? graph.op('Concat', qkv, { axis: 1 }) : qkv[0];
    const separate = graph.op('Transpose', [graph.op('Reshape', [packed, byToken])], HEADS_FIRST);
    const [unturned, v] = split(separate, [heads + kvHeads, kvHeads]);
    let qk = unturned;
    if (config.qkNorm) {
      const path = `model.layers.${block}.self_attn`;
      const [q, k] = split(qk, [heads, kvHeads]);
      qk = graph.op('Concat', [norm(q, tensor(`${path}.q_norm.weight`)), norm(k, tensor(`${path}.k_norm.weight`))], { axis: 1 });
    }
    const [q, k] = split(graph.op('com.microsoft:RotaryEmbedding', [qk, inputs.positions, cos, sin]), [heads, kvHeads]);
    inputs.present(block, k, v);
    const queries = graph.op('Reshape', [graph.op('Mul', [q, scale]), byGroup]);
    const context = attend(queries, graph.op('Reshape', [k, alone]), graph.op('Reshape', [v, alone]), block);
    return graph.op('Reshape', [
      graph.op('Transpose', [graph.op('Reshape', [context, byHead])], HEADS_FIRST),
      graph.i64([-1, heads * headDim]),
    ]);
  };
}
