// The database goes away for some seconds in the middle of a run, or its disk is full: nobody notices but the log.
import { appendFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Database, migrateDatabase, openDatabase } from '../../src/data/database.ts';
import { type EmbeddedPostgres, startPostgres } from '../../src/data/embedded.ts';
import { runById, runProgress } from '../../src/data/runs.ts';
import { startDatabase } from '../../src/start/database.ts';
import { smallDisk } from '../support/small-disk.ts';
import { atWork, type TestWorkplace, teamRun, testWorkplace } from '../support/workplace.ts';

let folder: string;
let postgres: EmbeddedPostgres;
let database: Database;
let place: TestWorkplace;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'apprentice-away-'));
  postgres = await startPostgres(folder);
  await migrateDatabase(postgres.url);
  database = openDatabase(postgres.url);
  place = await testWorkplace(database.db);
});
afterAll(async () => {
  await place.close();
  await database.close();
  await postgres.stop();
  rmSync(folder, { recursive: true, force: true });
});

it('the run goes on in the same attempt, and not a step of its curve is missing', async () => {
  const { run } = await teamRun(database.db, { epochs: 50, batch: 1, replay: 0 });
  const work = atWork(place, run);
  await expect.poll(async () => (await runById(database.db, run.id))!.step, { timeout: 30_000, interval: 20 }).toBeGreaterThan(0);
  await postgres.stop();
  await sleep(2_000);
  postgres = await startPostgres(folder);
  await work;

  const done = (await runById(database.db, run.id))!;
  expect(done).toMatchObject({ state: 'done', attempt: 1, failureCode: null });
  const { steps } = await runProgress(database.db, run.id);
  expect(steps.map(({ step }) => step)).toEqual(Array.from({ length: done.steps! }, (_, i) => i + 1));
});

const disk = smallDisk('120m');
afterAll(() => disk?.remove());

it.skipIf(!disk)('its own disk is full: the run waits for room and goes on, and not a step is missing', async () => {
  const server = await startDatabase({ dataDir: disk!.folder, terminal: { line() {}, bar() {} } });
  const { db, ...small } = openDatabase(server.url);
  try {
    await migrateDatabase(server.url);
    const { run } = await teamRun(db, { epochs: 50, batch: 1, replay: 0 });
    const work = atWork({ ...place, db }, run);
    await expect.poll(async () => (await runById(db, run.id))!.step, { timeout: 30_000, interval: 20 }).toBeGreaterThan(0);
    const filler = join(disk!.folder, 'filler');
    fill(filler);
    // Even what fits into the pages that are there is soon too much.
    await expect(db.execute(sql`create table filling as select repeat('x', 1000) from generate_series(1, 200000)`)).rejects.toThrow();
    await sleep(2_000);
    rmSync(filler);
    await work;
    const done = (await runById(db, run.id))!;
    expect(done).toMatchObject({ state: 'done', attempt: 1, failureCode: null });
    const { steps } = await runProgress(db, run.id);
    expect(steps.map(({ step }) => step)).toEqual(Array.from({ length: done.steps! }, (_, i) => i + 1));
  } finally {
    await small.close();
    await server.stop();
  }
});

/** Writes until there is no room. */
function fill(file: string): void {
  const piece = Buffer.alloc(1_000_000);
  try {
    for (;;) appendFileSync(file, piece);
  } catch {
    // full
  }
}
