// `npm start` as a process, with stand-ins for bot and worker: what it says, what it leaves behind, what happens when parts are killed.
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { isAlive } from '../../src/data/embedded/process.ts';
import { projectRoot } from '../../src/root.ts';
import { type TestDatabase, testDatabase } from '../support/postgres.ts';
import { hasRedis, testRedis } from '../support/redis.ts';

const PROGRAM = join(projectRoot(), 'test/support/start/start.ts');
const OPEN = 'Open the chat: http://127.0.0.1:7777/?token=abc';

type Run = { process: ChildProcess; output: () => string; code: Promise<number | null> };
const runs: Run[] = [];
let folder: string;

/** One folder for the file: its cluster is made once, and every test leaves it free. */
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'apprentice-start-'));
});
afterEach(async () => {
  const left = runs.splice(0);
  for (const run of left) run.process.kill('SIGTERM');
  await Promise.all(left.map(run => run.code));
  await until(() => expect(leftOf(folder)).toEqual([]));
  rmSync(join(folder, 'diary'), { force: true });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const until = (check: () => void | Promise<void>) => vi.waitFor(check, { timeout: 40_000, interval: 50 });
const pidOf = (name: string) => Number(readFileSync(join(folder, 'pids', name), 'utf8'));
const diary = () => (existsSync(join(folder, 'diary')) ? readFileSync(join(folder, 'diary'), 'utf8').trim().split('\n') : []);
const everyPid = () => ['bot', 'worker', 'postgres', 'postgres-watchdog'].map(pidOf);

/** Processes of the folder that are still there. */
function leftOf(dataDir: string): string[] {
  return ['bot', 'worker', 'postgres', 'postgres-watchdog'].filter(name => {
    const file = join(dataDir, 'pids', name);
    return existsSync(file) && isAlive(Number(readFileSync(file, 'utf8')));
  });
}

function startIt(env: Record<string, string> = {}): Run {
  const { PATH = '', HOME = '' } = process.env;
  const child = spawn(process.execPath, ['--import', 'tsx', PROGRAM], {
    env: { PATH, HOME, DATA_DIR: folder, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    cwd: projectRoot(),
  });
  let said = '';
  for (const stream of [child.stdout!, child.stderr!]) stream.on('data', chunk => (said += chunk));
  const run = { process: child, output: () => said, code: new Promise<number | null>(resolve => child.once('exit', resolve)) };
  runs.push(run);
  return run;
}

async function ready(env?: Record<string, string>): Promise<Run> {
  const run = startIt(env);
  await until(() => expect(run.output()).toContain(OPEN));
  return run;
}

describe('in order', () => {
  test('one line a step, the address last; Ctrl-C ends bot, worker and database in this order, and nothing stays', async () => {
    const run = await ready();
    const lines = run.output().trim().split('\n');
    const beginnings = ['Data ', 'Database ', 'Tables ', 'Bot ', 'Model ', 'Worker ', 'Open the chat'];
    for (const beginning of beginnings)
      expect(
        lines.filter(line => line.startsWith(beginning)),
        beginning,
      ).toHaveLength(1);
    expect(lines.at(-2)).toBe(OPEN);
    const pids = everyPid();
    expect(pids.every(isAlive)).toBe(true);

    run.process.kill('SIGINT');
    expect(await run.code).toBe(0);
    expect(pids.filter(isAlive)).toEqual([]);
    expect(diary().slice(-2)).toEqual(['bot stopped', 'worker stopped']);
    expect(run.output()).toMatch(/Stopping …\nStopped\.\n$/);
    expect(readFileSync(join(folder, 'bot.log'), 'utf8') + readFileSync(join(folder, 'worker.log'), 'utf8')).not.toMatch(/error/i);
  });

  test('the second start on a folder says who holds it, since when and where, and exits 1; the first lives on', async () => {
    const first = await ready();
    const second = startIt();
    expect(await second.code).toBe(1);
    expect(second.output().trim().split('\n')).toHaveLength(1);
    expect(second.output()).toContain(`process ${first.process.pid} since 20`);
    expect(second.output()).toContain('http://127.0.0.1:7777/?token=abc');
    expect(everyPid().every(isAlive)).toBe(true);
  });

  test('many starts at once: one gets the folder', async () => {
    const all = [1, 2, 3].map(() => startIt());
    const outcomes = Promise.all(all.map(async run => [await run.code, run.output()] as const));
    await until(() => expect(all.filter(run => run.output().includes(OPEN))).toHaveLength(1));
    await until(() => expect(all.filter(run => run.process.exitCode === 1)).toHaveLength(2));
    all.find(run => run.process.exitCode === null)!.process.kill('SIGTERM');
    const refused = (await outcomes).filter(([code]) => code === 1);
    for (const [, output] of refused) expect(output).toContain('is in use by process');
  });

  test('in Chinese where the place is Chinese', async () => {
    const run = startIt({ LANG: 'zh_CN.UTF-8' });
    await until(() => expect(run.output()).toContain('打开聊天：http://127.0.0.1:7777'));
    expect(run.output()).toContain('数据表');
  });

  test('without a page it says where people talk, and calls the health address what it is', async () => {
    const run = startIt({ STAND_IN: 'away' });
    const closing = 'Talk to it in Slack and Feishu.\nIts health: http://127.0.0.1:7777/health\n(Ctrl-C stops everything)\n';
    await until(() => expect(run.output()).toContain(closing));
    expect(run.output()).not.toContain('Open the chat');
  });
});

describe('killed', () => {
  test('a child that is killed is started again, and said', async () => {
    const run = await ready();
    const [bot, worker] = [pidOf('bot'), pidOf('worker')];
    process.kill(worker, 'SIGKILL');
    process.kill(bot, 'SIGKILL');
    await until(() => expect(diary().filter(line => line.endsWith('started'))).toHaveLength(4));
    expect(run.output()).toContain('Worker     stopped unexpectedly (SIGKILL); starting it again in 1 s');
    expect(run.output()).toContain(join(folder, 'bot.log'));
    expect([pidOf('bot'), pidOf('worker')]).not.toEqual([bot, worker]);
  });

  test('the database is killed: started again on the same port, its rows are there', async () => {
    const run = await ready();
    const before = pidOf('postgres');
    process.kill(before, 'SIGKILL');
    await until(() => {
      expect(pidOf('postgres')).not.toBe(before);
      expect(isAlive(pidOf('postgres'))).toBe(true);
    });
    expect(run.output()).toContain('Database   stopped unexpectedly');
    const password = readFileSync(join(folder, 'postgres.secret'), 'utf8');
    const port = readFileSync(join(folder, 'postgres.port'), 'utf8');
    const client = new pg.Client(`postgres://apprentice:${password}@127.0.0.1:${port}/postgres`);
    await client.connect();
    const { rows } = await client.query("select team from workspaces where platform = 'stand-in' order by team");
    await client.end();
    expect(rows).toEqual([{ team: 'bot' }, { team: 'worker' }]);
  });

  test('the parent is SIGKILLed: nothing stays, and the next start works', async () => {
    const run = await ready();
    const pids = everyPid();
    run.process.kill('SIGKILL');
    await until(() => expect(pids.filter(isAlive)).toEqual([]));
    await ready();
  });

  test('a child that does not leave with its SIGKILLed parent is ended by the next start', async () => {
    const run = await ready({ STAND_IN: 'deaf' });
    const worker = pidOf('worker');
    run.process.kill('SIGKILL');
    await run.code;
    expect(isAlive(worker)).toBe(true);
    await ready();
    expect(isAlive(worker)).toBe(false);
  });
});

describe('what does not work is one sentence', () => {
  test('a worker that cannot have its model says why, once, and is tried again; the chat is open all the same', async () => {
    const run = await ready({ STAND_IN: 'modelless' });
    await until(() => expect(diary().filter(line => line === 'worker started').length).toBeGreaterThan(2));
    expect(run.output().split('The database at hub (DATABASE_URL) cannot be used: no route.')).toHaveLength(2);
    expect(run.output()).not.toContain('unexpectedly');
  });

  test.each([
    ['bad variables', { PORT: 'x', THREADS: '-1' }, ['PORT is', 'THREADS is']],
    ['a database that is not there', { DATABASE_URL: 'postgres://u:secret@127.0.0.1:9/x' }, ['127.0.0.1:9', 'ECONNREFUSED']],
    ['a queue that is not there', { REDIS_URL: 'redis://127.0.0.1:9' }, ['127.0.0.1:9', 'ECONNREFUSED']],
    ['a folder that cannot be made', { DATA_DIR: '/dev/null/data' }, ['/dev/null/data']],
  ])('%s', async (_, env, parts) => {
    const run = startIt(env as unknown as Record<string, string>);
    expect(await run.code).toBe(1);
    for (const part of parts) expect(run.output()).toContain(part);
    expect(run.output()).not.toMatch(/^\s+at /m);
    expect(run.output()).not.toContain('secret@');
    expect(leftOf(folder)).toEqual([]);
  });
});

describe('with servers of one’s own', () => {
  let database: TestDatabase | undefined;
  afterAll(() => database?.close());

  test.skipIf(!hasRedis)('DATABASE_URL and REDIS_URL: those are used, none is started, none is stopped', async () => {
    database = await testDatabase();
    const redis = await testRedis();
    const own = join(folder, 'own');
    mkdirSync(own);
    try {
      const run = await ready({ DATA_DIR: own, DATABASE_URL: database.url, REDIS_URL: redis.url });
      expect(run.output()).toContain(`Database   Postgres 18 at ${new URL(database.url).host}`);
      expect(run.output()).toContain(`Queue      Redis at ${new URL(redis.url).host}`);
      expect(existsSync(join(own, 'postgres'))).toBe(false);
      run.process.kill('SIGTERM');
      expect(await run.code).toBe(0);
      expect((await database.pool.query("select count(*)::int as n from workspaces where platform = 'stand-in'")).rows).toEqual([{ n: 2 }]);
      expect(leftOf(own)).toEqual([]);
    } finally {
      await redis.close();
    }
  });
});
