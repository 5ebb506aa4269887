// The bot in a real room on a real Postgres; only the worker is played by the test, through the rows that a worker writes.
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openLocalChat } from '../../src/chat/local/local.ts';
import { openTerminal, type Terminal } from '../../src/chat/local/terminal.ts';
import { claimRun, failRun } from '../../src/data/claims.ts';
import { moveRun, planRun, recordSteps } from '../../src/data/progress.ts';
import { claimQuestion, saveAnswers } from '../../src/data/questions.ts';
import { openRun } from '../../src/data/runs.ts';
import { finishRun } from '../../src/data/versions.ts';
import { openLog } from '../../src/log.ts';
import { migrateQueue } from '../../src/queue/backend.ts';
import { startBot } from '../../src/wiring.ts';
import type { Lang } from '../../src/words/words.ts';
import { type TestDatabase, testDatabase } from '../support/postgres.ts';
import { openTestRoom, type TestRoom } from '../support/room.ts';
import { scoresOf } from '../support/scores.ts';

const rows = Array.from({ length: 16 }, (_, i) => ({
  instruction: `How do I open locker ${i} of the ${['north', 'south', 'west', 'east'][i % 4]} wall?`,
  output: `Turn key ${i * 7}, then press ${['red', 'blue'][i % 2]} ${i}.`,
}));

let database: TestDatabase;
let test: TestRoom;
let bot: { stop(): Promise<void> };
let terminal: Terminal;
const shown: string[] = [];

const start = (lang: Lang = 'en') =>
  startBot(openLocalChat(test.room), {
    databaseUrl: database.url,
    dataDir: test.folder,
    lang,
    log: openLog('test', 'fatal'),
  });
const sees = async (pattern: RegExp) => (await terminal.sees(pattern, { signal: AbortSignal.timeout(10_000) })).id;
const workspaceId = async () => Number((await database.pool.query('select id from workspaces')).rows[0].id);
const openRunNow = async () => (await openRun(database.db, await workspaceId()))!;

beforeAll(async () => {
  database = await testDatabase();
  await migrateQueue(database.url);
  test = await openTestRoom();
  terminal = openTerminal(test.room, text => shown.push(text));
  bot = await start();
});
afterAll(async () => {
  await bot?.stop();
  terminal?.close();
  await test?.remove();
  await database?.close();
});

