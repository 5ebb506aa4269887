// The connection to the database breaks at any statement of a run or of a question: nobody notices but the log.
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Db } from '../../src/data/database.ts';
import { askQuestion, questionById } from '../../src/data/questions.ts';
import { runById } from '../../src/data/runs.ts';
import { versionOfRun } from '../../src/data/versions.ts';
import { answerQuestion } from '../../worker/answer.ts';
import { workOnRun } from '../../worker/run.ts';
import { dyingDatabase } from '../support/dying-database.ts';
import { type TestDatabase, testDatabase } from '../support/postgres.ts';
import { type TestWorkplace, teamRun, testWorkplace, workedOff } from '../support/workplace.ts';

let database: TestDatabase;
let place: TestWorkplace;
beforeAll(async () => {
  database = await testDatabase();
  place = await testWorkplace(database.db);
});
afterAll(async () => {
  await place.close();
  await database.close();
});
const never = new AbortController().signal;

/**
 * Does `work`, the connection breaking at its `at`-th statement; what could not even be claimed is swept up, as the worker does it. False where
 * there were not so many.
 */
async function brokenAt(at: number, work: (db: Db) => Promise<void>, letGo: () => Promise<unknown>): Promise<boolean> {
  const dying = dyingDatabase(database.url, at, 5);
  const claimed = await work(dying.db).then(
    () => true,
    () => false,
  );
  await dying.close();
  if (!claimed) {
    await letGo();
    await work(database.db);
  }
  return dying.statements() >= at;
}

it('a run is done all the same, in one attempt once it is claimed', async () => {
  let last = 1;
  // Many statements up to the training, then some of those that tell of it.
  for (let at = 1, broke = true; broke; at += at < 20 ? 3 : 24) {
    const { run } = await teamRun(database.db, { epochs: 1, batch: 4, replay: 0 });
    const letGo = () => database.db.execute(sql`update runs set lease_until = now() where id = ${run.id}`);
    broke = await brokenAt(at, db => workOnRun({ ...place, db }, run.id, never), letGo);
    const { state, attempt, failureCode } = (await runById(database.db, run.id))!;
    expect({ at, state, failureCode }).toEqual({ at, state: 'done', failureCode: null });
    expect(await versionOfRun(database.db, run.id)).toBeDefined();
    if (at > 8) expect({ at, attempt }).toEqual({ at, attempt: 1 });
    last = at;
  }
  expect(last).toBeGreaterThan(60);
}, 180_000);

it('a question is answered all the same', async () => {
  const { run, workspace, channel, ada } = await teamRun(database.db, { epochs: 1, batch: 4, replay: 0 });
  await workedOff(place, run);
  const version = (await versionOfRun(database.db, run.id))!.id;
  let last = 1;
  for (let at = 1, broke = true; broke; at++) {
    const turns = [{ role: 'user' as const, content: 'How do I moor boat 2?' }];
    const asked = { channel, asker: ada, source: `m${at}`, kind: 'qa' as const, turns, lang: 'en', seed: at, version };
    const { id } = await askQuestion(database.db, workspace, asked);
    const letGo = () => database.db.execute(sql`update questions set lease_until = now() where id = ${id}`);
    broke = await brokenAt(at, db => answerQuestion({ ...place, db }, id, never), letGo);
    const { question, answers } = (await questionById(database.db, id))!;
    expect({ at, state: question.state, answers: answers.length }).toEqual({ at, state: 'answered', answers: 2 });
    last = at;
  }
  expect(last).toBeGreaterThan(6);
});
