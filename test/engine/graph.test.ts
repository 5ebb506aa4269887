// Graphs written by us and run by onnxruntime.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { newGraph } from '../../worker/engine/graph.ts';
import { openSession, Tensor } from '../../worker/engine/session.ts';
import { temporaryFolder } from '../support/models.ts';

test('a graph with weights inside and in a file runs, whichever way its nodes are written', async () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'weights.bin'), new Uint8Array(Float32Array.of(0, 0, 1, 2, 3, 4).buffer));
  const graph = newGraph();
  const x = graph.input('x', 'float32', ['rows', 2]);
  const w = graph.external('w', 'float32', [2, 2], { file: 'weights.bin', offset: 8, length: 16 });
  const scaled = graph.op('Mul', [graph.op('Gemm', [x, w], { transB: 1 }), graph.f32(10)]);
  const [first, second] = graph.node('Split', [scaled], { axis: 1, num_outputs: 2 }, 2);
  graph.outputAs(graph.op('Concat', [second, first], { axis: 1 }), 'y', 'float32', ['rows', 2]);
  for (const kind of ['train', 'evaluate', 'decode'] as const) {
    const session = await openSession(graph, folder, kind, { threads: 1 });
    const { y } = await session.run({ x: new Tensor('float32', [1, 1, 1, 0], [2, 2]) });
    expect([...(y.data as Float32Array)]).toEqual([70, 30, 30, 10]);
    await session.release();
  }
});

test('equal constants are one, and so are equal weights', () => {
  const graph = newGraph();
  expect(graph.f32(1)).toBe(graph.f32(1));
  expect(graph.i64([1])).not.toBe(graph.i64(1));
  const data = { file: 'f', offset: 0, length: 4 };
  expect(graph.external('w', 'float32', [1], data)).toBe(graph.external('w', 'float32', [1], data));
  expect(graph.initializers).toHaveLength(4);
});