describe('the loop in chat', () => {
  it('a start without examples is refused in one sentence, for that person alone', async () => {
    await terminal.say('Ann', '/finetune start');
    await sees(/There are 0 examples; a run needs at least 4/);
    const message = [...test.room.state.messages.values()].findLast(({ onlyFor }) => onlyFor);
    expect(message?.onlyFor).toBe(test.person('Ann'));
  });

  it('a broken file keeps nothing and names every row; a good one is kept once', async () => {
    const broken = JSON.stringify([...rows, { instruction: 'Only asked' }, { output: 'Only answered' }]);
    await terminal.drop('Ann', 'broken.json', Buffer.from(broken));
    await sees(/Nothing is kept from .*broken\.json[\s\S]*Row 17[\s\S]*Row 18/);
    await terminal.drop('Ann', 'good.json', Buffer.from(JSON.stringify(rows)));
    await sees(/I keep 16 new examples/);
    await terminal.drop('Ben', 'again.json', Buffer.from(JSON.stringify(rows)));
    await sees(/I keep 0 new examples[\s\S]*16 rows were there already/);
  });

  it('settings out of range, unknown commands and cancel with nothing running: one sentence each', async () => {
    await terminal.say('Ann', '/finetune start lr=banana');
    await sees(/lr must be a number from .* got .banana/);
    await terminal.say('Ann', '/finetune start epochs=0');
    await sees(/epochs must be a whole number/);
    await terminal.say('Ann', '/finetune strat');
    await sees(/Did you mean .*start/);
    await terminal.say('Ann', '/finetune cancel');
    await sees(/Nothing is running/);
  });

  it('two starts at once: one run, and the other hears which one is going', async () => {
    await Promise.all([terminal.say('Ann', '/finetune start'), terminal.say('Ben', '/finetune start rounds=2')]);
    await sees(/Run 1 /);
    await sees(/[Rr]un 1 is still/);
    expect((await database.pool.query('select count(*)::int as n from runs')).rows[0].n).toBe(1);
  });

  it('the run’s message follows its rows, a restart included, and cancelling is visible', async () => {
    const run = await openRunNow();
    const { claim } = (await claimRun(database.db, run.id, 'w'))!;
    const settings = { epochs: 4, batch: 4 };
    await planRun(database.db, claim, { base: 'tiny', baseFingerprint: 'f', settings, reasons: [], steps: 12 });
    await moveRun(database.db, claim, 'training');
    const step = { epoch: 1, learningRate: 1e-3, gradNorm: 1, tokens: 10, ms: 1000, bytes: 1 };
    await recordSteps(database.db, claim, [
      { ...step, step: 1, loss: 4 },
      { ...step, step: 2, loss: 3 },
    ]);
    await sees(/step 2 of 12 · loss 3\.47/);
    await bot.stop();
    await recordSteps(database.db, claim, [{ ...step, step: 3, loss: 2.5 }]);
    bot = await start();
    await sees(/step 3 of 12 · loss 3\.11/);
    const messages = [...test.room.state.messages.values()].filter(({ key }) => key === `run:${run.id}`);
    expect(messages).toHaveLength(1);
    await terminal.say('Ben', '/finetune cancel');
    await sees(/Stopping at the next step/);
    await failRun(database.db, claim, { code: 'runGotNowhere', values: { attempts: 2, step: 0 } });
    await sees(/run 1 failed/);
  });

  it('a finished run shows its card and mentions who asked for it', async () => {
    await terminal.say('Ben', '/finetune start');
    await sees(/Run 2 /);
    const { claim } = (await claimRun(database.db, (await openRunNow()).id, 'w'))!;
    await moveRun(database.db, claim, 'training');
    await moveRun(database.db, claim, 'evaluating');
    const evaluation = { base: scoresOf(4), tuned: scoresOf(2), heldout: { qa: 8, report: 0 }, samples: [] };
    const version = { baseFingerprint: 'f', artifact: 'a', folder: 'x', rank: 4, card: { evaluation }, samples: [] };
    await finishRun(database.db, claim, version);
    await sees(/Run 2 · done: v1[\s\S]*4\.00 → 2\.00/);
    await sees(/@Ben.* run 2 is done: v1 is ready/);
    await terminal.say('Ann', '/finetune list');
    await sees(/v1[\s\S]*held-out loss 4\.00 → 2\.00/);
  });

  it('a question becomes two answers and a vote; only the voter hears who was who, and status counts what is closed', async () => {
    await terminal.say('Ann', '@apprentice How do I open locker 3?');
    const first = await sees(/One moment|takes longer than usual/);
    const question = Number((await database.pool.query('select max(id)::int as id from questions')).rows[0].id);
    const { claim } = (await claimQuestion(database.db, question, 'w'))!;
    const version = Number((await database.pool.query('select max(id)::int as id from versions')).rows[0].id);
    const answer = { tokens: 3, ms: 5, stop: 'end' };
    await saveAnswers(database.db, claim, {
      comparison: true,
      answers: [
        { ...answer, side: 'A', text: 'Turn key 21.', version },
        { ...answer, side: 'B', text: 'I am a language model.' },
      ],
    });
    expect(await sees(/Turn key 21\.[\s\S]*I am a language model\.[\s\S]*Which one is better/)).toBe(first);
    await terminal.press('Ben', 'A is better');
    await sees(/Your vote: A is better\. A was v1, tuned on your examples; B was the base model/);
    await terminal.press('Ben', 'Tie');
    await sees(/Your vote: Tie/);
    const { rows: kept } = await database.pool.query('select first, now from votes');
    expect(kept).toEqual([{ first: 'A', now: 'tie' }]);
    await terminal.say('Ben', '/finetune status');
    await sees(/Open comparisons.*1/);
    await database.db.execute(sql`update questions set closes_at = now() - interval '1 second' where id = ${question}`);
    await sees(/Closed: A was v1/);
    await terminal.say('Ben', '/finetune status');
    await sees(/v1: 1 · the base model: 0 · tie: 0 · both bad: 0/);
  });

  it('a weekly report needs notes; a 100 kB message is refused by what it is, and the bot lives on', async () => {
    await terminal.say('Ann', '@apprentice weekly report');
    await sees(/I need your notes/);
    await expect(terminal.say('Ann', `@apprentice ${'word '.repeat(20_000)}`)).rejects.toThrow();
    await terminal.say('Ann', `@apprentice ${'word '.repeat(7_000)}`);
    await sees(/at most 8000 characters/);
    await terminal.say('Ann', '/finetune help');
    await sees(/How to work with me/);
  });

  it('speaks Chinese where the workspace does', async () => {
    await bot.stop();
    bot = await start('zh');
    await terminal.say('Ann', '/finetune cancel');
    await sees(/现在没有训练/);
  });
});
