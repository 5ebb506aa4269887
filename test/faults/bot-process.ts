// The bot as a process of its own, the way a container runs it: started again whenever it ends, however it ends.
import { type ChildProcess, spawn } from 'node:child_process';
import { compiled } from '../../src/root.ts';
import { newDataDir } from '../support/npm-start.ts';
import { until } from '../support/room.ts';

export type BotProcess = {
  /** Where its web server listens; the same after every start. */
  readonly address: string;
  output(): string;
  /** Everything that it logged, from its first start on. */
  log(): string;
  /** From one moment to the next; resolves when it is gone. Another one starts at once. */
  kill(): Promise<void>;
  /** In order, and for good. Its exit code. */
  stop(): Promise<number | null>;
};

const AGAIN_MS = 200;
const READY_WITHIN_MS = 60_000;

/** Resolves when it is ready for the first time. */
export async function startBotProcess(databaseUrl: string, env: Record<string, string>): Promise<BotProcess> {
  const { PATH = '', HOME = '' } = process.env;
  const dataDir = newDataDir();
  let [said, logged] = ['', ''];
  let stopping = false;
  let child: ChildProcess;
  let ended: Promise<number | null>;

  function start(): void {
    child = spawn(process.execPath, [compiled('src/main')], {
      env: { PATH, HOME, DATA_DIR: dataDir, DATABASE_URL: databaseUrl, LOG_LEVEL: 'warn', LANGUAGE: 'en', ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    child.stdout!.on('data', chunk => (said += chunk));
    child.stderr!.on('data', chunk => (logged += chunk));
    ended = new Promise(resolve => child.once('exit', resolve));
    void ended.then(() => stopping || setTimeout(start, AGAIN_MS));
  }

  start();
  const open = () => /\bhttp:\S+(?:\?token=\S+|\/health)/.exec(said)?.[0];
  const address = await until(open, 'the bot to be ready', READY_WITHIN_MS).catch(error => {
    throw new Error(`${said}\n${logged}`, { cause: error });
  });
  return {
    address,
    output: () => said,
    log: () => logged,
    async kill() {
      child.kill('SIGKILL');
      await ended;
    },
    stop() {
      stopping = true;
      child.kill('SIGTERM');
      return ended;
    },
  };
}
