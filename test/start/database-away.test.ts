// The bot's database is away when somebody says something: nothing is lost, and it is answered when the database is back.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openLocalChat } from '../../src/chat/local/local.ts';
import { openTerminal, type Terminal } from '../../src/chat/local/terminal.ts';
import { migrateDatabase, openDatabase } from '../../src/data/database.ts';
import { type EmbeddedPostgres, startPostgres } from '../../src/data/embedded.ts';
import { openLog } from '../../src/log.ts';
import { migrateQueue } from '../../src/queue/backend.ts';
import { startBot } from '../../src/wiring.ts';
import { openTestRoom, type TestRoom } from '../support/room.ts';

let folder: string;
let postgres: EmbeddedPostgres;
let test: TestRoom;
let bot: { stop(): Promise<void> };
let terminal: Terminal;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'apprentice-away-'));
  postgres = await startPostgres(folder);
  await migrateDatabase(postgres.url);
  await migrateQueue(postgres.url);
  test = await openTestRoom();
  const options = { databaseUrl: postgres.url, dataDir: test.folder, lang: 'en' as const, log: openLog('test', 'silent') };
  bot = await startBot(openLocalChat(test.room), options);
  terminal = openTerminal(test.room, () => {});
});
afterAll(async () => {
  await bot.stop();
  terminal.close();
  await test.remove();
  await postgres.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** What the bot wrote about the message with this text, question or answer. */
const answers = () => [...test.room.state.messages.values()].filter(({ author, card }) => author === test.room.state.bot && card);
const questions = async () => {
  const { pool, close } = openDatabase(postgres.url, 1);
  try {
    return (await pool.query<{ text: string }>("select turns->0->>'content' as text from questions order by id")).rows.map(
      ({ text }) => text,
    );
  } finally {
    await close();
  }
};

it('each thing that was said meanwhile is taken up once, in order', async () => {
  await terminal.say('Ann', '@apprentice How do I moor boat 1?');
  await expect.poll(questions, { timeout: 20_000 }).toEqual(['How do I moor boat 1?']);
  await expect.poll(() => answers().length, { timeout: 20_000 }).toBe(1);
  await postgres.stop();
  const said = [terminal.say('Ann', '@apprentice How do I moor boat 2?'), terminal.say('Ben', '@apprentice How do I moor boat 3?')];
  postgres = await startPostgres(folder);
  await Promise.all(said);
  await expect.poll(questions, { timeout: 30_000 }).toEqual(['How do I moor boat 1?', 'How do I moor boat 2?', 'How do I moor boat 3?']);
  await expect.poll(() => answers().length, { timeout: 20_000 }).toBe(3);
});
