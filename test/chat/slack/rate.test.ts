// So many calls a minute and no more, the oldest first; and nobody waits for longer than they may.
import { describe, expect, it } from 'vitest';
import { RetryLater } from '../../../src/chat/errors.ts';
import { type Clock, openRate } from '../../../src/chat/slack/rate.ts';

/** Time passes when somebody sleeps and nobody else is due before. */
function handClock(): Clock & { pass(ms: number): Promise<void> } {
  let now = 1_000_000;
  const sleepers: { until: number; wake(): void }[] = [];
  return {
    now: () => now,
    sleep: ms => new Promise(wake => sleepers.push({ until: now + ms, wake })),
    async pass(ms) {
      const end = now + ms;
      for (;;) {
        sleepers.sort((a, b) => a.until - b.until);
        if (!sleepers[0] || sleepers[0].until > end) break;
        const next = sleepers.shift()!;
        now = Math.max(now, next.until);
        next.wake();
        await new Promise(resolve => setImmediate(resolve));
      }
      now = end;
    },
  };
}

describe('Slack’s patience', () => {
  const open = () => {
    const clock = handClock();
    const behind: [string, number][] = [];
    return { clock, behind, rate: openRate({ clock, onBehind: (method, waiting) => behind.push([method, waiting]) }) };
  };

  it('never more than 25 at once and 48 a minute of reactions.get, in the order of asking', async () => {
    const { clock, rate } = open();
    const done: number[] = [];
    const at: number[] = [];
    let asked = 0;
    // As many as wait, and one more whenever one is through.
    const ask = async () => {
      const n = asked++;
      await rate.turn('reactions.get');
      done.push(n);
      at.push(clock.now());
      if (asked < 200) await ask();
    };
    void Promise.all(Array.from({ length: 5 }, ask));
    await new Promise(resolve => setImmediate(resolve));
    expect(done).toHaveLength(25);
    await clock.pass(60_000);
    expect(done.length).toBeGreaterThanOrEqual(25 + 47);
    expect(done.length).toBeLessThanOrEqual(25 + 48);
    expect(done).toEqual([...done].sort((a, b) => a - b));
    const start = at[0];
    for (let minute = 1; minute < 3; minute++) {
      await clock.pass(60_000);
      const calls = at.filter(when => when > start + minute * 60_000 && when <= start + (minute + 1) * 60_000);
      expect(calls.length).toBeLessThanOrEqual(50);
    }
  });

  it('whoever would wait for more than ten seconds comes again instead', async () => {
    const { rate } = open();
    const all = await Promise.allSettled(
      Array.from({ length: 60 }, () => Promise.race([rate.turn('reactions.get'), Promise.resolve('waits')])),
    );
    const refused = all.filter(each => each.status === 'rejected').map(({ reason }) => reason);
    expect(refused).toHaveLength(60 - 25 - 8);
    expect(refused[0]).toBeInstanceOf(RetryLater);
    expect(refused[0].ms).toBeGreaterThan(10_000);
  });

  it('says once that it is behind, when calls have waited for a minute', async () => {
    const { clock, rate, behind } = open();
    let more = true;
    const ask = async () => {
      while (more) await rate.turn('reactions.get');
    };
    void Promise.all([ask(), ask(), ask()]);
    await new Promise(resolve => setImmediate(resolve));
    await clock.pass(55_000);
    expect(behind).toEqual([]);
    await clock.pass(300_000);
    expect(behind).toEqual([['reactions.get', expect.any(Number)]]);
    more = false;
  });

  it('a 429 holds the method; of a post, its channel only', async () => {
    const { clock, rate } = open();
    rate.hold('chat.postMessage', 'C1', 30_000);
    rate.hold('reactions.add', 'C1', 5_000);
    await expect(rate.turn('chat.postMessage', 'C1')).rejects.toMatchObject({ ms: 30_000 });
    await rate.turn('chat.postMessage', 'C2');
    await expect(rate.turn('reactions.add', 'C2')).rejects.toMatchObject({ ms: 5_000 });
    await clock.pass(5_000);
    await rate.turn('reactions.add', 'C2');
    await clock.pass(25_000);
    await rate.turn('chat.postMessage', 'C1');
  });
});
