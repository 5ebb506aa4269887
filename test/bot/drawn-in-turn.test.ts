// A message that two draw at the same moment ends as the rows are, also where the first of them read early and writes late.
import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Bot } from '../../src/bot/bot.ts';
import { inTurn } from '../../src/bot/in-turn.ts';
import { showQuestion } from '../../src/bot/question/show-question.ts';
import type { Chat } from '../../src/chat/chat.ts';
import { findPost } from '../../src/data/posts.ts';
import { askQuestion, claimQuestion, saveAnswers } from '../../src/data/questions.ts';
import { ensureWorkspace } from '../../src/data/workspaces.ts';
import { type TestDatabase, testDatabase } from '../support/postgres.ts';
import { someWorkspace } from '../support/rows.ts';

let database: TestDatabase;
let other: pg.Client;
beforeAll(async () => {
  database = await testDatabase();
  other = new pg.Client(database.url);
  await other.connect();
});
afterAll(async () => {
  await other?.end();
  await database?.close();
});

it('an answered question does not go back to waiting', async () => {
  const { db, pool } = database;
  const { workspace, ada, channel } = await someWorkspace(db);
  const team = (await pool.query('select team from workspaces where id = $1', [workspace])).rows[0].team;
  const bot = {
    db,
    chat: {} as Chat,
    workspace: await ensureWorkspace(db, 'local', team),
    lang: 'en',
    splitKey: 'k',
    wake: async () => {},
    report: () => {},
  } as Partial<Bot> as Bot;
  const turns = [{ role: 'user' as const, content: 'Where do I moor?' }];
  const { id } = await askQuestion(db, workspace, {
    channel,
    asker: ada,
    source: 'm1',
    kind: 'qa',
    turns,
    seed: 1,
    lang: 'en',
    detail: {},
  });
  const waitsForWorkers = async () =>
    (await pool.query(`select 1 from pg_locks where not granted and relation = 'workers'::regclass`)).rows.length > 0;

  // Only who finds no answer asks for the workers, and this makes them wait there.
  await other.query('begin; lock table workers in access exclusive mode');
  const early = showQuestion(bot, id);
  await expect.poll(waitsForWorkers).toBe(true);
  const { claim } = (await claimQuestion(db, id, 'w'))!;
  await saveAnswers(db, claim, { comparison: false, answers: [{ side: 'only', text: 'At pier two.', tokens: 3, ms: 5, stop: 'end' }] });
  const late = showQuestion(bot, id);
  for (let n = 0; n < 50; n++) await pool.query('select 1');
  await other.query('commit');
  await Promise.all([early, late]);
  expect(JSON.stringify((await findPost(db, workspace, `question:${id}`))?.body)).toContain('At pier two.');
});

it('what fails holds nobody up, and other messages do not wait', async () => {
  const bot = { workspace: { id: 1 } } as Bot;
  const order: string[] = [];
  let fail: (problem: Error) => void = () => {};
  const failing = inTurn(bot, 'a', () => new Promise<void>((_, reject) => (fail = reject)));
  const next = inTurn(bot, 'a', async () => void order.push('a'));
  await inTurn(bot, 'b', async () => void order.push('b'));
  fail(new Error('gone'));
  await expect(failing).rejects.toThrow('gone');
  await next;
  expect(order).toEqual(['b', 'a']);
});
