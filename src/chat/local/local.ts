// The local chat: src/chat/chat.ts over a room. Nothing connects to anything: the room lives in this process.

import { cardToText } from '../card-text.ts';
import type { Card, Chat, ChatHandlers, MessageRef, MessageSnapshot, Place, Recipient } from '../chat.ts';
import { Gone, NotAllowed } from '../errors.ts';
import type { RoomMessage } from './entries.ts';
import { eventOf, placeOfReply } from './events.ts';
import { checkLimits } from './limits.ts';
import type { Room } from './room.ts';
import { APPROVAL } from './signs.ts';
import type { Known } from './state.ts';

/**
 * The bot's side of `room`. Posts are kept before `post` resolves, so the same key after a crash is the same message.
 * `link` turns a message into an address that a person can open. `onProblem` hears of events that the handlers could not keep yet.
 */
export function openLocalChat(
  room: Room,
  { link = id => `#${id}`, onProblem = () => {} }: { link?(id: string): string; onProblem?(error: unknown): void } = {},
): Chat {
  const { state } = room;
  let line: { disconnect(): Promise<void> } | undefined;

  const knownPerson = (id: string) => {
    const person = state.people.get(id);
    if (!person) throw new Gone(`person ${id}`);
    return person;
  };

  function knownMessage({ id }: MessageRef): Known<RoomMessage> {
    const message = state.messages.get(id);
    if (!message || message.deleted) throw new Gone(`message ${id}`);
    return message;
  }

  function checkPlace({ channel, thread }: Place): void {
    if (!state.channels.has(channel)) throw new Gone(`channel ${channel}`);
    if (!room.isIn(state.bot, channel)) throw new NotAllowed(`write in ${channel}`, 'invite the bot to this channel');
    if (thread) knownMessage({ id: thread });
  }

  /** Creates the message of `key`, or edits the one that is there. */
  async function put(key: string, place: Place, card: Card, at?: MessageRef, onlyFor?: string): Promise<MessageRef> {
    checkLimits(card);
    let ref: MessageRef = { channel: place.channel, id: '' };
    await room.bot(({ bot, keys }) => {
      const there = at?.id ?? keys.get(key);
      if (there) {
        const { channel, id, author } = knownMessage({ id: there });
        if (author !== bot) throw new NotAllowed(`edit ${id}`, 'only the bot’s own messages can be edited');
        ref = { channel, id };
        return { kind: 'edited', id, by: bot, card };
      }
      checkPlace(place);
      ref = { channel: place.channel, id: room.newId() };
      const message = { id: ref.id, ...place, author: bot, at: Date.now(), markdown: '', card, files: [], key, onlyFor, reactions: {} };
      return { kind: 'said', message };
    });
    return ref;
  }

  async function postPrivately(key: string, { person, place, reply }: Recipient, card: Card): Promise<void> {
    knownPerson(person);
    const direct = [...state.channels.values()].find(channel => channel.kind === 'direct' && channel.members?.includes(person));
    const where = (reply && placeOfReply(reply)) || place || (direct && { channel: direct.id });
    if (!where) throw new Gone(`a place for ${person}`);
    await put(key, where, card, undefined, person);
  }

  function snapshot(message: RoomMessage): MessageSnapshot {
    const { id, channel, thread, author, at, edited, card, files, reactions } = message;
    return {
      ref: { channel, id },
      thread,
      author,
      at: new Date(at),
      edited: edited === undefined ? undefined : new Date(edited),
      markdown: card ? cardToText(card) : message.markdown,
      files: files.length,
      permalink: link(id),
      approvedBy: reactions[APPROVAL] ?? [],
      fromBot: author === state.bot,
    };
  }

  async function start({ onEvent, formFor }: ChatHandlers): Promise<void> {
    if (line) throw new Error('the local chat was started already');
    line = room.connect({
      async hear(entry) {
        const event = eventOf(state, entry);
        if (!event) return {};
        try {
          const ack = await onEvent(event);
          const person = 'person' in event && event.person !== 'bot' ? event.person : undefined;
          const to = person && {
            person,
            place: 'place' in event ? event.place : placeOf(state.messages.get('ref' in event ? event.ref.id : '')),
          };
          if (ack.say && to) await postPrivately(`ack:${event.key}`, to, { title: '', parts: [{ markdown: ack.say }] });
          return ack;
        } catch (error) {
          onProblem(error);
          throw error;
        }
      },
      formFor: ({ person, message, action, value }) => {
        const at = state.messages.get(message);
        return formFor({ person, place: placeOf(at), ref: at && { channel: at.channel, id: at.id }, action, value });
      },
    });
  }

  return {
    platform: 'local',
    workspace: state.room,
    start,
    async stop() {
      await line?.disconnect();
      line = undefined;
    },
    post: ({ key, place, at, card }) => put(key, place, card, at),
    postPrivately,
    async setReaction(at, sign, on) {
      await room.bot(({ bot }) => {
        const { id, reactions } = knownMessage(at);
        return on === Boolean(reactions[sign]?.includes(bot)) ? undefined : { kind: 'reacted', id, by: bot, sign, on };
      });
    },
    async fetchMessage({ id }) {
      const message = state.messages.get(id);
      if (!message || message.deleted) return 'deleted';
      return room.isIn(state.bot, message.channel) ? snapshot(message) : 'hidden';
    },
    async *history({ channel, thread }, from, until) {
      if (!state.channels.has(channel)) throw new Gone(`channel ${channel}`);
      for (const message of [...state.messages.values()]) {
        const there = message.channel === channel && (!thread || message.thread === thread || message.id === thread);
        const visible = !message.deleted && !message.onlyFor && room.isIn(state.bot, channel);
        if (there && visible && message.at >= from.getTime() && message.at < until.getTime()) yield snapshot(message);
      }
    },
    async open({ id }) {
      const bytes = await room.file(id);
      if (!bytes) throw new Gone(`file ${id}`);
      return bytes;
    },
    async person(id) {
      const { name, lang, guest, bot } = knownPerson(id);
      return { id, name, lang, guest, bot };
    },
    async channel(id) {
      const channel = state.channels.get(id);
      if (!channel) throw new Gone(`channel ${id}`);
      const guests = [...state.people.values()].some(({ guest, id: person }) => guest && room.isIn(person, id));
      return { id, name: channel.name, kind: channel.kind, purpose: channel.purpose, guests };
    },
  };
}

const placeOf = (message: RoomMessage | undefined): Place | undefined =>
  message && { channel: message.channel, ...(message.thread && { thread: message.thread }) };
