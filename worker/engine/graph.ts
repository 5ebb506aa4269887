// A builder of ONNX graphs: inputs, nodes, weights (inline, or external data inside another file), outputs → ModelProto bytes.
// Values are known by their names, which are strings.
import { type Attribute, type DataType, type Dim, type External, encodeModel, type Initializer, type Node, type Port } from './onnx.ts';

export type { Attribute, DataType, Dim, External } from './onnx.ts';

export type Graph = {
  nodes: Node[];
  initializers: Initializer[];
  inputs: Port[];
  outputs: Port[];
  /** A graph input; returns its name. */
  input(name: string, type: DataType, dims: Dim[]): string;
  /** Declares the value `name` an output. */
  output(name: string, type: DataType, dims: Dim[]): void;
  /** Publishes a value under another name. */
  outputAs(value: string, name: string, type: DataType, dims: Dim[]): void;
  /**
   * Adds a node and returns the names of its outputs. `op` is an ONNX operator, or `com.microsoft:Name` for one of onnxruntime's own.
   * An input '' is an optional input left out; `outputs` is their number, or a list that says which of them are wanted ('' for the others).
   */
  node(op: string, inputs: string[], attributes?: Record<string, Attribute>, outputs?: number | boolean[]): string[];
  /** A node with one output; returns its name. */
  op(op: string, inputs: string[], attributes?: Record<string, Attribute>): string;
  /** A weight that stays in its file; the same name again is the same weight. */
  external(name: string, type: DataType, dims: number[], data: External): string;
  /** A weight inside the graph, as little-endian bytes. */
  raw(name: string, type: DataType, dims: number[], data: Uint8Array): string;
  /** A named float32 table inside the graph. */
  f32s(name: string, dims: number[], data: Float32Array): string;
  /** A float32 scalar; equal constants are one. */
  f32(value: number): string;
  /** An int64 list, or a scalar if a bare number is given; equal constants are one. */
  i64(value: number[] | number): string;
  /**
   * ModelProto. `reversed` writes the nodes last to first: onnxruntime sorts them anyway, from the last ones back, so this decides the
   * order of execution where it is free. In a training graph it makes gradients run as early as they can, and activations go sooner.
   */
  serialize(options?: { reversed?: boolean }): Uint8Array;
};

/** An empty graph. */
export function newGraph(): Graph {
  const nodes: Node[] = [];
  const initializers: Initializer[] = [];
  const inputs: Port[] = [];
  const outputs: Port[] = [];
  const constants = new Map<string, string>();
  let count = 0;

  const add = (name: string, type: DataType, dims: number[], data: Uint8Array | External) => {
    initializers.push({ name, type, dims, data });
    return name;
  };
  const constant = (key: string, type: DataType, dims: number[], data: Uint8Array) => {
    if (!constants.has(key)) constants.set(key, add(`constant_${count++}`, type, dims, data));
    return constants.get(key)!;
  };

  const graph: Graph = {
    nodes,
    initializers,
    inputs,
    outputs,
    input(name, type, dims) {
      inputs.push({ name, type, dims });
      return name;
    },
    output(name, type, dims) {
      outputs.push({ name, type, dims });
    },
    outputAs(value, name, type, dims) {
      nodes.push({ name: `output/${name}`, domain: '', op: 'Identity', inputs: [value], outputs: [name], attributes: {} });
      outputs.push({ name, type, dims });
    },
    node(op, from, attributes = {}, wanted = 1) {
      const [domain, name] = op.includes(':') ? op.split(':') : ['', op];
      const wants = typeof wanted === 'number' ? Array.from({ length: wanted }, () => true) : wanted;
      const made = wants.map(want => (want ? `${name}_${count++}` : ''));
      nodes.push({ name: `node/${name}_${count++}`, domain, op: name, inputs: from, outputs: made, attributes });
      return made;
    },
    op: (op, from, attributes) => graph.node(op, from, attributes)[0],
    external: (name, type, dims, data) => (initializers.some(tensor => tensor.name === name) ? name : add(name, type, dims, data)),
    raw: add,
    f32s: (name, dims, data) => add(name, 'float32', dims, new Uint8Array(data.buffer, data.byteOffset, data.byteLength)),
    f32: value => constant(`f32 ${value}`, 'float32', [], new Uint8Array(Float32Array.of(value).buffer)),
    i64: value => {
      const list = typeof value === 'number' ? [value] : value;
      const dims = typeof value === 'number' ? [] : [list.length];
      return constant(`i64 ${JSON.stringify(value)}`, 'int64', dims, new Uint8Array(BigInt64Array.from(list, BigInt).buffer));
    },
    serialize: options => encodeModel({ nodes: options?.reversed ? nodes.toReversed() : nodes, initializers, inputs, outputs }),
  };
  return graph;
}
