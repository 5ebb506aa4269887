// A bot that is taught in a real room on a real Postgres: people say, approve, edit and press; the rows are what it made of it.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ChatHandlers } from '../../src/chat/chat.ts';
import { openDesk } from '../../src/chat/local/desk.ts';
import type { RoomChannel, RoomMessage } from '../../src/chat/local/entries.ts';
import { openJournal } from '../../src/chat/local/journal.ts';
import { openLocalChat } from '../../src/chat/local/local.ts';
import { openRoom } from '../../src/chat/local/room.ts';
import { openLog } from '../../src/log.ts';
import { migrateQueue } from '../../src/queue/backend.ts';
import { startBot } from '../../src/wiring.ts';
import { type TestDatabase, testDatabase } from './postgres.ts';
import { TEAM, until } from './room.ts';

export type Kept = {
  id: number;
  no: number;
  kind: string;
  state: string;
  why: string | null;
  instruction: string | null;
  input: string | null;
  output: string | null;
  revisions: number;
};

/**
 * `close()` it in afterAll. `stop` and `start`: the bot goes and comes back, the room lives on. `platform`: what the room says it is;
 * anything but `local` is a team's own chat, in which somebody has to allow things.
 */
export async function openTeaching({ platform = 'local', trainingAllowed = false, database: shared }: TeachingOptions = {}) {
  const database = shared ?? (await testDatabase());
  await migrateQueue(database.url);
  const folder = await mkdtemp(join(tmpdir(), 'apprentice-teaching-'));
  let ahead = 0;
  const room = await openRoom(await openJournal(folder), { ...TEAM, people: ['Ann', 'Ben', 'Cy'] }, () => Date.now() + ahead);
  const codes: string[] = [];
  let ears: ChatHandlers | undefined;
  let joins = 0;
  const start = (allowed = trainingAllowed) => {
    const chat = openLocalChat(room);
    return startBot(
      { ...chat, platform, start: handlers => chat.start((ears = handlers)) },
      {
        databaseUrl: database.url,
        dataDir: folder,
        lang: 'en',
        log: openLog('test', 'fatal'),
        trainingAllowed: allowed,
        onClaimCode: code => codes.push(code),
      },
    );
  };
  const person = (name: string) => [...room.state.people.values()].find(known => known.name === name)!.id;
  let bot: Awaited<ReturnType<typeof start>> | undefined = await start();
  const channels = new Map([['team', [...room.state.channels.values()].find(({ kind }) => kind === 'open')!.id]]);

  const said = async (name: string, text: string, { channel = 'team', thread }: { channel?: string; thread?: string } = {}) => {
    const { entry } = await room.say(person(name), { channel: channels.get(channel)!, ...(thread && { thread }) }, text);
    return entry.kind === 'said' ? entry.message.id : '';
  };
  const rows = async (): Promise<Kept[]> =>
    (
      await database.pool.query(
        `select e.id::int, e.no, e.kind, e.state, e.why, r.instruction, r.input, r.output,
           (select count(*)::int from example_revisions x where x.example = e.id) as revisions
         from examples e left join example_revisions r on r.example = e.id and r.n = e.revision order by e.no`,
      )
    ).rows;
  const message = (id: string) => room.state.messages.get(id) as RoomMessage;

  let questions = 0;
  /** A question of Ann's, and Ben's answer in its thread, minutes after everything before. */
  const answered = async (answer = 'Take the key from the hook beside the door.', question = `Where is key ${++questions} kept?`) => {
    ahead += 10 * 60_000;
    const asked = await said('Ann', question);
    const id = await said('Ben', answer, { thread: asked });
    return { asked, id, question, answer };
  };

  /** What only `name` sees of what the bot said, as text. */
  const told = (name: string): string[] =>
    [...room.state.messages.values()]
      .filter(({ onlyFor, card }) => onlyFor === person(name) && card)
      .map(({ card }) => JSON.stringify(card));
  /** The bot's messages for everybody that match. */
  const posts = (pattern: RegExp) =>
    [...room.state.messages.values()].filter(({ onlyFor, card }) => !onlyFor && card && pattern.test(JSON.stringify(card)));

  return {
    database,
    room,
    desk: openDesk(room),
    said,
    answered,
    rows,
    message,
    person,
    /** Time passes in the room. */
    later(minutes: number) {
      ahead += minutes * 60_000;
    },
    /** The claim codes that were printed, one a start. */
    codes,
    idOf: (channel: string) => channels.get(channel)!,
    /** The platform tells that somebody joined one channel; a room of its own accord has no such moment. */
    async joined(channel: string, name: string) {
      const event = {
        key: `join-${++joins}`,
        at: new Date(),
        kind: 'joined' as const,
        channel: channels.get(channel)!,
        person: person(name),
      };
      await ears!.onEvent(event);
    },
    /** The platform tells that somebody opened the direct chat with the bot. */
    async met(name: string) {
      await ears!.onEvent({ key: `met-${++joins}`, at: new Date(), kind: 'met', person: person(name) });
    },
    direct: (name: string) =>
      [...room.state.channels.values()].find(({ kind, members }) => kind === 'direct' && members?.includes(person(name)))!.id,
    async channel(name: string, purpose = '', kind: RoomChannel['kind'] = 'open', of?: string[]) {
      const all = kind === 'private' ? [...room.state.people.keys()] : undefined;
      const members = of ? [room.state.bot, ...of.map(person)] : all;
      channels.set(name, (await room.addChannel(person('Ann'), { name, purpose, kind, members })).id);
    },
    react: (name: string, id: string, on = true) => room.react(person(name), id, '✅', on),
    /** The one example of which that message is part of the answer. */
    async example(id: string): Promise<Kept | undefined> {
      const { rows: found } = await database.pool.query(
        `select s.example::int from example_sources s join messages m on m.id = s.message where m.ext = $1 and s.part = 'answer'`,
        [id],
      );
      return (await rows()).find(row => row.id === found[0]?.example);
    },
    receipt: (id: string) => Boolean(message(id).reactions.kept?.length),
    /** Every touch was looked at and every message sent. */
    settled: () =>
      until(async () => {
        const { rows: open } = await database.pool.query(
          `select 1 from inbox where done_at is null union all select 1 from messages where dirty_at is not null
           union all select 1 from posts where sent_rev < rev`,
        );
        return room.state.unheard.size === 0 && open.length === 0;
      }, 'the bot to be through'),
    told,
    posts,
    /** `name` says it, and alone hears something that matches: the text of it. */
    async hears(name: string, text: string, pattern: RegExp, channel = 'team'): Promise<string> {
      const before = told(name).length;
      await said(name, text, { channel });
      const heard = () =>
        told(name)
          .slice(before)
          .find(one => pattern.test(one));
      return until(heard, `${name} to hear ${pattern} of ${text}`);
    },
    /** `name` says it, and everybody reads one more message that matches. */
    async everybodyReads(name: string, text: string, pattern: RegExp, channel = 'team'): Promise<void> {
      const before = posts(pattern).length;
      await said(name, text, { channel });
      await until(() => posts(pattern).length > before, `everybody to read ${pattern}`);
    },
    async press(name: string, label: RegExp) {
      const at = [...room.state.messages.values()].findLast(
        ({ onlyFor, card }) =>
          (!onlyFor || onlyFor === person(name)) &&
          card?.parts.some(part => 'buttons' in part && part.buttons.some(b => label.test(b.label))),
      )!;
      const button = at.card!.parts.flatMap(part => ('buttons' in part ? part.buttons : [])).find(b => label.test(b.label))!;
      await room.press({ person: person(name), message: at.id, action: button.action, value: button.value });
    },
    async stop() {
      await bot?.stop();
      bot = undefined;
    },
    async start(allowed = trainingAllowed) {
      bot = await start(allowed);
    },
    async close() {
      await bot?.stop();
      await room.close();
      await rm(folder, { recursive: true, force: true });
      if (!shared) await database.close();
    },
  };
}

type TeachingOptions = { platform?: string; trainingAllowed?: boolean; database?: TestDatabase };

export type Teaching = Awaited<ReturnType<typeof openTeaching>>;
