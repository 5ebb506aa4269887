// What only one person sees: a toast on the press that it answers, a card in the group that only they are shown, or a direct message.
// A card of that kind is shown to clients that are there at the moment and cannot be changed later, so only an answer to what the
// person just did takes that way; what the bot says of its own accord must not get lost and is a direct message.

import { openTurns } from '../../in-turn.ts';
import { bounded } from '../bounded.ts';
import type { Card, Recipient } from '../chat.ts';
import type { Api } from './api.ts';
import type { ChatPaces } from './chat-paces.ts';
import { FeishuProblem, means } from './codes.ts';
import { feishuCard } from './face/card.ts';
import type { People } from './people.ts';
import type { Posts } from './posts.ts';
import { readReplyHandle } from './reply-handle.ts';
import type { Toasts } from './toasts.ts';

const REMEMBERED = 10_000;

export type Private = {
  /** The same card under the same key is told once; another one takes its place. */
  postPrivately(key: string, to: Recipient, card: Card): Promise<void>;
  /** A card as it is (a form), by the same ways but the toast. */
  sendCard(key: string, person: string, channel: string | undefined, card: object): Promise<void>;
};

export function openPrivate(
  { client, send, lang, note }: Api,
  { posts, people, toasts, paced }: { posts: Posts; people: People; toasts: Toasts; paced: ChatPaces },
): Private {
  /** key → what was told last, and the card in a group that it was told by */
  const told = bounded<string, { text: string; cardInGroup?: string }>(REMEMBERED);
  const inTurn = openTurns();
  /** Chats that took no such card: groups of topics, old tenants. */
  const noEphemeral = bounded<string, true>(1_000);

  /** The id of the card in the group, if it took one. */
  async function cardInGroup(person: string, chat: string | undefined, card: object): Promise<string | undefined> {
    if (chat === undefined || people.isDirect(chat) || noEphemeral.get(chat)) return undefined;
    await paced(chat);
    try {
      const data = { chat_id: chat, open_id: person, msg_type: 'interactive', card };
      const url = '/open-apis/ephemeral/v1/send';
      // Feishu knows no key for these: what went unanswered is not sent again but said directly.
      const sent = await send<{ message_id?: string }>(() => client.request({ method: 'POST', url, data }), { once: true });
      return sent?.message_id ?? '';
    } catch (error) {
      if (!(error instanceof FeishuProblem)) throw error;
      if (means(error, 'wait')) return undefined;
      note('info', 'feishu.noPrivateCard', { code: error.code });
      if (!error.unanswered) noEphemeral.set(chat, true);
      return undefined;
    }
  }

  /** Such a card cannot be changed: the new one takes the place of the old. One that stays is only out of date. */
  async function takeAway(card: string | undefined): Promise<void> {
    if (!card) return;
    const data = { message_id: card };
    await send(() => client.request({ method: 'POST', url: '/open-apis/ephemeral/v1/delete', data }), { once: true }).catch(error => {
      if (!(error instanceof FeishuProblem)) throw error;
    });
  }

  async function tell(key: string, { person, place, reply }: Recipient, card: Card): Promise<string | undefined> {
    const handle = readReplyHandle(reply);
    // A key that outlives the press (a vote) may have a message that stands already, told by a bot that was killed since: that one follows.
    const passes = handle?.press === undefined || key.includes(handle.press);
    if (handle?.press !== undefined && toasts.answer(handle.press, card) && passes) return undefined;
    const faces = feishuCard(card, { lang });
    // What has buttons is there to be pressed later, and changes by that: it must stay.
    const passing =
      passes && faces.rest.length === 0 && faces.files.length === 0 && !card.parts.some(part => 'buttons' in part || 'checklist' in part);
    const where = handle?.place ?? (reply === undefined ? undefined : place);
    const inGroup = passing ? await cardInGroup(person, where?.channel, faces.card) : undefined;
    if (inGroup !== undefined) return inGroup;
    // Where the person speaks with the bot alone, the answer stands in the thread that was asked in.
    const direct = where && people.isDirect(where.channel) ? where : undefined;
    const about = where && !direct ? where.channel : undefined;
    await posts.tell(key, direct ?? { person }, card, about);
    return undefined;
  }

  return {
    postPrivately: (key, to, card) =>
      inTurn(key, async () => {
        const before = told.get(key);
        const text = JSON.stringify(card);
        if (before?.text === text) return;
        const inGroup = await tell(key, to, card);
        told.set(key, { text, ...(inGroup && { cardInGroup: inGroup }) });
        await takeAway(before?.cardInGroup);
      }),
    sendCard: (key, person, channel, card) =>
      inTurn(key, async () => {
        if ((await cardInGroup(person, channel, card)) === undefined) await posts.sendCard(key, { person }, card);
      }),
  };
}
