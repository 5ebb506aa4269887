// Where the jobs lie: BullMQ on the Postgres that is there anyway, or on Redis where somebody names one.
import { createPostgresBackend, type Job, Queue, runMigrations, Worker, withBackend } from 'bullmq';
import { Redis } from 'ioredis';
import pg from 'pg';
import { Refusal } from '../problem.ts';
import type { JobName, Jobs } from './jobs.ts';

export type Backend = {
  /** BullMQ's side that adds jobs; fails at once when the server is away (rows are swept, nobody needs to wait). */
  queue(name: JobName): BullQueue;
  /** BullMQ's side that takes jobs; waits for the server as long as it takes. */
  worker<N extends JobName>(name: N, handler: (job: Job<Jobs[N]>) => Promise<void>, concurrency: number): BullWorker;
};

export type BullQueue = Pick<Queue, 'add' | 'getJobState'> & BullWorker;
export type BullWorker = {
  close(): Promise<void>;
  disconnect(): Promise<void>;
  on(event: 'error', listener: (error: Error) => void): unknown;
};

/**
 * A worker that cannot renew its locks for so long (event loop blocked, database away) loses its jobs to another one.
 * Nothing breaks then: the row's lease decides. A job of a killed worker is taken up by the sweep, long before this.
 */
const LOCK_MS = 60_000;
/** Who could not reach the server tries again so soon (BullMQ's own 15 and 20 s are long for somebody who waits for an answer). */
const RETRY_MS = 1_000;
const PREFIX = 'apprentice';

export function backend({ databaseUrl, redisUrl }: { databaseUrl: string; redisUrl?: string }): Backend {
  const options = (concurrency: number) => ({
    concurrency,
    lockDuration: LOCK_MS,
    stalledInterval: LOCK_MS / 2,
    runRetryDelay: RETRY_MS,
  });
  if (redisUrl) {
    const retryStrategy = () => RETRY_MS;
    const adding = { url: redisUrl, maxRetriesPerRequest: 1, enableOfflineQueue: false, retryStrategy };
    const taking = { url: redisUrl, maxRetriesPerRequest: null, retryStrategy };
    return {
      queue: name => new Queue(name, { connection: adding, prefix: PREFIX }),
      worker: (name, handler, concurrency) => new Worker(name, handler, { connection: taking, prefix: PREFIX, ...options(concurrency) }),
    };
  }
  const bull = withBackend(createPostgresBackend);
  const connection = { connectionString: databaseUrl, max: 2 };
  return {
    queue: name => new bull.Queue(name, { connection }) as unknown as BullQueue,
    worker: (name, handler, concurrency) => new bull.Worker(name, handler, { connection, ...options(concurrency) }),
  };
}

/** Makes or updates BullMQ's own tables (schema `bullmq`). Needed only without Redis; safe when several start at once. */
export async function migrateQueue(databaseUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl, connectionTimeoutMillis: 10_000 });
  client.on('error', () => {});
  await client.connect();
  try {
    await runMigrations(client as never);
  } finally {
    await client.end();
  }
}

/** Tries a Redis that somebody named; refuses `queue.away`. `host` is fit to be shown. */
export async function checkRedis(redisUrl: string): Promise<{ host: string }> {
  const { host } = new URL(redisUrl);
  const client = new Redis(redisUrl, { lazyConnect: true, connectTimeout: 10_000, maxRetriesPerRequest: 0, retryStrategy: () => null });
  let reason: Error | undefined;
  client.on('error', error => (reason = error));
  try {
    await client.connect();
    await client.ping();
    return { host };
  } catch (cause) {
    const { message } = reason ?? (cause as Error);
    throw new Refusal('queue.away', { host, why: message }, { cause });
  } finally {
    client.disconnect();
  }
}
