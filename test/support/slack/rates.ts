// How often Slack lets an app call: per method and minute by its tier, and about one message a second into one channel.
import { POSTS, RETRY_AFTER_S, TIERS, type Tier } from './limits.ts';
import { SlackRefusal } from './refusal.ts';

export type Rates = ReturnType<typeof openRates>;

const MINUTE_MS = 60_000;

/** `on: false` never refuses: for tests that are about something else and call much more than a team does. */
export function openRates(now: () => number, on: boolean) {
  const calls = new Map<string, number[]>();

  function count(key: string, most: number, withinMs: number): void {
    const recent = (calls.get(key) ?? []).filter(at => at > now() - withinMs);
    calls.set(key, recent);
    if (recent.length >= most) {
      const seconds = Math.max(RETRY_AFTER_S, Math.ceil((recent[recent.length - most] + withinMs - now()) / 1000));
      throw new SlackRefusal('ratelimited', {}, 429, { 'retry-after': String(seconds) });
    }
    recent.push(now());
  }

  return {
    call(method: string, tier: Tier) {
      if (on) count(method, TIERS[tier], MINUTE_MS);
    },
    post(channel: string) {
      if (on) count(`post ${channel}`, POSTS.burst, (POSTS.burst / POSTS.aSecond) * 1000);
    },
  };
}
