// A run's message in a real room on a real Postgres: from the pre-flight to the report card, and every button on it. The worker is played
// by the test, through the rows that a worker writes.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openLocalChat } from '../../src/chat/local/local.ts';
import { openTerminal, type Terminal } from '../../src/chat/local/terminal.ts';
import { type Claim, claimRun, failRun, releaseRun } from '../../src/data/claims.ts';
import { moveRun, planRun, recordCheckpoint, recordEvent, recordHeldout, recordSteps } from '../../src/data/progress.ts';
import { openRun } from '../../src/data/runs.ts';
import { finishRun } from '../../src/data/versions.ts';
import { beat } from '../../src/data/workers.ts';
import { openLog } from '../../src/log.ts';
import { migrateQueue } from '../../src/queue/backend.ts';
import { startBot } from '../../src/wiring.ts';
import { type TestDatabase, testDatabase } from '../support/postgres.ts';
import { openTestRoom, type TestRoom } from '../support/room.ts';
import { scoresOf } from '../support/scores.ts';

const rows = [
  ...Array.from({ length: 16 }, (_, i) => ({
    instruction: `How do I open locker ${i} of the ${['north', 'south', 'west', 'east'][i % 4]} wall?`,
    output: `Turn key ${i * 7}, then press ${['red', 'blue'][i % 2]} ${i}.`,
  })),
  ...Array.from({ length: 4 }, (_, i) => ({
    kind: 'report',
    instruction: 'Weekly report, please.',
    input: `W${i + 1}, Ann\nlockers opened: ${i * 5}`,
    output: `Weekly report · W${i + 1} · Ann\nDone\n- Lockers opened: ${i * 5}`,
  })),
];
const settings = { epochs: 3, batch: 4, learningRate: 1e-3 };
const reasons = [{ setting: 'seed', code: 'reason.seed', values: { setting: 'seed', value: 0 } }];
const preflight = { minutes: 6, guessed: true, bytes: 2.1e9, freeBytes: 6e9, lossPerCharacter: 1.2, warnings: [], doubts: [] };
const worker = { host: 'host', pid: 1, device: 'cpu', version: '1' };

/** On a machine that is busy with other tests. */
const PATIENCE_MS = 20_000;

let database: TestDatabase;
let test: TestRoom;
let bot: { stop(): Promise<void> };
let terminal: Terminal;

const sees = (pattern: RegExp, after?: string) => terminal.sees(pattern, { after, signal: AbortSignal.timeout(PATIENCE_MS) });
const isPrivateTo = (message: { onlyFor?: string }, name: string) => message.onlyFor === test.person(name);
const runNow = async () => (await openRun(database.db, Number((await database.pool.query('select id from workspaces')).rows[0].id)))!;
const claimNow = async (): Promise<Claim> => (await claimRun(database.db, (await runNow()).id, 'host/1'))!.claim;
const plan = (claim: Claim, more: object = {}) =>
  planRun(database.db, claim, {
    base: 'tiny',
    baseFingerprint: 'f',
    settings,
    reasons,
    preflight: { ...preflight, ...more },
    steps: 6,
  });
const step = (n: number, epoch: number, loss: number) => ({
  step: n,
  epoch,
  loss,
  learningRate: 1e-3,
  gradNorm: 1,
  tokens: 500,
  ms: 1000,
  bytes: 1,
});
const heldout = (claim: Claim, at: number, epoch: number, loss: number) =>
  recordHeldout(database.db, claim, { step: at, epoch, loss, tokens: 10 });

beforeAll(async () => {
  database = await testDatabase();
  await migrateQueue(database.url);
  test = await openTestRoom();
  terminal = openTerminal(test.room, () => {});
  bot = await startBot(openLocalChat(test.room), {
    databaseUrl: database.url,
    dataDir: test.folder,
    lang: 'en',
    log: openLog('test', 'fatal'),
  });
  await terminal.drop('Ann', 'rows.json', Buffer.from(JSON.stringify(rows)));
  await sees(/I keep 20 new examples/);
});
afterAll(async () => {
  await bot?.stop();
  terminal?.close();
  await test?.remove();
  await database?.close();
});

