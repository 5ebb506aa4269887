// The sender: posts are what should stand in the chat, and one loop makes the chat agree.
// The latest state only, nothing twice, the final state always; what a crash or a lost reply leaves open is simply sent again under its key.
import { startLoop } from '../loop.ts';
import type { Card, Chat, MessageRef, Place, Recipient } from './chat.ts';
import { Gone, NotAllowed, RetryLater, TooLong } from './errors.ts';
import { shortened } from './shorten.ts';

const FIRST_RETRY_MS = 1_000;
const LONGEST_RETRY_MS = 60_000;

/** A message as it should look. With `recipient` only that person sees it; such a one is sent once and never edited. */
export type DuePost = { key: string; rev: number; place: Place; recipient?: Recipient; at?: MessageRef; card: Card };

/** The desired state, wherever it is kept. Everything here is called again after a crash. */
export type PostStore = {
  /** Posts whose wanted revision is newer than the sent one and whose waiting time is over, as they should look now. */
  claimDue(): Promise<DuePost[]>;
  /** Revision `rev` stands in the chat, at `ref`. A newer revision stays due. */
  markSent(key: string, rev: number, ref: MessageRef | undefined): Promise<void>;
  /** Not due before `ms` milliseconds have passed. */
  retryLater(key: string, ms: number): Promise<void>;
  /** Revision `rev` will never stand in the chat. */
  giveUp(key: string, rev: number, reason: string): Promise<void>;
};

export type Sender = {
  /** Look now, not only at the next tick. */
  wake(): void;
  /** No new sends; those in flight finish. */
  stop(): Promise<void>;
};

/**
 * Starts the loop: it looks every `everyMs` (2 s) and whenever it is woken. `onProblem` hears of what was retried or given up, `onGivenUp` before
 * that which post it is: somebody may wait for it. What `onGivenUp` rejects is tried again with the post.
 */
export function startSender({
  chat,
  store,
  everyMs = 2_000,
  onProblem,
  onGivenUp = async () => {},
}: {
  chat: Pick<Chat, 'post' | 'postPrivately'>;
  store: PostStore;
  everyMs?: number;
  onProblem(key: string | undefined, error: unknown): void;
  onGivenUp?(post: DuePost, error: Error): Promise<void>;
}): Sender {
  /** One chain a place: what stands in one thread comes in order, and no thread waits for another. */
  const chains = new Map<string, Promise<void>>();
  const inFlight = new Set<string>();
  /** Claimed by a look while an earlier revision was still being recorded: ours, and due again as soon as that is done. */
  const claimedMeanwhile = new Set<string>();
  const failures = new Map<string, number>();
  let stopped = false;
  const looks = startLoop(look, everyMs, error => onProblem(undefined, error));

  async function look(): Promise<void> {
    for (const post of await store.claimDue()) {
      if (inFlight.has(post.key)) claimedMeanwhile.add(post.key);
      if (stopped || inFlight.has(post.key)) continue;
      inFlight.add(post.key);
      const place = `${post.place.channel}/${post.place.thread ?? ''}`;
      const chain = (chains.get(place) ?? Promise.resolve()).then(() => sendAndRecord(post));
      chains.set(place, chain);
      void chain.then(() => {
        if (chains.get(place) === chain) chains.delete(place);
      });
    }
  }

  async function sendAndRecord(post: DuePost): Promise<void> {
    try {
      const ref = await send(post);
      failures.delete(post.key);
      await store.markSent(post.key, post.rev, ref);
      inFlight.delete(post.key);
      if (claimedMeanwhile.delete(post.key)) await store.retryLater(post.key, 0);
      // A newer revision may have come meanwhile. (After a failure only the tick looks again: no hot loop against a dead far side.)
      looks.wake();
    } catch (error) {
      onProblem(post.key, error);
      // A store that cannot be reached loses nothing: the post is still due there.
      await afterFailure(post, error).catch(problem => onProblem(post.key, problem));
    } finally {
      inFlight.delete(post.key);
      claimedMeanwhile.delete(post.key);
    }
  }

  async function send({ key, place, recipient, at, card }: DuePost): Promise<MessageRef | undefined> {
    const deliver = async (shown: Card) => {
      if (recipient) return void (await chat.postPrivately(key, recipient, shown));
      try {
        return await chat.post({ key, place, at, card: shown });
      } catch (error) {
        // Somebody deleted the message; what it says still holds, so it is said anew.
        if (at && error instanceof Gone) return chat.post({ key, place, card: shown });
        throw error;
      }
    };
    try {
      return await deliver(card);
    } catch (error) {
      if (error instanceof TooLong) return deliver(shortened(card));
      throw error;
    }
  }

  async function afterFailure(post: DuePost, error: unknown): Promise<void> {
    const { key, rev } = post;
    if (error instanceof RetryLater) return store.retryLater(key, error.ms);
    if (error instanceof Gone || error instanceof NotAllowed || error instanceof TooLong) {
      await onGivenUp(post, error);
      return store.giveUp(key, rev, error.message);
    }
    const before = failures.get(key) ?? 0;
    failures.set(key, before + 1);
    return store.retryLater(key, Math.min(FIRST_RETRY_MS * 2 ** before, LONGEST_RETRY_MS));
  }

  return {
    wake: looks.wake,
    async stop() {
      stopped = true;
      await looks.stop();
      await Promise.all(chains.values());
    },
  };
}
