// The queue's contract, on both backends: it wakes workers, forgets ended jobs, and is never needed for the truth.
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { claimRun, failRun } from '../../src/data/claims.ts';
import { runById, runsToWake, startRun } from '../../src/data/runs.ts';
import { migrateQueue } from '../../src/queue/backend.ts';
import { type JobQueue, openQueue } from '../../src/queue/queue.ts';
import { startSweep } from '../../src/queue/sweep.ts';
import { type TestDatabase, testDatabase } from '../support/postgres.ts';
import { hasRedis, type TestRedis, testRedis } from '../support/redis.ts';
import { someRun } from '../support/rows.ts';

let database: TestDatabase;
let redis: TestRedis | undefined;
beforeAll(async () => {
  database = await testDatabase();
  await Promise.all([migrateQueue(database.url), migrateQueue(database.url)]);
  if (hasRedis) redis = await testRedis();
});
afterAll(async () => {
  await database.close();
  await redis?.close();
});

const until = (check: () => void | Promise<void>) => vi.waitFor(check, { timeout: 15_000, interval: 20 });

const backends = [
  { name: 'postgres', redisUrl: () => undefined, present: true },
  { name: 'redis', redisUrl: () => redis?.url, present: hasRedis },
];

describe.each(backends)('queue on $name', ({ redisUrl, present }) => {
  const queues: JobQueue[] = [];
  const errors: string[] = [];
  const open = () => {
    const queue = openQueue({ databaseUrl: database.url, redisUrl: redisUrl(), onError: ({ message }) => errors.push(message) });
    queues.push(queue);
    return queue;
  };
  afterEach(async () => {
    await Promise.all(queues.splice(0).map(queue => queue.close()));
  });
  const it = test.skipIf(!present);

  it('a job reaches a worker in another process’ queue, with its payload', async () => {
    const got: unknown[] = [];
    open().work('question', async payload => void got.push(payload));
    await open().enqueue('question', { question: 902 });
    await until(() => expect(got).toEqual([{ question: 902 }]));
  });

  it('a job that has ended may come again under the same id, after success and after failure', async () => {
    const got: number[] = [];
    const queue = open();
    queue.work('run', async ({ run }) => {
      got.push(run);
      if (got.length === 1) throw new Error('broken');
    });
    for (let times = 1; times <= 3; times++) {
      await until(async () => {
        await queue.enqueue('run', { run: 17 });
        expect(got).toHaveLength(times);
      });
    }
    expect(errors).toContain('broken');
  });

  it('a job that waits is not added twice', async () => {
    const queue = open();
    for (let i = 0; i < 5; i++) await queue.enqueue('run', { run: 18 });
    for (let i = 0; i < 5; i++) await queue.enqueueAgain('run', { run: 18 });
    await queue.enqueue('run', { run: 19 });
    const got: number[] = [];
    queue.work('run', async ({ run }) => void got.push(run));
    await until(() => expect(got).toContain(19));
    // An earlier test may have left a 17.
    expect(got.filter(run => run > 17)).toEqual([18, 19]);
  });

  it('a job that a killed worker seems to run still does not keep the row from being taken up', async () => {
    const dead = open();
    let started = false;
    let release = () => {};
    dead.work('run', () => {
      started = true;
      return new Promise<void>(resolve => (release = resolve));
    });
    await dead.enqueue('run', { run: 20 });
    await until(() => expect(started).toBe(true));
    try {
      const got: number[] = [];
      const alive = open();
      alive.work('run', async ({ run }) => void got.push(run));
      await alive.enqueue('run', { run: 20 });
      await alive.enqueueAgain('run', { run: 20 });
      await until(() => expect(got).toContain(20));
    } finally {
      release();
    }
  });

  it('closing aborts the handlers’ signals and waits for them', async () => {
    const queue = open();
    let handedBack = false;
    let started = false;
    queue.work('run', async (_, signal) => {
      started = true;
      await new Promise(resolve => signal.addEventListener('abort', resolve, { once: true }));
      await new Promise(resolve => setTimeout(resolve, 50));
      handedBack = true;
    });
    await queue.enqueue('run', { run: 21 });
    await until(() => expect(started).toBe(true));
    await queue.close();
    expect(handedBack).toBe(true);
  });

  it('a row written while no job was queued for it is swept to a worker; one that is held is left alone', async () => {
    const { db } = database;
    const { run } = await someRun(db);
    const held = await someRun(db);
    await claimRun(db, held.run.id, 'elsewhere');
    const taken: number[] = [];
    const queue = open();
    queue.work('run', async ({ run: id }) => {
      const claimed = await claimRun(db, id, 'w');
      if (!claimed) return;
      taken.push(id);
      await failRun(db, claimed.claim, { code: 'x', values: {} });
    });
    const sweep = startSweep({
      queue,
      open: { runs: () => runsToWake(db), questions: async () => [], searches: async () => [] },
      onError: e => errors.push(e.message),
      everyMs: 100,
    });
    try {
      await until(async () => expect((await runById(db, run.id))!.state).toBe('failed'));
      await sweep.now();
      expect(taken).toEqual([run.id]);
      expect((await runById(db, held.run.id))!).toMatchObject({ state: 'checking', attempt: 1 });
    } finally {
      await sweep.stop();
    }
  });
});

