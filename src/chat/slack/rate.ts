// Slack's patience, kept: so many calls a minute for each method, and none before the time that a 429 named.
import { RetryLater } from '../errors.ts';

/**
 * Calls a minute that we allow ourselves: a little below the tier that docs.slack.dev/apis/web-api/rate-limits promises
 * (tier 2: 20, tier 3: 50, tier 4: 100). Other methods are called as needed; a 429 stops them, too.
 */
const PER_MINUTE: Record<string, number> = {
  'reactions.get': 48,
  'conversations.history': 48,
  'conversations.replies': 48,
  'conversations.info': 48,
  'users.list': 18,
  'users.info': 95,
  'conversations.members': 95,
  'files.info': 95,
};
/** So many calls may come at once after a quiet time. */
const BURST = 25;
/** Waiting longer than this blocks whoever waits: better they come again. */
const LONGEST_WAIT_MS = 10_000;
/** After so long without a free call we are behind, and say so; not again before a while has passed. */
const BEHIND_AFTER_MS = 60_000;
const SAY_AGAIN_MS = 600_000;

export type Clock = { now(): number; sleep(ms: number): Promise<void> };
export const realClock: Clock = { now: Date.now, sleep: ms => new Promise(resolve => setTimeout(resolve, ms)) };

export type Rate = {
  /** Resolves when `method` may be called, in the order of asking. Throws RetryLater where that would take too long. */
  turn(method: string, channel?: string): Promise<void>;
  /** A 429 for `method` (in `channel`): no such call for `ms` milliseconds. */
  hold(method: string, channel: string | undefined, ms: number): void;
};

/** `onBehind` hears of a method whose calls have been waiting for a minute and more. */
export function openRate({ clock = realClock, onBehind }: { clock?: Clock; onBehind(method: string, waiting: number): void }): Rate {
  const held = new Map<string, number>();
  const lines = new Map<string, Line>();

  const lineOf = (method: string): Line => {
    const line = lines.get(method) ?? { free: BURST, at: clock.now(), waiting: 0, saidAt: -SAY_AGAIN_MS };
    lines.set(method, line);
    return line;
  };

  function heldFor(method: string, channel?: string): number {
    const until = Math.max(held.get(method) ?? 0, (channel && held.get(`${method} ${channel}`)) || 0);
    return until - clock.now();
  }

  /** Takes a call, be it one of the future; gives how long to wait for it. */
  function take(line: Line, perMinute: number): number {
    const now = clock.now();
    line.free = Math.min(BURST, line.free + ((now - line.at) / 60_000) * perMinute);
    line.at = now;
    const wait = line.free >= 1 ? 0 : Math.ceil(((1 - line.free) / perMinute) * 60_000);
    if (wait > LONGEST_WAIT_MS) throw new RetryLater(wait);
    line.free--;
    return wait;
  }

  function sayIfBehind(line: Line, method: string, wait: number): void {
    const now = clock.now();
    if (wait === 0) line.since = undefined;
    else line.since ??= now;
    if (line.since === undefined || now - line.since < BEHIND_AFTER_MS || now - line.saidAt < SAY_AGAIN_MS) return;
    line.saidAt = now;
    onBehind(method, line.waiting);
  }

  return {
    async turn(method, channel) {
      const held = heldFor(method, channel);
      if (held > 0) throw new RetryLater(held);
      const perMinute = PER_MINUTE[method];
      if (perMinute === undefined) return;
      const line = lineOf(method);
      line.waiting++;
      try {
        const wait = take(line, perMinute);
        sayIfBehind(line, method, wait);
        if (wait > 0) await clock.sleep(wait);
      } finally {
        line.waiting--;
      }
    },
    hold(method, channel, ms) {
      // Only what is posted is counted by channel (one message a second); elsewhere a 429 means the method.
      held.set(method.startsWith('chat.') && channel ? `${method} ${channel}` : method, clock.now() + ms);
      if (held.size > 1_000) for (const [key, until] of held) if (until < clock.now()) held.delete(key);
    },
  };
}

type Line = { free: number; at: number; waiting: number; since?: number; saidAt: number };
