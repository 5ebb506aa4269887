// A room: channels, threads, people, files, private messages, reactions, forms. In memory, and every entry kept before it counts.
// It knows no vendor and no wording; ids are opaque. People act through it, and one bot may be connected to it.
import { randomBytes } from 'node:crypto';
import { Refusal } from '../../problem.ts';
import type { Ack, Attachment, ChatHandlers, Form, Place } from '../chat.ts';
import { MAX_FILE_BYTES } from '../files.ts';
import type { BotLine } from './bot-line.ts';
import { openBotLine } from './bot-line.ts';
import type { Entry, Happening, RoomChannel, RoomMessage, RoomPerson } from './entries.ts';
import type { RoomStore } from './journal.ts';
import { mentionsIn } from './mentions.ts';
import { apply, emptyState, type RoomState } from './state.ts';

export const MAX_MESSAGE_CHARACTERS = 40_000;
const MAX_NAME_CHARACTERS = 40;
const MAX_PURPOSE_CHARACTERS = 250;

/** A way for a person to do something; a Refusal says what is wrong with it. `heard` resolves with the bot's answer once it has kept it. */
export type Done = { entry: Entry; heard: Promise<Ack> };
export type Press = { person: string; message: string; action: string; value: string; fields?: Record<string, string> };

export type Room = {
  readonly state: Readonly<RoomState>;
  say(person: string, place: Place, text: string, files?: Attachment[]): Promise<Done>;
  press(press: Press): Promise<Done>;
  formFor(press: Press): Promise<Form | undefined>;
  react(person: string, message: string, sign: string, on: boolean): Promise<Done>;
  edit(person: string, message: string, text: string): Promise<Done>;
  remove(person: string, message: string): Promise<Done>;
  addPerson(name: string, kind?: { guest?: boolean }): Promise<RoomPerson>;
  /** `members`: the only people in it (the bot too only if it is among them); without them everybody is. */
  addChannel(by: string, channel: { name: string; purpose: string; kind?: RoomChannel['kind']; members?: string[] }): Promise<RoomChannel>;
  /** In which language (`en`, `zh-CN` …) `person` wants to be spoken to. */
  chooseLanguage(person: string, lang: string): Promise<void>;
  /** Puts a whole story into the room at once, with times of its own: all of it or nothing, and never twice. False = it was there. */
  load(person: string, story: string, make: (state: RoomState) => Happening[]): Promise<boolean>;
  keepFile(name: string, mime: string, bytes: Uint8Array): Promise<Attachment>;
  file(id: string): Promise<Uint8Array | undefined>;
  /** Whether `person` may see what stands in `channel`. */
  isIn(person: string, channel: string): boolean;
  /** The bot's side: one thing it does, kept. `make` sees the room as it is when its turn comes; undefined = nothing to do. */
  bot(make: (state: RoomState) => Happening | undefined): Promise<void>;
  /** From now on `handler` hears everything that it has not yet kept, in order, again and again until it has. */
  connect(handler: BotEar): { disconnect(): Promise<void> };
  /** Called after every entry. */
  watch(watcher: (entry: Entry) => void): () => void;
  /** A new id; `kind` is its first letter (m, a message). */
  newId(kind?: string): string;
  close(): Promise<void>;
};
export type BotEar = { hear(entry: Entry): Promise<Ack>; formFor: (press: Press) => ReturnType<ChatHandlers['formFor']> };

