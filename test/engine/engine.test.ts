// The engine in its thread: the same answers as without, errors that keep their meaning, signals, and who goes first.
import { existsSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Refusal } from '../../src/problem.ts';
import { compiled } from '../../src/root.ts';
import { say } from '../../src/words/words.ts';
import { type Engine, openEngine } from '../../worker/engine/engine.ts';
import type { Adapter, GenerateRequest } from '../../worker/engine/generator.ts';
import { openLocalEngine } from '../../worker/engine/local.ts';
import { tinyFolder } from '../support/models.ts';

const options = { folder: tinyFolder('tiny-llama'), precision: 'f32' as const, threads: 1 };
const never = new AbortController().signal;
const rows = Array.from({ length: 40 }, (_, i) => ({
  prompt: [10 + i, 20, 30],
  answer: Array.from({ length: 60 }, (_, j) => 5 + ((i * j) % 300)),
}));

let engine: Engine;
let local: Engine;
let adapter: Adapter;
beforeAll(async () => {
  expect(existsSync(compiled('worker/engine/thread')), 'compile first: npx tsc -p tsconfig.build.json').toBe(true);
  engine = await openEngine(options);
  local = await openLocalEngine(options);
  adapter = { name: 'v1', folder: tinyFolder('tiny-llama-lora'), rank: 4, fingerprint: local.fingerprint };
});
afterAll(() => Promise.all([engine.close(), local.close()]));

const request = (over: Partial<GenerateRequest> = {}): GenerateRequest => ({
  prompt: [210, 142, 244],
  speakers: ['base', adapter],
  sampling: { temperature: 0, topP: 1, repetitionPenalty: 1, seed: 0 },
  stop: { tokens: [], maxTokens: 20, repeatedLine: true },
  ...over,
});

test('answers and judges as without a thread', async () => {
  const strip = (answers: object[]) => answers.map(answer => ({ ...answer, ms: 0 }));
  expect(strip(await engine.generate(request(), never))).toEqual(strip(await local.generate(request(), never)));
  expect(await engine.score(rows, adapter, never)).toEqual(await local.score(rows, adapter, never));
  expect(engine.fingerprint).toBe(local.fingerprint);
});

test('a row is judged the same alone and in a batch, and the adapter changes the verdict', async () => {
  const some = [rows[3], { prompt: [1, 2, 3, 4, 5, 6, 7], answer: [9, 8] }];
  const together = await local.score(some, 'base', never);
  for (const [i, row] of some.entries()) {
    const [alone] = await local.score([row], 'base', never);
    expect(together[i].tokens).toBe(row.answer.length);
    expect(together[i].loss).toBeCloseTo(alone.loss, 3);
  }
  expect((await local.score(some, adapter, never))[0].loss).not.toBeCloseTo(together[0].loss, 1);
});

test('a Refusal stays one across the thread, with its sentence', async () => {
  const error = await engine.generate(request({ prompt: Array(600).fill(7) }), never).catch(error => error);
  expect(error).toBeInstanceOf(Refusal);
  expect(say('en', error.problem.code, error.problem.values)).toMatch(/600 tokens, and at most 511 fit/);
  await expect(openEngine({ ...options, folder: tinyFolder('tiny-llama') + '-gone' })).rejects.toBeInstanceOf(Refusal);
});

test('an aborted answer gives what there is, an aborted judgement rejects with the reason', async () => {
  const abort = new AbortController();
  const answer = engine.generate(request({ stop: { tokens: [], maxTokens: 500, repeatedLine: false } }), abort.signal);
  const judgement = expect(engine.score(rows, 'base', abort.signal)).rejects.toThrow('not wanted any more');
  setTimeout(() => abort.abort(new Error('not wanted any more')), 50);
  expect((await answer).map(({ why }) => why)).toEqual(['aborted', 'aborted']);
  await judgement;
  expect((await engine.generate(request(), AbortSignal.abort())).map(({ why }) => why)).toEqual(['aborted', 'aborted']);
});

test('an answer overtakes a long judgement', async () => {
  const order: string[] = [];
  const judging = engine.score([...rows, ...rows, ...rows], 'base', never).then(() => order.push('judged'));
  await engine.generate(request({ stop: { tokens: [], maxTokens: 2, repeatedLine: false } }), never);
  order.push('answered');
  await judging;
  expect(order).toEqual(['answered', 'judged']);
});

test('a closed engine says so', async () => {
  const other = await openEngine(options);
  await other.close();
  await expect(other.generate(request(), never)).rejects.toMatchObject({ problem: { code: 'engine.stopped' } });
});
