// A run goes to a worker that it fits: others leave it, say why, and nobody takes it twice.
import { hostname } from 'node:os';
import { eq, sql } from 'drizzle-orm';
import { afterEach, describe, expect, it } from 'vitest';
import { claimRun } from '../../src/data/claims.ts';
import { runById } from '../../src/data/runs.ts';
import { workers } from '../../src/data/schema.ts';
import { beat, liveWorkers, troubledWorkers } from '../../src/data/workers.ts';
import { openActivity } from '../../worker/activity.ts';
import { type Heart, lastWords, openWaiting, startHeart } from '../../worker/beat.ts';
import { torchTrainer } from '../../worker/choose-trainer.ts';
import { type Device, openDevice } from '../../worker/device.ts';
import type { Gpu } from '../../worker/nvidia-smi.ts';
import { workOnRun } from '../../worker/run.ts';
import type { Workplace } from '../../worker/workplace.ts';
import { freshRun, someTeam, teamRun, workedOff, workplaceOfThisFile } from '../support/workplace.ts';

const at = workplaceOfThisFile();
const short = { epochs: 1, batch: 4, replay: 0 };
const never = new AbortController().signal;
const about = { roles: ['train'], version: '1' };
const stateOf = async (id: number) => (await runById(at.db, id))!;

/** Another host's worker, played by its row. */
const neighbour = (host: string, more: Partial<Parameters<typeof beat>[1]> = {}) =>
  beat(at.db, { host, pid: 1, roles: ['train'], device: 'cpu', version: '1', baseFingerprint: at.place.base.model.fingerprint, ...more });

const memory = (bytes: number): Device => ({ kind: 'cpu', name: 'cpu', labels: ['builtin', 'cpu'], freeBytes: async () => bytes });
const mine = (more: Partial<Workplace> = {}): Workplace => ({
  ...at.place,
  activity: openActivity(),
  name: `${hostname()}/${process.pid}`,
  ...more,
});

let heart: Heart | undefined;
afterEach(async () => {
  await heart?.stop();
  heart = undefined;
  await at.db.delete(workers);
});

describe('a run whose check does not fit here', () => {
  it('is left to a worker that could take it, once; when nobody is left it fails with what would help', async () => {
    const team = await someTeam(at.db);
    const { id } = await freshRun(at.db, team, short);
    await neighbour('bigger');
    const small = mine({ device: memory(50e6) });
    heart = await startHeart(small, about);
    await workOnRun(small, id, never);
    expect(await stateOf(id)).toMatchObject({ state: 'checking', attempt: 1, fruitless: 0, leaseUntil: null });
    await expect
      .poll(async () => (await liveWorkers(at.db)).find(({ host }) => host === hostname())?.unfit)
      .toMatchObject({ run: id, code: 'worker.unfit.memory' });
    await workOnRun(small, id, never);
    await workOnRun(small, id, never);
    expect(await stateOf(id)).toMatchObject({ attempt: 1 });

    await neighbour('bigger', { unfit: { run: id, code: 'worker.unfit.memory', values: { needs: '1', free: '0' } } });
    await workOnRun(small, id, never);
    expect(await stateOf(id)).toMatchObject({ state: 'failed', attempt: 2, failureCode: 'preflight.short.rent' });
  });

  it('fails at once where there is nobody else', async () => {
    const { id } = await freshRun(at.db, await someTeam(at.db), short);
    await workOnRun(mine({ device: memory(50e6) }), id, never);
    expect(await stateOf(id)).toMatchObject({ state: 'failed' });
  });
});

describe('a run that began already', () => {
  it('on another base waits for a worker that has it, and the row says which', async () => {
    const { run } = await teamRun(at.db, short);
    await at.db.execute(sql`update runs set base = 'other', base_fingerprint = 'other' where id = ${run.id}`);
    const place = mine();
    expect(await workedOff(place, run)).toMatchObject({ state: 'queued', attempt: 0 });
    const values = { began: 'other', now: 'tiny-llama' };
    expect(place.activity.now.unfit).toEqual({ run: run.id, code: 'worker.unfit.base', values });
    await at.db.execute(sql`update runs set base = null, base_fingerprint = null where id = ${run.id}`);
    expect(await workedOff(place, run)).toMatchObject({ state: 'done' });
    expect(place.activity.now.unfit).toBeUndefined();
  });

  it('does not go on where the memory does not suffice, and does where it does', async () => {
    const { id } = await freshRun(at.db, await someTeam(at.db), short);
    await workOnRun(mine(), id, never);
    await at.db.execute(sql`update runs set state = 'queued' where id = ${id} and state = 'waiting'`);
    const small = mine({ device: memory(50e6) });
    await workOnRun(small, id, never);
    expect(await stateOf(id)).toMatchObject({ state: 'queued', attempt: 1 });
    expect(small.activity.now.unfit).toMatchObject({ code: 'worker.unfit.memory', values: { free: '0.1' } });
    expect(await workedOff(mine(), { id })).toMatchObject({ state: 'done' });
  });
});