/** Opens the room that `store` keeps; an empty one gets a bot, one open channel and the people named. `commands`: what may follow a slash. */
export async function openRoom(
  store: RoomStore,
  { bot: botName, channel: channelName, people, commands }: { bot: string; channel: string; people: string[]; commands: string[] },
  clock: () => number = Date.now,
): Promise<Room> {
  const state = emptyState();
  for (const entry of store.entries) apply(state, entry);
  const watchers = new Set<(entry: Entry) => void>();
  const line: BotLine = openBotLine(state, heard => happenAll(() => heard.map(n => ({ kind: 'heard', heard: n }))));
  let turn: Promise<unknown> = Promise.resolve();

  /** One after the other: checked, kept, applied, told. What cannot be kept did not happen. */
  function happenAll(make: () => Happening[], then?: (entry: Entry) => void): Promise<Entry[]> {
    const mine = turn.then(async () => {
      const at = clock();
      const entries: Entry[] = make().map((happening, i) => ({ n: state.n + 1 + i, at, ...happening }));
      if (entries.length === 0) return [];
      await store.append(entries);
      for (const entry of entries) {
        apply(state, entry);
        then?.(entry);
      }
      for (const entry of entries) for (const watcher of watchers) watcher(entry);
      line.ring();
      return entries;
    });
    turn = mine.catch(() => undefined);
    return mine;
  }

  async function happen(make: () => Happening | undefined, then?: (entry: Entry) => void): Promise<Entry | undefined> {
    const [entry] = await happenAll(() => [make()].filter(happening => happening !== undefined), then);
    return entry;
  }

  async function done(make: () => Happening): Promise<Done> {
    let heard: Promise<Ack> = Promise.resolve({});
    // Asked for before the bot is told, so that no answer can come too early.
    const entry = (await happen(make, ({ n }) => (heard = line.answer(n)))) as Entry;
    return { entry, heard };
  }

  async function addPerson(name: string, { guest = false } = {}): Promise<RoomPerson> {
    const clean = name.trim().replace(/\s+/g, ' ');
    const person = { id: newId('p'), name: clean, bot: false, guest };
    await happen(() => {
      if (!clean || clean.length > MAX_NAME_CHARACTERS || /[@[\]()<>]/.test(clean)) {
        throw new Refusal('chat.badName', { most: MAX_NAME_CHARACTERS });
      }
      const taken = [...state.people.values()].some(other => other.name.toLowerCase() === clean.toLowerCase());
      if (taken) throw new Refusal('chat.nameTaken', { name: clean });
      const direct: RoomChannel = { id: newId('d'), name: clean, kind: 'direct', purpose: '', members: [person.id, state.bot] };
      return { kind: 'joined', person, direct };
    });
    return person;
  }

  async function addChannel(
    by: string,
    { name, purpose, kind = 'open', members }: { name: string; purpose: string; kind?: RoomChannel['kind']; members?: string[] },
  ): Promise<RoomChannel> {
    const clean = name.trim().replace(/^#/, '').replace(/\s+/g, '-').toLowerCase();
    const channel: RoomChannel = { id: newId('c'), name: clean, kind, purpose: purpose.trim(), members };
    await happen(() => {
      known(by);
      if (!clean || clean.length > MAX_NAME_CHARACTERS || /[^\p{L}\p{N}_-]/u.test(clean)) {
        throw new Refusal('chat.badChannelName', { most: MAX_NAME_CHARACTERS });
      }
      if (channel.purpose.length > MAX_PURPOSE_CHARACTERS) throw new Refusal('chat.longPurpose', { most: MAX_PURPOSE_CHARACTERS });
      const taken = [...state.channels.values()].some(other => other.kind !== 'direct' && other.name === clean);
      if (taken) throw new Refusal('chat.channelTaken', { name: clean });
      return { kind: 'made', by, channel };
    });
    return channel;
  }

  const isIn = (person: string, channel: string) => {
    const known = state.channels.get(channel);
    return Boolean(known && (!known.members || known.members.includes(person)));
  };

  /** The message, if `person` sees it. */
  function seen(person: string, id: string): RoomMessage {
    const message = state.messages.get(id);
    const hidden = !message || message.deleted || !isIn(person, message.channel) || (message.onlyFor && message.onlyFor !== person);
    if (hidden) throw new Refusal('chat.messageGone');
    return message;
  }

  function own(person: string, id: string): RoomMessage {
    const message = seen(person, id);
    if (message.author !== person || message.onlyFor) throw new Refusal('chat.notYours');
    return message;
  }

  const known = (person: string) => {
    if (!state.people.has(person)) throw new Refusal('chat.personGone');
  };

  function checkedText(text: string, files: Attachment[] = []): string {
    if (text.length > MAX_MESSAGE_CHARACTERS) throw new Refusal('chat.tooLong', { most: MAX_MESSAGE_CHARACTERS, got: text.length });
    if (!text.trim() && files.length === 0) throw new Refusal('chat.empty');
    return mentionsIn(text, state.people.values());
  }

  if (state.n === 0) {
    const bot = { id: newId('p'), name: botName, bot: true, guest: false };
    const channel: RoomChannel = { id: newId('c'), name: channelName, kind: 'open', purpose: '' };
    await happen(() => ({ kind: 'opened', room: newId('r'), bot, channel }));
    for (const name of people) await addPerson(name);
  }

  return {
    state,
    isIn,
    addPerson,
    addChannel,
    async chooseLanguage(person, lang) {
      await happen(() => {
        known(person);
        return state.people.get(person)?.lang === lang ? undefined : { kind: 'chose', by: person, lang };
      });
    },
    async load(person, story, make) {
      const entries = await happenAll(() => {
        known(person);
        return state.stories.has(story) ? [] : [...make(state), { kind: 'loaded', by: person, story }];
      });
      return entries.length > 0;
    },
    newId: (kind = 'm') => newId(kind),
    say: (person, place, text, files = []) =>
      done(() => {
        known(person);
        if (!isIn(person, place.channel)) throw new Refusal('chat.channelGone');
        if (place.thread && seen(person, place.thread).thread) throw new Refusal('chat.messageGone');
        const markdown = checkedText(text, files);
        const slash = files.length === 0 && /^\/([\p{L}-]+)(?=\s|$)/u.exec(text.trim());
        if (slash && !commands.includes(slash[1].toLowerCase())) {
          throw new Refusal('chat.unknownCommand', { said: slash[1], known: commands.map(name => `/${name}`).join(', ') });
        }
        if (slash) return { kind: 'commanded', by: person, ...place, text: text.trim() };
        return { kind: 'said', message: { id: newId('m'), ...place, author: person, at: clock(), markdown, files, reactions: {} } };
      }),
    press: ({ person, message, action, value, fields = {} }) =>
      done(() => {
        known(person);
        seen(person, message);
        return { kind: 'pressed', id: message, by: person, action, value, fields };
      }),
    formFor: async press => {
      known(press.person);
      seen(press.person, press.message);
      return line.formFor(press);
    },
    react: (person, message, sign, on) =>
      done(() => {
        known(person);
        seen(person, message);
        return { kind: 'reacted', id: message, by: person, sign, on };
      }),
    edit: (person, message, text) =>
      done(() => {
        own(person, message);
        return { kind: 'edited', id: message, by: person, markdown: checkedText(text) };
      }),
    remove: (person, message) =>
      done(() => {
        own(person, message);
        return { kind: 'deleted', id: message, by: person };
      }),
    async keepFile(name, mime, bytes) {
      if (bytes.length > MAX_FILE_BYTES) throw new Refusal('chat.fileTooBig', { name, most: MAX_FILE_BYTES / 2 ** 20 });
      const file = { id: newId('f'), name: name.slice(0, 200), bytes: bytes.length, mime };
      await store.keepFile(file.id, bytes);
      return file;
    },
    file: id => store.file(id),
    bot: async make => void (await happen(() => make(state))),
    connect: line.connect,
    watch(watcher) {
      watchers.add(watcher);
      return () => watchers.delete(watcher);
    },
    async close() {
      await line.close();
      await turn;
      await store.close();
    },
  };
}

/** Random, so that a new room never meets the ids that an old one left in the database. */
const newId = (kind: string) => `${kind}${randomBytes(8).toString('hex')}`;
