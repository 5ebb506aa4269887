// The sweep: rows that nobody holds are queued again, whatever became of their job (the queue was away, a worker was killed).
import type { JobQueue } from './queue.ts';

export type Sweep = {
  /** One round, now. */
  now(): Promise<void>;
  stop(): Promise<void>;
};

/** A dead worker's lease ends after 20 s; the run must go on within 30 s. */
const EVERY_MS = 5000;

/**
 * Every 5 s, queues what `open` names: the ids of rows that a worker should look at. Starts with a round at once.
 * A round that fails is told to `onError`; the next one comes anyway.
 */
export function startSweep(options: {
  queue: Pick<JobQueue, 'enqueueAgain'>;
  open: { runs(): Promise<number[]>; questions(): Promise<number[]>; searches(): Promise<number[]> };
  onError: (error: Error) => void;
  everyMs?: number;
}): Sweep {
  const { queue, open, onError, everyMs = EVERY_MS } = options;
  let round: Promise<void> = Promise.resolve();

  async function sweep(): Promise<void> {
    try {
      for (const run of await open.runs()) await queue.enqueueAgain('run', { run });
      for (const question of await open.questions()) await queue.enqueueAgain('question', { question });
      for (const search of await open.searches()) await queue.enqueueAgain('leaks', { search });
    } catch (error) {
      onError(error as Error);
    }
  }

  /** Rounds never overlap. */
  const now = () => (round = round.then(sweep));
  now();
  const timer = setInterval(now, everyMs);
  return {
    now,
    async stop() {
      clearInterval(timer);
      await round;
    },
  };
}
