// Runs: one at a time, one worker at a time, nothing written by a worker that lost its lease.
import { eq, sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CancelAsked, cancelRun, claimRun, failRun, isCancelRequested, LostClaim, releaseRun, renewLease } from '../../src/data/claims.ts';
import { datasetRows } from '../../src/data/datasets.ts';
import { moveRun, planRun, recordCheckpoint, recordEvent, recordHeldout, recordSteps } from '../../src/data/progress.ts';
import {
  cancelUnlaunched,
  launchRun,
  openRun,
  requestCancel,
  runById,
  runProgress,
  runsToWake,
  settleCancelled,
  startRun,
} from '../../src/data/runs.ts';
import { versionSamples } from '../../src/data/schema.ts';
import { finishRun, speakingVersions, versionOfRun } from '../../src/data/versions.ts';
import { type TestDatabase, testDatabase } from '../support/postgres.ts';
import { someRun } from '../support/rows.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());

const step = (n: number, loss: number) => ({
  step: n,
  epoch: n / 4,
  loss,
  learningRate: 1e-3,
  gradNorm: 1,
  tokens: 100,
  ms: 250,
  bytes: 5e8,
});
const newVersion = { baseFingerprint: 'f', artifact: 'a', folder: 'runs/1', rank: 8, card: { words: 'better' }, samples: [] };
/** Deadlines are columns compared with now(): a test moves the row, not the clock. */
const expireLease = (run: number) => database.db.execute(sql`update runs set lease_until = now() - interval '1 second' where id = ${run}`);

describe('starting', () => {
  test('two starts at once: one run, and the other is told which run is open', async () => {
    const { db } = database;
    const { workspace, ada, bo, members, run } = await someRun(db);
    const { claim } = (await claimRun(db, run.id, 'w'))!;
    await failRun(db, claim, { code: 'x', values: {} });
    const tries = await Promise.allSettled(
      [ada, bo, ada, bo].map(requestedBy => startRun(db, workspace, { requestedBy, channel: 'C1', members })),
    );
    const started = tries.filter(({ status }) => status === 'fulfilled');
    const refused = tries.flatMap(outcome => (outcome.status === 'rejected' ? [outcome.reason.problem] : []));
    expect(started).toHaveLength(1);
    expect(refused).toEqual(Array(3).fill({ code: 'runIsOpen', values: { no: 2 } }));
  });

  test('the dataset is frozen: the same rows give the same dataset, with texts and parts', async () => {
    const { db } = database;
    const { workspace, ada, members, run } = await someRun(db);
    await requestCancel(db, workspace, ada);
    const again = await startRun(db, workspace, { requestedBy: ada, channel: 'C1', members: [...members].reverse() });
    expect(again.dataset).toBe(run.dataset);
    const rows = await datasetRows(db, run.dataset);
    expect(rows.map(({ part }) => part)).toEqual(['heldout', 'heldout', 'train', 'train', 'train', 'train']);
    expect(rows[3]).toMatchObject({ no: 4, kind: 'report', instruction: 'Question 3?', output: 'Answer 3.' });
  });
});

describe('fencing', () => {
  test('two workers claim one run at once: one gets it', async () => {
    const { db } = database;
    const { run } = await someRun(db);
    const claims = await Promise.all(['w1', 'w2', 'w3', 'w4'].map(worker => claimRun(db, run.id, worker)));
    expect(claims.filter(claim => claim !== undefined)).toHaveLength(1);
  });

  test('a worker that lost its lease can change nothing', async () => {
    const { db } = database;
    const { run } = await someRun(db);
    const first = (await claimRun(db, run.id, 'w1'))!.claim;
    await moveRun(db, first, 'training');
    await recordSteps(db, first, [step(1, 3)]);
    await expireLease(run.id);
    expect(await runsToWake(db)).toContain(run.id);
    const second = (await claimRun(db, run.id, 'w2'))!.claim;
    await recordSteps(db, second, [step(1, 2.5)]);

    const late = [
      () => renewLease(db, first),
      () => isCancelRequested(db, first),
      () => planRun(db, first, { base: 'b', baseFingerprint: 'f', settings: {}, reasons: [], steps: 9 }),
      () => moveRun(db, first, 'evaluating'),
      () => recordSteps(db, first, [step(2, 9)]),
      () => recordHeldout(db, first, { step: 2, epoch: 1, loss: 9, tokens: 1 }),
      () => recordEvent(db, first, 'late'),
      () => recordCheckpoint(db, first, 2, 'late'),
      () => finishRun(db, first, newVersion),
      () => failRun(db, first, { code: 'late', values: {} }),
      () => cancelRun(db, first),
      () => releaseRun(db, first, true),
    ];
    for (const write of late) await expect(write()).rejects.toThrow(LostClaim);

    const after = (await runById(db, run.id))!;
    expect(after).toMatchObject({ state: 'training', attempt: 2, worker: 'w2', step: 1, checkpointFolder: null, failureCode: null });
    const progress = await runProgress(db, run.id);
    expect(progress.steps.map(({ loss }) => loss)).toEqual([2.5]);
    expect(progress.heldout).toEqual([]);
    expect(progress.events.map(({ kind }) => kind)).toEqual(['claimed', 'training', 'claimed']);
    expect(await versionOfRun(db, run.id)).toBeUndefined();
  });

  test('a lease that is renewed keeps everybody else out', async () => {
    const { db } = database;
    const { run } = await someRun(db);
    const { claim } = (await claimRun(db, run.id, 'w1'))!;
    await expireLease(run.id);
    await renewLease(db, claim);
    expect(await claimRun(db, run.id, 'w2')).toBeUndefined();
    expect(await runsToWake(db)).not.toContain(run.id);
  });
});

