// A room as it is now: every entry applied in order. Pure but for the maps that it is given.
import type { Entry, RoomChannel, RoomMessage, RoomPerson } from './entries.ts';

export type RoomState = {
  /** of the last entry applied */
  n: number;
  room: string;
  bot: string;
  people: Map<string, Known<RoomPerson>>;
  channels: Map<string, Known<RoomChannel>>;
  /** in the order in which they were said; deleted ones stay, emptied */
  messages: Map<string, KnownMessage>;
  keys: Map<string, string>;
  /** the names of the stories that were put in */
  stories: Set<string>;
  /** what people did and the bot has not yet safely kept, oldest first */
  unheard: Map<number, Entry>;
  /** when the bot last kept something, in milliseconds since 1970 */
  heardAt: number;
};
/** `changed`: the entry that last touched it, so that a page can ask for what is new to it. */
export type Known<T> = T & { changed: number };
/** `said`: the entry with which it came. */
export type KnownMessage = Known<RoomMessage> & { said: number };

export const emptyState = (): RoomState => ({
  n: 0,
  room: '',
  bot: '',
  people: new Map(),
  channels: new Map(),
  messages: new Map(),
  keys: new Map(),
  stories: new Set(),
  unheard: new Map(),
  heardAt: 0,
});

/** Makes `entry` part of the room. An entry about something unknown changes nothing. */
export function apply(state: RoomState, entry: Entry): void {
  const { n } = entry;
  state.n = n;
  if (forTheBot(state, entry)) state.unheard.set(n, entry);
  switch (entry.kind) {
    case 'opened':
      state.room = entry.room;
      state.bot = entry.bot.id;
      state.people.set(entry.bot.id, { ...entry.bot, changed: n });
      state.channels.set(entry.channel.id, { ...entry.channel, changed: n });
      return;
    case 'joined':
      state.people.set(entry.person.id, { ...entry.person, changed: n });
      state.channels.set(entry.direct.id, { ...entry.direct, changed: n });
      return;
    case 'made':
      state.channels.set(entry.channel.id, { ...entry.channel, changed: n });
      return;
    case 'chose': {
      const person = state.people.get(entry.by);
      if (person) state.people.set(entry.by, { ...person, lang: entry.lang, changed: n });
      return;
    }
    case 'loaded':
      state.stories.add(entry.story);
      return;
    case 'said':
      state.messages.set(entry.message.id, { ...entry.message, said: n, changed: n });
      if (entry.message.key) state.keys.set(entry.message.key, entry.message.id);
      return;
    case 'edited':
      change(state, entry, message => ({ ...message, ...pick(entry), edited: entry.at }));
      return;
    case 'deleted': {
      const key = state.messages.get(entry.id)?.key;
      if (key) state.keys.delete(key);
      change(state, entry, message => ({ ...message, markdown: '', card: undefined, files: [], reactions: {}, deleted: true }));
      return;
    }
    case 'reacted':
      change(state, entry, message => ({ ...message, reactions: reacted(message.reactions, entry) }));
      return;
    case 'heard':
      state.unheard.delete(entry.heard);
      state.heardAt = entry.at;
      return;
    case 'commanded': {
      const { by, channel, thread, text } = entry;
      const id = `command${n}`;
      const message = { id, channel, thread, author: by, at: entry.at, markdown: text, files: [], onlyFor: by, reactions: {} };
      state.messages.set(id, { ...message, said: n, changed: n });
      return;
    }
    case 'pressed':
      return;
  }
}

function reacted(before: RoomMessage['reactions'], { sign, by, on }: { sign: string; by: string; on: boolean }): RoomMessage['reactions'] {
  const { [sign]: people = [], ...rest } = before;
  const others = people.filter(person => person !== by);
  const now = on ? [...others, by] : others;
  return now.length > 0 ? { ...rest, [sign]: now } : rest;
}

const pick = ({ markdown, card }: { markdown?: string; card?: RoomMessage['card'] }) => (card ? { card } : { markdown: markdown ?? '' });

function change(state: RoomState, { id, n }: { id: string; n: number }, to: (message: KnownMessage) => KnownMessage): void {
  const message = state.messages.get(id);
  if (message) state.messages.set(id, { ...to(message), changed: n });
}

/** What the bot did itself, what it kept, and that a story ended, it need not hear of. */
function forTheBot(state: RoomState, entry: Entry): boolean {
  if (entry.kind === 'heard' || entry.kind === 'loaded') return false;
  if (entry.kind === 'opened' || entry.kind === 'joined') return true;
  return (entry.kind === 'said' ? entry.message.author : entry.by) !== state.bot;
}
