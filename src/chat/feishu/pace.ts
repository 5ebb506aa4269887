// How fast we ask: a bucket of tokens that refills. Feishu allows most calls 50 times a second and 1000 times a minute.
export type Pace = {
  /** Resolves when the next call may go out; in the order of asking. */
  take(): Promise<void>;
};

export type Clock = { now(): number; sleep(ms: number): Promise<void> };
export const realClock: Clock = { now: Date.now, sleep: ms => new Promise(resolve => setTimeout(resolve, ms)) };

/** `burst` calls at once, then `perSecond`. */
export function openPace(burst: number, perSecond: number, { now, sleep }: Clock = realClock): Pace {
  let tokens = burst;
  let filledAt = now();
  let line = Promise.resolve();

  async function next(): Promise<void> {
    tokens = Math.min(burst, tokens + ((now() - filledAt) * perSecond) / 1_000);
    filledAt = now();
    if (tokens < 1) {
      await sleep(Math.ceil(((1 - tokens) * 1_000) / perSecond));
      return next();
    }
    tokens -= 1;
  }
  return {
    take: () => {
      line = line.then(next);
      return line;
    },
  };
}

/** At most `most` calls within any `ms` milliseconds: what is counted by the second and not by the bucket. */
export function openWindow(most: number, ms: number, { now, sleep }: Clock = realClock): Pace {
  let recent: number[] = [];
  let line = Promise.resolve();

  async function next(): Promise<void> {
    recent = recent.filter(at => at > now() - ms);
    if (recent.length < most) return void recent.push(now());
    await sleep(Math.max(1, recent[0] + ms - now()));
    return next();
  }
  return {
    take: () => {
      line = line.then(next);
      return line;
    },
  };
}
