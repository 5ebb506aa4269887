// The differentiable operations: for each the ONNX nodes it is made of and the rule for its gradients (vector-Jacobian product).
// Rules are written with the operations themselves; in the backward pass the tape does not record.
import type { Tape, Value } from './tape.ts';

const constant = (name: string): Value => ({ name, shape: [], trainable: false });
const scalar = (t: Tape, value: number): Value => constant(t.graph.f32(value));
const axes = (t: Tape, ...list: number[]): Value => constant(t.graph.i64(list));

/** x + y, of equal shapes; or y a constant of a shape that broadcasts to x. */
export function add(t: Tape, x: Value, y: Value): Value {
  return t.record(t.emit('Add', [x, y], x.shape), [x, y], gy => [() => gy, () => gy]);
}

/** x − y, of equal shapes. */
export function sub(t: Tape, x: Value, y: Value): Value {
  return t.record(t.emit('Sub', [x, y], x.shape), [x, y], gy => [() => gy, () => mul(t, gy, scalar(t, -1))]);
}

/** x · y by elements, of equal shapes; or y a constant of a shape that broadcasts to x. */
export function mul(t: Tape, x: Value, y: Value): Value {
  return t.record(t.emit('Mul', [x, y], x.shape), [x, y], gy => [() => mul(t, gy, y), () => mul(t, gy, x)]);
}

/** x · σ(x). d/dx = σ + y − yσ. */
export function silu(t: Tape, x: Value): Value {
  const sigmoid = t.emit('Sigmoid', [x], x.shape);
  const y = t.emit('Mul', [x, sigmoid], x.shape);
  return t.record(y, [x], gy => [() => mul(t, gy, sub(t, add(t, sigmoid, y), mul(t, y, sigmoid)))]);
}

/** The same elements in another shape; at most one symbol of `shape` may be unknown to the tape. */
export function reshape(t: Tape, x: Value, shape: Value['shape']): Value {
  const y = t.emit('Reshape', [x, t.shapeTensor(shape)], shape);
  return t.record(y, [x], gy => [() => reshape(t, gy, x.shape)]);
}

export function transpose(t: Tape, x: Value, perm: number[]): Value {
  const shape = perm.map(axis => x.shape[axis]);
  return t.record(t.emit('Transpose', [x], shape, { perm }), [x], gy => {
    const inverse = perm.map((_, axis) => perm.indexOf(axis));
    return [() => transpose(t, gy, inverse)];
  });
}

/** Values side by side along an axis. */
export function concat(t: Tape, parts: Value[], axis: number): Value {
  if (parts.length === 1) return parts[0];
  const shape = parts[0].shape.with(
    axis,
    sizes(parts, axis).reduce((sum, size) => sum + size),
  );
  return t.record(t.emit('Concat', parts, shape, { axis }), parts, gy => {
    let pieces: Value[] | undefined;
    return parts.map((_, i) => () => (pieces ??= split(t, gy, sizes(parts, axis), axis))[i]);
  });
}

/** Takes x apart along an axis into pieces of the given sizes. */
export function split(t: Tape, x: Value, lengths: number[], axis: number): Value[] {
  if (lengths.length === 1) return [x];
  const names = t.graph.node('Split', [x.name, t.graph.i64(lengths)], { axis }, lengths.length);
  const pieces = names.map((name, i): Value => ({ name, shape: x.shape.with(axis, lengths[i]), trainable: false }));
  return t.recordAll(pieces, [x], (...gradients) => [() => concat(t, gradients, axis)]);
}

const sizes = (parts: Value[], axis: number): number[] => parts.map(part => part.shape[axis] as number);

type GemmOptions = { transA?: boolean; transB?: boolean; alpha?: number; plus?: Value };

/** alpha · a b (+ plus) of matrices, either transposed first; `plus` is of the result's shape, or a constant row. */
export function gemm(t: Tape, a: Value, b: Value, { transA = false, transB = false, alpha = 1, plus }: GemmOptions = {}): Value {
  const shape = [a.shape[transA ? 1 : 0], b.shape[transB ? 0 : 1]];
  const inputs = plus ? [a, b, plus] : [a, b];
  const y = t.emit('Gemm', inputs, shape, { transA: Number(transA), transB: Number(transB), alpha: { float: alpha } });
  return t.record(y, inputs, gy => [
    {
      onto: sum =>
        transA ? gemm(t, b, gy, { transA: transB, transB: true, alpha, plus: sum }) : gemm(t, gy, b, { transB: !transB, alpha, plus: sum }),
    },
    {
      onto: sum =>
        transB ? gemm(t, gy, a, { transA: true, transB: transA, alpha, plus: sum }) : gemm(t, a, gy, { transA: !transA, alpha, plus: sum }),
    },
    () => gy,
  ]);
}

type MatmulOptions = { transA?: boolean; transB?: boolean; alpha?: number };