describe('a GPU', () => {
  const gpus = async (): Promise<Gpu[]> =>
    [0, 1].map(i => ({ index: String(i), uuid: `GPU-${i}abc`, name: 'NVIDIA L4', freeBytes: (i + 1) * 1e10 }));
  const open = (visible?: string, processes = 1) =>
    openDevice(torchTrainer('python3', { quantize: '4bit' }), { threads: 2, processes, visible, gpus });

  it('is what the worker may see, marked by its index; of several the fullest decides', async () => {
    expect(await open()).toMatchObject({ kind: 'cuda', name: 'NVIDIA L4', labels: ['torch', '4bit', 'cuda', 'gpu:0'] });
    expect((await open('1')).labels).toContain('gpu:1');
    expect((await open('GPU-1a')).labels).toContain('gpu:1');
    expect((await open('')).kind).toBe('cpu');
    const both = await open(undefined, 2);
    expect([both.name, await both.freeBytes()]).toEqual(['2 × NVIDIA L4', 1e10]);
  });

  it('has one run at a time, whichever worker comes first', async () => {
    const [a, b] = [(await teamRun(at.db, short)).run, (await teamRun(at.db, short)).run];
    const [one, other] = [`${hostname()}/1`, `${hostname()}/2`];
    for (const pid of [1, 2]) await neighbour(hostname(), { pid, labels: ['torch', 'cuda', 'gpu:0'] });
    const gpu = { host: hostname(), labels: ['gpu:0'] };
    const claims = await Promise.all([claimRun(at.db, a.id, one, gpu), claimRun(at.db, b.id, other, gpu)]);
    expect(claims.filter(claim => claim !== undefined)).toHaveLength(1);
    const left = claims[0] ? b : a;
    expect(await claimRun(at.db, left.id, `${hostname()}/3`, { host: hostname(), labels: ['gpu:1'] })).toBeDefined();
  });
});

it('a worker that cannot begin says why, is no living worker, and is forgotten when one begins there', async () => {
  const problem = { code: 'model.folderMissing', values: { folder: '/nowhere' } };
  for (let i = 0; i < 2; i++) await lastWords(at.db, about, problem);
  expect(await liveWorkers(at.db)).toEqual([]);
  expect(await troubledWorkers(at.db)).toMatchObject([{ host: hostname(), problem }]);
  heart = await startHeart(mine(), about);
  expect(await troubledWorkers(at.db)).toEqual([]);
  expect(await at.db.select().from(workers).where(eq(workers.host, hostname()))).toMatchObject([
    { labels: ['builtin', 'cpu'], problem: null },
  ]);
});

it('a worker that fetches its base says how far it is, is no living worker, and leaves nothing behind when it goes on', async () => {
  const waiting = openWaiting(at.db, at.place.log, about);
  await waiting.stop();
  expect(await at.db.select().from(workers)).toEqual([]);
  const waitingNow = openWaiting(at.db, at.place.log, about);
  const preparing = (percent: number) => ({ code: 'worker.preparing', values: { percent } });
  for (const percent of [0, 12, 40]) waitingNow.say(preparing(percent));
  const told = () => troubledWorkers(at.db);
  await expect.poll(told, { timeout: 20_000 }).toMatchObject([{ host: hostname(), problem: preparing(40) }]);
  expect(await liveWorkers(at.db)).toEqual([]);
  waitingNow.say({ code: 'answers.waiting', values: { host: 'vllm:8000', why: '503' } });
  await expect.poll(told, { timeout: 20_000 }).toMatchObject([{ problem: { code: 'answers.waiting' } }]);
  await waitingNow.stop();
  expect(await at.db.select().from(workers)).toEqual([]);
});
