// The bot's process: the local chat, its page, and the bot in it. `npm start` forks it; its only wiring besides wiring.ts.
import { join } from 'node:path';
import { curveWords } from './bot/curve.ts';
import { drawCurve } from './bot/draw-curve.ts';
import { openDesk } from './chat/local/desk.ts';
import { openJournal } from './chat/local/journal.ts';
import { openLocalChat } from './chat/local/local.ts';
import { openRoom } from './chat/local/room.ts';
import { readConfig } from './config.ts';
import { checkDatabase, migrateDatabase } from './data/database.ts';
import { openLog } from './log.ts';
import { Refusal } from './problem.ts';
import { runProcess } from './process.ts';
import { migrateQueue } from './queue/backend.ts';
import type { Draw } from './web/picture-routes.ts';
import { openWeb } from './web/server.ts';
import { startBot } from './wiring.ts';
import { say } from './words/words.ts';

/** A bot that has not stopped in order by then is stopped all the same: every row says what is still to be done. */
const LEAVE_MS = 10_000;

const config = readConfig();
const log = openLog('bot', config.logLevel);
const draw: Draw = (curve, lang, look) => drawCurve(curve, curveWords(lang), look);

await runProcess({ log, lang: config.lang, leaveMs: LEAVE_MS }, async ({ tell }) => {
  const { databaseUrl, redisUrl, dataDir, host, port, lang, localChat, trainingAllowed, retainDays, consent } = config;
  // It is the only place to talk in so far: a bot that nobody can speak to would be a riddle.
  if (!localChat) throw new Refusal('chat.off');
  if (!databaseUrl) throw new Refusal('bot.noDatabase');
  await checkDatabase(databaseUrl);
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
  const onClaimCode = (code: string) => {
    tell({ kind: 'problem', code: 'claim.printed', values: { code } });
    if (!process.send) process.stdout.write(`${say(lang, 'claim.printed', { code })}\n`);
  };
  const bot = await startBot(chat, { onClaimCode, databaseUrl, redisUrl, dataDir, lang, log, trainingAllowed, retainDays, consent });
  const web = await openWeb({ desk: openDesk(room), folder: dataDir, host, port, lang, draw, onError: err => log.error({ err }, 'web') });
  tell({ kind: 'ready', url: web.address });
  // Without a parent that would say it (docker compose), people find the address in the bot's output.
  if (!process.send) process.stdout.write(`${say(lang, 'bot.open', { url: web.address })}\n`);

  return {
    async stop() {
      await web.close();
      await bot.stop();
      await room.close();
    },
  };
});