describe('waiting for a person', () => {
  async function waitingRun() {
    const { db } = database;
    const rows = await someRun(db);
    const { claim } = (await claimRun(db, rows.run.id, 'w1'))!;
    await moveRun(db, claim, 'waiting');
    return { ...rows, claim, id: rows.run.id };
  }
  const waitedFor = (run: number, time: string) =>
    database.db.execute(sql`update run_events set at = now() - ${time}::interval where run = ${run} and kind = 'waiting'`);

  test('no worker takes it, a late renewal changes nothing; launched, any worker may', async () => {
    const { db } = database;
    const { workspace, id, claim } = await waitingRun();
    expect(await claimRun(db, id, 'w2')).toBeUndefined();
    expect(await runsToWake(db)).not.toContain(id);
    await expect(renewLease(db, claim)).rejects.toThrow(LostClaim);
    expect(await launchRun(db, workspace + 1, id)).toBeUndefined();
    expect(await launchRun(db, workspace, id)).toMatchObject({ state: 'queued', fruitless: 0 });
    expect(await launchRun(db, workspace, id)).toBeUndefined();
    expect(await runsToWake(db)).toContain(id);
    expect(await claimRun(db, id, 'w2')).toBeDefined();
  });

  test('after an hour it is cancelled, with the reason, and the next run may start', async () => {
    const { db } = database;
    const { workspace, ada, members, id } = await waitingRun();
    const other = await waitingRun();
    await waitedFor(id, '59 minutes');
    expect(await cancelUnlaunched(db)).toEqual([]);
    await waitedFor(id, '61 minutes');
    expect(await cancelUnlaunched(db)).toMatchObject([{ id, state: 'cancelled', failureCode: 'runNotLaunched' }]);
    expect((await runById(db, other.id))!.state).toBe('waiting');
    expect(await launchRun(db, workspace, id)).toBeUndefined();
    await startRun(db, workspace, { requestedBy: ada, channel: 'C1', members });
  });
});

describe('lost workers', () => {
  test('two attempts without a new checkpoint: the run has failed, with the reason', async () => {
    const { db } = database;
    const { workspace, run } = await someRun(db);
    for (const worker of ['w1', 'w2']) {
      expect(await claimRun(db, run.id, worker)).toBeDefined();
      await expireLease(run.id);
    }
    expect(await claimRun(db, run.id, 'w3')).toBeUndefined();
    expect(await runById(db, run.id)).toMatchObject({
      state: 'failed',
      failureCode: 'runGotNowhere',
      failureValues: { attempts: 2, step: 0 },
    });
    expect(await openRun(db, workspace)).toBeUndefined();
  });

  test('a new checkpoint buys two more attempts, the same one again does not', async () => {
    const { db } = database;
    const { run } = await someRun(db);
    for (const at of [5, 10, 10]) {
      const { claim } = (await claimRun(db, run.id, 'w'))!;
      await recordCheckpoint(db, claim, at, `runs/${at}`);
      await expireLease(run.id);
    }
    const last = (await claimRun(db, run.id, 'w'))!;
    expect(last.run).toMatchObject({ attempt: 4, checkpointStep: 10, checkpointFolder: 'runs/10' });
    await expireLease(run.id);
    expect(await claimRun(db, run.id, 'w')).toBeUndefined();
    expect((await runById(db, run.id))!.state).toBe('failed');
  });

  test('a hand-back at shutdown does not count against the run, and the next worker takes it at once', async () => {
    const { db } = database;
    const { run } = await someRun(db);
    for (let i = 0; i < 5; i++) {
      const { claim } = (await claimRun(db, run.id, 'w'))!;
      await releaseRun(db, claim, true);
    }
    expect((await runById(db, run.id))!).toMatchObject({ attempt: 5, fruitless: 0, state: 'checking' });
  });
});

