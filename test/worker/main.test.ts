// The worker process itself, compiled, as npm start forks it: what it takes, what it leaves behind, and what a kill -9 does to a run.
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { askQuestion, questionById } from '../../src/data/questions.ts';
import { runById, runProgress } from '../../src/data/runs.ts';
import { liveWorkers, troubledWorkers } from '../../src/data/workers.ts';
import { migrateQueue } from '../../src/queue/backend.ts';
import { fakeHub } from '../support/hub.ts';
import { temporaryFolder, tinyFolder } from '../support/models.ts';
import { type TestDatabase, testDatabase } from '../support/postgres.ts';
import { endWorker, forkWorker } from '../support/worker-process.ts';
import { anotherRun, teamRun } from '../support/workplace.ts';

const WISHES = { epochs: 40, batch: 2, replay: 2 };

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
  await migrateQueue(database.url);
});
afterAll(() => database.close());

/** One folder a test: its workers find each other's checkpoints there. */
let dataDir: string;
beforeEach(() => {
  dataDir = temporaryFolder();
});
const worker = (env: Record<string, string> = {}) => forkWorker(database.url, { DATA_DIR: dataDir, ...env });

const stateOf = async (run: number) => (await runById(database.db, run))!.state;
const isAlive = (pid: number) => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};
const hasCheckpoint = (run: number) =>
  expect.poll(async () => (await runById(database.db, run))!.checkpointStep, { timeout: 40_000, interval: 20 }).not.toBeNull();
const isDone = (run: number, timeout: number) => expect.poll(() => stateOf(run), { timeout, interval: 100 }).toBe('done');
const trainerPid = async () => (await liveWorkers(database.db)).find(({ trainerPid: pid }) => pid !== null)?.trainerPid;

describe('the worker process', () => {
  it('says when it is ready, that it lives and what it is, and takes rows that nobody queued', async () => {
    const { run, workspace, channel, ada } = await teamRun(database.db, { ...WISHES, epochs: 1 });
    const question = await askQuestion(database.db, workspace, {
      channel,
      asker: ada,
      source: 'm1',
      kind: 'qa',
      turns: [{ role: 'user', content: 'How do I moor boat 3?' }],
      lang: 'en',
      seed: 1,
    });
    const { child, told } = await worker();
    expect(told.at(-1)).toEqual({ kind: 'ready' });
    expect(await liveWorkers(database.db)).toMatchObject([{ pid: child.pid, roles: ['train', 'answer'], base: 'tiny-llama' }]);
    await isDone(run.id, 40_000);
    await expect.poll(async () => (await questionById(database.db, question.id))!.question.state, { timeout: 20_000 }).toBe('answered');
    expect(await endWorker(child, 'SIGTERM')).toBe(0);
    expect(await liveWorkers(database.db)).toEqual([]);
  });

  it('killed in mid-run: when its lease has run out another one goes on from its checkpoint, to the same curve, and no trainer is left', async () => {
    const team = await teamRun(database.db, WISHES);
    const first = await worker();
    await hasCheckpoint(team.run.id);
    await expect.poll(trainerPid, { timeout: 10_000 }).toBeDefined();
    const trainer = (await trainerPid())!;
    await endWorker(first.child, 'SIGKILL');
    const before = await runProgress(database.db, team.run.id);
    expect(await stateOf(team.run.id)).toBe('training');
    await database.db.execute(sql`update runs set lease_until = now() where id = ${team.run.id}`);
    await worker();
    await expect.poll(async () => (await runById(database.db, team.run.id))!.attempt, { timeout: 30_000, interval: 100 }).toBe(2);
    await expect.poll(() => isAlive(trainer), { timeout: 20_000 }).toBe(false);
    await isDone(team.run.id, 60_000);
    const { steps, events } = await runProgress(database.db, team.run.id);
    expect(events.filter(({ kind }) => kind === 'started')[1].detail.resumedAt).toBeGreaterThan(0);

    const again = await anotherRun(database.db, team, WISHES);
    await isDone(again.id, 60_000);
    const undisturbed = await runProgress(database.db, again.id);
    expect(steps.map(({ step, loss }) => [step, loss])).toEqual(undisturbed.steps.map(({ step, loss }) => [step, loss]));
    expect(before.steps.length).toBeLessThan(steps.length);
  }, 180_000);

  it('asked to stop, or left by its parent: hands the run back, stops the trainer, ends by itself', async () => {
    const { run } = await teamRun(database.db, { ...WISHES, epochs: 50 });
    const first = await worker();
    await hasCheckpoint(run.id);
    await expect.poll(trainerPid, { timeout: 10_000 }).toBeDefined();
    const trainer = (await trainerPid())!;
    const ended = new Promise(resolve => first.child.once('exit', resolve));
    first.child.disconnect();
    expect(await ended).toBe(0);
    expect(isAlive(trainer)).toBe(false);
    expect(await runById(database.db, run.id)).toMatchObject({ state: 'training', leaseUntil: null, fruitless: 0 });
    await database.db.execute(sql`update runs set cancel_at = now() where id = ${run.id}`);
  }, 90_000);

  it('fetches a base that it lacks from the hub that it is told of, with its token', async () => {
    const hub = await fakeHub('Org/Tiny', tinyFolder('tiny-llama'), undefined, 'hf_ours');
    const { child, told } = await worker({ BASE_MODEL: 'Org/Tiny', HF_ENDPOINT: hub.url, HF_TOKEN: 'hf_ours' });
    expect(told.at(-1)).toEqual({ kind: 'ready' });
    expect(told[0]).toMatchObject({ kind: 'model', phase: 'download' });
    expect(await liveWorkers(database.db)).toEqual(
      expect.arrayContaining([expect.objectContaining({ pid: child.pid, base: 'Org--Tiny' })]),
    );
  });

  it('without its database says so in one sentence, and leaves to be started again', async () => {
    const { child, told } = await worker({ DATABASE_URL: 'postgres://apprentice:x@127.0.0.1:1/postgres' });
    expect(told).toMatchObject([{ kind: 'problem', code: 'database.away', values: { host: '127.0.0.1:1' } }]);
    await expect.poll(() => child.exitCode).toBe(1);
  });

  it('two of them never take one run', async () => {
    const pair = await Promise.all([worker(), worker()]);
    // One that an earlier test killed may still count as alive.
    const pids = (await liveWorkers(database.db)).map(({ pid }) => pid);
    expect(pids).toEqual(expect.arrayContaining(pair.map(({ child }) => child.pid)));
    const runs = [];
    for (let i = 0; i < 3; i++) runs.push((await teamRun(database.db, { epochs: 1, batch: 4, replay: 0 })).run.id);
    for (const run of runs) await isDone(run, 60_000);
    for (const run of runs) {
      const { events } = await runProgress(database.db, run);
      expect(events.filter(({ kind }) => kind === 'claimed')).toHaveLength(1);
    }
  }, 180_000);

  it('without a base says so in one sentence, to its parent, on stderr and in its row', async () => {
    const folder = join(dataDir, 'nowhere');
    const { child, told } = await worker({ BASE_MODEL: folder });
    expect(told).toEqual([{ kind: 'problem', code: 'model.folderMissing', values: { folder } }]);
    let said = '';
    child.stderr!.on('data', chunk => (said += chunk));
    await expect.poll(() => child.exitCode).toBe(1);
    expect(said.trim().split('\n')).toHaveLength(1);
    expect(said).toContain('There is no model folder at');
    expect(await troubledWorkers(database.db)).toMatchObject([{ problem: { code: 'model.folderMissing', values: { folder } } }]);
  });
});
