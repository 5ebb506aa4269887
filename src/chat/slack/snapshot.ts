// Messages as they are now: one by one with all who reacted, or a channel's days from the oldest on.
import type { MessageRef, MessageSnapshot, Place } from '../chat.ts';
import { Gone } from '../errors.ts';
import type { Calls } from './calls.ts';
import { namedIn, toMarkdown } from './face/markdown.ts';
import { dateOf, isMine, isSaid, type Me, type SlackMessage, threadOf, tsOf } from './message.ts';
import type { Names } from './names.ts';
import { codeOf } from './refused.ts';
import { approvers } from './signs.ts';

const PAGE = 200;
const OUT_OF_SIGHT = ['channel_not_found', 'not_in_channel'];
/** A thread that began before the asked-for days is looked into when it began so long before and was replied to since. */
const THREADS_BACK_MS = 14 * 24 * 3_600_000;

type Page = { messages?: SlackMessage[]; response_metadata?: { next_cursor?: string } };
type Reading = { calls: Calls; me: Me; names: Names; approve: readonly string[] };

export type Snapshots = {
  fetchMessage(at: MessageRef): Promise<MessageSnapshot | 'deleted' | 'hidden'>;
  history(place: Place, from: Date, until: Date): AsyncIterable<MessageSnapshot>;
};

export function openSnapshots({ calls: { apiCall }, me, names, approve }: Reading): Snapshots {
  async function snapshot(channel: string, message: SlackMessage): Promise<MessageSnapshot> {
    const { ts, user, bot_id, edited, files, reactions } = message;
    const thread = threadOf(message);
    return {
      ref: { channel, id: ts },
      ...(thread && { thread }),
      author: user ?? bot_id ?? '',
      at: dateOf(ts),
      edited: edited && dateOf(edited.ts),
      markdown: toMarkdown(message, await names(namedIn(message))),
      files: files?.length ?? 0,
      permalink: permalink(me.site, channel, ts, thread),
      approvedBy: approvers(reactions, approve, me.user),
      fromBot: isMine(message, me),
    };
  }

  async function fetchMessage({ channel, id }: MessageRef): Promise<MessageSnapshot | 'deleted' | 'hidden'> {
    if (!channel) return 'hidden';
    try {
      const { message } = await apiCall<{ message?: SlackMessage }>('reactions.get', { channel, timestamp: id, full: true });
      if (!message || message.subtype === 'tombstone') return 'deleted';
      return await snapshot(channel, message);
    } catch (error) {
      // A channel that is gone for us may be there for others. A right that we lack says nothing about the message.
      const code = codeOf(error);
      if (code !== undefined && OUT_OF_SIGHT.includes(code)) return 'hidden';
      if (error instanceof Gone) return 'deleted';
      throw error;
    }
  }

  /** All pages of a listing, in Slack's order. */
  async function pages(method: string, args: Record<string, unknown>): Promise<SlackMessage[]> {
    const found: SlackMessage[] = [];
    let cursor: string | undefined;
    do {
      const page: Page = await apiCall<Page>(method, { ...args, limit: PAGE, ...(cursor && { cursor }) });
      found.push(...(page.messages ?? []));
      cursor = page.response_metadata?.next_cursor || undefined;
    } while (cursor);
    return found;
  }

  async function* history({ channel, thread }: Place, from: Date, until: Date): AsyncIterable<MessageSnapshot> {
    const latest = tsOf(until);
    const inDays = ({ ts }: SlackMessage) => dateOf(ts) >= from && dateOf(ts) < until;
    const repliesTo = (ts: string) => pages('conversations.replies', { channel, ts, oldest: ts, latest, inclusive: true });
    const found = new Map<string, SlackMessage>();
    const keep = (messages: SlackMessage[]) => {
      for (const message of messages) if (inDays(message) && isSaid(message)) found.set(message.ts, message);
    };
    if (thread) keep(await repliesTo(thread));
    else {
      const oldest = tsOf(new Date(Math.max(0, from.getTime() - THREADS_BACK_MS)));
      const roots = await pages('conversations.history', { channel, oldest, latest, inclusive: true });
      keep(roots);
      for (const { ts, reply_count, latest_reply } of roots) {
        if (reply_count && (!latest_reply || dateOf(latest_reply) >= from)) keep(await repliesTo(ts));
      }
    }
    for (const message of [...found.values()].sort((a, b) => Number(a.ts) - Number(b.ts))) yield snapshot(channel, message);
  }

  return { fetchMessage, history };
}

/** The address that Slack's own “Copy link” gives: no call is needed for it. */
function permalink(site: string, channel: string, ts: string, thread?: string): string {
  const address = `${site.replace(/\/*$/, '/')}archives/${channel}/p${ts.replace('.', '')}`;
  return thread ? `${address}?thread_ts=${thread}&cid=${channel}` : address;
}
