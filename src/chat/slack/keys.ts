// Slack has no key for a message: ours travels in its metadata. Which messages of ours are there is read from the channel where that may be unknown:
// once for each place after a start (what another process sent), and again after a call whose outcome is unclear.
import { isClosed } from '../errors.ts';
import { readOnce } from '../read-once.ts';
import type { Calls } from './calls.ts';
import { isMine, type Me, type SlackMessage } from './message.ts';

const EVENT_TYPE = 'apprentice_post';
const PAGE = 200;
/** A post that was being sent when the process ended is among the newest thousand messages of its place. */
const PAGES = 5;
/** Our clock and Slack's may differ by so much. */
const CLOCK_SECONDS = 120;

export const metadataOf = (key: string) => ({ event_type: EVENT_TYPE, event_payload: { key } });

const keyOf = ({ metadata }: SlackMessage): string | undefined =>
  metadata?.event_type === EVENT_TYPE ? (metadata.event_payload?.key as string | undefined) : undefined;

type Where = { channel: string; thread?: string };

export type Keys = {
  /** The ts of the message of `key` in this place; undefined where there is none, or where history may not be read. */
  find(key: string, where: Where): Promise<string | undefined>;
  /** The same, read anew: somewhere since `since` a call for it went out without an answer. */
  findAgain(key: string, where: Where, since: number): Promise<string | undefined>;
};

/** `startedAt` in milliseconds: nothing of an earlier process stands in a thread that began after it. */
export function openKeys({ apiCall }: Calls, me: Me, startedAt: number): Keys {
  const once = readOnce<Map<string, string>>(2_000);

  async function readPlace({ channel, thread }: Where, oldest?: number): Promise<Map<string, string>> {
    const found = new Map<string, string>();
    let cursor: string | undefined;
    for (let page = 0; page < PAGES; page++) {
      const { messages = [], response_metadata } = await apiCall<{
        messages?: SlackMessage[];
        response_metadata?: { next_cursor?: string };
      }>(thread ? 'conversations.replies' : 'conversations.history', {
        channel,
        ...(thread && { ts: thread }),
        ...(oldest && { oldest: (oldest / 1000).toFixed(6) }),
        limit: PAGE,
        include_all_metadata: true,
        ...(cursor && { cursor }),
      });
      for (const message of messages) {
        const key = isMine(message, me) ? keyOf(message) : undefined;
        // The newest of a key counts.
        if (key !== undefined && Number(found.get(key) ?? 0) < Number(message.ts)) found.set(key, message.ts);
      }
      cursor = response_metadata?.next_cursor || undefined;
      if (!cursor) break;
    }
    return found;
  }

  /** Where history may not be read, a message might be said twice after a crash: better than never (docs/slack.md). */
  async function readable(reading: Promise<Map<string, string>>): Promise<Map<string, string>> {
    try {
      return await reading;
    } catch (error) {
      if (isClosed(error)) return new Map();
      throw error;
    }
  }

  return {
    async find(key, where) {
      if (where.thread && Number(where.thread) > startedAt / 1000 + CLOCK_SECONDS) return undefined;
      const place = `${where.channel} ${where.thread ?? ''}`;
      return (await readable(once(place, () => readPlace(where)))).get(key);
    },
    findAgain: async (key, where, since) => (await readable(readPlace(where, since - CLOCK_SECONDS * 1000))).get(key),
  };
}
