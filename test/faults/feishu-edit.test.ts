// Feishu tells no bot that somebody has edited a message. The bot finds it when it matters: at the next start of a run.
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { openFeishu } from '../../src/chat/feishu/feishu.ts';
import { openLog } from '../../src/log.ts';
import { migrateQueue } from '../../src/queue/backend.ts';
import { startBot } from '../../src/wiring.ts';
import { optionsFor } from '../chat/feishu/under-test.ts';
import { type FakeFeishu, openFakeFeishu } from '../support/feishu/fake.ts';
import { feishuPlace, settlingIn } from '../support/feishu/place.ts';
import { forgetDataDir, newDataDir } from '../support/npm-start.ts';
import { type Person, personIn, type Seen } from '../support/person.ts';
import { type TestDatabase, testDatabase } from '../support/postgres.ts';
import { settleIn } from '../support/settle-in.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const TALKS = 5;
const dataDir = newDataDir();

let database: TestDatabase;
let fake: FakeFeishu;
let bot: { stop(): Promise<void> };
let [ada, ben]: Person[] = [];
const answers: Seen[] = [];

beforeAll(async () => {
  [database, fake] = await Promise.all([testDatabase(), openFakeFeishu({ people: [] })]);
  await migrateQueue(database.url);
  let code = '';
  bot = await startBot(await openFeishu(optionsFor(fake)), {
    databaseUrl: database.url,
    dataDir,
    lang: 'en',
    log: openLog('test', 'fatal'),
    trainingAllowed: true,
    onClaimCode: printed => {
      code = `/finetune claim ${printed}`;
    },
  });
  const setUp = new Set<string>();
  const place = feishuPlace(
    fake,
    settleIn(() => settlingIn(fake, setUp, () => code), { optIn: true }),
    setUp,
  );
  [ada, ben] = [await personIn(place, 'Ada', String), await personIn(place, 'Ben', String)];
  for (let n = 0; n < TALKS; n++) {
    const question = await ada.say(`Where is the key of berth ${n}?`);
    answers.push(await ben.say(`The key of berth ${n} hangs on hook ${n}.`, { thread: question }));
    await ada.react(answers[n]);
  }
  for (const answer of answers) await ada.seesSign(answer, 'kept');
});
afterAll(async () => {
  await bot?.stop();
  await fake?.close();
  await database?.close();
  forgetDataDir(dataDir);
});

it('an answer that was edited is not trained on: at the next start it waits for a ✅ again', async () => {
  const events = fake.pushed.length;
  await fake.hands.edit(ben.id, answers[2].id, 'The key of berth 2 is kept by Rosa.');
  expect(fake.pushed).toHaveLength(events);
  await ada.say('/finetune start');
  await ada.sees(/^Run 1/);
  const { rows } = await database.pool.query(
    `select m.ext, e.state, d.revision is not null as trained from examples e join messages m on m.id = e.answer
       join example_revisions r on r.example = e.id left join dataset_members d on d.revision = r.id order by e.no`,
  );
  const became = answers.map(({ id }) => rows.find(({ ext }) => ext === id));
  expect(became).toEqual(answers.map(({ id }, n) => ({ ext: id, state: n === 2 ? 'stale' : 'approved', trained: n !== 2 })));
  await ben.sees(/edit/i, { privately: true });
});

it('after its author’s edit nobody sees the bot’s receipt on it, until somebody approves of it again', async () => {
  await ada.seesSign(answers[2], 'kept', false);
  await ada.unreact(answers[2]);
  await expect.poll(async () => stateOf(answers[2])).toBe('retired');
  await ada.react(answers[2]);
  await ada.seesSign(answers[2], 'kept');
  expect(await stateOf(answers[2])).toBe('approved');
});

const stateOf = async ({ id }: Seen): Promise<string> =>
  (await database.pool.query('select e.state from examples e join messages m on m.id = e.answer where m.ext = $1', [id])).rows[0].state;
