// The bot in a real room on a real Postgres, talked to by people through the terminal's calls. The worker is played by whoever asks for it.
import { cardToText } from '../../src/chat/card-text.ts';
import type { Card } from '../../src/chat/chat.ts';
import { openLocalChat } from '../../src/chat/local/local.ts';
import { openTerminal, type Terminal } from '../../src/chat/local/terminal.ts';
import { openLog } from '../../src/log.ts';
import { migrateQueue } from '../../src/queue/backend.ts';
import { startBot } from '../../src/wiring.ts';
import type { Lang } from '../../src/words/words.ts';
import { type TestDatabase, testDatabase } from './postgres.ts';
import { openTestRoom, type TestRoom, until } from './room.ts';

/** A message of the bot as a reader sees it; `to`: the only one who does. */
export type Heard = { id: string; text: string; card: Card; to?: string };

export type Talk = Terminal & {
  database: TestDatabase;
  test: TestRoom;
  /** Everything that the bot says now, oldest first. */
  all(): Heard[];
  /** The bot's next message after all that stood there when `act` began, whose text `pattern` matches. */
  after(act: () => Promise<unknown>, pattern: RegExp): Promise<Heard>;
  restart(lang?: Lang): Promise<void>;
  end(): Promise<void>;
};

export async function openTalk(): Promise<Talk> {
  const database = await testDatabase();
  await migrateQueue(database.url);
  const test = await openTestRoom();
  const { state } = test.room;
  const start = (lang: Lang = 'en') =>
    startBot(openLocalChat(test.room), { databaseUrl: database.url, dataDir: test.folder, lang, log: openLog('test', 'fatal') });
  let bot = await start();
  const terminal = openTerminal(test.room, () => {});
  const all = (): Heard[] =>
    [...state.messages.values()].flatMap(({ id, card, onlyFor }) =>
      card ? [{ id, card, text: cardToText(card), ...(onlyFor && { to: state.people.get(onlyFor)!.name }) }] : [],
    );
  return {
    ...terminal,
    database,
    test,
    all,
    async after(act, pattern) {
      const before = new Set(all().map(({ id }) => id));
      await act();
      return until(() => all().find(({ id, text }) => !before.has(id) && pattern.test(text)), String(pattern));
    },
    async restart(lang) {
      await bot.stop();
      bot = await start(lang);
    },
    async end() {
      await bot.stop();
      terminal.close();
      await test.remove();
      await database.close();
    },
  };
}
