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
 * Inputs: ids int64 [rows, new]; rows int64 [1]; positions int64 [rows, new], mask and widths as in attention.ts; logit_tokens int64 [n]: which of
 * the rows · new tokens get logits; past_key.N, past_value.N [rows, kvHeads, 1, capacity, headDim]; the adapters' inputs.
 * Outputs: new_cache [2 · layers · rows, kvHeads, new, headDim], key and value of a block next to each other; logits [n, vocab];
 * best int64 [n], their arg max.
 */
export function decodeGraph(model: ModelFolder, { lora, int8 }: DecodeGraphOptions): Graph {
  const { config } = model;
  const graph = newGraph();
  const ids = graph.input('ids', 'int64', ['rows', 'new']);
  const rows = graph.input('rows', 'int64', [1]);
  const positions = graph.input('positions', 'int64', ['rows', 'new']);
  const mask = graph.input('mask', 'float32', ['rows', 1, 1, 'new', 'width']);
  const widths = graph.input('widths', 'int64', [2]);
  const logitTokens = graph.input('logit_tokens', 'int64', ['logits']);
  const cached = (part: 'key' | 'value', block: number): string =>
    graph.input(cacheInput(part, block), 'float32', ['rows', config.kvHeads, 1, 'capacity', config.headDim]);
  const fresh: string[] = [];
  const attention = groupedQueryAttention(graph, config, {
    rows,
    positions,
    mask,
    past: { widths, of: block => [cached('key', block), cached('value', block)] },
    present: (_, key, value) => void fresh.push(key, value),
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
