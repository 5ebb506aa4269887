// Posts: a message of each key, created or edited, never twice. What one message cannot hold is said complete in its thread.
import { createHash } from 'node:crypto';
import { WebAPIPlatformError } from '@slack/web-api';
import { openTurns } from '../../in-turn.ts';
import type { Lang } from '../../words/words.ts';
import { bounded } from '../bounded.ts';
import type { Card, MessageRef, OutgoingPost } from '../chat.ts';
import { Gone, RetryLater } from '../errors.ts';
import type { Attached } from './attached.ts';
import type { Calls } from './calls.ts';
import { slackMessage } from './face/card.ts';
import { type Keys, metadataOf } from './keys.ts';
import type { Pictures } from './pictures.ts';
import { Unclear } from './refused.ts';

/** Progress is shown so often a message at most: chat.update has 50 calls a minute for everything together. */
const PROGRESS_MS = 3_000;

type Said = { text: string; blocks: unknown[] };
type Where = { channel: string; thread?: string };
type Parts = { calls: Calls; keys: Keys; pictures: Pictures; attached: Attached; lang: Lang; now?(): number };

export type Posts = {
  post(post: OutgoingPost): Promise<MessageRef>;
  /** Whether a message of `key` is in the channel already, be it of an earlier process. */
  stands(key: string, channel: string): Promise<boolean>;
};

export function openPosts({ calls: { apiCall }, keys, pictures, attached, lang, now = Date.now }: Parts): Posts {
  const inOrder = openTurns();
  const known = bounded<string, { channel: string; ts: string }>(5_000);
  /** since when a message of this key may be there without our knowing */
  const unclear = new Map<string, number>();
  const editedAt = bounded<string, number>(1_000);
  /** what stands there under a key, so that what did not change is not sent again */
  const standing = bounded<string, string>(5_000);

  async function create(key: string, where: Where, message: Said, how: { progress?: boolean }): Promise<string> {
    const asked = now();
    try {
      const { ts } = await apiCall<{ ts: string }>(
        'chat.postMessage',
        {
          channel: where.channel,
          ...(where.thread && { thread_ts: where.thread }),
          ...message,
          metadata: metadataOf(key),
          unfurl_links: false,
          unfurl_media: false,
        },
        { channel: where.channel, ...how },
      );
      unclear.delete(key);
      return ts;
    } catch (error) {
      if (!(error instanceof Unclear)) throw error;
      if (!unclear.has(key)) unclear.set(key, asked);
      throw error;
    }
  }

  /** The message of `key`, wherever we know it from. */
  async function find(key: string, where: Where): Promise<string | undefined> {
    const there = known.get(key);
    if (there) return there.ts;
    const since = unclear.get(key);
    if (since === undefined) return keys.find(key, where);
    const found = await keys.findAgain(key, where, since);
    if (!found) return undefined;
    // Noted before anything is done to it: where the edit fails, the next try must not begin by looking into what was read long before.
    known.set(key, { channel: where.channel, ts: found });
    unclear.delete(key);
    return found;
  }

  /** Makes `key` say `message`; `at`: where it stands; `below`: the rest of a message, which seldom changes. Gives its ts, and whether it was made just now. */
  async function put(
    key: string,
    where: Where,
    message: Said,
    progress: boolean,
    { at, below }: { at?: string; below?: true } = {},
  ): Promise<{ ts: string; made: boolean }> {
    const wanted = createHash('sha256').update(JSON.stringify(message)).digest('base64');
    const there = at ?? (await find(key, where));
    if (there) {
      try {
        if (!below || standing.get(there) !== wanted)
          await apiCall('chat.update', { channel: where.channel, ts: there, ...message }, { channel: where.channel, progress });
        remember(there);
        return { ts: there, made: false };
      } catch (error) {
        if (error instanceof Gone) known.delete(key);
        if (!(error instanceof Gone) || at || !/message_not_found/.test(error.message)) throw error;
      }
    }
    const ts = await create(key, where, message, { progress });
    remember(ts);
    return { ts, made: true };

    function remember(ts: string): void {
      known.set(key, { channel: where.channel, ts });
      standing.set(ts, wanted);
    }
  }

  async function post({ key, place, at, card }: OutgoingPost): Promise<MessageRef> {
    const where: Where = { channel: at?.channel ?? place.channel, ...(place.thread && { thread: place.thread }) };
    const progress = isProgress(card);
    const before = at?.id ?? known.get(key)?.ts;
    const wait = progress && before ? (editedAt.get(before) ?? -PROGRESS_MS) + PROGRESS_MS - now() : 0;
    if (wait > 0) throw new RetryLater(wait);

    const picture = await pictures.of(key, card, !progress);
    let shown = slackMessage(card, { ...(picture && { picture }), lang });
    let result: { ts: string; made: boolean };
    try {
      result = await put(key, where, { text: shown.text, blocks: shown.blocks }, progress, { at: at?.id });
    } catch (error) {
      if (!picture || !isRefusedBlock(error)) throw error;
      // Slack has not got round to the picture yet: its words stand there until the next edit.
      pictures.notYet(key);
      shown = slackMessage(card, { lang });
      result = await put(key, where, { text: shown.text, blocks: shown.blocks }, progress, { at: at?.id });
    }
    editedAt.set(result.ts, now());
    await pictures.settled(key);
    const below = { channel: where.channel, thread: where.thread ?? result.ts };
    await sayTheRest(key, below, shown.thread, progress);
    for (const file of shown.files) await attached.attach(key, below, file, result.made);
    return { channel: where.channel, id: result.ts };
  }

  async function sayTheRest(key: string, below: Required<Where>, rest: Said[], progress: boolean): Promise<void> {
    for (const [i, more] of rest.entries()) await put(`${key}#${i + 1}`, below, more, progress, { below: true });
    // What was said at greater length before is not there any more.
    for (let i = rest.length + 1; known.get(`${key}#${i}`); i++) {
      await apiCall('chat.delete', { channel: below.channel, ts: known.get(`${key}#${i}`)!.ts }, { channel: below.channel }).catch(
        ignoreGone,
      );
      known.delete(`${key}#${i}`);
    }
  }

  return {
    post: outgoing => inOrder(outgoing.key, () => post(outgoing)),
    stands: async (key, channel) => (await find(key, { channel })) !== undefined,
  };
}

const isProgress = ({ parts }: Card): boolean => parts.some(part => 'progress' in part);

const isRefusedBlock = (error: unknown): boolean =>
  error instanceof WebAPIPlatformError && /^invalid_(?:blocks|attachments)/.test(error.data.error);

function ignoreGone(error: unknown): void {
  if (!(error instanceof Gone)) throw error;
}
