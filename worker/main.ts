// The worker process. `npm start` forks it and hears of its progress by messages; it also runs alone, beside a database and a queue.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readConfig } from '../src/config.ts';
import { checkDatabase, migrateDatabase } from '../src/data/database.ts';
import { openLog } from '../src/log.ts';
import { Refusal } from '../src/problem.ts';
import { runProcess } from '../src/process.ts';
import { migrateQueue } from '../src/queue/backend.ts';
import { projectRoot } from '../src/root.ts';
import { startWorker } from './worker.ts';

/** A worker that has not stopped in order by then is stopped all the same; its leases run out. */
const LEAVE_MS = 25_000;

const config = readConfig();
const log = openLog('worker', config.logLevel);
const { version } = JSON.parse(readFileSync(join(projectRoot(), 'package.json'), 'utf8')) as { version: string };

await runProcess({ log, lang: config.lang, leaveMs: LEAVE_MS }, async ({ tell, leaving }) => {
  const { databaseUrl, redisUrl } = config;
  if (!databaseUrl) throw new Refusal('worker.noDatabase');
  await checkDatabase(databaseUrl);
  await migrateDatabase(databaseUrl);
  if (!redisUrl) await migrateQueue(databaseUrl);
  const hear: Parameters<typeof startWorker>[3] = {
    onProgress: progress => tell({ kind: 'model', ...progress }),
    onWaiting({ code, values }) {
      log.warn({ values }, code);
      tell({ kind: 'problem', code, values });
    },
  };
  const worker = await startWorker({ ...config, databaseUrl }, log, version, hear, leaving);
  tell({ kind: 'ready' });
  return worker;
});
