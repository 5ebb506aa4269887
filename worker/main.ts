// The worker process. `npm start` forks it and hears of its progress by messages; it also runs alone, beside a database and a queue.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readConfig } from '../src/config.ts';
import { migrateDatabase } from '../src/data/database.ts';
import { openLog } from '../src/log.ts';
import { Refusal } from '../src/problem.ts';
import { migrateQueue } from '../src/queue/backend.ts';
import { projectRoot } from '../src/root.ts';
import { say } from '../src/words/words.ts';
import { startWorker } from './worker.ts';

/** A worker that has not stopped in order by then is stopped all the same; its leases run out. */
const LEAVE_MS = 25_000;

const config = readConfig();
const log = openLog('worker', config.logLevel);
const { version } = JSON.parse(readFileSync(join(projectRoot(), 'package.json'), 'utf8')) as { version: string };
const leaving = new AbortController();
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => leaving.abort());
// The parent is gone: nobody would stop us later.
process.on('disconnect', () => leaving.abort());
// A job's bug is its row's failure; what escapes all the same is logged and does not take the others along.
process.on('unhandledRejection', err => log.error({ err }, 'unhandled'));

const tell = (message: object) => void (process.connected && process.send?.(message));

async function main(): Promise<void> {
  if (!config.databaseUrl) throw new Refusal('worker.noDatabase');
  await migrateDatabase(config.databaseUrl);
  if (!config.redisUrl) await migrateQueue(config.databaseUrl);
  const worker = await startWorker(
    { ...config, databaseUrl: config.databaseUrl },
    log,
    version,
    progress => tell({ kind: 'model', ...progress }),
    leaving.signal,
  );
  tell({ kind: 'ready' });
  log.info({ roles: config.workerRoles }, 'ready');
  if (!leaving.signal.aborted) await new Promise(resolve => leaving.signal.addEventListener('abort', resolve, { once: true }));
  setTimeout(() => {
    log.error('not stopped in time');
    process.exit(1);
  }, LEAVE_MS).unref();
  await worker.stop();
}

try {
  await main();
  process.exit(0);
} catch (error) {
  if (leaving.signal.aborted) process.exit(0);
  if (error instanceof Refusal) {
    const { code, values } = error.problem;
    tell({ kind: 'problem', code, values });
    process.stderr.write(`${say(config.lang, code, values)}\n`);
  } else log.error({ err: error }, 'worker');
  process.exit(1);
}