describe('the queue is away', () => {
  test.skipIf(!hasRedis)('rows are written all the same, enqueueing does not hang, and the sweep brings them when it is back', async () => {
    const { db } = database;
    const own = await testRedis();
    const errors: string[] = [];
    const got: number[] = [];
    const queue = openQueue({ databaseUrl: database.url, redisUrl: own.url, onError: ({ message }) => errors.push(message) });
    const sweep = startSweep({
      queue,
      open: { runs: () => runsToWake(db), questions: async () => [], searches: async () => [] },
      onError: () => {},
      everyMs: 200,
    });
    try {
      queue.work('run', async ({ run }) => {
        if (await claimRun(db, run, 'w')) got.push(run);
      });
      await own.stop();
      const { run } = await someRun(db);
      await queue.enqueue('run', { run: run.id });
      expect(errors).toContain(`the job run-${run.id} could not be queued now`);
      expect(got).toEqual([]);
      await own.start();
      await until(() => expect(got).toContain(run.id));
    } finally {
      await sweep.stop();
      await queue.close();
      await own.close();
    }
  });

  test.skipIf(!hasRedis)('a queue that never was there: enqueueing and closing do not hang', async () => {
    const own = await testRedis();
    await own.close();
    const errors: string[] = [];
    const queue = openQueue({ databaseUrl: database.url, redisUrl: own.url, onError: ({ message }) => errors.push(message) });
    queue.work('run', async () => {});
    await queue.enqueue('run', { run: 1 });
    expect(errors).toContain('the job run-1 could not be queued now');
    await queue.close();
  });
});

test('a round that fails does not end the sweep', async () => {
  const { workspace, ada, members, run } = await someRun(database.db);
  const { claim } = (await claimRun(database.db, run.id, 'w'))!;
  await failRun(database.db, claim, { code: 'x', values: {} });
  const open = await startRun(database.db, workspace, { requestedBy: ada, channel: 'C1', members });
  const queued: number[] = [];
  const errors: Error[] = [];
  let calls = 0;
  const sweep = startSweep({
    queue: { enqueueAgain: async (_, payload) => void queued.push((payload as { run: number }).run) },
    open: {
      runs: () => (++calls === 1 ? Promise.reject(new Error('database away')) : runsToWake(database.db)),
      questions: async () => [],
      searches: async () => [],
    },
    onError: error => errors.push(error),
    everyMs: 20,
  });
  await until(() => expect(queued).toContain(open.id));
  await sweep.stop();
  expect(errors.map(({ message }) => message)).toEqual(['database away']);
});
