// What Slack tells us, as the chat's events: one for one, nothing for what the bot did itself or what nobody asked of it.
import { isDeepStrictEqual } from 'node:util';
import type { Attachment, ChatEvent } from '../chat.ts';
import { mayHoldExamples } from '../files.ts';
import { withoutCall } from '../mentions.ts';
import { type NameOf, toMarkdown } from './face/markdown.ts';
import { dateOf, isMine, isSaid, type Me, type SlackFile, type SlackMessage, threadOf } from './message.ts';
import { replyHandle } from './reply-handle.ts';

/** An event as it stands in an `event_callback`. */
export type SlackEvent = {
  type: string;
  subtype?: string;
  channel?: string | { id: string };
  channel_type?: string;
  user?: string;
  /** of somebody who came into a channel: who took them there */
  inviter?: string;
  item?: { type: string; channel?: string; ts?: string };
  event_ts?: string;
  /** of the app's own page in Slack */
  tab?: 'home' | 'messages';
  deleted_ts?: string;
  message?: SlackMessage;
  previous_message?: SlackMessage;
  tokens?: { bot?: string[] };
} & Partial<Omit<SlackMessage, 'type' | 'subtype'>>;

export type Callback = { event_id: string; event_time?: number; event: SlackEvent };

/**
 * `key` of something said is its channel and moment: a mention comes as `message` and as `app_mention`. Everything else has Slack's event_id.
 * Undefined for what is not for us. `reactedTo`: whether people have reacted to CHANNEL:TS, so that even the bot's own edit of it matters.
 */
export function eventOf(
  { event, event_id, event_time }: Callback,
  me: Me,
  nameOf: NameOf,
  reactedTo: (ref: string) => boolean = () => false,
): ChatEvent | undefined {
  const at = event_time ? new Date(event_time * 1000) : new Date();
  const base = { key: event_id, at };
  const channel = typeof event.channel === 'string' ? event.channel : event.channel?.id;
  switch (event.type) {
    case 'app_mention':
      return channel ? said(event as SlackMessage, channel, me, nameOf) : undefined;
    case 'message':
      return channel ? ofMessage(event, channel, base, me, nameOf, reactedTo) : undefined;
    case 'reaction_added':
    case 'reaction_removed': {
      const { item, user } = event;
      if (user === me.user || item?.type !== 'message' || !item.ts || !item.channel) return undefined;
      return { ...base, kind: 'touched', ref: { channel: item.channel, id: item.ts } };
    }
    case 'member_joined_channel':
    case 'member_left_channel': {
      if (!channel || !event.user) return undefined;
      const kind = event.type === 'member_joined_channel' ? 'joined' : 'left';
      const by = event.inviter && event.inviter !== event.user ? { by: event.inviter } : {};
      return { ...base, kind, channel, person: event.user === me.user ? 'bot' : event.user, ...by };
    }
    case 'channel_archive':
    case 'group_archive':
    case 'channel_left':
    case 'group_left':
      return channel ? { ...base, kind: 'left', channel, person: 'bot' } : undefined;
    case 'channel_shared':
    case 'channel_unshared':
      // Whoever remembers the channel forgets it (slack.ts); the bot asks what it is whenever that matters.
      return undefined;
    case 'app_home_opened':
      return event.tab === 'messages' && event.user ? { ...base, kind: 'met', person: event.user } : undefined;
    case 'app_uninstalled':
      return { ...base, kind: 'uninstalled' };
    case 'tokens_revoked':
      return event.tokens?.bot?.length ? { ...base, kind: 'uninstalled' } : undefined;
    default:
      return undefined;
  }
}

type Base = { key: string; at: Date };

function ofMessage(
  event: SlackEvent,
  channel: string,
  base: Base,
  me: Me,
  nameOf: NameOf,
  reactedTo: (ref: string) => boolean,
): ChatEvent | undefined {
  if (event.subtype === 'message_deleted') {
    return event.deleted_ts ? { ...base, kind: 'touched', ref: { channel, id: event.deleted_ts } } : undefined;
  }
  if (event.subtype === 'message_changed') {
    const { message, previous_message: before } = event;
    // Bolt lets our own chat.update through; and a link's preview is no change of what was said.
    if (!message?.ts || (before && saysTheSame(message, before))) return undefined;
    if (isMine(message, me) && !reactedTo(`${channel}:${message.ts}`)) return undefined;
    return { ...base, kind: 'touched', ref: { channel, id: message.ts } };
  }
  const message = event as SlackMessage;
  return isToBot(event, me) ? said(message, channel, me, nameOf) : undefined;
}

/** Said to the bot: in a direct channel, with a mention, or by dropping a file that can hold examples. */
function isToBot(event: SlackEvent, me: Me): boolean {
  if (event.channel_type === 'im') return true;
  return mentionsBot(event, me) || (event.files ?? []).some(({ name = '', mimetype }) => mayHoldExamples({ name, mime: mimetype }));
}

const mentionsBot = ({ text, blocks }: SlackEvent, me: Me): boolean =>
  Boolean(text?.includes(`<@${me.user}`)) || JSON.stringify(blocks ?? []).includes(`"user_id":"${me.user}"`);

function said(message: SlackMessage, channel: string, me: Me, nameOf: NameOf): ChatEvent | undefined {
  const { user, bot_id, ts } = message;
  // What bots say to each other would never end.
  if (!user || bot_id || user === me.user || user === 'USLACKBOT' || !isSaid(message)) return undefined;
  const thread = threadOf(message);
  const place = { channel, ...(thread && { thread }) };
  return {
    key: `said:${channel}:${ts}`,
    at: dateOf(ts),
    kind: 'message',
    person: user,
    place,
    text: withoutCall(toMarkdown(message, nameOf), me.user),
    ref: { channel, id: ts },
    reply: replyHandle(place),
    files: (message.files ?? []).map(attachmentOf),
  };
}

const attachmentOf = ({ id, name = id, size = 0, mimetype = '' }: SlackFile): Attachment => ({ id, name, bytes: size, mime: mimetype });

const saysTheSame = (a: SlackMessage, b: SlackMessage): boolean =>
  a.text === b.text &&
  a.edited?.ts === b.edited?.ts &&
  isDeepStrictEqual(
    a.files?.map(({ id }) => id),
    b.files?.map(({ id }) => id),
  );
