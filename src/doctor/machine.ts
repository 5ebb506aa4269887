// What the bot needs on its own machines: Postgres, a worker, Redis where it is set, the base model, and the operator's word.
import { existsSync } from 'node:fs';
import type { Config } from '../config.ts';
import { checkDatabase, openDatabase } from '../data/database.ts';
import { runningUrl } from '../data/embedded.ts';
import { liveWorkers } from '../data/workers.ts';
import { fetchedFolders, isHubId } from '../model/base-folders.ts';
import { Refusal } from '../problem.ts';
import { checkRedis } from '../queue/backend.ts';
import type { Tell } from './finding.ts';

/** Postgres: no such table. */
const UNDEFINED_TABLE = '42P01';

/** Nothing is started, made or changed. */
export async function checkMachine(config: Config, tell: Tell): Promise<void> {
  await checkPostgres(config, tell);
  if (!config.redisUrl) tell('note', 'doctor.redis.unset');
  else await orRefused(tell, async () => tell('well', 'doctor.redis', await checkRedis(config.redisUrl!)));
  tell(...baseOf(config));
  if (config.localChat) tell('note', 'doctor.local');
  if (config.trainingAllowed) tell('well', 'doctor.training');
  // The local chat needs no such word.
  else if (config.slack.botToken || config.feishu.appId) tell('note', 'doctor.training.off');
}

async function checkPostgres({ databaseUrl, dataDir }: Config, tell: Tell): Promise<void> {
  const url = databaseUrl ?? runningUrl(dataDir);
  if (!url) return tell('note', 'doctor.database.asleep');
  await orRefused(tell, async () => {
    tell('well', 'doctor.database', await checkDatabase(url));
    await checkWorkers(url, tell);
  });
}

async function checkWorkers(url: string, tell: Tell): Promise<void> {
  const database = openDatabase(url, 1);
  try {
    const hosts = (await liveWorkers(database.db)).map(({ host }) => host);
    if (hosts.length > 0) tell('well', 'doctor.worker', { hosts: [...new Set(hosts)].join(', ') });
    else tell('ill', 'doctor.worker.none');
  } catch (error) {
    if ((error as { cause?: { code?: string } }).cause?.code !== UNDEFINED_TABLE) throw error;
    tell('note', 'doctor.database.empty');
  } finally {
    await database.close();
  }
}

function baseOf({ baseModel: spec, modelsDir, answer }: Config): Parameters<Tell> {
  if (answer.url) return ['note', 'doctor.model.elsewhere', { url: new URL(answer.url).host }];
  if (spec && existsSync(spec)) return ['well', 'doctor.model', { folder: spec }];
  if (spec && !isHubId(spec)) return ['ill', 'doctor.model.gone', { folder: spec }];
  const folder = fetchedFolders(modelsDir, spec).find(existsSync);
  return folder ? ['well', 'doctor.model', { folder }] : ['note', 'doctor.model.later'];
}

async function orRefused(tell: Tell, run: () => Promise<void>): Promise<void> {
  try {
    await run();
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    tell('ill', error.problem.code, error.problem.values);
  }
}
