// The worker's own process beside a server that still loads its model: it says so once, stays, and is ready as soon as the server is.
import { expect, it, onTestFinished } from 'vitest';
import { BASE } from '../contracts/generator.ts';
import { testDatabase } from '../support/postgres.ts';
import { openFakeVllm } from '../support/serving/fake-vllm.ts';
import { endWorker, forkWorker } from '../support/worker-process.ts';

it('waits, and tells its parent why', async () => {
  const database = await testDatabase();
  onTestFinished(database.close);
  const server = await openFakeVllm(BASE);
  onTestFinished(server.close);
  server.failWith(503);
  const { child, told } = await forkWorker(database.url, { ANSWER_URL: server.url, TRAINER: 'builtin' });
  const waiting = { kind: 'problem', code: 'answers.waiting', values: { host: new URL(server.url).host, why: '503' } };
  expect(told.filter(({ kind }) => kind !== 'model')).toEqual([waiting]);
  server.failWith(undefined);
  await expect.poll(() => told.at(-1), { timeout: 30_000 }).toEqual({ kind: 'ready' });
  expect(told.filter(({ kind }) => kind === 'problem')).toHaveLength(1);
  expect(await endWorker(child, 'SIGTERM')).toBe(0);
}, 60_000);
