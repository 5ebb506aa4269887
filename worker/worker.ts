// A worker: base, engine, queue, sweep and heartbeat, built once and handed to each other; `stop` takes them down in order.
import { mkdir } from 'node:fs/promises';
import { hostname } from 'node:os';
import { type Config, childEnv } from '../src/config.ts';
import { openDatabase } from '../src/data/database.ts';
import { leakSearchesToWake } from '../src/data/leak-searches.ts';
import { questionsToWake } from '../src/data/questions.ts';
import { runsToWake, settleCancelled } from '../src/data/runs.ts';
import { measuredSpeed } from '../src/data/speed.ts';
import type { Log } from '../src/log.ts';
import type { Problem } from '../src/problem.ts';
import { Refusal } from '../src/problem.ts';
import { type JobQueue, openQueue } from '../src/queue/queue.ts';
import { startSweep } from '../src/queue/sweep.ts';
import { openActivity } from './activity.ts';
import { answerQuestion } from './answer.ts';
import { openAnswering } from './answering.ts';
import { type BaseProgress, ensureBase } from './base.ts';
import { lastWords, openWaiting, startHeart } from './beat.ts';
import { chooseTrainer } from './choose-trainer.ts';
import { openDevice } from './device.ts';
import { eraseEnded } from './erase.ts';
import { workOnLeakSearch } from './leak-search.ts';
import { openPause } from './pause.ts';
import { workOnRun } from './run.ts';
import { openServed } from './serving/served.ts';
import { openBase, type Workplace } from './workplace.ts';

export type WorkerConfig = Config & { databaseUrl: string };
export type RunningWorker = { stop(): Promise<void> };

/**
 * Fetches the base where it is not there yet, then takes jobs until `stop()`, which hands running ones back. The tables must be there.
 * A server that is to answer and is away is waited for. Throws a Refusal when trainer, base or what answers cannot be had. Its row says either.
 */
export async function startWorker(
  config: WorkerConfig,
  log: Log,
  version: string,
  { onProgress, onWaiting }: Hearing,
  signal: AbortSignal,
): Promise<RunningWorker> {
  const { artifactsDir: artifacts, threads, workerRoles: roles } = config;
  await mkdir(artifacts, { recursive: true, mode: 0o700 });
  const database = openDatabase(config.databaseUrl);
  const about = { roles, version };
  const waiting = openWaiting(database.db, log, about);
  const hearing: Hearing = {
    onProgress(progress) {
      waiting.say({ code: 'worker.preparing', values: { percent: Math.floor((100 * progress.done) / Math.max(1, progress.total)) } });
      onProgress(progress);
    },
    onWaiting(problem) {
      waiting.say(problem);
      onWaiting(problem);
    },
  };
  const { trainer, base, generator, server, spinMicroseconds } = await equipment(config, hearing, signal)
    .finally(waiting.stop)
    .catch(async error => {
      if (error instanceof Refusal && !signal.aborted)
        await lastWords(database.db, about, error.problem).catch(err => log.warn({ err }, 'last words'));
      await database.close();
      throw error;
    });
  const place: Workplace = {
    db: database.db,
    log,
    name: `${hostname()}/${process.pid}`,
    artifacts,
    base,
    generator,
    served:
      server &&
      openServed({
        ...server,
        db: database.db,
        tokenizer: base.tokenizer,
        artifacts,
        onError: err => log.debug({ err }, 'not tidied up'),
      }),
    pause: openPause(),
    trainer,
    device: await openDevice(trainer, { threads, processes: config.torchProcesses, visible: childEnv().CUDA_VISIBLE_DEVICES }),
    threads,
    spinMicroseconds,
    speed: await measuredSpeed(database.db, hostname(), base.model.fingerprint, trainer.name),
    activity: openActivity(),
  };
  await eraseEnded(place);
  const heart = await startHeart(place, about);
  const queue = openQueue({ databaseUrl: config.databaseUrl, redisUrl: config.redisUrl, onError: err => log.warn({ err }, 'queue') });
  const sweep = sweepRows(place, queue);
  if (roles.includes('train')) {
    queue.work('run', ({ run }, stopping) => workOnRun(place, run, stopping));
    queue.work('leaks', ({ search }, stopping) => workOnLeakSearch(place, search, stopping));
  }
  if (roles.includes('answer'))
    queue.work('question', ({ question }, stopping) => answerQuestion(place, question, stopping), { concurrency: ANSWERS_AT_ONCE });

  return {
    async stop() {
      const parts = { sweep: sweep.stop, jobs: queue.close, heart: heart.stop, engine: generator.close, database: database.close };
      for (const [part, end] of Object.entries(parts)) {
        await end();
        log.debug({ part }, 'stopped');
      }
    },
  };
}

type Hearing = { onProgress(progress: BaseProgress): void; onWaiting(problem: Problem): void };

/** What a worker cannot be without. Throws a Refusal where it cannot be had. */
async function equipment(config: WorkerConfig, { onProgress, onWaiting }: Hearing, signal: AbortSignal) {
  const trainer = await chooseTrainer(config);
  const { modelsDir, baseModel, hub } = config;
  const base = await openBase(await ensureBase({ modelsDir, spec: baseModel, hub, onProgress, signal }));
  const spinMicroseconds = config.machineIsOurs ? SPIN_MICROSECONDS : 0;
  return { trainer, base, spinMicroseconds, ...(await openAnswering(config, base, { spinMicroseconds, onWaiting, signal })) };
}

/** So many questions are written at once; base and tuned are two rows each, and a batch has at most 32 (engine/generate.ts). */
const ANSWERS_AT_ONCE = 16;

/** See engine/session.ts: a sixth faster, on a machine that does nothing else. */
const SPIN_MICROSECONDS = 200;

/** Rows first: what was written while the queue or a worker was away is found by looking. */
function sweepRows(place: Workplace, queue: JobQueue) {
  const { db, log } = place;
  const runs = async () => {
    await settleCancelled(db);
    await eraseEnded(place);
    place.served?.takeOffGone();
    return runsToWake(db);
  };
  return startSweep({
    queue,
    open: { runs, questions: () => questionsToWake(db), searches: () => leakSearchesToWake(db) },
    onError: err => log.warn({ err }, 'sweep'),
  });
}
