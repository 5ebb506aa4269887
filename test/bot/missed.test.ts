// A ✅ on a new message of which Slack has given up telling: it is found when the line is back, and after a start.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openSlack } from '../../src/chat/slack/slack.ts';
import { openLog } from '../../src/log.ts';
import { migrateQueue } from '../../src/queue/backend.ts';
import { startBot } from '../../src/wiring.ts';
import { type TestDatabase, testDatabase } from '../support/postgres.ts';
import { until } from '../support/room.ts';
import { type FakeSlack, openFakeSlack } from '../support/slack/fake.ts';

const PATIENCE_MS = 30_000;

let slack: FakeSlack;
let database: TestDatabase;
let bot: { stop(): Promise<void> } | undefined;
let folder: string;
let [ann, ben, team] = ['', '', ''];

beforeEach(async () => {
  [database, slack] = [await testDatabase(), await openFakeSlack()];
  await migrateQueue(database.url);
  folder = mkdtempSync(join(tmpdir(), 'apprentice-missed-'));
  [ann, ben] = [await slack.hands.person('Ann'), await slack.hands.person('Ben')];
  team = [...slack.team.state.channels.values()].find(({ kind }) => kind === 'open')!.id;
  for (const person of [ann, ben]) await slack.hands.membership(person, team, true);
  await start();
  await slack.hands.command(ann, { channel: team }, '/finetune status');
  const learns = async () =>
    (await database.pool.query(`update channels set learn = 'on', set_at = now() - interval '1 hour'`)).rowCount === 1;
  await until(learns, 'the channel', PATIENCE_MS);
});
afterEach(async () => {
  await bot?.stop();
  await slack.close();
  await database.close();
  rmSync(folder, { recursive: true });
});

async function start(): Promise<void> {
  const { tokens, apiUrl } = slack;
  const chat = await openSlack({ botToken: tokens.bot, appToken: tokens.app, apiUrl, lang: 'en', onProblem() {} });
  const log = openLog('test', 'fatal');
  bot = await startBot(chat, { databaseUrl: database.url, dataDir: folder, lang: 'en', log, trainingAllowed: true });
}

/** Asked and answered in a thread; the answer's id. */
async function answered(n: number): Promise<string> {
  const asked = await slack.hands.say(ann, { channel: team }, `Where is key ${n}?`);
  return slack.hands.say(ben, { channel: team, thread: asked }, `On hook ${n}, beside the door.`);
}
/** Slack has given up telling before we are back: an hour later. */
async function unheard(deeds: () => Promise<void>): Promise<void> {
  await database.pool.query(`update inbox set at = at - interval '1 hour'`);
  const told = [...slack.delivery.subscribed];
  slack.delivery.subscribed.clear();
  await deeds();
  slack.delivery.release();
  for (const event of told) slack.delivery.subscribed.add(event);
}
const texts = async (): Promise<string[]> =>
  (
    await database.pool.query<{ output: string }>(
      `select r.output from examples e join example_revisions r on r.example = e.id and r.n = e.revision where e.state = 'approved' order by r.output`,
    )
  ).rows.map(({ output }) => output);
const settled = async () =>
  (await database.pool.query('select 1 from inbox where done_at is null union all select 1 from posts where sent_rev < rev')).rowCount ===
  0;

it('after a start: in a thread and beside it, once; what has no ✅ and what is said elsewhere is left alone', async () => {
  const elsewhere = await slack.hands.channel(ann, 'elsewhere');
  for (const member of [slack.team.state.bot, ben]) await slack.hands.membership(member, elsewhere, true);
  await bot?.stop();
  bot = undefined;
  await unheard(async () => {
    await slack.hands.react(ann, await answered(1), '✅', true);
    await answered(2);
    const said = await slack.hands.say(ben, { channel: elsewhere }, 'The crane is in the north dock.');
    await slack.hands.react(ann, said, '✅', true);
  });
  await start();
  await until(async () => (await texts()).length > 0, 'the example', PATIENCE_MS);
  await until(settled, 'everything to settle', PATIENCE_MS);
  expect(await texts()).toEqual(['On hook 1, beside the door.']);
  const { rows } = await database.pool.query(`select count(*)::int as n from inbox where kind = 'touched'`);
  expect(rows).toEqual([{ n: 1 }]);
});

it('after a moment nothing is read: Slack tells all of it again', async () => {
  await bot?.stop();
  bot = undefined;
  await database.pool.query(`update inbox set at = at - interval '1 minute'`);
  const before = slack.calls.length;
  await slack.hands.react(ann, await answered(4), '✅', true);
  await start();
  await until(async () => (await texts()).length > 0, 'the example', PATIENCE_MS);
  await until(settled, 'everything to settle', PATIENCE_MS);
  const days = slack.calls.slice(before).filter(({ method, args }) => method === 'conversations.history' && args.latest !== undefined);
  expect(days).toEqual([]);
});

it('when the line is back', async () => {
  await unheard(async () => {
    slack.faults.onCall('apps.connections.open', { status: 503 }, { times: 8 });
    slack.socket.cut();
    await slack.hands.react(ann, await answered(3), '✅', true);
  });
  await until(async () => (await texts()).length > 0, 'the example', PATIENCE_MS);
  expect(await texts()).toEqual(['On hook 3, beside the door.']);
});
