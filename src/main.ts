// The bot's process: the local chat, its page, and the bot in it. `npm start` forks it; its only wiring besides wiring.ts.
import { join } from 'node:path';
import { openDesk } from './chat/local/desk.ts';
import { openJournal } from './chat/local/journal.ts';
import { openLocalChat } from './chat/local/local.ts';
import { openRoom } from './chat/local/room.ts';
import { readConfig } from './config.ts';
import { migrateDatabase } from './data/database.ts';
import { openLog } from './log.ts';
import { Refusal } from './problem.ts';
import { migrateQueue } from './queue/backend.ts';
import { openWeb } from './web/server.ts';
import { startBot } from './wiring.ts';
import { say } from './words/words.ts';

/** A bot that has not stopped in order by then is stopped all the same: every row says what is still to be done. */
const LEAVE_MS = 10_000;

const config = readConfig();
const log = openLog('bot', config.logLevel);
const leaving = new AbortController();
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => leaving.abort());
// The parent is gone: nobody would stop us later.
process.on('disconnect', () => leaving.abort());
process.on('unhandledRejection', err => log.error({ err }, 'unhandled'));

const tell = (message: object) => void (process.connected && process.send?.(message));

async function main(): Promise<void> {
  const { databaseUrl, redisUrl, dataDir, host, port, lang } = config;
  if (!databaseUrl) throw new Refusal('bot.noDatabase');
  await migrateDatabase(databaseUrl);
  if (!redisUrl) await migrateQueue(databaseUrl);
  const folder = join(dataDir, 'local-chat');
  const room = await openRoom(await openJournal(folder), {
    bot: 'apprentice',
    channel: say(lang, 'bot.channel'),
    people: [say(lang, 'bot.first-person')],
    commands: ['finetune'],
  });
  const chat = openLocalChat(room, { onProblem: err => log.error({ err }, 'event not kept') });
  const bot = await startBot(chat, { databaseUrl, redisUrl, dataDir, lang, log });
  const web = await openWeb({ desk: openDesk(room), folder: dataDir, host, port, lang, onError: err => log.error({ err }, 'web') });
  tell({ kind: 'ready', url: web.address });
  // Without a parent that would say it (docker compose), people find the address in the bot's output.
  if (!process.send) process.stdout.write(`${say(lang, 'bot.open', { url: web.address })}\n`);
  log.info('ready');

  if (!leaving.signal.aborted) await new Promise(resolve => leaving.signal.addEventListener('abort', resolve, { once: true }));
  setTimeout(() => process.exit(1), LEAVE_MS).unref();
  await web.close();
  await bot.stop();
  await room.close();
}

try {
  await main();
  process.exit(0);
} catch (error) {
  if (error instanceof Refusal) {
    const { code, values } = error.problem;
    tell({ kind: 'problem', code, values });
    process.stderr.write(`${say(config.lang, code, values)}\n`);
  } else log.error({ err: error }, 'bot');
  process.exit(1);
}
