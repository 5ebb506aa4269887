import { expect, test } from 'vitest';
import { Refusal } from '../../src/problem.ts';
import { failure } from '../../worker/builtin/failure.ts';
import { RowsRefused } from '../../worker/builtin/run-folder.ts';
import { newGraph } from '../../worker/engine/graph.ts';
import { openSession, Tensor } from '../../worker/engine/session.ts';

test('more memory than there is: onnxruntime’s own error is told as memory', async () => {
  const graph = newGraph();
  const shape = graph.input('shape', 'int64', [2]);
  graph.outputAs(graph.op('Expand', [graph.f32(1), shape]), 'huge', 'float32', ['A', 'B']);
  const session = await openSession(graph, process.cwd(), 'train', { threads: 1 });
  const MANY = 2n ** 24n;
  const error = await session.run({ shape: new Tensor('int64', BigInt64Array.of(MANY, MANY), [2]) }).catch((e: unknown) => e);
  await session.release();
  expect(failure(error)).toMatchObject({ event: 'failed', kind: 'memory', code: 'trainer.memory' });
});

test('V8’s error is told as memory too', () => {
  let error: unknown;
  try {
    new ArrayBuffer(2 ** 45);
  } catch (caught) {
    error = caught;
  }
  expect(failure(error).kind).toBe('memory');
});

test('a refusal keeps its code and values, and its rows', () => {
  expect(failure(new Refusal('model.folderMissing', { folder: 'x' }))).toEqual({
    event: 'failed',
    kind: 'input',
    code: 'model.folderMissing',
    values: { folder: 'x' },
  });
  const many = Array.from({ length: 30 }, (_, i) => i + 1);
  const event = failure(new RowsRefused('trainer.rowsTooLong', many, { limit: 5 }));
  expect(event.rows).toEqual(many);
  expect(event.values).toEqual({ count: 30, limit: 5, rows: '1, 2, 3, 4, 5, 6, 7, 8, 9, 10, …' });
});

test('anything else is a bug, told in a bounded message', () => {
  const event = failure(new TypeError('x'.repeat(5000)));
  expect(event).toMatchObject({ kind: 'bug', code: 'trainer.bug' });
  expect(String(event.values.message).length).toBeLessThanOrEqual(300);
});
