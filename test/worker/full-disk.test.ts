// The disk is full: the run says so in one sentence, nothing of it stays, everybody lives, and when there is room the next run works.
import { appendFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runById } from '../../src/data/runs.ts';
import { versionOfRun } from '../../src/data/versions.ts';
import { migrateQueue } from '../../src/queue/backend.ts';
import { say } from '../../src/words/words.ts';
import { temporaryFolder } from '../support/models.ts';
import { testDatabase } from '../support/postgres.ts';
import { type SmallDisk, smallDisk } from '../support/small-disk.ts';
import { forkWorker } from '../support/worker-process.ts';
import { anotherRun, hasFolder, teamRun, workedOff, workplaceOfThisFile } from '../support/workplace.ts';

const at = workplaceOfThisFile();
let disk: SmallDisk | undefined;
beforeEach(({ skip }) => {
  disk = smallDisk('200k');
  skip(!disk, 'mounting is not allowed here');
});
afterEach(() => disk?.remove());
const WISHES = { epochs: 10, batch: 1, replay: 0 };

/** A file that leaves no room beside it, however much the trainer writes meanwhile. */
function fillUp(folder: string): string {
  const filler = join(folder, 'full');
  const page = Buffer.alloc(4096);
  try {
    for (;;) appendFileSync(filler, page);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
  }
  return filler;
}

describe('a full disk', () => {
  const onDisk = () => ({ ...at.place, artifacts: disk!.folder });

  it('fails the run with one sentence and is as empty as before; with room the next run of the same worker works', async () => {
    const team = await teamRun(at.db, WISHES);
    const failed = await workedOff(onDisk(), team.run);
    expect(failed).toMatchObject({ state: 'failed', failureCode: 'preflight.disk' });
    expect(say('en', failed.failureCode!, failed.failureValues!)).toMatch(/make room where ARTIFACTS_DIR/);
    expect(await versionOfRun(at.db, team.run.id)).toBeUndefined();
    expect(hasFolder(onDisk(), team.run.id)).toBe(false);

    disk!.resize('20m');
    expect(await workedOff(onDisk(), await anotherRun(at.db, team, WISHES))).toMatchObject({ state: 'done' });
  });

  it('filled up by somebody else while it trains: the run says so, and nothing of it stays', async () => {
    disk!.resize('20m');
    const { run } = await teamRun(at.db, { ...WISHES, epochs: 50 });
    const work = workedOff(onDisk(), run);
    await expect.poll(async () => (await runById(at.db, run.id))!.step, { timeout: 30_000, interval: 10 }).toBeGreaterThan(0);
    const filler = fillUp(disk!.folder);
    const failed = await work;
    rmSync(filler);
    expect(failed).toMatchObject({ state: 'failed', failureCode: 'worker.diskFull' });
    expect(say('en', failed.failureCode!, failed.failureValues!)).toMatch(/^The worker’s disk is full: make room .*\.$/);
    expect(hasFolder(onDisk(), run.id)).toBe(false);
  });

  it('does not end the worker process, which works when there is room', async () => {
    const database = await testDatabase();
    await migrateQueue(database.url);
    try {
      const { child } = await forkWorker(database.url, { DATA_DIR: temporaryFolder(), ARTIFACTS_DIR: disk!.folder });
      const team = await teamRun(database.db, WISHES);
      const ends = (id: number, state: string) =>
        expect.poll(async () => (await runById(database.db, id))!.state, { timeout: 40_000, interval: 100 }).toBe(state);
      await ends(team.run.id, 'failed');
      disk!.resize('20m');
      const next = await anotherRun(database.db, team, WISHES);
      await ends(next.id, 'done');
      expect(child.exitCode).toBeNull();
    } finally {
      await database.close();
    }
  });
});
