// What the bot hears of a room's entries: its ChatEvents. The key is the entry's number, so a redelivery has the same one.
import type { ChatEvent, Place } from '../chat.ts';
import { mayHoldExamples } from '../files.ts';
import { mentions, withoutCall } from '../mentions.ts';
import type { Entry, RoomMessage } from './entries.ts';
import type { RoomState } from './state.ts';

/** The event that `entry` is to the bot; undefined for what was not said to it. */
export function eventOf(state: RoomState, entry: Entry): ChatEvent | undefined {
  const base = { key: `e${entry.n}`, at: new Date(entry.at) };
  switch (entry.kind) {
    case 'opened':
      return { ...base, kind: 'joined', channel: entry.channel.id, person: 'bot' };
    case 'joined': {
      const open = [...state.channels.values()].find(channel => channel.kind === 'open');
      return open && { ...base, kind: 'joined', channel: open.id, person: entry.person.id };
    }
    case 'made':
      return botIsIn(state, entry.channel.id) ? { ...base, kind: 'joined', channel: entry.channel.id, person: 'bot' } : undefined;
    case 'said': {
      const { message } = entry;
      if (!addressed(state, message)) return undefined;
      const { id, channel, author, files } = message;
      return {
        ...base,
        kind: 'message',
        person: author,
        place: place(message),
        text: withoutCall(message.markdown, state.bot),
        ref: { channel, id },
        files,
      };
    }
    case 'commanded':
      return { ...base, kind: 'message', person: entry.by, place: place(entry), text: entry.text, reply: replyTo(place(entry)), files: [] };
    case 'pressed': {
      const { by, id, action, value, fields } = entry;
      const message = state.messages.get(id);
      const ref = { channel: message?.channel, id };
      return { ...base, kind: 'action', person: by, ref, action, value, reply: message && replyTo(place(message)), fields };
    }
    case 'edited':
    case 'deleted':
    case 'reacted':
      return touched(state, entry.id, base);
    // A person's language is asked for when something is said to them.
    case 'chose':
    case 'loaded':
    case 'heard':
      return undefined;
  }
}

function touched(state: RoomState, id: string, base: { key: string; at: Date }): ChatEvent | undefined {
  const channel = state.messages.get(id)?.channel;
  return channel === undefined || botIsIn(state, channel) ? { ...base, kind: 'touched', ref: { channel, id } } : undefined;
}

function botIsIn({ channels, bot }: RoomState, id: string): boolean {
  const channel = channels.get(id);
  return Boolean(channel && (!channel.members || channel.members.includes(bot)));
}

/** Said to the bot: in a direct channel, with a mention, or by dropping a file that can hold examples. */
function addressed(state: RoomState, { channel, markdown, files }: RoomMessage): boolean {
  if (!botIsIn(state, channel)) return false;
  return state.channels.get(channel)?.kind === 'direct' || mentions(markdown, state.bot) || files.some(mayHoldExamples);
}

const place = ({ channel, thread }: Place): Place => ({ channel, ...(thread && { thread }) });

const replyTo = (at: Place) => Buffer.from(JSON.stringify(at)).toString('base64url');

/** Where a private reply by this handle goes; undefined for a handle that is not ours. */
export function placeOfReply(reply: string): Place | undefined {
  try {
    return JSON.parse(Buffer.from(reply, 'base64url').toString('utf8'));
  } catch {
    return undefined;
  }
}
