// The platform holds the bot off for longer than an error is tried again: what people did meanwhile is not given up.
import { expect, it } from 'vitest';
import { RetryLater } from '../../src/chat/errors.ts';
import { openLocalChat } from '../../src/chat/local/local.ts';
import { MAX_TRIES } from '../../src/data/inbox.ts';
import { openLog } from '../../src/log.ts';
import { migrateQueue } from '../../src/queue/backend.ts';
import { startBot } from '../../src/wiring.ts';
import { testDatabase } from '../support/postgres.ts';
import { openTestRoom, until } from '../support/room.ts';

it('a ✅ is looked at however often the platform asks to wait', async () => {
  const database = await testDatabase();
  await migrateQueue(database.url);
  const test = await openTestRoom();
  const { room, team, person } = test;
  const chat = openLocalChat(room);
  let asked = 0;
  const busy: typeof chat.fetchMessage = async at => {
    if (++asked <= 2 * MAX_TRIES) throw new RetryLater(1);
    return chat.fetchMessage(at);
  };
  const options = { databaseUrl: database.url, dataDir: test.folder, lang: 'en' as const, log: openLog('test', 'fatal') };
  const bot = await startBot({ ...chat, fetchMessage: busy }, options);
  const said = async (name: string, text: string, thread?: string) => {
    const { entry } = await room.say(person(name), { ...team, ...(thread && { thread }) }, text);
    return entry.kind === 'said' ? entry.message.id : '';
  };
  const answer = await said('Ben', 'On the hook beside the door.', await said('Ann', 'Where is the key?'));
  await room.react(person('Ann'), answer, '✅', true);
  // The bot looks at its inbox every two seconds; whatever wakes it lets it look at once.
  const states = async () => {
    await room.react(person('Ann'), await said('Ann', 'Hello.'), '👋', true);
    return (await database.pool.query('select state from examples')).rows;
  };
  await until(async () => (await states()).length > 0, 'an example', 50_000);
  expect(await states()).toEqual([{ state: 'approved' }]);
  expect(asked).toBeGreaterThan(2 * MAX_TRIES);
  await bot.stop();
  await test.remove();
  await database.close();
});
