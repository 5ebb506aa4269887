// Holding a run, a question or a search: the lease is renewed every 5 s, a run's wish to end is read every second, and the signal says when to stop.
import { setTimeout as sleep } from 'node:timers/promises';
import { type Claim, isCancelRequested, LostClaim, renewLease } from '../src/data/claims.ts';
import type { Db } from '../src/data/database.ts';
import { renewLeakSearch, type SearchClaim } from '../src/data/leak-searches.ts';
import { type QuestionClaim, renewQuestion } from '../src/data/questions.ts';

/** Somebody else holds it, or it is over: nothing that is written from here on counts. */
class LeaseLost extends Error {}
/** Somebody asked the run to end. */
export class Cancelled extends Error {}

/**
 * `lost` aborts with a LeaseLost or LostClaim: from then on nothing may be written. `signal` aborts for any reason to stop the work:
 * those two, a Cancelled, or the `stopping` signal's own. Call `letGo` in any case.
 */
export type Hold = { lost: AbortSignal; signal: AbortSignal; letGo(): void };

const LOOK_MS = 1_000;
/** In looks. */
const RENEW_EVERY = 5;
/** What a claim and a renewal give; nobody may rely on it for longer, whatever the database says later. */
const LEASE_MS = 20_000;

export function holdRun(db: Db, claim: Claim, stopping: AbortSignal): Hold {
  return hold(stopping, async renew => (renew ? (await renewLease(db, claim)).cancel : isCancelRequested(db, claim)));
}

export function holdQuestion(db: Db, claim: QuestionClaim, stopping: AbortSignal): Hold {
  return hold(stopping, async renew => {
    if (renew && !(await renewQuestion(db, claim))) throw new LeaseLost('somebody else holds the question');
    return false;
  });
}

export function holdSearch(db: Db, claim: SearchClaim, stopping: AbortSignal): Hold {
  return hold(stopping, async renew => {
    if (renew && !(await renewLeakSearch(db, claim))) throw new LeaseLost('somebody else holds the search, or its version is out of use');
    return false;
  });
}

/**
 * `look` tells whether the work was asked to end, and throws when somebody else has it. Any other error means that the database is
 * away; then the lease's own time decides.
 */
function hold(stopping: AbortSignal, look: (renew: boolean) => Promise<boolean>): Hold {
  const lost = new AbortController();
  const cancelled = new AbortController();
  const done = new AbortController();
  const lose = () => lost.abort(new LeaseLost('the lease could not be renewed in time'));
  let deadline = setTimeout(lose, LEASE_MS);
  void keepLooking();

  async function keepLooking(): Promise<void> {
    for (let looks = 1; ; looks++) {
      await sleep(LOOK_MS, undefined, { signal: done.signal }).catch(() => {});
      if (done.signal.aborted || lost.signal.aborted) return;
      const renew = looks % RENEW_EVERY === 0;
      const asked = performance.now();
      try {
        const cancel = await look(renew);
        if (renew) extend(asked);
        if (cancel) cancelled.abort(new Cancelled('somebody asked the run to end'));
      } catch (error) {
        if (error instanceof LostClaim || error instanceof LeaseLost) lost.abort(error);
      }
    }
  }

  function extend(asked: number): void {
    clearTimeout(deadline);
    if (!done.signal.aborted) deadline = setTimeout(lose, LEASE_MS - (performance.now() - asked));
  }

  return {
    lost: lost.signal,
    signal: AbortSignal.any([lost.signal, cancelled.signal, stopping]),
    letGo() {
      done.abort();
      clearTimeout(deadline);
    },
  };
}
