// What only one person sees: by the handle of what they did, else as an ephemeral message, else as a direct one. Slack keeps no list of the
// first two. Where it is unclear whether one was shown, nothing may get lost (somebody waits for it), so it is said once more; but as a direct
// message, which can be looked up, so that it stays at twice however long Slack is in trouble.

import { openTurns } from '../../in-turn.ts';
import type { Lang } from '../../words/words.ts';
import { bounded } from '../bounded.ts';
import type { Card, Chat, Recipient } from '../chat.ts';
import { isClosed, RetryLater } from '../errors.ts';
import type { Calls } from './calls.ts';
import { slackMessage } from './face/card.ts';
import { neverSent } from './never-sent.ts';
import type { Posts } from './posts.ts';
import { Unclear } from './refused.ts';
import { handedOut, type ReplyHandle, readHandle, USES } from './reply-handle.ts';

const TIMEOUT_MS = 10_000;
const AGAIN_MS = 1_000;
/** What an earlier process left to be told is told so soon after the start; only of that may a part stand already. */
const LEFT_OVER_MS = 10 * 60_000;

/** What is for one person and stands as a direct message has a key of its own. */
const directKey = (key: string) => `private:${key}`;

type Said = { text: string; blocks: unknown[] };
type Parts = {
  calls: Calls;
  posts: Posts;
  lang: Lang;
  now?(): number;
};

export function openPrivate({ calls: { apiCall }, posts: { post, stands }, lang, now = Date.now }: Parts): Pick<Chat, 'postPrivately'> {
  const inOrder = openTurns();
  const startedAt = now();
  /** what each key was last seen to say, part by part */
  const sent = bounded<string, string>(10_000);
  /** of each key, the last press on what it shows: from there it can be changed as long as the address is good */
  const pressed = bounded<string, ReplyHandle>(5_000);
  const used = bounded<string, number>(2_000);
  const directs = bounded<string, string>(2_000);
  /** keys of what may have been shown already: they go on as direct messages */
  const doubtful = bounded<string, true>(5_000);

  /** False where the address is used up or no longer good. Throws Unclear. */
  async function byUrl({ url, until = 0 }: ReplyHandle, message: Said, replace = false): Promise<boolean> {
    if (!url || now() > until || (used.get(url) ?? 0) >= USES) return false;
    used.set(url, (used.get(url) ?? 0) + 1);
    const answer = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ response_type: 'ephemeral', replace_original: replace, ...message }),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    }).catch(cause => {
      throw neverSent(cause) ? new RetryLater(AGAIN_MS, { cause }) : new Unclear(AGAIN_MS, { cause });
    });
    if (answer.status >= 500) throw new Unclear(AGAIN_MS, { cause: new Error(`HTTP ${answer.status}`) });
    return answer.ok;
  }

  /** False where the bot or the person is not in that channel. */
  async function asEphemeral(user: string, { channel, thread }: ReplyHandle, message: Said): Promise<boolean> {
    if (!channel) return false;
    try {
      await apiCall('chat.postEphemeral', { channel, user, ...(thread && { thread_ts: thread }), ...message }, { channel });
      return true;
    } catch (error) {
      if (isClosed(error)) return false;
      throw error;
    }
  }

  /** The direct channel with somebody. Throws Gone for a person who is not there. */
  async function directWith(person: string): Promise<string> {
    const there = directs.get(person);
    if (there) return there;
    const { channel } = await apiCall<{ channel: { id: string } }>('conversations.open', { users: person });
    directs.set(person, channel.id);
    return channel.id;
  }

  /** An earlier process was in doubt and went on there. */
  async function toldDirectlyBefore(key: string, person: string, handle: ReplyHandle): Promise<boolean> {
    const isOurs = sent.get(`${key}#0`) !== undefined || (handedOut(handle) ?? 0) > startedAt;
    if (isOurs || now() - startedAt > LEFT_OVER_MS) return false;
    try {
      if (!(await stands(directKey(key), await directWith(person)))) return false;
    } catch (error) {
      // Whom we cannot write directly was not written directly.
      if (isClosed(error)) return false;
      throw error;
    }
    doubtful.set(key, true);
    return true;
  }

  async function deliver(key: string, { person, place, reply }: Recipient, card: Card): Promise<void> {
    const handle = readHandle(reply);
    if (handle.alone) pressed.set(key, handle);
    const where = { channel: place?.channel ?? handle.channel, thread: place?.thread ?? handle.thread };
    // Slack shows a file to a person alone only where they are alone with the bot; and what is said there is private anyway.
    const hasFile = card.parts.some(part => 'file' in part);
    const direct = hasFile || where.channel?.startsWith('D') ? await directWith(person) : undefined;
    if (direct !== undefined && (hasFile || direct === where.channel)) {
      await post({ key, place: { channel: direct, ...(direct === where.channel && where.thread && { thread: where.thread }) }, card });
      return;
    }
    const tellDirectly = async () => void (await post({ key: directKey(key), place: { channel: await directWith(person) }, card }));
    if (doubtful.get(key) || (await toldDirectlyBefore(key, person, handle))) return tellDirectly();
    const { text, blocks, thread } = slackMessage(card, { lang, below: true });
    for (const [i, part] of [{ text, blocks }, ...thread].entries()) {
      const before = sent.get(`${key}#${i}`);
      const wanted = JSON.stringify(part);
      if (before === wanted) continue;
      // What only one person sees can be changed from a press on it alone; otherwise what is new stands below.
      const last = before === undefined ? undefined : pressed.get(key);
      const changed = last !== undefined && (await byUrl(last, part, true));
      if (!changed && !(await tellNew(key, person, handle, where, part))) return tellDirectly();
      sent.set(`${key}#${i}`, wanted);
    }
  }

  /** False where it cannot be shown there, or may have been shown already. */
  async function tellNew(key: string, person: string, handle: ReplyHandle, where: ReplyHandle, part: Said): Promise<boolean> {
    try {
      // In a thread the answer belongs into the thread; a response_url knows the channel only.
      return where.thread
        ? (await asEphemeral(person, where, part)) || (await byUrl(handle, part))
        : (await byUrl(handle, part)) || (await asEphemeral(person, where, part));
    } catch (error) {
      if (!(error instanceof Unclear)) throw error;
      doubtful.set(key, true);
      return false;
    }
  }

  return {
    postPrivately: (key, to, card) => inOrder(key, () => deliver(key, to, card)),
  };
}
