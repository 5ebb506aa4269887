// The bot's process: a bot in every place where people talk, and one web server. `npm start` forks it; its only wiring besides wiring.ts.
import { readConfig } from './config.ts';
import { checkDatabase, migrateDatabase } from './data/database.ts';
import { openLog } from './log.ts';
import { openPlaces, type Telling } from './places.ts';
import { Refusal } from './problem.ts';
import { runProcess } from './process.ts';
import { migrateQueue } from './queue/backend.ts';
import { openWeb } from './web/server.ts';
import { startBot } from './wiring.ts';
import { talkPlaces } from './words/talk-places.ts';
import { say } from './words/words.ts';

/** A bot that has not stopped in order by then is stopped all the same: every row says what is still to be done. */
const LEAVE_MS = 10_000;

const config = readConfig();
const log = openLog('bot', config.logLevel);

await runProcess({ log, lang: config.lang, leaveMs: LEAVE_MS }, async ({ tell }) => {
  const { databaseUrl, redisUrl, dataDir, host, port, lang } = config;
  if (!databaseUrl) throw new Refusal('bot.noDatabase');
  await checkDatabase(databaseUrl);
  await migrateDatabase(databaseUrl);
  if (!redisUrl) await migrateQueue(databaseUrl);

  // Without a parent that would say it (docker compose), people read it in the bot's own output.
  const print = (line: string) => void (process.send ?? process.stdout.write(`${line}\n`));
  const telling: Telling = (kind, code, values = {}) => {
    tell({ kind, code, values });
    print(say(lang, code, values));
  };
  const places = await openPlaces(config, log, telling);
  const onClaimCode = (code: string) => telling('problem', 'claim.printed', { code });
  const bots: { stop(): Promise<void> }[] = [];
  for (const { chat, lang = config.lang } of places) {
    const onEnded = () => telling('problem', 'bot.ended', { place: talkPlaces(config.lang, [chat.platform]) });
    bots.push(await startBot(chat, { ...config, lang, databaseUrl, log, onClaimCode, onEnded }));
  }
  const web = await openWeb({
    ...Object.assign({}, ...places.map(place => place.web)),
    receivers: Object.assign({}, ...places.map(place => place.web?.receivers)),
    folder: dataDir,
    host,
    port,
    lang,
    onError: err => log.error({ err }, 'web'),
  });
  // Without the local chat there is no page: people talk elsewhere.
  const away = places.some(place => place.web?.desk) ? undefined : places.map(({ chat }) => chat.platform);
  tell({ kind: 'ready', url: web.address, ...(away && { talk: away }) });
  print(away ? say(lang, 'bot.away', { places: talkPlaces(lang, away), url: web.address }) : say(lang, 'bot.open', { url: web.address }));

  return {
    async stop() {
      await web.close();
      await Promise.all(bots.map(bot => bot.stop()));
      for (const place of places) await place.close?.();
    },
  };
});