describe('cancelling', () => {
  test('a run that nobody holds is cancelled at once, and a second time nothing is open', async () => {
    const { db } = database;
    const { workspace, ada, run } = await someRun(db);
    expect(await requestCancel(db, workspace, ada)).toMatchObject({ id: run.id, state: 'cancelled', cancelBy: ada });
    expect(await requestCancel(db, workspace, ada)).toBeUndefined();
  });

  test('the worker that holds it reads the wish and ends it; the first asker stays', async () => {
    const { db } = database;
    const { workspace, ada, bo, run } = await someRun(db);
    const { claim } = (await claimRun(db, run.id, 'w'))!;
    expect(await isCancelRequested(db, claim)).toBe(false);
    expect(await requestCancel(db, workspace, bo)).toMatchObject({ state: 'checking', cancelBy: bo });
    await requestCancel(db, workspace, ada);
    expect(await isCancelRequested(db, claim)).toBe(true);
    expect(await renewLease(db, claim)).toEqual({ cancel: true });
    expect(await cancelRun(db, claim)).toMatchObject({ state: 'cancelled', cancelBy: bo });
    expect(await claimRun(db, run.id, 'w2')).toBeUndefined();
  });

  test('a worker that died before it read the wish: the sweep cancels, a new worker does not go on', async () => {
    const { db } = database;
    const { workspace, ada, run } = await someRun(db);
    await claimRun(db, run.id, 'w');
    await requestCancel(db, workspace, ada);
    await expireLease(run.id);
    expect(await claimRun(db, run.id, 'w2')).toBeUndefined();
    expect((await runById(db, run.id))!.state).toBe('cancelled');

    const other = await someRun(db);
    await claimRun(db, other.run.id, 'w');
    await requestCancel(db, other.workspace, other.ada);
    await expireLease(other.run.id);
    expect((await settleCancelled(db)).map(({ id }) => id)).toEqual([other.run.id]);
  });
});

describe('cancelling at the last moment', () => {
  test('a run that was asked to end is not done any more: no version', async () => {
    const { db } = database;
    const { workspace, ada, run } = await someRun(db);
    const { claim } = (await claimRun(db, run.id, 'w'))!;
    await moveRun(db, claim, 'training');
    await requestCancel(db, workspace, ada);
    await expect(finishRun(db, claim, newVersion)).rejects.toThrow(CancelAsked);
    expect(await versionOfRun(db, run.id)).toBeUndefined();
    expect(await cancelRun(db, claim)).toMatchObject({ state: 'cancelled' });
  });
});

describe('progress', () => {
  test('a step told again after a resume replaces the earlier one', async () => {
    const { db } = database;
    const { run } = await someRun(db);
    const { claim } = (await claimRun(db, run.id, 'w'))!;
    await recordSteps(db, claim, [step(1, 3), step(2, 2.8)]);
    await recordSteps(db, claim, [step(2, 2.7), step(3, 2.5)]);
    await recordHeldout(db, claim, { step: 0, epoch: 0, loss: 4, tokens: 50 });
    await recordHeldout(db, claim, { step: 0, epoch: 0, loss: 4.1, tokens: 50 });
    const { steps, heldout } = await runProgress(db, run.id);
    expect(steps.map(({ step, loss }) => [step, loss])).toEqual([
      [1, 3],
      [2, 2.7],
      [3, 2.5],
    ]);
    expect(heldout.map(({ loss }) => loss)).toEqual([4.1]);
    expect((await runById(db, run.id))!.step).toBe(3);
  });

  test('states only go where they may: no way back from evaluating to checking, none out of done', async () => {
    const { db } = database;
    const { run } = await someRun(db);
    const { claim } = (await claimRun(db, run.id, 'w'))!;
    await expect(moveRun(db, claim, 'evaluating')).rejects.toThrow(LostClaim);
    await moveRun(db, claim, 'queued');
    await moveRun(db, claim, 'training');
    await expect(moveRun(db, claim, 'queued')).rejects.toThrow(LostClaim);
    await moveRun(db, claim, 'evaluating');
    await finishRun(db, claim, newVersion);
    await expect(recordEvent(db, claim, 'more')).rejects.toThrow(LostClaim);
  });

  test('a run that finishes has its version in the same moment, and the earlier candidate retires', async () => {
    const { db } = database;
    const { workspace, ada, members, run } = await someRun(db);
    const finish = async (id: number) => {
      const { claim } = (await claimRun(db, id, 'w'))!;
      await moveRun(db, claim, 'training');
      return finishRun(db, claim, {
        ...newVersion,
        samples: [{ revision: members[0].revision, prompt: 'p', baseText: 'b', tunedText: 't' }],
      });
    };
    const first = await finish(run.id);
    expect((await runById(db, run.id))!).toMatchObject({ state: 'done', leaseUntil: null });
    const second = await finish((await startRun(db, workspace, { requestedBy: ada, channel: 'C1', members })).id);
    expect([first.no, second.no]).toEqual([1, 2]);
    expect((await speakingVersions(db, workspace)).candidate!.id).toBe(second.id);
    expect(await db.select().from(versionSamples).where(eq(versionSamples.version, second.id))).toMatchObject([
      { prompt: 'p', baseText: 'b', tunedText: 't' },
    ]);
  });
});
