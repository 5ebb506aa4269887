// Everything that `npm start` starts, in order, and stops, in the opposite one: database, tables, bot, worker.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Config, childEnv } from '../config.ts';
import { migrateDatabase } from '../data/database.ts';
import type { Told } from '../process.ts';
import { checkRedis, migrateQueue } from '../queue/backend.ts';
import { talkPlaces } from '../words/talk-places.ts';
import type { WordCode } from '../words/words.ts';
import { type Child, type ChildPlan, keepRunning } from './child.ts';
import { type RunningDatabase, startDatabase } from './database.ts';
import { type FolderLock, lockFolder } from './lock.ts';
import { endLeftover, forgetPid, notePid } from './processes.ts';
import type { Terminal } from './terminal.ts';

export type Program = Pick<ChildPlan, 'program' | 'args' | 'execArgv'>;
export type Started = {
  /** Bot, then worker, then the database; resolves when nothing is left. */
  stop(): Promise<void>;
  /** Somebody is in a hurry: bot and worker are killed; the database still ends in order. */
  hurry(): void;
};

const GRACE_MS = { bot: 15_000, worker: 30_000 };
const CHILDREN = ['bot', 'worker'] as const;
type ChildName = (typeof CHILDREN)[number];

/**
 * Resolves once database, bot and worker run, not when they are ready: that is told on the terminal, the chat's address last.
 * What cannot be started is refused, and what ran already is stopped again.
 */
export async function start(config: Config, programs: Record<ChildName, Program>, terminal: Terminal): Promise<Started> {
  const lock = lockFolder(config.dataDir);
  let database: RunningDatabase | undefined;
  try {
    terminal.line('start.folder', { folder: config.dataDir });
    for (const name of CHILDREN) await endLeftover(config.dataDir, name, programs[name].program);
    mkdirSync(config.artifactsDir, { recursive: true });
    if (config.redisUrl) terminal.line('start.redis', await checkRedis(config.redisUrl));
    database = await startDatabase({ ...config, terminal });
    await migrateDatabase(database.url);
    if (!config.redisUrl) await migrateQueue(database.url);
    terminal.line('start.tables');
  } catch (error) {
    await database?.stop();
    lock.release();
    throw error;
  }
  const children = startChildren(config, programs, terminal, lock, database.url);
  return {
    async stop() {
      for (const name of CHILDREN) await children[name].stop();
      await database.stop();
      forgetPid(config.dataDir, 'postgres');
      lock.release();
    },
    hurry() {
      for (const name of CHILDREN) children[name].kill();
    },
  };
}

function startChildren(
  config: Config,
  programs: Record<ChildName, Program>,
  terminal: Terminal,
  lock: FolderLock,
  databaseUrl: string,
): Record<ChildName, Child> {
  const env = childEnv({ DATA_DIR: config.dataDir, ARTIFACTS_DIR: config.artifactsDir, DATABASE_URL: databaseUrl });
  const settled = new Set<ChildName>();
  /** What a child said last about why it cannot work; said once, however often it is started again. */
  const problems = new Map<ChildName, string>();
  let address: string | undefined;
  let talk: string[] | undefined;

  /** The address comes last: when the bot is ready, and the worker too, or it has said why it is not. */
  function settle(name: ChildName): void {
    const before = settled.size;
    settled.add(name);
    if (!address || settled.size < CHILDREN.length || before === CHILDREN.length) return;
    if (talk) terminal.line('start.away', { places: talkPlaces(config.lang, talk), address });
    else terminal.line('start.open', { address });
  }

  function hear(name: ChildName, told: Told): void {
    if (told.kind === 'model') terminal.bar(told.phase, told.done, told.total);
    else if (told.kind === 'line') terminal.line(told.code as WordCode, told.values);
    else if (told.kind === 'problem') {
      const said = JSON.stringify(told);
      if (problems.get(name) !== said) terminal.line(told.code as WordCode, told.values);
      problems.set(name, said);
      if (name === 'worker') settle(name);
    } else {
      problems.delete(name);
      terminal.line(name === 'bot' ? 'start.bot' : 'start.worker');
      if (told.url && told.url !== address) {
        address = told.url;
        talk = told.talk;
        lock.tellAddress(address);
      }
      settle(name);
    }
  }

  const keep = (name: ChildName): Child => {
    const log = join(config.dataDir, `${name}.log`);
    return keepRunning({
      ...programs[name],
      name,
      env,
      log,
      graceMs: GRACE_MS[name],
      onTold: told => hear(name, told),
      onPid: pid => (pid === undefined ? forgetPid(config.dataDir, name) : notePid(config.dataDir, name, pid)),
      onLost: (how, ms) => {
        // A child that has said why is not lost unexpectedly.
        if (!problems.has(name)) terminal.line(name === 'bot' ? 'start.botLost' : 'start.workerLost', { how, seconds: ms / 1000, log });
        if (name === 'worker') settle(name);
      },
    });
  };
  return { bot: keep('bot'), worker: keep('worker') };
}
