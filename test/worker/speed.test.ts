// What the check before a run knows from earlier ones: how fast this machine trains this base, and how much of the disk a run takes.
import { lstatSync, readdirSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type RunRow, runById, runProgress } from '../../src/data/runs.ts';
import { measuredSpeed } from '../../src/data/speed.ts';
import { liveWorkers } from '../../src/data/workers.ts';
import { adapterValues, diskBytes } from '../../src/model/estimate.ts';
import type { Preflight } from '../../src/model/preflight.ts';
import type { Settings } from '../../src/model/settings.ts';
import { migrateQueue } from '../../src/queue/backend.ts';
import { openActivity } from '../../worker/activity.ts';
import type { Workplace } from '../../worker/workplace.ts';
import { type TestDatabase, testDatabase } from '../support/postgres.ts';
import { forkWorker } from '../support/worker-process.ts';
import { anotherRun, atWork, someTeam, type TestWorkplace, testWorkplace, workedOff } from '../support/workplace.ts';

let database: TestDatabase;
let opened: TestWorkplace;
let team: Awaited<ReturnType<typeof someTeam>>;
beforeAll(async () => {
  database = await testDatabase();
  opened = await testWorkplace(database.db);
  team = await someTeam(database.db);
});
afterAll(async () => {
  await opened.close();
  await database.close();
});

const short = { epochs: 2, batch: 4, replay: 0 };
/** A worker of this machine that was just started: it has measured nothing itself. */
const started = (more: Partial<Workplace> = {}): Workplace => ({
  ...opened,
  name: `${hostname()}/1`,
  activity: openActivity(),
  speed: undefined,
  ...more,
});
const preflightOf = (run: RunRow) => run.preflight as Preflight;
const worked = async (place: Workplace) => preflightOf(await workedOff(place, await anotherRun(database.db, team, short)));

it('the first run is guessed; then the machine remembers, for this base and this trainer', async () => {
  const { db } = database;
  const place = started();
  const first = await workedOff(place, await anotherRun(db, team, short));
  expect([first.state, preflightOf(first).guessed]).toEqual(['done', true]);
  const { steps } = await runProgress(db, first.id);
  const measured = (1000 * steps.reduce((all, { tokens }) => all + tokens, 0)) / steps.reduce((all, { ms }) => all + ms, 0);
  const { fingerprint } = opened.base.model;
  expect(await measuredSpeed(db, hostname(), fingerprint, 'builtin')).toBeCloseTo(measured, 3);
  expect(await measuredSpeed(db, 'elsewhere', fingerprint, 'builtin')).toBeUndefined();
  expect(await measuredSpeed(db, hostname(), 'another base', 'builtin')).toBeUndefined();
  expect(await measuredSpeed(db, hostname(), fingerprint, 'torch')).toBeUndefined();

  // The worker that trained knows it by itself; the time it tells is that of its speed.
  expect(place.speed).toBeGreaterThan(0);
  const [fast, slow] = [await worked(started({ speed: 1000 })), await worked(started({ speed: 500 }))];
  expect(fast.guessed).toBe(false);
  expect(slow.minutes).toBeCloseTo(2 * fast.minutes, 9);
  expect(fast.minutes).toBeGreaterThan((short.epochs * fast.tokens.train) / 1000 / 60);

  // One that is started anew reads it and tells it.
  await migrateQueue(database.url);
  const newest = await measuredSpeed(db, hostname(), fingerprint, 'builtin');
  const { child } = await forkWorker(database.url);
  const row = (await liveWorkers(db)).find(({ pid }) => pid === child.pid)!;
  expect((row.speed as { tokensPerSecond: number }).tokensPerSecond).toBeCloseTo(newest!, 3);
});

it('a run never takes more of the disk than the check counts, and not much less', async () => {
  const run: RunRow = await anotherRun(database.db, team, { epochs: 20, batch: 2, replay: 0, rank: 64 });
  let most = 0;
  let over = false;
  const work = atWork(started(), run).finally(() => (over = true));
  while (!over) {
    most = Math.max(most, bytesIn(opened.artifacts, run.id));
    await new Promise(resolve => setTimeout(resolve, 2));
  }
  await work;
  const done = (await runById(database.db, run.id))!;
  expect(done.state).toBe('done');
  const counted = diskBytes(adapterValues(opened.base.model.config, done.settings as Settings));
  expect(most).toBeLessThanOrEqual(counted);
  expect(most).toBeGreaterThan(counted / 3);
});

/** What the files of a run and its version take, each once, however many names it has. */
function bytesIn(artifacts: string, run: number): number {
  const files = new Map<number, number>();
  const look = (folder: string): void => {
    for (const name of list(folder)) {
      const path = join(folder, name);
      const stat = lstatSync(path, { throwIfNoEntry: false });
      if (stat?.isDirectory()) look(path);
      else if (stat) files.set(stat.ino, stat.size);
    }
  };
  look(join(artifacts, 'runs', String(run)));
  for (const name of list(join(artifacts, 'versions'))) if (name.startsWith(`run-${run}-`)) look(join(artifacts, 'versions', name));
  return [...files.values()].reduce((all, size) => all + size, 0);
}

function list(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
