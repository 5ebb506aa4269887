// A person asked for all training answers of a version to be tried: done beside everything else, and standing still while this worker has a run.
import { setTimeout as sleep } from 'node:timers/promises';
import {
  claimLeakSearch,
  failLeakSearch,
  finishLeakSearch,
  type LeakSearchRow,
  releaseLeakSearch,
  type SearchClaim,
  tellLeakSearch,
} from '../src/data/leak-searches.ts';
import { runById } from '../src/data/runs.ts';
import { versionById } from '../src/data/versions.ts';
import type { Leaks } from '../src/model/report-card.ts';
import { Refusal } from '../src/problem.ts';
import type { Generator } from './engine/generator.ts';
import { problemOf } from './failure.ts';
import { searchLeaks } from './leaks.ts';
import { holdSearch } from './lease.ts';
import { patiently } from './patience.ts';
import { learnedRows } from './plan.ts';
import { openSpeaker } from './speakers.ts';
import type { Workplace } from './workplace.ts';

const TELL_EVERY_MS = 1_000;
const LOOK_MS = 500;

/**
 * Does a search that nobody holds; nothing to do is no error. What goes wrong becomes its failure, `stopping` hands it back. Rejects only
 * while the database is away: the sweeper comes again. With a run at hand it is left for later: the sweeper brings it back.
 */
export async function workOnLeakSearch(place: Workplace, id: number, stopping: AbortSignal): Promise<void> {
  if (isTraining(place)) return;
  const claimed = await claimLeakSearch(place.db, id, place.name);
  if (!claimed) return;
  const { claim, search } = claimed;
  const hold = holdSearch(place.db, claim, stopping);
  try {
    const found = await trySearch(place, claim, search, hold.signal);
    await patiently(() => finishLeakSearch(place.db, claim, found), hold.signal);
  } catch (error) {
    if (stopping.aborted) await releaseLeakSearch(place.db, claim);
    else if (!hold.signal.aborted) await fail(place, claim, error, stopping);
  } finally {
    hold.letGo();
  }
}

async function fail(place: Workplace, claim: SearchClaim, error: unknown, stopping: AbortSignal): Promise<void> {
  const problem = problemOf(error);
  if (problem.code === 'worker.broken') place.log.error({ err: error, search: claim.search }, 'leak search');
  await patiently(() => failLeakSearch(place.db, claim, problem), stopping);
}

async function trySearch(place: Workplace, claim: SearchClaim, search: LeakSearchRow, signal: AbortSignal): Promise<Leaks> {
  const { db, base, artifacts } = place;
  const version = (await patiently(() => versionById(db, search.version), signal))!;
  if (version.state === 'quarantined') throw new Refusal('try.quarantined', { no: version.no });
  const adapter = await openSpeaker(artifacts, version, base.model.fingerprint);
  const run = (await patiently(() => runById(db, version.run), signal))!;
  const rows = await patiently(() => learnedRows(db, run), signal);
  let toldAt = 0;
  return searchLeaks({
    generator: betweenRuns(place),
    tokenizer: base.tokenizer,
    signal,
    adapter,
    rows,
    maxPositions: base.model.config.maxPositions,
    most: Number.POSITIVE_INFINITY,
    seed: 0,
    written: [],
    onProgress(done, total) {
      if (done < total && performance.now() - toldAt < TELL_EVERY_MS) return;
      toldAt = performance.now();
      // A hint for the reader; whether this attempt still counts is found out by the write at the end.
      tellLeakSearch(db, claim, done, total).catch(error => place.log.debug({ err: error, search: claim.search }, 'not told'));
    },
  });
}

const isTraining = ({ activity }: Workplace): boolean => activity.now.run !== undefined;

/** The engine, that waits for the end of a run before each piece of work: two of them at once would only be slower, and a run is waited for. */
function betweenRuns(place: Workplace): Generator {
  const { generator } = place;
  return {
    ...generator,
    async generate(request, signal) {
      while (isTraining(place)) await sleep(LOOK_MS, undefined, { signal });
      return generator.generate(request, signal);
    },
  };
}
