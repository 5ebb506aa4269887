// A worker's workplace around a tiny base: real database, real engine, artifacts in a folder of its own.
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, onTestFinished } from 'vitest';
import type { Db } from '../../src/data/database.ts';
import { approvedExamples, importExamples, type NewExample } from '../../src/data/examples.ts';
import { type RunRow, runById, startRun } from '../../src/data/runs.ts';
import { runs } from '../../src/data/schema.ts';
import { openLog } from '../../src/log.ts';
import type { Dials } from '../../src/model/dials.ts';
import { openActivity } from '../../worker/activity.ts';
import { builtinTrainer } from '../../worker/choose-trainer.ts';
import { openLocalEngine } from '../../worker/engine/local.ts';
import { openPause } from '../../worker/pause.ts';
import { workOnRun } from '../../worker/run.ts';
import { openBase, type Workplace } from '../../worker/workplace.ts';
import { tinyFolder } from './models.ts';
import { type TestDatabase, testDatabase } from './postgres.ts';
import { someWorkspace } from './rows.ts';

export type TestWorkplace = Workplace & { close(): Promise<void> };

/** `close()` it in afterAll. Another worker beside it: `{ ...place, name: 'host/2', activity: openActivity() }`. */
export async function testWorkplace(db: Db): Promise<TestWorkplace> {
  const artifacts = mkdtempSync(join(tmpdir(), 'apprentice-artifacts-'));
  const base = await openBase(tinyFolder('tiny-llama'));
  const generator = await openLocalEngine({ folder: base.path, threads: 1, precision: 'f32' });
  return {
    db,
    log: openLog('test', 'silent'),
    name: 'host/1',
    artifacts,
    base,
    generator,
    pause: openPause(),
    trainer: builtinTrainer,
    threads: 1,
    spinMicroseconds: 0,
    activity: openActivity(),
    async close() {
      await generator.close();
      rmSync(artifacts, { recursive: true, force: true });
    },
  };
}

const people = ['Rosa, berth 4', 'Emil, berth 1'];

/** `answers` Q&A and `reports` weekly reports of one form, short enough for the tiny base. */
export function teamExamples(answers: number, reports: number): NewExample[] {
  const qa = (n: number): NewExample => ({
    kind: 'qa',
    instruction: `How do I moor boat ${n}?`,
    input: '',
    output: `Use line ${n}.\n1. \`moor ${n}\`\nAsk: ${people[n % 2]}`,
    lang: 'en',
  });
  const report = (n: number): NewExample => ({
    kind: 'report',
    instruction: 'Weekly report, please.',
    input: `W${n}, Rosa\nboats in: ${n + 3}\ncrane fixed`,
    output: `Weekly report · W${n} · Rosa\nDone\n- Crane fixed\nNumbers\n- Boats in: ${n + 3}`,
    lang: 'en',
  });
  return [...Array.from({ length: answers }, (_, i) => qa(i + 1)), ...Array.from({ length: reports }, (_, i) => report(i + 10))];
}

/** A workspace with a team's examples and an open run on them; every fourth row is held out. */
export async function teamRun(db: Db, wishes: Dials, examples = teamExamples(8, 4)) {
  const rows = await someTeam(db, examples);
  return { ...rows, run: await anotherRun(db, rows, wishes) };
}

export async function someTeam(db: Db, examples = teamExamples(8, 4)) {
  const rows = await someWorkspace(db);
  await importExamples(db, rows.workspace, rows.ada, examples);
  return rows;
}

type Team = { workspace: number; ada: number };

/** A run as the bot opens it. It will wait for [Start]: the tiny base reads no language. */
export async function freshRun(db: Db, { workspace, ada }: Team, wishes: Dials): Promise<RunRow> {
  const approved = await approvedExamples(db, workspace);
  const members = approved.map(({ revision }, i) => ({ revision, part: i % 4 === 3 ? ('heldout' as const) : ('train' as const) }));
  return startRun(db, workspace, { requestedBy: ada, channel: 'C1', members, wishes });
}

/** A run that [Start] was pressed for already. */
export async function anotherRun(db: Db, team: Team, wishes: Dials): Promise<RunRow> {
  const { id } = await freshRun(db, team, wishes);
  const [run] = await db.update(runs).set({ state: 'queued' }).where(eq(runs.id, id)).returning();
  return run;
}

/** Works on a run to its end as a worker would; the row afterwards. */
export async function workedOff(place: Workplace, run: Pick<RunRow, 'id'>): Promise<RunRow> {
  await workOnRun(place, run.id, new AbortController().signal);
  return (await runById(place.db, run.id))!;
}

/**
 * Works on a run beside the test, which waits for it in the end. Whatever becomes of the test, the work is over after it: told to stop, and
 * waited for, before its database goes.
 */
export function atWork(place: Workplace, run: Pick<RunRow, 'id'>, leaving = new AbortController()): Promise<void> {
  const work = workOnRun(place, run.id, leaving.signal);
  // Heard of by whoever waits for it; a test that failed earlier does not.
  work.catch(() => {});
  onTestFinished(async () => {
    leaving.abort();
    await work.catch(() => {});
  });
  return work;
}

/** Nothing of a run lies with the artifacts any more; its version, if it has one, lies elsewhere. */
export const hasFolder = (place: Workplace, run: number): boolean => existsSync(join(place.artifacts, 'runs', String(run)));

/** A workplace with a database of its own, closed after the tests of this file. Use the result in tests and hooks only. */
export function workplaceOfThisFile(): { db: Db; place: TestWorkplace } {
  const opened = {} as { db: Db; place: TestWorkplace };
  let database: TestDatabase;
  beforeAll(async () => {
    database = await testDatabase();
    Object.assign(opened, { db: database.db, place: await testWorkplace(database.db) });
  });
  afterAll(async () => {
    await opened.place.close();
    await database.close();
  });
  return opened;
}
