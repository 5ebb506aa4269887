// A reverse-mode tape: operations add nodes to an ONNX graph and note how their gradients are made; `gradients` walks the notes
// backwards and adds the gradient nodes to the same graph. The operations themselves stand in ops.ts, one rule each.
import type { Dim, Graph } from '../engine/graph.ts';

/** A value of the graph. Identity counts: two objects are two values. `trainable`: a gradient is wanted for it or for what it was made of. */
export type Value = { name: string; shape: Dim[]; trainable: boolean };

/** Makes the gradient of one input: alone, or added onto what other uses of that input have given so far, if the rule can do that in one node. */
export type Gradient = (() => Value) | { onto: (sum: Value | undefined) => Value };

/** Gradients of the inputs, in their order, from those of the outputs; an entry is made only if its input is trainable. */
export type Vjp = (...outputGradients: Value[]) => Gradient[];

export type Tape = {
  graph: Graph;
  /** Adds one ONNX node and nothing to the tape. */
  emit(op: string, inputs: Value[], shape: Dim[], attributes?: Parameters<Graph['op']>[2]): Value;
  /** Notes how `output` was made of `inputs`. */
  record(output: Value, inputs: Value[], vjp: Vjp): Value;
  /** The same for an operation with several outputs, each of which the loss must depend on. */
  recordAll(outputs: Value[], inputs: Value[], vjp: Vjp): Value[];
  /** A constant int64 list with the dimensions of `shape`, or their run-time values where two or more are symbols. */
  shapeTensor(shape: Dim[]): Value;
  /** Tells where a symbolic dimension can be read at run time: a one-element int64 tensor. */
  defineDim(symbol: string, value: string): void;
  /**
   * body(x), of whose activations only those passed through `keep` stay in memory; the backward pass makes the others again
   * (Chen et al., 2016). Needs a session without common-subexpression elimination, which would merge both runs.
   */
  checkpoint(x: Value, body: (x: Value) => Value): Value;
  /** Inside a checkpoint: this activation is not made twice. Elsewhere every activation is kept anyway. */
  keep(value: Value): Value;
  /** Adds the backward pass of the scalar `loss`; returns its gradients with respect to `of`. */
  gradients(loss: Value, of: Value[]): Value[];
};

type Note = { outputs: Value[]; back(...gradients: Value[]): void };

/** An empty tape that writes into `graph`. */
export function newTape(graph: Graph): Tape {
  let notes: Note[] = [];
  let recording = true;
  /** Names of the activations kept by the checkpoint that is being run for the first time, or those left for its second run. */
  let keeping: string[] | undefined;
  let kept: string[] | undefined;
  const sums = new Map<Value, Value>();
  const dims = new Map<string, string>();
  const shapes = new Map<string, Value>();

  const frozen = (name: string, shape: Dim[]): Value => ({ name, shape, trainable: false });

  function give(input: Value, gradient: Gradient) {
    if (!input.trainable) return;
    const sum = sums.get(input);
    if (typeof gradient === 'object') sums.set(input, gradient.onto(sum));
    else sums.set(input, sum ? tape.emit('Add', [sum, gradient()], input.shape) : gradient());
  }

  function sweep(from: Note[]) {
    for (const { outputs, back } of from.toReversed()) {
      const gradients = outputs.flatMap(output => sums.get(output) ?? []);
      for (const output of outputs) sums.delete(output);
      if (gradients.length === outputs.length) back(...gradients);
      else if (gradients.length > 0) throw new Error(`the loss depends on only ${gradients.length} of ${outputs.length} outputs`);
    }
  }

  const tape: Tape = {
    graph,
    emit: (op, inputs, shape, attributes) =>
      frozen(
        graph.op(
          op,
          inputs.map(input => input.name),
          attributes,
        ),
        shape,
      ),
    record: (output, inputs, vjp) => tape.recordAll([output], inputs, vjp)[0],
    recordAll(outputs, inputs, vjp) {
      if (!recording || !inputs.some(input => input.trainable)) return outputs;
      for (const output of outputs) output.trainable = true;
      const back = (...gradients: Value[]) => {
        const parts = vjp(...gradients);
        inputs.forEach((input, i) => {
          give(input, parts[i]);
        });
      };
      notes.push({ outputs, back });
      return outputs;
    },
    defineDim: (symbol, value) => void dims.set(symbol, value),
    shapeTensor(shape) {
      const known = shapes.get(shape.join());
      if (known) return known;
      const symbols = shape.filter(dim => typeof dim === 'string').length;
      const name =
        symbols < 2
          ? graph.i64(shape.map(dim => (typeof dim === 'number' ? dim : -1)))
          : graph.op(
              'Concat',
              shape.map(dim => (typeof dim === 'number' ? graph.i64([dim]) : dims.get(dim)!)),
              { axis: 0 },
            );
      const value = frozen(name, [shape.length]);
      shapes.set(shape.join(), value);
      return value;
    },
    keep(value) {
      if (keeping) keeping.push(value.name);
      else if (kept) value.name = kept.shift()!;
      return value;
    },
    checkpoint(x, body) {
      const names: string[] = [];
      [recording, keeping] = [false, names];
      const output: Value = { ...body(x), trainable: true };
      [recording, keeping] = [true, undefined];
      notes.push({
        outputs: [output],
        back(gradient) {
          const outer = notes;
          [notes, recording, kept] = [[], true, [...names]];
          const again = body(x);
          const inner = notes;
          [notes, recording, kept] = [outer, false, undefined];
          sums.set(again, gradient);
          sweep(inner);
        },
      });
      return output;
    },
    gradients(loss, of) {
      recording = false;
      sums.set(loss, frozen(graph.f32(1), []));
      sweep(notes);
      return of.map(value => {
        const sum = sums.get(value);
        if (!sum) throw new Error(`the loss does not depend on ${value.name}`);
        return sum;
      });
    },
  };
  return tape;
}

/** Takes out the nodes that no output needs: a checkpoint's second run makes some. */
export function prune(graph: Graph): void {
  const needed = new Set(graph.outputs.map(output => output.name));
  const alive = graph.nodes.toReversed().filter(node => {
    const used = node.outputs.some(name => needed.has(name));
    if (used) for (const name of node.inputs) needed.add(name);
    return used;
  });
  graph.nodes.splice(0, graph.nodes.length, ...alive.toReversed());
}
