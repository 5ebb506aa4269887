// The queue as the product uses it: put a job in, take jobs out, close.
import { type BullWorker, backend } from './backend.ts';
import { JOB_NAMES, type JobName, type Jobs, jobId } from './jobs.ts';

export type JobQueue = {
  /**
   * Wakes a worker up. Rows first: when the queue is away this resolves all the same (`onError` is told) and the sweep makes up for it.
   * A job of the same id that still waits or runs is not added twice; one that has ended may come again.
   */
  enqueue<N extends JobName>(name: N, payload: Jobs[N]): Promise<void>;
  /** As enqueue, for a row that nobody holds: a job of that id which a killed worker still seems to run does not stand in the way. */
  enqueueAgain<N extends JobName>(name: N, payload: Jobs[N]): Promise<void>;
  /**
   * Takes jobs of one name, `concurrency` at a time. A handler that throws ends its job (`onError` is told; the row says whether the
   * work is still to be done). Waits for a queue that is away as long as it takes. `signal` aborts when the queue closes: hand the row back and return.
   */
  work<N extends JobName>(name: N, handler: Handler<N>, options?: { concurrency?: number }): void;
  /** Takes no more jobs, aborts the handlers' signals and waits until they have returned. */
  close(): Promise<void>;
};

export type Handler<N extends JobName> = (payload: Jobs[N], signal: AbortSignal) => Promise<void>;

const PATIENCE_MS = 2000;
/** A kept job would silently swallow a new one of the same id. */
const REMOVED = { removeOnComplete: true, removeOnFail: true };

/** `databaseUrl` is used unless there is a `redisUrl`. Without Redis, `migrateQueue` must have run. */
export function openQueue(options: { databaseUrl: string; redisUrl?: string; onError: (error: Error) => void }): JobQueue {
  const { onError } = options;
  const bull = backend(options);
  const stopping = new AbortController();
  const queues = Object.fromEntries(
    JOB_NAMES.map(name => {
      const queue = bull.queue(name);
      queue.on('error', onError);
      return [name, queue];
    }),
  ) as Record<JobName, ReturnType<typeof bull.queue>>;
  const workers: BullWorker[] = [];
  const running = new Set<Promise<void>>();

  async function add<N extends JobName>(name: N, payload: Jobs[N], pick: (id: string) => Promise<string>): Promise<void> {
    try {
      const adding = pick(jobId(name, payload)).then(id => queues[name].add(name, payload, { jobId: id, ...REMOVED }));
      await within(PATIENCE_MS, adding);
    } catch (cause) {
      onError(new Error(`the job ${jobId(name, payload)} could not be queued now`, { cause }));
    }
  }

  function tracked<N extends JobName>(handler: Handler<N>, payload: Jobs[N]): Promise<void> {
    if (stopping.signal.aborted) return Promise.resolve();
    const handled = handler(payload, stopping.signal);
    const ended = handled.catch(onError).finally(() => running.delete(ended));
    running.add(ended);
    return handled;
  }

  return {
    enqueue: (name, payload) => add(name, payload, async id => id),
    enqueueAgain: (name, payload) =>
      add(name, payload, async id => {
        let free = id;
        for (let n = 2; (await queues[name].getJobState(free)) === 'active'; n++) free = `${id}-${n}`;
        return free;
      }),
    work(name, handler, { concurrency = 1 } = {}) {
      const worker = bull.worker(name, job => tracked(handler, job.data), concurrency);
      worker.on('error', onError);
      workers.push(worker);
    },
    async close() {
      stopping.abort();
      await Promise.all(running);
      await Promise.all([...workers, ...Object.values(queues)].map(part => leave(part)));
    },
  };
}

/** In order if the server answers, else at once. */
async function leave(part: BullWorker): Promise<void> {
  await within(PATIENCE_MS, part.close())
    .catch(() => within(PATIENCE_MS, part.disconnect()))
    .catch(() => {});
}

/** BullMQ waits for ever for a server that never was there. */
function within<T>(ms: number, promise: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`no answer from the queue within ${ms} ms`)), ms);
    promise.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
