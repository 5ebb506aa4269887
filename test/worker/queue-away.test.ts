// Redis is away: what is started meanwhile stands in its row, and the worker, which lives on, finds it when Redis is back.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runById } from '../../src/data/runs.ts';
import { openQueue } from '../../src/queue/queue.ts';
import { type TestDatabase, testDatabase } from '../support/postgres.ts';
import { hasRedis, type TestRedis, testRedis } from '../support/redis.ts';
import { forkWorker } from '../support/worker-process.ts';
import { anotherRun, teamRun } from '../support/workplace.ts';

describe.skipIf(!hasRedis)('the queue is away', () => {
  let database: TestDatabase;
  let redis: TestRedis;
  beforeAll(async () => {
    database = await testDatabase();
    redis = await testRedis();
  });
  afterAll(async () => {
    await redis.close();
    await database.close();
  });
  const isDone = (run: number) =>
    expect.poll(async () => (await runById(database.db, run))!.state, { timeout: 60_000, interval: 100 }).toBe('done');

  it('a run that is started then is taken up when it is back, by the same worker', async () => {
    const WISHES = { epochs: 1, batch: 4, replay: 0 };
    const { child } = await forkWorker(database.url, { REDIS_URL: redis.url });
    const team = await teamRun(database.db, WISHES);
    await isDone(team.run.id);

    await redis.stop();
    const problems: Error[] = [];
    const queue = openQueue({ databaseUrl: database.url, redisUrl: redis.url, onError: error => problems.push(error) });
    const run = await anotherRun(database.db, team, WISHES);
    // As the bot does it: nobody who starts a run hears of the queue.
    await queue.enqueue('run', { run: run.id });
    expect(problems.length).toBeGreaterThan(0);
    expect((await runById(database.db, run.id))!.attempt).toBe(0);
    await queue.close();

    await redis.start();
    await isDone(run.id);
    expect(child.exitCode).toBeNull();
  }, 120_000);
});