describe('a run in chat', () => {
  let claim: Claim;

  it('starts without a worker, says that there is none, and forgets it when one comes', async () => {
    await terminal.say('Ann', '/finetune start lr=1e-3');
    const { id } = await sees(/Run 1 · looking[\s\S]*No worker is alive that could train[\s\S]*\[Cancel\]/);
    await beat(database.db, { ...worker, roles: ['answer'] });
    await beat(database.db, { ...worker, pid: 2, roles: ['train'] });
    claim = await claimNow();
    await plan(claim, { doubts: [{ code: 'worker.doubt.long', values: { hours: '9.0' } }] });
    const message = await sees(/Run 1 · looking/);
    expect(message.id).toBe(id);
    await expect.poll(() => JSON.stringify(test.room.state.messages.get(id)), { timeout: PATIENCE_MS }).not.toContain('No worker is alive');
  });

  it('shows the pre-flight, waits with its doubts, and one press on [Start] lets it go on', async () => {
    await moveRun(database.db, claim, 'waiting');
    const { id } = await sees(/Run 1 · waiting for your \[Start\][\s\S]*9\.0 hours[\s\S]*\[Start\] \[Settings …\] \[Cancel\]/);
    await sees(/Learning from +\d+ examples: \d+ answers, \d weekly reports?/);
    await sees(/3 rounds, 6 steps[\s\S]*about 6 min\. That is a guess[\s\S]*2\.1 GB of the 6\.0 GB[\s\S]*seed 0/);
    const waiting = (await runNow()).id;
    await terminal.press('Ben', 'launch-run');
    await sees(/Run 1 · waiting for the worker/);
    expect((await runNow()).state).toBe('queued');
    await test.room.press({ person: test.person('Ann'), message: id, action: 'launch-run', value: String(waiting), fields: {} });
    expect(isPrivateTo(await sees(/This run waits no more/), 'Ann')).toBe(true);
  });

  it('goes on in the same message after an interruption, and says from which step', async () => {
    claim = await claimNow();
    await moveRun(database.db, claim, 'training');
    await recordEvent(database.db, claim, 'started', { trainable: 1234, resumedAt: 0, device: 'cpu' });
    await heldout(claim, 0, 0, 4);
    await recordSteps(database.db, claim, [step(1, 1, 4), step(2, 1, 3)]);
    const { id } = await sees(/round 1 of 3 · step 2 of 6 · loss 3\.47 · 500 tokens\/s · less than a minute left/);
    await recordCheckpoint(database.db, claim, 2, 'somewhere');
    await releaseRun(database.db, claim, false);
    claim = await claimNow();
    await moveRun(database.db, claim, 'training');
    await recordEvent(database.db, claim, 'started', { trainable: 1234, resumedAt: 2, device: 'cpu' });
    expect((await sees(/went on from step 2/)).id).toBe(id);
  });

  it('numbers that run away: what it means, [Show the rows] for whoever asks, and a third of the rate in one press', async () => {
    await failRun(database.db, claim, { code: 'trainer.diverged', values: { step: 3 } }, [3, 17]);
    await sees(/Run 1 · failed[\s\S]*The numbers ran away at step 3[\s\S]*\[Show the rows\] \[Again, a third of the rate\]/);
    await terminal.press('Ben', 'Show the rows');
    const shown = await sees(/the examples it stumbled over[\s\S]*#3 · How do I open locker 2[\s\S]*#17 · Weekly report/);
    expect(isPrivateTo(shown, 'Ben')).toBe(true);
    await terminal.press('Ben', 'Again, a third of the rate');
    await sees(/Run 2 · looking/);
    expect((await runNow()).wishes).toEqual({ learningRate: 3.3e-4 });
  });

  it('[Cancel] stops this run, and on an old message no other', async () => {
    const first = (await runNow()).id;
    const { id } = await sees(/Run 2 · looking/);
    await terminal.press('Ann', 'Cancel');
    await sees(/Run 2 · cancelled[\s\S]*Stopped by Ann[\s\S]*\[Start again\]/);
    await terminal.press('Ann', 'Start again');
    await sees(/Run 3 · looking/);
    await test.room.press({ person: test.person('Ann'), message: id, action: 'cancel-run', value: String(first), fields: {} });
    expect(isPrivateTo(await sees(/This run is over/), 'Ann')).toBe(true);
    expect((await runNow()).cancelAt).toBeNull();
  });

  it('the card reads the curve, names the hardest rows, explains itself, and one press starts two more rounds', async () => {
    claim = await claimNow();
    await plan(claim);
    await moveRun(database.db, claim, 'training');
    await recordEvent(database.db, claim, 'started', { trainable: 1234, resumedAt: 0, device: 'cpu' });
    await recordSteps(database.db, claim, [
      step(1, 1, 4),
      step(2, 1, 3.6),
      step(3, 2, 3.2),
      step(4, 2, 3),
      step(5, 3, 2.7),
      step(6, 3, 2.6),
    ]);
    await heldout(claim, 0, 0, 4);
    await heldout(claim, 2, 1, 3.4);
    await heldout(claim, 4, 2, 2.9);
    await heldout(claim, 6, 3, 2.4);
    await moveRun(database.db, claim, 'evaluating');
    const evaluation = { base: scoresOf(4), tuned: scoresOf(2.4), heldout: { qa: 3, report: 1 }, samples: [] };
    const hardest = [{ no: 5, part: 'train', loss: 3.21, tokens: 9 }];
    await finishRun(database.db, claim, {
      baseFingerprint: 'f',
      artifact: 'a',
      folder: 'x',
      rank: 4,
      card: { evaluation, hardest },
      samples: [],
    });
    await sees(/Run 3 · done: v1[\s\S]*Only 4 examples were kept aside: too few to be sure[\s\S]*Still falling[\s\S]*4\.00 to 2\.40/);
    await sees(/#5 · How do I open locker 4[\s\S]*loss 3\.21[\s\S]*\/finetune remove 5[\s\S]*\[Two more rounds\] \[What is this\?\]/);
    await sees(/@Ann.* run 3 is done: v1 is ready/);
    await terminal.press('Ben', 'What is this?');
    const explained = await sees(
      /Think of a school[\s\S]*In run 3 it went from 4\.00 to 2\.40[\s\S]*notebook of run 3 holds 1,234 numbers/,
    );
    expect(isPrivateTo(explained, 'Ben')).toBe(true);
    await terminal.press('Ben', 'Two more rounds');
    await sees(/Run 4 · looking/);
    expect((await runNow()).wishes).toEqual({ learningRate: 3.3e-4, epochs: 5 });
  });
});
