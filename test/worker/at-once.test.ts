// The worker process when several people ask: it takes their questions together, whoever asked first comes first.
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { askQuestion, questionById } from '../../src/data/questions.ts';
import { migrateQueue } from '../../src/queue/backend.ts';
import { temporaryFolder } from '../support/models.ts';
import { type TestDatabase, testDatabase } from '../support/postgres.ts';
import { someWorkspace } from '../support/rows.ts';
import { endWorker, forkWorker } from '../support/worker-process.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
  await migrateQueue(database.url);
});
afterAll(() => database.close());

const PEOPLE = 6;

it('six who wait for a worker are answered together', async () => {
  const { db } = database;
  const { workspace, channel, ada } = await someWorkspace(db);
  const ids: number[] = [];
  for (let n = 0; n < PEOPLE; n++) {
    const turns = [{ role: 'user' as const, content: `How do I moor boat ${n}?` }];
    const question = { channel, asker: ada, source: `at-once-${n}`, kind: 'qa' as const, turns, lang: 'en', seed: n };
    ids.push((await askQuestion(db, workspace, question)).id);
  }
  const statesOf = async () => Promise.all(ids.map(async id => (await questionById(db, id))!.question.state));
  // Nobody can write an answer down before all six are being answered.
  const { child } = await db.transaction(async tx => {
    await tx.execute(sql`lock table answers in share mode`);
    const worker = await forkWorker(database.url, { DATA_DIR: temporaryFolder(), WORKER_ROLES: 'answer' });
    await expect.poll(statesOf, { timeout: 30_000 }).toEqual(Array(PEOPLE).fill('answering'));
    return worker;
  });
  await expect.poll(statesOf, { timeout: 30_000 }).toEqual(Array(PEOPLE).fill('answered'));
  expect(await endWorker(child, 'SIGTERM')).toBe(0);
}, 90_000);
