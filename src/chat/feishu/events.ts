// What the bot hears of Feishu's events. Pure: what has to be looked up for it (a file that somebody pointed to) is only named.
import type { ChatEvent, Place } from '../chat.ts';
import { mentions } from '../mentions.ts';
import { commandText } from './face/command.ts';
import { toMarkdown } from './face/markdown.ts';
import { replyHandle } from './reply-handle.ts';
import type { Base, Entered, Membership, Reacted, Recalled, Received } from './wire.ts';

export type Hearer = {
  /** the bot's own open_id */
  bot: string;
  /** words behind a slash that are said to the bot without a mention */
  commands: string[];
  /** emoji_types that approve: nobody looks at a message again because of another one */
  approve: string[];
};
type Message = Extract<ChatEvent, { kind: 'message' }>;
/** A message to the bot. `file`: it is a file itself; `pointsTo`: it answers a message that may be one. */
export type Said = { event: Message; file?: { message: string; key: string; name: string }; pointsTo?: string };

/** Undefined for talk among people, and for what bots say. */
export function saidTo({ bot, commands }: Hearer, { sender, message, ...base }: Received): Said | undefined {
  const person = sender.sender_id?.open_id;
  if (sender.sender_type !== 'user' || !person) return undefined;
  const named = (message.mentions ?? []).map(({ key, id, name }) => ({ key, name, id: (typeof id === 'string' ? id : id.open_id) ?? '' }));
  const markdown = toMarkdown({ msg_type: message.message_type, content: message.content, mentions: named });
  const direct = message.chat_type === 'p2p';
  const text = commandText(markdown, bot);
  const isCommand = commands.some(name => new RegExp(`^/${name}(\\s|$)`, 'i').test(text));
  if (!direct && !mentions(markdown, bot) && !isCommand) return undefined;

  const place: Place = { channel: message.chat_id, ...threadOf(message) };
  const event: Message = {
    // The vendor may push one message as two events with ids of their own; the message's id is the same.
    key: `message:${message.message_id}`,
    at: timeOf(message.create_time ?? base.create_time),
    kind: 'message',
    person,
    place,
    text,
    ref: { channel: message.chat_id, id: message.message_id },
    reply: replyHandle({ place }),
    files: [],
  };
  const file = message.message_type === 'file' ? fileIn(message.message_id, message.content) : undefined;
  if (file) return { event: { ...event, text: '' }, file };
  // In a thread everything answers its root: a file there is meant only by a call without words.
  const pointsTo = message.thread_id && text !== '' ? undefined : message.parent_id;
  return { event, ...(pointsTo && { pointsTo }) };
}

/** In a group of topics every message begins a thread of its own, which Feishu shows by a thread without a root. */
function threadOf({ thread_id, root_id, message_id }: Received['message']): { thread?: string } {
  return thread_id ? { thread: root_id || message_id } : {};
}

/** The file that a message of the type `file` holds. */
export function fileIn(message: string, content: string): Said['file'] {
  try {
    const { file_key, file_name } = JSON.parse(content) as { file_key?: unknown; file_name?: unknown };
    return typeof file_key === 'string' ? { message, key: file_key, name: String(file_name ?? file_key) } : undefined;
  } catch {
    return undefined;
  }
}

/** Everything that is neither a message nor a press. */
export function eventsOf({ bot, approve }: Hearer, type: string, data: Base): ChatEvent[] {
  const base = { key: data.event_id ?? '', at: timeOf(data.create_time) };
  const chat = (data as Membership).chat_id;
  switch (type) {
    case 'im.message.reaction.created_v1':
    case 'im.message.reaction.deleted_v1': {
      const { message_id: id, operator_type, user_id, reaction_type } = data as Reacted;
      const own = operator_type !== 'user' || user_id?.open_id === bot;
      // Feishu does not say in which chat.
      return id && !own && approve.includes(reaction_type?.emoji_type ?? '') ? [{ ...base, kind: 'touched', ref: { id } }] : [];
    }
    case 'im.message.recalled_v1': {
      const { message_id: id, chat_id } = data as Recalled;
      return id ? [{ ...base, kind: 'touched', ref: { id, ...(chat_id && { channel: chat_id }) } }] : [];
    }
    case 'im.chat.member.bot.added_v1':
      return chat ? [{ ...base, kind: 'joined', channel: chat, person: 'bot' }] : [];
    case 'im.chat.access_event.bot_p2p_chat_entered_v1': {
      const person = (data as Entered).operator_id?.open_id;
      return person ? [{ ...base, kind: 'met', person }] : [];
    }
    case 'im.chat.member.bot.deleted_v1':
    case 'im.chat.disbanded_v1':
      return chat ? [{ ...base, kind: 'left', channel: chat, person: 'bot' }] : [];
    case 'im.chat.member.user.added_v1':
    case 'im.chat.member.user.deleted_v1': {
      const kind = type.includes('added') ? 'joined' : 'left';
      const people = ((data as Membership).users ?? []).flatMap(({ user_id }) => user_id?.open_id ?? []);
      return chat ? people.map(person => ({ ...base, key: `${base.key}:${person}`, kind, channel: chat, person })) : [];
    }
    default:
      return [];
  }
}

/** The events that the app subscribes to, besides `im.message.receive_v1` and `card.action.trigger`. */
export const EVENTS = [
  'im.message.reaction.created_v1',
  'im.message.reaction.deleted_v1',
  'im.message.recalled_v1',
  'im.chat.member.bot.added_v1',
  'im.chat.member.bot.deleted_v1',
  'im.chat.member.user.added_v1',
  'im.chat.member.user.deleted_v1',
  'im.chat.disbanded_v1',
  'im.chat.access_event.bot_p2p_chat_entered_v1',
];

/** Feishu's times are milliseconds in a string. */
export const timeOf = (ms: string | undefined): Date => new Date(Number(ms) || Date.now());
