// A run: claim it, check it, train, evaluate, publish. Whoever claims it after us goes on from what is written down here.
import type { Claim } from '../src/data/claims.ts';
import { CancelAsked, cancelRun, claimRun, failRun, LostClaim, releaseRun } from '../src/data/claims.ts';
import { moveRun, recordEvent } from '../src/data/progress.ts';
import type { RunRow } from '../src/data/runs.ts';
import { removeRows, removeRun } from './artifacts.ts';
import { MemoryShort } from './checks.ts';
import { problemOf } from './failure.ts';
import { gpusOf, isForMe, leaveToOthers } from './fitness.ts';
import { Cancelled, holdRun } from './lease.ts';
import { patiently } from './patience.ts';
import { planRow, rowsOf } from './plan.ts';
import { publish } from './publish.ts';
import { TrainerDied, TrainerRefused, train, trainedBefore } from './train.ts';
import type { Workplace } from './workplace.ts';

/**
 * Works on a run until it is over, somebody else holds it, or `stopping` aborts (then it is handed back with a fresh checkpoint).
 * A trainer that dies is started again, as a new attempt, from the last checkpoint. Rejects only while the database is away:
 * the lease runs out and the sweeper comes again.
 */
export async function workOnRun(place: Workplace, id: number, stopping: AbortSignal): Promise<void> {
  for (let again = true; again && !stopping.aborted; ) {
    if (!(await isForMe(place, id))) return;
    const claimed = await claimRun(place.db, id, place.name, gpusOf(place));
    if (!claimed) return;
    place.log.info({ run: id, attempt: claimed.claim.attempt }, 'run claimed');
    place.activity.set({ run: id });
    again = await attempt(place, claimed.claim, claimed.run, stopping).finally(() => {
      place.activity.set({ run: undefined });
    });
  }
}

/** True: nobody holds the run any more and it should go on at once. A run with doubts is handed back until a person starts it. */
async function attempt(place: Workplace, claim: Claim, run: RunRow, stopping: AbortSignal): Promise<boolean> {
  const hold = holdRun(place.db, claim, stopping);
  const { signal } = hold;
  try {
    const rows = await patiently(() => rowsOf(place.db, run), signal);
    const plan = await planRow(place, claim, run, rows, signal);
    if (run.state === 'checking' && plan.doubts.length > 0) {
      await patiently(() => moveRun(place.db, claim, 'waiting'), signal);
      return false;
    }
    const trained = (await trainedBefore(place, claim, run.state, signal)) ?? (await train(place, claim, run, plan, hold));
    await publish(place, claim, plan, trained, hold);
    await removeRun(place.artifacts, claim.run);
    return false;
  } catch (error) {
    return await settle(place, claim, error, signal, stopping);
  } finally {
    hold.letGo();
    await removeRows(place.artifacts, claim).catch(() => {});
  }
}

/** What a broken-off attempt leaves in the rows. */
async function settle(place: Workplace, claim: Claim, error: unknown, signal: AbortSignal, stopping: AbortSignal): Promise<boolean> {
  const { db, log, artifacts } = place;
  try {
    if (stopping.aborted) {
      await releaseRun(db, claim, true);
      return false;
    }
    if (signal.reason instanceof Cancelled || error instanceof CancelAsked) {
      await patiently(() => cancelRun(db, claim), stopping);
      await removeRun(artifacts, claim.run);
      return false;
    }
    if (signal.aborted) return false; // somebody else holds the run now, and it goes on there
    if (error instanceof TrainerDied) {
      log.warn({ run: claim.run, ...error.detail }, 'the trainer died');
      await patiently(
        () => recordEvent(db, claim, 'trainer-died', { signal: error.detail.signal, exitCode: error.detail.exitCode }),
        signal,
      );
      await patiently(() => releaseRun(db, claim, false), signal);
      return true;
    }
    if (error instanceof MemoryShort && (await patiently(() => leaveToOthers(place, claim, error.problem), signal))) {
      log.info({ run: claim.run }, 'the run does not fit here and is left to others');
      return false;
    }
    const problem = problemOf(error);
    log.error({ err: error, run: claim.run, problem: problem.code }, 'run failed');
    const examples = error instanceof TrainerRefused ? error.examples : [];
    await patiently(() => failRun(db, claim, problem, examples), signal);
    await removeRun(artifacts, claim.run);
    return false;
  } catch (lost) {
    if (lost instanceof LostClaim) return false;
    throw lost;
  }
}
