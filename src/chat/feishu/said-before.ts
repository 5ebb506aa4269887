// A message finds its key again: Feishu keeps none of ours, but it gives a card back as it was sent, and the first element of ours carries the
// key as its id. That is read where the uuid, which Feishu knows for an hour, may have been forgotten.
import { createHash } from 'node:crypto';
import type { Place } from '../chat.ts';
import { readOnce } from '../read-once.ts';
import type { Api } from './api.ts';
import { FeishuProblem, means } from './codes.ts';
import { messagePages } from './pages.ts';
import type { Item } from './wire.ts';

/** A post that was being sent when the process ended is among so many newest messages of its place. */
const MOST_MESSAGES = 500;
/** Our clock and Feishu's may differ by so much. */
const CLOCK_MS = 120_000;
const REMEMBERED = 2_000;

/** card-json-v2: an element's id is a letter and then letters, digits and _, 20 characters at most. */
const markOf = (key: string): string => `k${createHash('sha256').update(key).digest('hex').slice(0, 19)}`;

/** The same card, and its key can be read from it. A card without an element has nothing to carry one. */
export function marked(card: object, key: string): object {
  const { body, ...rest } = card as { body?: { elements?: object[] } };
  const [first, ...more] = body?.elements ?? [];
  return first ? { ...rest, body: { ...body, elements: [{ ...first, element_id: markOf(key) }, ...more] } } : card;
}

export type SaidBefore = {
  /** The message of `key` that an earlier process, or this one since `since`, may have left in `place`; undefined where there is none. */
  find(key: string, place: Place, since?: number): Promise<string | undefined>;
};

/** `startedAt`: nothing of an earlier process stands in a thread that began after it. */
export function openSaidBefore({ client, ask, appId }: Api, startedAt: number): SaidBefore {
  const once = readOnce<Map<string, string>>(REMEMBERED);

  async function* newest({ channel, thread }: Place, since: number | undefined): AsyncIterable<Item> {
    if (thread === undefined) {
      const start_time = since === undefined ? {} : { start_time: String(Math.max(0, Math.floor((since - CLOCK_MS) / 1_000))) };
      yield* messagePages(
        { client, ask },
        { container_id_type: 'chat', container_id: channel, sort_type: 'ByCreateTimeDesc', ...start_time },
      );
      return;
    }
    const found = await ask<{ items?: Item[] }>(() => client.im.v1.message.get({ path: { message_id: thread } }));
    const root = found?.items?.[0];
    const begun = Number(root?.create_time ?? 0);
    if (!root?.thread_id || (since === undefined && begun > startedAt + CLOCK_MS)) return;
    yield* messagePages({ client, ask }, { container_id_type: 'thread', container_id: root.thread_id, sort_type: 'ByCreateTimeDesc' });
  }

  /** The newest message of each mark. Where Feishu lets nothing be read, for whatever reason, nothing is found: better said twice than never. */
  async function readPlace(place: Place, since?: number): Promise<Map<string, string>> {
    const found = new Map<string, string>();
    let seen = 0;
    try {
      for await (const item of newest(place, since)) {
        const mark = markIn(item);
        if (mark !== undefined && item.message_id && !found.has(mark)) found.set(mark, item.message_id);
        if (++seen >= MOST_MESSAGES) break;
      }
    } catch (error) {
      const passes = !(error instanceof FeishuProblem) || error.unanswered || means(error, 'wait', 'token', 'credentials');
      if (passes) throw error;
    }
    return found;
  }

  function markIn({ msg_type, deleted, sender, body }: Item): string | undefined {
    if (msg_type !== 'interactive' || deleted || sender?.sender_type !== 'app' || sender.id !== appId) return undefined;
    return /"element_id":"(k[0-9a-f]{19})"/.exec(body?.content ?? '')?.[1];
  }

  return {
    async find(key, place, since) {
      if (since !== undefined) return (await readPlace(place, since)).get(markOf(key));
      // What an earlier process left is there already: one reading of a place is enough.
      const name = `${place.channel} ${place.thread ?? ''}`;
      return (await once(name, () => readPlace(place))).get(markOf(key));
    },
  };
}
