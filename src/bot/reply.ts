// Saying something: to everybody in the channel, or to one person alone. Both become posts; the sender delivers them.
import type { Card, ChatEvent, Place, Recipient } from '../chat/chat.ts';
import { wantPost } from '../data/posts.ts';
import type { Bot } from './bot.ts';

/** What stands in a jsonb column of a post is exactly the chat's Card. */
const asJson = (value: object) => value as unknown as Record<string, unknown>;

/** A message that everybody in `place` sees. The same key again edits it. */
export const post = (bot: Bot, key: string, { channel, thread }: Place, card: Card): Promise<void> =>
  wantPost(bot.db, bot.workspace.id, { key, channel, thread, body: asJson(card) });

/** A message that only the recipient sees: at their `place`, or without one directly. The same key again edits it. */
export const postTo = (bot: Bot, key: string, { channel, thread }: Place, recipient: Recipient, card: Card): Promise<void> =>
  wantPost(bot.db, bot.workspace.id, { key, channel, thread, recipient: asJson(recipient), body: asJson(card) });

/** A message that only the person behind `event` sees. The same `key` again edits it. */
export function replyPrivately(bot: Bot, event: Pressed | Said, card: Card, key = `reply:${event.key}`): Promise<void> {
  const place = placeOf(event);
  return postTo(bot, key, place, { person: event.person, place, ...(event.reply !== undefined && { reply: event.reply }) }, card);
}

export const sentence = (text: string): Card => ({ title: '', parts: [{ markdown: text }] });

export type Said = Extract<ChatEvent, { kind: 'message' }>;
export type Pressed = Extract<ChatEvent, { kind: 'action' }>;

/** Where it was said; a press happens in the channel of its message. */
export const placeOf = (event: Said | Pressed): Place => (event.kind === 'message' ? event.place : { channel: event.ref.channel ?? '' });

/** The id that a button's value is; 0, which no row has, for anything else. */
export const idOf = (value: string): number => (/^\d{1,15}$/.test(value) ? Number(value) : 0);
