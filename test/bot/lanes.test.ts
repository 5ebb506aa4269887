// Look-ups hold nobody up: while a look or a week's history waits for the platform, questions are taken; and for each person the order stays.
import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { LANES, laneOf, turnIn } from '../../src/bot/lanes.ts';
import type { Chat, ChatEvent } from '../../src/chat/chat.ts';
import { openLocalChat } from '../../src/chat/local/local.ts';
import { openLog } from '../../src/log.ts';
import { migrateQueue } from '../../src/queue/backend.ts';
import { startBot } from '../../src/wiring.ts';
import { type TestDatabase, testDatabase } from '../support/postgres.ts';
import { openTestRoom, type TestRoom, until } from '../support/room.ts';

let database: TestDatabase;
let test: TestRoom;
let bot: { stop(): Promise<void> };
/** What the platform is asked for waits here until it is let through. */
let platform: { open: Promise<void>; letThrough(): void; waiting: number };
const shut = () => {
  let letThrough = () => {};
  const open = new Promise<void>(resolve => (letThrough = resolve));
  platform = { open, letThrough, waiting: 0 };
};
const atThePlatform = async () => {
  platform.waiting++;
  await platform.open;
};

beforeAll(async () => {
  shut();
  platform.letThrough();
  database = await testDatabase();
  await migrateQueue(database.url);
  test = await openTestRoom();
  const chat = openLocalChat(test.room);
  const slow: Chat = {
    ...chat,
    async fetchMessage(at) {
      await atThePlatform();
      return chat.fetchMessage(at);
    },
    async *history(...where) {
      await atThePlatform();
      yield* chat.history(...where);
    },
  };
  bot = await startBot(slow, { databaseUrl: database.url, dataDir: test.folder, lang: 'en', log: openLog('test', 'fatal') });
});
beforeEach(shut);
afterEach(() => platform.letThrough());
afterAll(async () => {
  platform?.letThrough();
  await bot?.stop();
  await test?.remove();
  await database?.close();
});

const say = async (name: string, text: string): Promise<string> => {
  const { entry } = await test.room.say(test.person(name), { channel: test.team.channel }, text);
  return entry.kind === 'said' ? entry.message.id : '';
};
const asked = async () => (await database.pool.query('select id from questions')).rows.length;
const said = () => [...test.room.state.messages.values()].flatMap(({ card }) => (card ? [JSON.stringify(card)] : []));
/** The kinds of the events that are not handled yet. */
const open = async () =>
  (await database.pool.query('select kind from inbox where done_at is null order by id')).rows.map(({ kind }) => kind);
const PATIENCE = { timeout: 10_000 };

describe('while the platform lets a look wait', () => {
  it('a question is taken at once; a start, and what its person says after it, keep their order and know the ✅ before them', async () => {
    const before = await asked();
    for (const n of [1, 2, 3]) {
      const answer = await say('Ben', `The spare key hangs on hook ${n}, beside the ${['red', 'blue', 'green'][n - 1]} door.`);
      await test.room.react(test.person('Ann'), answer, '✅', true);
    }
    await until(() => platform.waiting > 0, 'a look that waits');
    await say('Ann', '/finetune start');
    await say('Ann', '/finetune cancel');
    await say('Ben', '@apprentice Where do I moor?');
    await until(async () => (await asked()) > before, 'the question');
    await expect.poll(open, PATIENCE).toEqual(['touched', 'touched', 'touched', 'message', 'message']);
    platform.letThrough();
    await until(() => said().some(text => /Nothing is running/.test(text)), 'the answer to cancel');
    const answers = said().filter(text => /a run needs at least|Nothing is running/.test(text));
    expect(answers).toEqual([expect.stringMatching(/There are [0-3] examples?; a run needs/), expect.stringMatching(/Nothing is running/)]);
    await expect.poll(open, PATIENCE).toEqual([]);
  });

  it('a weekly report that reads the week holds up neither questions nor looks at other messages', async () => {
    const before = await asked();
    await say('Ben', 'Moved the crane to berth 4.');
    await say('Ben', '@apprentice weekly report');
    await until(() => platform.waiting > 0, 'a week that is read');
    await say('Ann', '@apprentice Who repairs the crane?');
    await until(async () => (await asked()) > before, 'the question');
    await expect.poll(open, PATIENCE).toEqual(['message']);
    platform.letThrough();
    await expect.poll(open, PATIENCE).toEqual([]);
  });
});

describe('the lanes', () => {
  const at = new Date(0);
  const message = (key: string, person: string, text: string): ChatEvent => ({
    ...{ key, at, kind: 'message', person, place: { channel: 'c' }, text, files: [] },
  });
  const press = (key: string, person: string, action: string): ChatEvent => ({
    ...{ key, at, kind: 'action', person, ref: { id: 'm' }, action, value: '', fields: {} },
  });
  const some: ((key: string, person: string) => ChatEvent)[] = [
    (key, person) => message(key, person, 'Where do I moor?'),
    (key, person) => message(key, person, 'weekly report'),
    (key, person) => message(key, person, '/finetune start'),
    (key, person) => message(key, person, '/finetune cancel'),
    (key, person) => message(key, person, 'optout'),
    (key, person) => press(key, person, 'vote'),
    (key, person) => press(key, person, 'consent'),
    key => ({ key, at, kind: 'touched', ref: { id: key } }),
    key => ({ key, at, kind: 'uninstalled' }),
  ];

  it('what changes examples or must know them stays among the looks', () => {
    const lanes = some.map(make => laneOf(make('k', 'Ann')));
    expect(lanes).toEqual(['asked', 'weeks', 'looks', 'asked', 'looks', 'asked', 'looks', 'looks', 'looks']);
  });

  it('in whatever order the lanes run, all is handled once, each person in order, and all looks in order', () => {
    const events = fc.array(fc.tuple(fc.nat(some.length - 1), fc.constantFrom('Ann', 'Ben')), { maxLength: 20 });
    fc.assert(
      fc.property(events, fc.infiniteStream(fc.constantFrom(...LANES)), (picked, schedule) => {
        const all = picked.map(([n, person], i) => some[n](String(i), person));
        let left = all;
        const handled: ChatEvent[] = [];
        for (let idle = 0; left.length > 0 && idle < 60; idle++) {
          const [event] = turnIn(schedule.next().value, left);
          if (!event) continue;
          idle = 0;
          handled.push(event);
          left = left.filter(other => other !== event);
        }
        expect(left).toEqual([]);
        const orderOf = (those: (event: ChatEvent) => boolean) => {
          const keys = handled.filter(those).map(({ key }) => Number(key));
          expect(keys).toEqual([...keys].sort((a, b) => a - b));
        };
        for (const name of ['Ann', 'Ben']) orderOf(event => 'person' in event && event.person === name);
        orderOf(event => laneOf(event) === 'looks');
      }),
    );
  });
});
