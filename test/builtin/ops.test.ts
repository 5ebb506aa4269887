// Every operation of the tape, alone: its value and its gradients against a float64 function and its central differences.
import { describe, expect, test } from 'vitest';
import * as ops from '../../worker/builtin/ops.ts';
import { newTape, type Tape, type Value } from '../../worker/builtin/tape.ts';
import { newGraph } from '../../worker/engine/graph.ts';
import { seededRandom } from '../../worker/engine/random.ts';
import { openSession, Tensor } from '../../worker/engine/session.ts';

const STEP = 1e-5;
const TOLERANCE = 1e-5;

type Inputs = Record<string, number[]>;
type Case = {
  /** Shapes of the trainable inputs. */
  inputs: Inputs;
  build(t: Tape, x: Record<string, Value>): Value;
  /** The same in float64 over flat row-major arrays. */
  reference(x: Record<string, Float64Array>): Float64Array;
};

const constant = (t: Tape, values: number[], shape: number[]): Value => ({
  name: t.graph.f32s(`c${values.join()}`, shape, Float32Array.from(values)),
  shape,
  trainable: false,
});
const integers = (t: Tape, values: number[]): Value => ({ name: t.graph.i64(values), shape: [values.length], trainable: false });
const matrix = (rows: number, columns: number, at: (i: number, j: number) => number): Float64Array =>
  Float64Array.from({ length: rows * columns }, (_, n) => at(Math.floor(n / columns), n % columns));
const sum = (n: number, term: (i: number) => number): number => Array.from({ length: n }, (_, i) => term(i)).reduce((a, b) => a + b, 0);

