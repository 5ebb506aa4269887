// The health check of a worker's container, as the container runs it.
import { spawnSync } from 'node:child_process';
import { hostname } from 'node:os';
import { sql } from 'drizzle-orm';
import { expect, it, onTestFinished } from 'vitest';
import { compiled } from '../../src/root.ts';
import { testDatabase } from '../support/postgres.ts';
import { endWorker, forkWorker } from '../support/worker-process.ts';

function health(env: Record<string, string>): [code: number | null, said: string] {
  const { status, stdout, stderr } = spawnSync(process.execPath, [compiled('worker/health')], {
    env: { PATH: process.env.PATH, ...env },
    encoding: 'utf8',
  });
  return [status, stdout + stderr];
}

it('a living worker is well; one that is silent, or gone, is not', async () => {
  const database = await testDatabase();
  onTestFinished(database.close);
  const env = { DATABASE_URL: database.url };
  const notAlive = `No worker that runs on ${hostname()} has been heard of lately.\n`;
  expect(health(env)).toEqual([1, notAlive]);
  const { child } = await forkWorker(database.url);
  expect(health(env)).toEqual([0, `The worker on ${hostname()} (process ${child.pid}) is alive.\n`]);
  expect(health({ ...env, LANGUAGE: 'zh' })).toEqual([0, `${hostname()} 上的工作进程（进程号 ${child.pid}）在运行。\n`]);

  // It hangs: the process is there and says nothing any more.
  child.kill('SIGSTOP');
  await database.db.execute(sql`update workers set beat_at = now() - interval '21 seconds'`);
  expect(health(env)).toEqual([1, notAlive]);
  child.kill('SIGCONT');
  await expect.poll(() => health(env)[0], { timeout: 30_000, interval: 500 }).toBe(0);

  // Killed a moment ago, its row still says that it lives.
  await endWorker(child, 'SIGKILL');
  await database.db.execute(sql`update workers set beat_at = now()`);
  expect(health(env)).toEqual([1, notAlive]);
}, 90_000);

it('without a database that answers it says so in one sentence', () => {
  expect(health({})[0]).toBe(1);
  const [code, said] = health({ DATABASE_URL: 'postgres://apprentice:x@127.0.0.1:1/postgres' });
  expect([code, said.trim().split('\n')]).toEqual([1, [expect.stringContaining('127.0.0.1:1')]]);
});
