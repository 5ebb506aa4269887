// A database that restarts is no reason to lose a run: what could not be written is tried again until it can be.
import { setTimeout as sleep } from 'node:timers/promises';
import { isDatabaseAway } from './failure.ts';

const WAITS_MS = [100, 200, 500, 1000, 2000];

/** Does `work`, again and again while the database is away. Any other error is the caller's, and so is `signal`'s reason. */
export async function patiently<T>(work: () => Promise<T>, signal: AbortSignal): Promise<T> {
  for (let tries = 0; ; tries++) {
    signal.throwIfAborted();
    try {
      return await work();
    } catch (error) {
      if (!isDatabaseAway(error)) throw error;
      await sleep(WAITS_MS[Math.min(tries, WAITS_MS.length - 1)], undefined, { signal }).catch(() => {});
    }
  }
}
