// Messages as they are now: one by its id, and what was said in a chat or a thread in some days.
import type { MessageRef, MessageSnapshot, Place } from '../chat.ts';
import type { Api } from './api.ts';
import { means } from './codes.ts';
import { timeOf } from './events.ts';
import { toMarkdown } from './face/markdown.ts';
import { messagePages } from './pages.ts';
import type { Reactions } from './reactions.ts';
import type { Item } from './wire.ts';

const WITH_FILES = new Set(['file', 'image', 'media', 'audio', 'folder']);

export type Messages = {
  fetch(at: MessageRef): Promise<MessageSnapshot | 'deleted' | 'hidden'>;
  history(place: Place, from: Date, until: Date): AsyncIterable<MessageSnapshot>;
};

export function openMessages({ client, ask, domain }: Api, { approvers }: Reactions): Messages {
  /** As the contract's snapshot. `thread` is the message that a thread hangs on: Feishu's own thread ids cannot be replied to. */
  async function snapshot(item: Item): Promise<MessageSnapshot> {
    const { message_id: id = '', chat_id: channel, root_id, parent_id, thread_id, sender, mentions = [] } = item;
    const fromBot = sender?.sender_type === 'app';
    const content = item.body?.content ?? '';
    return {
      ref: { id, ...(channel && { channel }) },
      ...(thread_id && root_id && root_id !== id && { thread: root_id }),
      ...(!thread_id && parent_id && { replyTo: parent_id }),
      author: sender?.id ?? '',
      at: timeOf(item.create_time),
      edited: item.updated ? timeOf(item.update_time) : undefined,
      markdown: toMarkdown({ msg_type: item.msg_type ?? '', content, mentions }),
      files: WITH_FILES.has(item.msg_type ?? '') ? 1 : (content.match(/"(?:image|file)_key"/g) ?? []).length,
      permalink: item.message_app_link ?? linkTo(domain, channel ?? ''),
      approvedBy: await approvers(id),
      fromBot,
    };
  }

  async function get(id: string): Promise<Item | undefined> {
    // Of a card the JSON that was sent: without this Feishu gives what an old client would show.
    const params = { user_id_type: 'open_id' as const, card_msg_content_type: 'user_card_content' };
    const found = await ask<{ items?: Item[] }>(() => client.im.v1.message.get({ path: { message_id: id }, params }), 'message');
    return found?.items?.[0];
  }

  async function fetch({ id }: MessageRef): Promise<MessageSnapshot | 'deleted' | 'hidden'> {
    try {
      const item = await get(id);
      return !item || item.deleted ? 'deleted' : await snapshot(item);
    } catch (error) {
      if (means(error, 'gone')) return 'deleted';
      if (means(error, 'hidden', 'outside')) return 'hidden';
      throw error;
    }
  }

  /** Root and replies; of a message that no thread hangs on, itself. */
  async function* threadOf(root: Item): AsyncIterable<Item> {
    yield root;
    if (!root.thread_id) return;
    // Whether the list has the root too, the vendor does not say.
    for await (const item of messagePages({ client, ask }, { container_id_type: 'thread', container_id: root.thread_id }))
      if (item.message_id !== root.message_id) yield item;
  }

  /**
   * A list of a chat holds the roots of its threads only, and a list of a thread knows no days: the threads of the roots in these days are
   * read whole and the rest is left out here. What was said in these days in a thread that began before them is not found.
   */
  async function* history({ channel, thread }: Place, from: Date, until: Date): AsyncIterable<MessageSnapshot> {
    const items: Item[] = [];
    if (thread) {
      const root = await get(thread);
      if (root) for await (const item of threadOf(root)) items.push(item);
    } else {
      const days = { start_time: seconds(from, Math.floor), end_time: seconds(until, Math.ceil) };
      const roots = messagePages({ client, ask }, { container_id_type: 'chat', container_id: channel, ...days });
      for await (const root of roots) for await (const item of threadOf(root)) items.push(item);
    }
    const within = ({ create_time, deleted, msg_type }: Item) => {
      const at = timeOf(create_time).getTime();
      return !deleted && msg_type !== 'system' && at >= from.getTime() && at < until.getTime();
    };
    // Of what was said in the same millisecond, what began a thread goes before what answers in one.
    const asc = (a: Item, b: Item) =>
      Number(a.create_time) - Number(b.create_time) || Number(Boolean(a.root_id)) - Number(Boolean(b.root_id));
    for (const item of items.filter(within).sort(asc)) yield await snapshot(item);
  }

  return { fetch, history };
}

const seconds = (date: Date, round: (n: number) => number): string => String(Math.max(0, round(date.getTime() / 1_000)));

/** Opens the chat: an address of the message itself is only what Feishu gives along, where it does. */
function linkTo(domain: string, chat: string): string {
  const host = domain.includes('larksuite') ? 'applink.larksuite.com' : 'applink.feishu.cn';
  return `https://${host}/client/chat/open?openChatId=${encodeURIComponent(chat)}`;
}
