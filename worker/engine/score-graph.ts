// The graph that judges answers: the negative log-likelihood of chosen tokens of whole sequences, in float32.
import type { ModelFolder } from '../../src/model/model.ts';
import { groupedQueryAttention } from './attention.ts';
import { decoder, headTensor } from './decoder.ts';
import { emitter } from './emitter.ts';
import { type Graph, newGraph } from './graph.ts';
import { inFloat32 } from './projections.ts';

/**
 * Inputs: ids int64 [rows, new], padded at the end; rows int64 [1]; positions int64 [rows, new] and mask as in attention.ts;
 * logit_tokens int64 [n]: the tokens whose followers are judged; labels int64 [n, 1]: those followers; the adapters' inputs.
 * Outputs: loss [n, 1]; logits [n, vocab].
 */
export function scoreGraph(model: ModelFolder): Graph {
  const { config } = model;
  const graph = newGraph();
  const ids = graph.input('ids', 'int64', ['rows', 'new']);
  const rows = graph.input('rows', 'int64', [1]);
  const positions = graph.input('positions', 'int64', ['rows', 'new']);
  const mask = graph.input('mask', 'float32', ['rows', 1, 1, 'new', 'new']);
  const logitTokens = graph.input('logit_tokens', 'int64', ['logits']);
  const labels = graph.input('labels', 'int64', ['logits', 1]);
  const attention = groupedQueryAttention(graph, config, { rows, positions, mask, present: () => {} });
  const emit = emitter(graph, model, { ids, project: inFloat32(graph, model), attention, lora: true });
  const hidden = emit.value(decoder(config, emit));
  const chosen = graph.op('Gather', [hidden, logitTokens], { axis: 0 });
  const logits = graph.op('Gemm', [chosen, emit.tensor(headTensor(config))], { transB: 1 });
  // onnxruntime's ReduceLogSumExp would be smaller, but it adds up a whole vocabulary in float32, one by one: off by 1e-4.
  const likely = graph.op('GatherElements', [graph.op('LogSoftmax', [logits], { axis: 1 }), labels], { axis: 1 });
  const loss = graph.op('Neg', [likely]);
  graph.outputAs(loss, 'loss', 'float32', ['logits', 1]);
  graph.outputAs(logits, 'logits', 'float32', ['logits', config.vocab]);
  return graph;
}
