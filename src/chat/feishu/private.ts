// What only one person sees: a toast on the press that it answers, a card in the group that only they are shown, or a direct message.
// A card of that kind is shown to clients that are there at the moment and cannot be changed later, so only an answer to what the
// person just did takes that way; what the bot says of its own accord must not get lost and is a direct message.
import type { Card, Recipient } from '../chat.ts';
import type { Api } from './api.ts';
import { FeishuProblem, means } from './codes.ts';
import { feishuCard } from './face/card.ts';
import type { People } from './people.ts';
import type { Posts } from './posts.ts';
import { openRecent } from './recent.ts';
import { readReplyHandle } from './reply-handle.ts';
import type { Toasts } from './toasts.ts';

const REMEMBERED = 10_000;

export type Private = {
  postPrivately(key: string, to: Recipient, card: Card): Promise<void>;
  /** A card as it is (a form), by the same ways but the toast. */
  sendCard(key: string, person: string, channel: string | undefined, card: object): Promise<void>;
};

export function openPrivate({ client, send, lang, note }: Api, posts: Posts, people: People, toasts: Toasts): Private {
  const sent = openRecent<Promise<void>>(REMEMBERED);
  /** Chats that took no such card: groups of topics, old tenants. */
  const noEphemeral = openRecent<true>(1_000);

  /** The same key is told once; what failed may be tried again. */
  function once(key: string, run: () => Promise<void>): Promise<void> {
    const before = sent.get(key);
    if (before) return before;
    const telling = run();
    sent.set(key, telling);
    telling.catch(() => sent.delete(key));
    return telling;
  }

  async function ephemeral(person: string, chat: string | undefined, card: object): Promise<boolean> {
    if (chat === undefined || people.isDirect(chat) || noEphemeral.get(chat)) return false;
    try {
      const data = { chat_id: chat, open_id: person, msg_type: 'interactive', card };
      // Feishu knows no key for these: what went unanswered is not sent again but said directly.
      await send(() => client.request({ method: 'POST', url: '/open-apis/ephemeral/v1/send', data }), { once: true });
      return true;
    } catch (error) {
      if (!(error instanceof FeishuProblem)) throw error;
      if (means(error, 'wait')) return false;
      note('info', 'feishu.noPrivateCard', { code: error.code });
      if (!error.unanswered) noEphemeral.set(chat, true);
      return false;
    }
  }

  return {
    postPrivately: (key, { person, place, reply }, card) =>
      once(key, async () => {
        const handle = readReplyHandle(reply);
        if (handle?.press !== undefined && toasts.answer(handle.press, card)) return;
        const faces = feishuCard(card, { lang });
        const oneCard = faces.rest.length === 0 && faces.files.length === 0;
        const where = handle?.place ?? (reply === undefined ? undefined : place);
        if (oneCard && (await ephemeral(person, where?.channel, faces.card))) return;
        // Where the person speaks with the bot alone, the answer stands in the thread that was asked in.
        const direct = where && people.isDirect(where.channel) ? where : undefined;
        await posts.sendOnce(key, direct ?? { person }, card);
      }),
    sendCard: (key, person, channel, card) =>
      once(key, async () => {
        if (!(await ephemeral(person, channel, card))) await posts.sendOnce(key, { person }, card);
      }),
  };
}
