// The worker's own process beside a server that still loads its model: it says so once, stays, and is ready as soon as the server is.
import { sql } from 'drizzle-orm';
import { expect, it, onTestFinished } from 'vitest';
import { workerLines } from '../../src/bot/run/who-works.ts';
import { workers } from '../../src/data/schema.ts';
import { liveWorkers, troubledWorkers } from '../../src/data/workers.ts';
import { BASE } from '../contracts/generator.ts';
import { testDatabase } from '../support/postgres.ts';
import { type FakeVllmOptions, openFakeVllm } from '../support/serving/fake-vllm.ts';
import { endWorker, forkWorker } from '../support/worker-process.ts';

async function bothHere(options: FakeVllmOptions = {}) {
  const database = await testDatabase();
  onTestFinished(database.close);
  const server = await openFakeVllm(BASE, options);
  onTestFinished(server.close);
  return { database, server };
}

it('waits, and tells its parent and everybody in chat why', async () => {
  const { database, server } = await bothHere();
  server.failWith(503);
  const { child, told } = await forkWorker(database.url, { ANSWER_URL: server.url, TRAINER: 'builtin' });
  const waiting = { kind: 'problem', code: 'answers.waiting', values: { host: new URL(server.url).host, why: '503' } };
  expect(told.filter(({ kind }) => kind !== 'model')).toEqual([waiting]);

  const { code, values } = waiting;
  const rows = () => troubledWorkers(database.db);
  await expect.poll(rows, { timeout: 30_000 }).toMatchObject([{ pid: child.pid, problem: { code, values } }]);
  expect((await workerLines(database, 'en'))[0]).toMatch(
    /^The worker on .* cannot begin: The server .* is not there yet \(503\)\. I begin as soon as it is/,
  );
  expect((await workerLines(database, 'zh'))[0]).toMatch(/上的工作进程无法开始：写答案的服务器 .* 还没有就绪（503）/);
  // However long it takes.
  await database.db.execute(sql`update workers set beat_at = now() - interval '1 hour'`);
  await expect.poll(rows, { timeout: 30_000 }).toHaveLength(1);

  server.failWith(undefined);
  await expect.poll(() => told.at(-1), { timeout: 30_000 }).toEqual({ kind: 'ready' });
  expect(told.filter(({ kind }) => kind === 'problem')).toHaveLength(1);
  expect([await rows(), await liveWorkers(database.db)]).toMatchObject([[], [{ pid: child.pid }]]);
  expect(await endWorker(child, 'SIGTERM')).toBe(0);
}, 120_000);

it('asked to leave while it waits, it leaves nothing behind', async () => {
  const { database, server } = await bothHere();
  server.failWith(503);
  const { child } = await forkWorker(database.url, { ANSWER_URL: server.url, TRAINER: 'builtin' });
  await expect.poll(() => troubledWorkers(database.db), { timeout: 30_000 }).toHaveLength(1);
  expect(await endWorker(child, 'SIGTERM')).toBe(0);
  expect(await database.db.select().from(workers)).toEqual([]);
}, 60_000);

it('a server that it cannot use: its row says why when it is gone', async () => {
  const { database, server } = await bothHere({ key: 'secret' });
  const { child, told } = await forkWorker(database.url, { ANSWER_URL: server.url, ANSWER_KEY: 'wrong', TRAINER: 'builtin' });
  expect(told.at(-1)).toMatchObject({ kind: 'problem', code: 'answers.badKey' });
  await expect.poll(() => child.exitCode, { timeout: 30_000 }).toBe(1);
  expect(await troubledWorkers(database.db)).toMatchObject([{ problem: { code: 'answers.badKey' } }]);
}, 60_000);
