// Emits the decoder as a serving graph: projections grouped, sums fused into the norm that follows, adapters as inputs.
import { linearShape } from '../../src/model/lora.ts';
import type { ModelFolder } from '../../src/model/model.ts';
import type { Ops } from './decoder.ts';
import type { Graph } from './graph.ts';
import { type Group, groupOf } from './groups.ts';
import { embedding, frozen } from './weights.ts';

/**
 * [tokens, width]: the values `names` side by side, or the `sum` of two that nothing needed yet. Both forms are turned into one value
 * only where a step asks for it.
 */
export type Activation = { names: string[]; sum?: [string, string] };

/** How the weights are stored decides how a group of layers is multiplied: the outputs of `modules`, biases included. */
export type Project = (x: string, modules: string[], tensor: (name: string) => string) => string[];

export type Emitter = Ops<Activation> & {
  /** The one value of an activation. */
  value(x: Activation): string;
  /** The float32 value of a weight. */
  tensor(name: string): string;
};

/** What the steps need besides the weights; every name is a value of the graph. */
export type EmitterOptions = {
  /** Token ids, [rows, new tokens]. */
  ids: string;
  project: Project;
  attention(qkv: string[], block: number, tensor: (name: string) => string): string;
  /** Adapters as inputs: see `lora-stack.ts`. */
  lora: boolean;
};

export function emitter(graph: Graph, model: ModelFolder, options: EmitterOptions): Emitter {
  const { config } = model;
  const tensor = frozen(graph, model);
  const epsilon = { epsilon: { float: config.rmsNormEps } };

  const value = (x: Activation): string => {
    if (x.sum && x.names.length === 0) x.names = [graph.op('Add', x.sum)];
    if (x.names.length > 1) x.names = [graph.op('Concat', x.names, { axis: 1 })];
    return x.names[0];
  };

  return {
    value,
    tensor,
    embed: () => ({ names: [graph.op('Reshape', [embedding(graph, model, options.ids), graph.i64([-1, config.hidden])])] }),
    norm(x, weight) {
      if (!x.sum || x.names.length > 0)
        return { names: [graph.op('SimplifiedLayerNormalization', [value(x), tensor(weight)], { axis: -1, ...epsilon })] };
      const wanted = [true, false, false, true];
      const [normed, , , sum] = graph.node('com.microsoft:SkipSimplifiedLayerNormalization', [...x.sum, tensor(weight)], epsilon, wanted);
      x.names = [sum];
      return { names: [normed] };
    },
    linear(x, modules) {
      const base: Activation = { names: options.project(value(x), modules, tensor) };
      return options.lora ? { names: [adapted(graph, model, value(x), value(base), modules[0])] } : base;
    },
    attention: (qkv, block) => ({ names: [options.attention(qkv.names, block, tensor)] }),
    swiglu(gateUp) {
      const [gate, up] = gateUp.names.length === 2 ? gateUp.names : graph.node('Split', [value(gateUp)], { axis: 1, num_outputs: 2 }, 2);
      const SILU = { alpha: { float: 1 } };
      return { names: [graph.op('Mul', [graph.op('com.microsoft:QuickGelu', [gate], SILU), up])] };
    },
    add: (x, y) => ({ names: [], sum: [value(x), value(y)] }),
    block: (x, body) => body(x),
  };
}

/** y + ((x Aᵀ) ⊙ mask) Bᵀ for one group of layers; the ranks of all adapters lie side by side and the mask picks, token by token, who speaks. */
function adapted(graph: Graph, model: ModelFolder, x: string, y: string, module: string): string {
  const { group, block } = groupOf(module);
  const shapes = group.members.map(layer => linearShape(model.config, layer));
  const outputs = shapes.reduce((sum, [out]) => sum + out, 0);
  const ranks = ranksOf(group);
  const a = graph.input(loraInput('A', group, block), 'float32', [shapes[0][1], ranks]);
  const b = graph.input(loraInput('B', group, block), 'float32', [ranks, outputs]);
  const u = graph.op('Mul', [graph.op('MatMul', [x, a]), maskInput(graph, group)]);
  return graph.op('Gemm', [u, b, y]);
}

/** The name of a group's stacked matrix among the graph's inputs. */
export const loraInput = (matrix: 'A' | 'B', group: Group, block: number): string => `lora_${matrix}.${group.name}.${block}`;
export const maskName = (group: Group): string => `lora_mask.${group.name}`;

const ranksOf = (group: Group): string => `ranks_${group.name}`;

/** One mask a kind of group: every block has the same. */
function maskInput(graph: Graph, group: Group): string {
  const name = maskName(group);
  return graph.inputs.some(port => port.name === name) ? name : graph.input(name, 'float32', ['tokens', ranksOf(group)]);
}
