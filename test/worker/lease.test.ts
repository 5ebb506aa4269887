// Holding a run and losing it, on a real Postgres. Time is moved in the rows, as everywhere.
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { claimRun, LostClaim } from '../../src/data/claims.ts';
import { requestCancel, runById } from '../../src/data/runs.ts';
import { Cancelled, holdRun } from '../../worker/lease.ts';
import { type TestDatabase, testDatabase } from '../support/postgres.ts';
import { someRun } from '../support/rows.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());

const aborted = (signal: AbortSignal) =>
  new Promise<unknown>(resolve => {
    if (signal.aborted) resolve(signal.reason);
    signal.addEventListener('abort', () => resolve(signal.reason));
  });

const never = new AbortController().signal;

describe('holding a run', () => {
  it('keeps the lease alive', async () => {
    const { db } = database;
    const { run } = await someRun(db);
    const claimed = await claimRun(db, run.id, 'host/1');
    const hold = holdRun(db, claimed!.claim, never);
    const before = (await runById(db, run.id))!.leaseUntil!;
    await expect
      .poll(async () => (await runById(db, run.id))!.leaseUntil!.getTime(), { timeout: 15_000 })
      .toBeGreaterThan(before.getTime());
    expect(hold.signal.aborted).toBe(false);
    hold.letGo();
  });

  it('hears that the run was asked to end', async () => {
    const { db } = database;
    const { run, workspace, ada } = await someRun(db);
    const claimed = await claimRun(db, run.id, 'host/1');
    const hold = holdRun(db, claimed!.claim, never);
    await requestCancel(db, workspace, ada);
    expect(await aborted(hold.signal)).toBeInstanceOf(Cancelled);
    expect(hold.lost.aborted).toBe(false);
    hold.letGo();
  });

  it('hears that another worker took the run', async () => {
    const { db } = database;
    const { run } = await someRun(db);
    const claimed = await claimRun(db, run.id, 'host/1');
    const hold = holdRun(db, claimed!.claim, never);
    await db.execute(sql`update runs set lease_until = now() - interval '1 second' where id = ${run.id}`);
    expect(await claimRun(db, run.id, 'host/2')).toBeDefined();
    expect(await aborted(hold.lost)).toBeInstanceOf(LostClaim);
    expect(hold.signal.aborted).toBe(true);
    hold.letGo();
  });

  it('aborts for the reason for which the worker stops', async () => {
    const { db } = database;
    const { run } = await someRun(db);
    const claimed = await claimRun(db, run.id, 'host/1');
    const stopping = new AbortController();
    const hold = holdRun(db, claimed!.claim, stopping.signal);
    stopping.abort('leaving');
    expect(hold.signal.reason).toBe('leaving');
    expect(hold.lost.aborted).toBe(false);
    hold.letGo();
  });
});
