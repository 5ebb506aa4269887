// The graph of one training step, or of the loss alone: batch and adapter in, loss (and its gradient) out.
import { countValues, type LoraSpec, loraMatrices } from '../../src/model/lora.ts';
import type { ModelFolder } from '../../src/model/model.ts';
import { decoder, headTensor } from '../engine/decoder.ts';
import { type Graph, newGraph } from '../engine/graph.ts';
import { ropeTables } from '../engine/rope.ts';
import { frozen } from '../engine/weights.ts';
import { crossEntropy } from './ops.ts';
import { newTape, prune, type Tape, type Value } from './tape.ts';
import { tapeOps } from './tape-ops.ts';

export type TrainingGraphOptions = {
  spec: LoraSpec;
  /** Longest row, in tokens: the size of the rotary tables. */
  positions: number;
  /** Without it the graph has the loss only. */
  gradient: boolean;
  checkpointing?: boolean;
};

/**
 * Inputs: `tokens` [B, T], padded on the right; `label_at` [N], indices into B·T of the positions that predict an answer's token;
 * `labels` [N], those tokens; `label_weights` [N]; `adapter` [values], flat as LoraWeights.
 * Outputs: `loss`, the weighted sum of the labels' negative log-likelihoods; `gradient` [values], of the loss by the adapter.
 */
export function trainingGraph(base: ModelFolder, options: TrainingGraphOptions): Graph {
  const { config } = base;
  const { spec } = options;
  const graph = newGraph();
  const tape = newTape(graph);
  const input = (name: string, type: 'int64' | 'float32', shape: Value['shape']): Value => ({
    name: graph.input(name, type, shape),
    shape,
    trainable: false,
  });

  const tokens = input('tokens', 'int64', ['B', 'T']);
  const labelAt = input('label_at', 'int64', ['N']);
  const labels = input('labels', 'int64', ['N']);
  const labelWeights = input('label_weights', 'float32', ['N']);
  const matrices = loraMatrices(config, spec);
  const adapter = unpack(graph, input('adapter', 'float32', [countValues(matrices)]), matrices, options.gradient);

  const weightName = frozen(graph, base);
  const weight = (tensor: string): Value | undefined => {
    const info = base.tensors.get(tensor);
    return info && { name: weightName(tensor), shape: info.shape, trainable: false };
  };
  const mask = defineDims(tape, tokens.name, config.heads / config.kvHeads);
  const rope = ropeConstants(graph, ropeTables(config, options.positions), options.positions);
  const lora = (module: string) => {
    const a = adapter.get(`${module}.lora_A`);
    const b = adapter.get(`${module}.lora_B`);
    return a && b && { a, b };
  };
  const steps = tapeOps({ tape, config, spec, tokens, labelAt, mask, rope, weight, lora, checkpointing: options.checkpointing ?? false });

  const [hidden] = decoder(config, steps);
  const loss = crossEntropy(tape, hidden, weight(headTensor(config))!, labels, labelWeights);
  graph.outputAs(loss.name, 'loss', 'float32', []);
  if (options.gradient) {
    const gradients = tape.gradients(loss, [...adapter.values()]);
    // Made from the last block to the first: onnxruntime then computes them in this order, and each block's activations go as soon as they can.
    const flat = gradients.toReversed().map(gradient => graph.op('Reshape', [gradient.name, graph.i64([-1])]));
    graph.outputAs(graph.op('Concat', flat.toReversed(), { axis: 0 }), 'gradient', 'float32', [countValues(matrices)]);
  }
  prune(graph);
  return graph;
}

/** The matrices inside the flat adapter, by name. */
function unpack(graph: Graph, flat: Value, matrices: ReturnType<typeof loraMatrices>, trainable: boolean): Map<string, Value> {
  const lengths = matrices.map(({ shape }) => shape[0] * shape[1]);
  const pieces = graph.node('Split', [flat.name, graph.i64(lengths)], { axis: 0 }, lengths.length);
  return new Map(
    matrices.map(({ name, shape }, i) => [name, { name: graph.op('Reshape', [pieces[i], graph.i64(shape)]), shape, trainable }]),
  );
}

/** Tells the tape B, T and GT, and makes the causal mask [GT, T]. Right padding needs no mask: no token looks to its right. */
function defineDims(tape: Tape, tokens: string, group: number): Value {
  const { graph } = tape;
  const b = graph.op('Shape', [tokens], { start: 0, end: 1 });
  const t = graph.op('Shape', [tokens], { start: 1, end: 2 });
  tape.defineDim('B', b);
  tape.defineDim('T', t);
  tape.defineDim('GT', graph.op('Mul', [t, graph.i64([group])]));

  const HIDDEN = -1e9;
  const positions = graph.op('Range', [graph.i64(0), graph.op('Squeeze', [t]), graph.i64(1)]);
  const past = graph.op('GreaterOrEqual', [graph.op('Unsqueeze', [positions, graph.i64([1])]), positions]);
  const square = graph.op('Where', [past, graph.f32(0), graph.f32(HIDDEN)]);
  const name = graph.op('Tile', [square, graph.i64([group, 1])]);
  return { name, shape: ['GT', 'T'], trainable: false };
}

function ropeConstants(graph: Graph, { cos, sin }: ReturnType<typeof ropeTables>, positions: number) {
  const shape = [positions, cos.length / positions];
  const table = (name: string, data: Float32Array): Value => ({ name: graph.f32s(name, shape, data), shape, trainable: false });
  return {
    cos: table('rope_cos', cos),
    sin: table('rope_sin', sin),
    negativeSin: table(
      'rope_negative_sin',
      sin.map(x => -x),
    ),
  };
}
