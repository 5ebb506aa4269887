// The graph that writes answers: any number of rows and new tokens over a key/value cache, logits of chosen tokens.
// The cache is an input only: onnxruntime-node copies every output, so just the new tokens' keys and values leave.
import type { ModelFolder } from '../../src/model/model.ts';
import { groupedQueryAttention } from './attention.ts';
import { decoder, headTensor } from './decoder.ts';
import { emitter } from './emitter.ts';
import { type Graph, newGraph } from './graph.ts';
import type { Int8Layout } from './int8.ts';
import { inFloat32, inInt8, multiplyInt8 } from './projections.ts';

export type DecodeGraphOptions = {
  /** Whether adapters can speak; without, a step of the base is some 15 % faster. */
  lora: boolean;
  /** The quantised file; without it weights are float32. */
  int8?: { file: string; layout: Int8Layout };
};

export const cacheInput = (part: 'key' | 'value', block: number): string => `past_${part}.${block}`;

/**
 * Inputs: ids int64 [rows, new]; rows int64 [1]; last_index int32 [rows] and total int32 []: tokens so far with the new ones, less one, and plain;
 * from, to int64 [1]: where the new tokens lie in the cache; positions int64 [rows, new], only where attention asks for it; logit_tokens int64 [n]:
 * which of the rows · new tokens get logits; past_key.N, past_value.N [rows, kvHeads, capacity, headDim]; the adapters' inputs.
 * Outputs: new_cache [2 · layers · rows, kvHeads, new, headDim], key and value of a block next to each other; logits [n, vocab];
 * best int64 [n], their arg max.
 */
export function decodeGraph(model: ModelFolder, { lora, int8 }: DecodeGraphOptions): Graph {
  const { config } = model;
  const graph = newGraph();
  const ids = graph.input('ids', 'int64', ['rows', 'new']);
  const rows = graph.input('rows', 'int64', [1]);
  const lastIndex = graph.input('last_index', 'int32', ['rows']);
  const total = graph.input('total', 'int32', []);
  const from = graph.input('from', 'int64', [1]);
  const to = graph.input('to', 'int64', [1]);
  const logitTokens = graph.input('logit_tokens', 'int64', ['logits']);
  const positions = () =>
    graph.inputs.some(port => port.name === 'positions') ? 'positions' : graph.input('positions', 'int64', ['rows', 'new']);
  const fresh: string[] = [];
  const TOKEN_AXIS = 2;
  const attention = groupedQueryAttention(graph, config, config.maxPositions, {
    rows,
    lastIndex,
    total,
    positions,
    past: block => {
      const dims = ['rows', config.kvHeads, 'capacity', config.headDim];
      return [graph.input(cacheInput('key', block), 'float32', dims), graph.input(cacheInput('value', block), 'float32', dims)];
    },
    present: (_, ...cache) => {
      for (const part of cache) fresh.push(graph.op('Slice', [part, from, to, graph.i64([TOKEN_AXIS])]));
    },
  });
  const project = int8 ? inInt8(graph, model, int8.file, int8.layout.matrices) : inFloat32(graph, model);
  const emit = emitter(graph, model, { ids, project, attention, lora });
  const hidden = emit.value(decoder(config, emit));
  graph.outputAs(graph.op('Concat', fresh, { axis: 0 }), 'new_cache', 'float32', ['parts', config.kvHeads, 'new', config.headDim]);

  const chosen = graph.op('Gather', [hidden, logitTokens], { axis: 0 });
  const logits = int8
    ? multiplyInt8(graph, chosen, int8.file, int8.layout.matrices.get(headTensor(config))!)
    : graph.op('Gemm', [chosen, emit.tensor(headTensor(config))], { transB: 1 });
  graph.outputAs(logits, 'logits', 'float32', ['logits', config.vocab]);
  graph.outputAs(graph.op('ArgMax', [logits], { axis: 1, keepdims: 0 }), 'best', 'int64', ['logits']);
  return graph;
}