/** alpha · a b over the last two axes, either transposed first; the axes before them are equal. */
export function matmul(t: Tape, a: Value, b: Value, { transA = false, transB = false, alpha = 1 }: MatmulOptions = {}): Value {
  const batch = a.shape.slice(0, -2);
  const shape = [...batch, a.shape.at(transA ? -1 : -2)!, b.shape.at(transB ? -2 : -1)!];
  const attributes = { transA: Number(transA), transB: Number(transB), alpha: { float: alpha } };
  return t.record(t.emit('com.microsoft:FusedMatMul', [a, b], shape, attributes), [a, b], gy => [
    () => (transA ? matmul(t, b, gy, { transA: transB, transB: true, alpha }) : matmul(t, gy, b, { transB: !transB, alpha })),
    () => (transB ? matmul(t, gy, a, { transA: true, transB: transA, alpha }) : matmul(t, a, gy, { transA: !transA, alpha })),
  ]);
}

/**
 * RMSNorm over the last axis with a constant weight: y = x r w, r = 1/sqrt(mean(x²) + epsilon).
 * With u = gy w: dx = u r − x · sum(u x) r³ / width.
 */
export function rmsNorm(t: Tape, x: Value, weight: Value, epsilon: number): Value {
  const attributes = { axis: -1, epsilon: { float: epsilon }, stash_type: 1 };
  const [name, inverse] = t.graph.node('SimplifiedLayerNormalization', [x.name, weight.name], attributes, 2);
  const width = x.shape.at(-1) as number;
  const column = [...x.shape.slice(0, -1), 1];
  return t.record({ name, shape: x.shape, trainable: false }, [x], gy => [
    () => {
      const r: Value = { name: inverse, shape: column, trainable: false };
      const u = mul(t, gy, weight);
      const dot = t.emit('ReduceSum', [mul(t, u, x), axes(t, -1)], column, { keepdims: 1 });
      const share = mul(t, mul(t, dot, scalar(t, 1 / width)), mul(t, mul(t, r, r), r));
      return sub(t, mul(t, u, r), mul(t, x, share));
    },
  ]);
}

/** Over the last axis. dx = y (gy − sum(gy y)). */
export function softmax(t: Tape, x: Value): Value {
  const y = t.emit('Softmax', [x], x.shape, { axis: -1 });
  return t.record(y, [x], gy => [
    () => {
      const dot = t.emit('ReduceSum', [mul(t, gy, y), axes(t, -1)], [...x.shape.slice(0, -1), 1], { keepdims: 1 });
      return mul(t, y, sub(t, gy, dot));
    },
  ]);
}

/** Tables of rotary angles, each [positions, headDim/2]; `negativeSin` turns back. */
export type RopeTables = { cos: Value; sin: Value; negativeSin: Value };

/** Rotary position embedding of x [batch, heads, length, headDim], positions from 0. A rotation's gradient is the rotation back. */
export function rope(t: Tape, x: Value, { cos, sin, negativeSin }: RopeTables): Value {
  const y = t.emit('com.microsoft:RotaryEmbedding', [x, axes(t, 0), cos, sin], x.shape);
  return t.record(y, [x], gy => [() => rope(t, gy, { cos, sin: negativeSin, negativeSin: sin })]);
}

/** The rows of x [rows, width] at `index` [n], each at most once. */
export function rows(t: Tape, x: Value, index: Value): Value {
  const y = t.emit('Gather', [x, index], [index.shape[0], x.shape[1]], { axis: 0 });
  return t.record(y, [x], gy => [
    () => {
      const zeros = t.emit('ConstantOfShape', [t.emit('Shape', [x], [2])], x.shape);
      return t.emit('ScatterND', [zeros, t.emit('Unsqueeze', [index, axes(t, 1)], [index.shape[0], 1]), gy], x.shape);
    },
  ]);
}

/**
 * sum over n of −weight[n] · log softmax(h[n] · tableᵀ)[label[n]], a scalar; h [n, width], table [vocab, width] constant.
 * dh = weight · (softmax · table − table[label]): neither a one-hot matrix nor a scatter over the vocabulary is needed.
 */
export function crossEntropy(t: Tape, h: Value, table: Value, label: Value, weight: Value): Value {
  const n = h.shape[0];
  const logits = t.emit('Gemm', [h, table], [n, table.shape[0]], { transB: 1 });
  const logProbability = t.emit('LogSoftmax', [logits], logits.shape, { axis: -1 });
  const column = t.emit('Unsqueeze', [weight, axes(t, 1)], [n, 1]);
  const picked = t.emit('GatherElements', [logProbability, t.emit('Unsqueeze', [label, axes(t, 1)], [n, 1])], [n, 1], { axis: 1 });
  const loss = t.emit('Neg', [t.emit('ReduceSum', [mul(t, picked, column)], [], { keepdims: 0 })], []);
  return t.record(loss, [h], gy => [
    () => {
      // (tableᵀ · softmaxᵀ)ᵀ rather than softmax · table: the large table then is the operand that onnxruntime need not pack.
      const softmax = t.emit('Exp', [logProbability], logits.shape);
      const expected = transpose(t, gemm(t, table, softmax, { transA: true, transB: true }), [1, 0]);
      const excess = sub(t, expected, t.emit('Gather', [table, label], h.shape, { axis: 0 }));
      return mul(t, excess, mul(t, column, gy));
    },
  ]);
}
