// The platform holds the bot off, or is out of reach: what people did meanwhile is neither given up nor overlooked.
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Chat, ChatHandlers, MessageRef } from '../../src/chat/chat.ts';
import { RetryLater } from '../../src/chat/errors.ts';
import { openLocalChat } from '../../src/chat/local/local.ts';
import { MAX_TRIES } from '../../src/data/inbox.ts';
import { openLog } from '../../src/log.ts';
import { migrateQueue } from '../../src/queue/backend.ts';
import { startBot } from '../../src/wiring.ts';
import { type TestDatabase, testDatabase } from '../support/postgres.ts';
import { openTestRoom, type TestRoom, until } from '../support/room.ts';

let database: TestDatabase;
let test: TestRoom;
let bot: { stop(): Promise<void> };
let ears: ChatHandlers;
/** Calls for a message that are still to be held off. */
let busy = 0;
/** What happens to messages is told to nobody. */
let deaf = false;

beforeEach(async () => {
  [busy, deaf] = [0, false];
  database = await testDatabase();
  await migrateQueue(database.url);
  test = await openTestRoom();
  const chat = openLocalChat(test.room);
  const faulty: Chat = {
    ...chat,
    start: handlers =>
      chat.start({
        ...handlers,
        onEvent: event => (deaf && event.kind === 'touched' ? Promise.resolve({}) : (ears = handlers).onEvent(event)),
      }),
    async fetchMessage(at: MessageRef) {
      if (busy-- > 0) throw new RetryLater(1);
      return chat.fetchMessage(at);
    },
  };
  bot = await startBot(faulty, { databaseUrl: database.url, dataDir: test.folder, lang: 'en', log: openLog('test', 'fatal') });
});
afterEach(async () => {
  await bot.stop();
  await test.remove();
  await database.close();
});

const said = async (name: string, text: string, thread?: string) => {
  const { entry } = await test.room.say(test.person(name), { ...test.team, ...(thread && { thread }) }, text);
  return entry.kind === 'said' ? entry.message.id : '';
};
const answered = async () => said('Ben', 'On the hook beside the door.', await said('Ann', 'Where is the key?'));
const react = (id: string, on: boolean) => test.room.react(test.person('Ann'), id, '✅', on);
const states = async () => (await database.pool.query('select state from examples')).rows.map(({ state }) => state);

it('a ✅ is looked at however often the platform asks to wait', async () => {
  busy = MAX_TRIES + 1;
  const answer = await answered();
  await react(answer, true);
  const seen = async () => {
    // Whatever happens wakes the bot, which otherwise looks at its inbox every two seconds.
    await said('Ann', '@apprentice help');
    return (await states()).length > 0;
  };
  await until(seen, 'an example', 50_000);
  expect(await states()).toEqual(['approved']);
});

it('a ✅ that was taken back while nothing was told is seen to be gone as soon as the platform is back', async () => {
  const answer = await answered();
  await react(answer, true);
  await until(async () => (await states())[0] === 'approved', 'an example', 30_000);
  deaf = true;
  await react(answer, false);
  await until(() => test.room.state.unheard.size === 0, 'nobody to hear of it');
  deaf = false;
  await ears.onEvent({ key: 'missed:1', at: new Date(), kind: 'missed' });
  await until(async () => (await states())[0] === 'retired', 'the ✅ to be seen gone', 30_000);
});
