// While what a trainer tells cannot become rows, its checkpoints do not pile up on the disk; the last one becomes the row's.
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { claimRun } from '../../src/data/claims.ts';
import { runById } from '../../src/data/runs.ts';
import { openTelling } from '../../worker/telling.ts';
import { temporaryFolder } from '../support/models.ts';
import { type TestDatabase, testDatabase } from '../support/postgres.ts';
import { someRun } from '../support/rows.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());

it('keeps the row’s two and two that wait for it, however long the row is locked', async () => {
  const { db } = database;
  const { run } = await someRun(db);
  const { claim } = (await claimRun(db, run.id, 'w'))!;
  const folder = temporaryFolder();
  const telling = openTelling(db, claim, new AbortController().signal, path => basename(path));
  const checkpoint = async (step: number) => {
    const place = join(folder, `step-${step}`);
    mkdirSync(place);
    writeFileSync(join(place, 'arrays.f32'), '');
    await telling.take({ event: 'checkpoint', step, folder: place });
  };
  const row = async () => (await runById(db, run.id))!.checkpointStep;

  for (const step of [1, 2]) await checkpoint(step);
  await expect.poll(row).toBe(2);
  await db.transaction(async locked => {
    await locked.execute(sql`select from runs where id = ${run.id} for update`);
    for (const step of [3, 4, 5, 6, 7]) await checkpoint(step);
    expect(readdirSync(folder).sort()).toEqual(['step-1', 'step-2', 'step-3', 'step-7']);
  });
  await telling.finish();
  expect(await row()).toBe(7);
  expect(readdirSync(folder).sort()).toEqual(['step-3', 'step-7']);
});
