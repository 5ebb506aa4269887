// Runs that something happens to: the trainer is killed, two workers want the same run, the worker leaves.
// Real Postgres, the real trainer program, the real engine; the curve must be the one of a run that nothing happened to.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { type Progress, runById, runProgress } from '../../src/data/runs.ts';
import { versionOfRun } from '../../src/data/versions.ts';
import { openActivity } from '../../worker/activity.ts';
import type { Workplace } from '../../worker/workplace.ts';
import { anotherRun, atWork, teamRun, workedOff, workplaceOfThisFile } from '../support/workplace.ts';

/** A second's work on an idle machine; one that does much else beside it may take its time. */
const PATIENCE_MS = 120_000;
/** Some hundred steps: long enough to be in the middle of it, short enough for a test. */
const WISHES = { epochs: 40, batch: 2, replay: 0 };

vi.setConfig({ testTimeout: 3 * PATIENCE_MS });
const at = workplaceOfThisFile();
let team: Awaited<ReturnType<typeof teamRun>>;
let undisturbed: Progress;
beforeAll(async () => {
  team = await teamRun(at.db, WISHES);
  expect(await workedOff(at.place, team.run)).toMatchObject({ state: 'done' });
  undisturbed = await runProgress(at.db, team.run.id);
});

/** The same examples and settings again. */
const begin = () => anotherRun(at.db, team, WISHES);
const beside = (name: string): Workplace => ({ ...at.place, name, activity: openActivity() });
const runOf = async (id: number) => (await runById(at.db, id))!;
const hasCheckpoint = (id: number) =>
  expect.poll(async () => (await runOf(id)).checkpointStep, { timeout: PATIENCE_MS, interval: 20 }).not.toBeNull();
const curve = ({ steps, heldout }: Progress) => ({
  steps: steps.map(({ step, loss }) => [step, loss]),
  heldout: heldout.map(({ step, loss }) => [step, loss]),
});

describe('the trainer is killed in mid-run', () => {
  it('the run goes on from its checkpoint, to the same curve and the same adapter', async () => {
    const run = await begin();
    const work = atWork(at.place, run);
    await hasCheckpoint(run.id);
    process.kill(at.place.activity.now.trainerPid!, 'SIGKILL');
    await work;

    const done = await runOf(run.id);
    expect(done).toMatchObject({ state: 'done', attempt: 2, failureCode: null });
    const progress = await runProgress(at.db, run.id);
    const [, resumed] = progress.events.filter(({ kind }) => kind === 'started');
    expect(resumed.detail.resumedAt).toBeGreaterThan(0);
    expect(progress.events.find(({ kind }) => kind === 'trainer-died')!.detail).toMatchObject({ signal: 'SIGKILL' });
    expect(curve(progress)).toEqual(curve(undisturbed));
    expect((await versionOfRun(at.db, run.id))!.artifact).toBe((await versionOfRun(at.db, team.run.id))!.artifact);
  });

  it('twice without a new checkpoint: the run fails and says so', async () => {
    const run = await begin();
    const work = atWork(at.place, run);
    for (const attempt of [1, 2]) {
      await expect
        .poll(async () => (await runOf(run.id)).attempt === attempt && at.place.activity.now.trainerPid !== undefined, {
          timeout: PATIENCE_MS,
          interval: 5,
        })
        .toBe(true);
      process.kill(at.place.activity.now.trainerPid!, 'SIGKILL');
    }
    await work;
    expect(await runOf(run.id)).toMatchObject({ state: 'failed', failureCode: 'runGotNowhere', failureValues: { attempts: 2 } });
    expect(await versionOfRun(at.db, run.id)).toBeUndefined();
  });
});

describe('two workers', () => {
  it('that wake for one run at once: one works, the other finds nothing to do', async () => {
    const run = await begin();
    await Promise.all([atWork(at.place, run), atWork(beside('host/2'), run)]);
    const progress = await runProgress(at.db, run.id);
    expect(progress.events.filter(({ kind }) => kind === 'claimed')).toHaveLength(1);
    expect(await runOf(run.id)).toMatchObject({ state: 'done', attempt: 1 });
  });

  it('one that lost its lease changes nothing any more; the other goes on from its checkpoint', async () => {
    const run = await begin();
    const first = atWork(at.place, run);
    await hasCheckpoint(run.id);
    await at.db.execute(sql`update runs set lease_until = now() - interval '1 second' where id = ${run.id}`);
    const second = beside('host/2');
    await Promise.all([first, atWork(second, run)]);

    expect(await runOf(run.id)).toMatchObject({ state: 'done', attempt: 2, worker: 'host/2' });
    const progress = await runProgress(at.db, run.id);
    const taken = progress.events.findIndex(({ kind, attempt }) => kind === 'claimed' && attempt === 2);
    expect(progress.events.slice(taken).every(({ attempt }) => attempt === 2)).toBe(true);
    expect(curve(progress)).toEqual(curve(undisturbed));
    const { rows } = await at.db.execute(sql`select id from versions where run = ${run.id}`);
    expect(rows).toHaveLength(1);
  });
});

describe('the worker leaves', () => {
  it('with a fresh checkpoint, no rows left behind, and no attempt held against the run; the next one ends it', async () => {
    const run = await begin();
    const leaving = new AbortController();
    const work = atWork(at.place, run, leaving);
    await hasCheckpoint(run.id);
    leaving.abort();
    await work;

    const left = await runOf(run.id);
    expect(left).toMatchObject({ state: 'training', leaseUntil: null, fruitless: 0 });
    const folder = join(at.place.artifacts, 'runs', String(run.id), 'attempt-1');
    expect(readdirSync(folder).sort()).toEqual(['checkpoints', 'out', 'run.json']);
    const { steps } = await runProgress(at.db, run.id);
    // It left with a checkpoint of its last step, not of the last round number.
    expect(left.checkpointStep).toBe(steps.at(-1)!.step);

    await workedOff(beside('host/2'), run);
    expect(await runOf(run.id)).toMatchObject({ state: 'done', attempt: 2 });
    expect(curve(await runProgress(at.db, run.id))).toEqual(curve(undisturbed));
  });

  it('while it tries the version out: the next one does not train again', async () => {
    const run = await begin();
    const leaving = new AbortController();
    const work = atWork(at.place, run, leaving);
    await expect.poll(async () => (await runOf(run.id)).state, { timeout: PATIENCE_MS, interval: 5 }).toBe('evaluating');
    leaving.abort();
    await work;
    expect(await runOf(run.id)).toMatchObject({ state: 'evaluating', leaseUntil: null });
    expect(readdirSync(join(at.place.artifacts, 'versions')).filter(name => name.startsWith(`run-${run.id}-`))).toEqual([]);

    await workedOff(beside('host/2'), run);
    expect(await runOf(run.id)).toMatchObject({ state: 'done', attempt: 2 });
    const { events } = await runProgress(at.db, run.id);
    expect(events.filter(({ kind }) => kind === 'started')).toHaveLength(1);
  });
});