const cases: Record<string, Case> = {
  add: { inputs: { x: [2, 3], y: [2, 3] }, build: (t, { x, y }) => ops.add(t, x, y), reference: ({ x, y }) => x.map((v, i) => v + y[i]) },
  sub: { inputs: { x: [2, 3], y: [2, 3] }, build: (t, { x, y }) => ops.sub(t, x, y), reference: ({ x, y }) => x.map((v, i) => v - y[i]) },
  mul: { inputs: { x: [2, 3], y: [2, 3] }, build: (t, { x, y }) => ops.mul(t, x, y), reference: ({ x, y }) => x.map((v, i) => v * y[i]) },
  'mul of a value with itself': { inputs: { x: [4] }, build: (t, { x }) => ops.mul(t, x, x), reference: ({ x }) => x.map(v => v * v) },
  silu: { inputs: { x: [2, 3] }, build: (t, { x }) => ops.silu(t, x), reference: ({ x }) => x.map(v => v / (1 + Math.exp(-v))) },
  reshape: { inputs: { x: [2, 3] }, build: (t, { x }) => ops.reshape(t, x, [3, 2]), reference: ({ x }) => x },
  transpose: {
    inputs: { x: [2, 3, 4] },
    build: (t, { x }) => ops.transpose(t, x, [2, 0, 1]),
    reference: ({ x }) => Float64Array.from({ length: 24 }, (_, n) => x[(Math.floor(n / 3) % 2) * 12 + (n % 3) * 4 + Math.floor(n / 6)]),
  },
  concat: {
    inputs: { x: [1, 3], y: [2, 3] },
    build: (t, { x, y }) => ops.concat(t, [x, y], 0),
    reference: ({ x, y }) => Float64Array.of(...x, ...y),
  },
  split: {
    inputs: { x: [2, 5] },
    build: (t, { x }) => {
      const [left, right] = ops.split(t, x, [2, 3], 1);
      return ops.concat(t, [ops.mul(t, right, right), left], 1);
    },
    reference: ({ x }) => matrix(2, 5, (i, j) => (j < 3 ? x[i * 5 + 2 + j] ** 2 : x[i * 5 + j - 3])),
  },
  ...Object.fromEntries(
    [false, true].flatMap(transA =>
      [false, true].map((transB): [string, Case] => [
        `gemm ${transA ? 'Aᵀ' : 'A'} ${transB ? 'Bᵀ' : 'B'}`,
        {
          inputs: { a: transA ? [4, 2] : [2, 4], b: transB ? [3, 4] : [4, 3], c: [2, 3] },
          build: (t, { a, b, c }) => ops.gemm(t, a, b, { transA, transB, alpha: 1.5, plus: c }),
          reference: ({ a, b, c }) =>
            matrix(
              2,
              3,
              (i, j) => c[i * 3 + j] + 1.5 * sum(4, k => (transA ? a[k * 2 + i] : a[i * 4 + k]) * (transB ? b[j * 4 + k] : b[k * 3 + j])),
            ),
        },
      ]),
    ),
  ),
  'gemm, its gradients added onto other ones': {
    inputs: { a: [2, 2], b: [2, 2] },
    build: (t, { a, b }) => ops.gemm(t, ops.gemm(t, a, b), a, { transB: true, plus: a }),
    reference: ({ a, b }) => {
      const ab = matrix(2, 2, (i, j) => sum(2, k => a[i * 2 + k] * b[k * 2 + j]));
      return matrix(2, 2, (i, j) => a[i * 2 + j] + sum(2, k => ab[i * 2 + k] * a[j * 2 + k]));
    },
  },
  ...Object.fromEntries(
    [false, true].flatMap(transA =>
      [false, true].map((transB): [string, Case] => [
        `matmul ${transA ? 'Aᵀ' : 'A'} ${transB ? 'Bᵀ' : 'B'}`,
        {
          inputs: { a: transA ? [2, 4, 2] : [2, 2, 4], b: transB ? [2, 3, 4] : [2, 4, 3] },
          build: (t, { a, b }) => ops.matmul(t, a, b, { transA, transB, alpha: 0.5 }),
          reference: ({ a, b }) =>
            Float64Array.from({ length: 12 }, (_, n) => {
              const [z, i, j] = [Math.floor(n / 6), Math.floor(n / 3) % 2, n % 3];
              const left = (k: number) => a[z * 8 + (transA ? k * 2 + i : i * 4 + k)];
              return 0.5 * sum(4, k => left(k) * b[z * 12 + (transB ? j * 4 + k : k * 3 + j)]);
            }),
        },
      ]),
    ),
  ),
  rmsNorm: {
    inputs: { x: [3, 4] },
    build: (t, { x }) => ops.rmsNorm(t, x, constant(t, [0.5, 1, 2, -1], [4]), 1e-3),
    reference: ({ x }) =>
      matrix(3, 4, (i, j) => (x[i * 4 + j] * [0.5, 1, 2, -1][j]) / Math.sqrt(sum(4, k => x[i * 4 + k] ** 2) / 4 + 1e-3)),
  },
  softmax: {
    inputs: { x: [3, 4] },
    build: (t, { x }) => ops.softmax(t, x),
    reference: ({ x }) => matrix(3, 4, (i, j) => Math.exp(x[i * 4 + j]) / sum(4, k => Math.exp(x[i * 4 + k]))),
  },
  rope: {
    inputs: { x: [1, 2, 3, 4] },
    build: (t, { x }) => {
      const angles = [0, 0, 0.3, 0.7, 0.6, 1.4];
      const table = (f: (a: number) => number) => constant(t, angles.map(f), [3, 2]);
      return ops.rope(t, x, { cos: table(Math.cos), sin: table(Math.sin), negativeSin: table(a => -Math.sin(a)) });
    },
    reference: ({ x }) =>
      Float64Array.from(x, (value, n) => {
        const [position, d] = [Math.floor(n / 4) % 3, n % 4];
        const angle = position * [0.3, 0.7][d % 2];
        return value * Math.cos(angle) + (d < 2 ? -x[n + 2] : x[n - 2]) * Math.sin(angle);
      }),
  },
  rows: {
    inputs: { x: [4, 3] },
    build: (t, { x }) => ops.rows(t, x, integers(t, [2, 0])),
    reference: ({ x }) => matrix(2, 3, (i, j) => x[[2, 0][i] * 3 + j]),
  },
  crossEntropy: {
    inputs: { h: [2, 3] },
    build: (t, { h }) =>
      ops.reshape(
        t,
        ops.crossEntropy(
          t,
          h,
          constant(t, [1, 0, 2, -1, 1, 0, 0.5, 0.5, -2, 0, 1, 1], [4, 3]),
          integers(t, [3, 1]),
          constant(t, [0.3, 2], [2]),
        ),
        [1],
      ),
    reference: ({ h }) => {
      const table = [1, 0, 2, -1, 1, 0, 0.5, 0.5, -2, 0, 1, 1];
      const logit = (i: number, v: number) => sum(3, k => h[i * 3 + k] * table[v * 3 + k]);
      const loss = (i: number, label: number) => Math.log(sum(4, v => Math.exp(logit(i, v)))) - logit(i, label);
      return Float64Array.of(0.3 * loss(0, 3) + 2 * loss(1, 1));
    },
  },
  'checkpoint, some of it kept': {
    inputs: { x: [2, 2], y: [2, 2] },
    build: (t, { x, y }) => t.checkpoint(ops.mul(t, x, x), z => ops.silu(t, t.keep(ops.gemm(t, ops.silu(t, z), y)))),
    reference: ({ x, y }) => {
      const silu = (v: number) => v / (1 + Math.exp(-v));
      return matrix(2, 2, (i, j) => silu(sum(2, k => silu(x[i * 2 + k] ** 2) * y[k * 2 + j])));
    },
  },
};

