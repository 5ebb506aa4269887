// The bytes of an ONNX model: onnx.proto's messages and field numbers (IR version 10, opset 21, plus onnxruntime's own operators).
// https://github.com/onnx/onnx/blob/main/onnx/onnx.proto
import { bytes, float, int, join, message, string } from './protobuf.ts';

/** ONNX TensorProto.DataType. */
const TYPES = { float32: 1, uint8: 2, int8: 3, int32: 6, int64: 7, bool: 9, float16: 10, float64: 11, bfloat16: 16 } as const;
export type DataType = keyof typeof TYPES;

/** A string is a dimension that is known at run time only. */
export type Dim = number | string;

/** A bare number is an int attribute, a bare list is ints. */
export type Attribute = number | { float: number } | string | number[];

/** Bytes `offset` to `offset + length` of `file`, a base name in the session's folder. */
export type External = { file: string; offset: number; length: number };

export type Node = { name: string; domain: string; op: string; inputs: string[]; outputs: string[]; attributes: Record<string, Attribute> };
export type Port = { name: string; type: DataType; dims: Dim[] };
export type Initializer = { name: string; type: DataType; dims: number[]; data: Uint8Array | External };

/** What a graph is made of. */
export type Model = { nodes: Node[]; initializers: Initializer[]; inputs: Port[]; outputs: Port[] };

const IR_VERSION = 10;
const OPSET = 21;

/** ModelProto; the nodes in the order given. */
export function encodeModel(graph: Model): Uint8Array {
  const body = [
    ...graph.nodes.map(node => message(1, nodeProto(node))),
    string(2, 'apprentice'),
    ...graph.initializers.map(tensor => message(5, tensorProto(tensor))),
    ...graph.inputs.map(port => message(11, valueInfo(port))),
    ...graph.outputs.map(port => message(12, valueInfo(port))),
  ];
  return join([
    int(1, IR_VERSION),
    string(2, 'apprentice'),
    message(7, body),
    message(8, [string(1, ''), int(2, OPSET)]),
    message(8, [string(1, 'com.microsoft'), int(2, 1)]),
  ]);
}

const nodeProto = (node: Node): Uint8Array[] => [
  ...node.inputs.map(name => string(1, name)),
  ...node.outputs.map(name => string(2, name)),
  string(3, node.name),
  string(4, node.op),
  ...Object.entries(node.attributes).map(([name, value]) => message(5, [string(1, name), ...attributeProto(value)])),
  string(7, node.domain),
];

/** AttributeProto: the value and its type (1 float, 2 int, 3 string, 7 ints). */
function attributeProto(value: Attribute): Uint8Array[] {
  if (typeof value === 'number') return [int(3, value), int(20, 2)];
  if (typeof value === 'string') return [string(4, value), int(20, 3)];
  if (Array.isArray(value)) return [...value.map(each => int(8, each)), int(20, 7)];
  return [float(2, value.float), int(20, 1)];
}

function tensorProto({ name, type, dims, data }: Initializer): Uint8Array[] {
  const head = [...dims.map(dim => int(1, dim)), int(2, TYPES[type]), string(8, name)];
  if (data instanceof Uint8Array) return [...head, bytes(9, data)];
  const where = { location: data.file, offset: data.offset, length: data.length };
  const entries = Object.entries(where).map(([key, value]) => message(13, [string(1, key), string(2, String(value))]));
  const EXTERNAL = 1;
  return [...head, ...entries, int(14, EXTERNAL)];
}

function valueInfo({ name, type, dims }: Port): Uint8Array[] {
  const shape = dims.map(dim => message(1, [typeof dim === 'number' ? int(1, dim) : string(2, dim)]));
  return [string(1, name), message(2, [message(1, [int(1, TYPES[type]), message(2, shape)])])];
}