describe('operations of the tape', () => {
  test.each(Object.keys(cases))('%s', async name => {
    const { value, gradients, reference } = await run(cases[name]);
    expect(distance(value, reference.value)).toBeLessThan(TOLERANCE);
    for (const input of Object.keys(reference.gradients))
      expect(distance(gradients[input], reference.gradients[input]), `gradient of ${input}`).toBeLessThan(TOLERANCE);
  });

  test('none is left out', () => {
    const tested = new Set(Object.keys(cases).map(name => name.split(/[ ,]/)[0]));
    expect(Object.keys(ops).filter(name => !tested.has(name))).toEqual([]);
  });

  test('what the loss does not depend on is an error', () => {
    const t = newTape(newGraph());
    const lonely: Value = { name: 'lonely', shape: [1], trainable: true };
    const loss: Value = { name: 'loss', shape: [], trainable: true };
    expect(() => t.gradients(loss, [lonely])).toThrow('lonely');
  });
});

/** Runs the case's graph, and its reference; both with the gradient of Σ value · probe. */
async function run({ inputs, build, reference }: Case) {
  const next = seededRandom(11);
  const data = Object.fromEntries(
    Object.entries(inputs).map(([name, shape]) => [name, Float32Array.from({ length: size(shape) }, () => 2 * next() - 1)]),
  );
  const exact = Object.fromEntries(Object.entries(data).map(([name, values]) => [name, Float64Array.from(values)]));
  const value = reference(exact);
  const probe = value.map(() => Math.fround(2 * next() - 1));
  const score = () => reference(exact).reduce((total, v, i) => total + v * probe[i], 0);

  const graph = newGraph();
  const t = newTape(graph);
  const leaves = Object.entries(inputs).map(([name, shape]): [string, Value] => [
    name,
    { name: graph.input(name, 'float32', shape), shape, trainable: true },
  ]);
  const y = build(t, Object.fromEntries(leaves));
  const loss = t.record({ name: 'loss', shape: [], trainable: false }, [y], () => [() => constant(t, [...probe], y.shape as number[])]);
  const names = t.gradients(
    loss,
    leaves.map(([, leaf]) => leaf),
  );
  graph.outputAs(y.name, 'value', 'float32', y.shape);
  for (const [i, [name, { shape }]] of leaves.entries()) graph.outputAs(names[i].name, `gradient/${name}`, 'float32', shape);
  const session = await openSession(graph, process.cwd(), 'train', { threads: 1 });
  const out = await session.run(
    Object.fromEntries(leaves.map(([name, { shape }]) => [name, new Tensor('float32', data[name], shape as number[])])),
  );
  await session.release();

  return {
    value: out.value.data as Float32Array,
    gradients: Object.fromEntries(leaves.map(([name]) => [name, out[`gradient/${name}`].data as Float32Array])),
    reference: { value, gradients: Object.fromEntries(leaves.map(([name]) => [name, differences(exact[name], score)])) },
  };
}

const size = (shape: number[]): number => shape.reduce((a, b) => a * b, 1);

/** Central differences of `score` by each entry of `x`, which is changed and put back. */
const differences = (x: Float64Array, score: () => number): Float64Array =>
  x.map((kept, i) => {
    x[i] = kept + STEP;
    const above = score();
    x[i] = kept - STEP;
    const below = score();
    x[i] = kept;
    return (above - below) / (2 * STEP);
  });

/** Largest difference, as a share of the largest value. */
function distance(got: Float32Array, expected: Float64Array): number {
  if (got.length !== expected.length) return Number.POSITIVE_INFINITY;
  const largest = expected.reduce((max, value) => Math.max(max, Math.abs(value)), 1e-3);
  return expected.reduce((max, value, i) => Math.max(max, Math.abs(value - got[i])), 0) / largest;
}
