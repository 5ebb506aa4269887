// `npm start` as people have it: the compiled programs, with a tiny base model and a data folder of its own.
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { SUPERUSER } from '../../src/data/embedded/cluster.ts';
import { isAlive } from '../../src/data/embedded/process.ts';
import { compiled } from '../../src/root.ts';
import { fixture } from './models.ts';

export type Apprentice = {
  /** What the chat is reached by, token included. */
  address: string;
  dataDir: string;
  output(): string;
  pid(name: 'bot' | 'worker' | 'postgres' | 'postgres-watchdog'): number;
  log(name: 'bot' | 'worker'): string;
  /** The bundled Postgres. */
  databaseUrl(): string;
  /** Ctrl-C; resolves with the exit code. */
  stop(): Promise<number | null>;
  /** npm start itself is gone from one moment to the next; its children are on their own. */
  kill(): Promise<unknown>;
};

const NAMES = ['bot', 'worker', 'postgres', 'postgres-watchdog'] as const;

/** With a fixed key, so that every time the same rows are held out. */
export function newDataDir(): string {
  const dataDir = mkdtempSync(join(tmpdir(), 'apprentice-story-'));
  writeFileSync(join(dataDir, 'key'), Buffer.alloc(32), { mode: 0o600 });
  return dataDir;
}

/** Resolves when the address is printed. */
export async function npmStart(dataDir: string, env: Record<string, string> = {}): Promise<Apprentice> {
  const { PATH = '', HOME = '' } = process.env;
  const child: ChildProcess = spawn(process.execPath, [compiled('src/start')], {
    env: {
      PATH,
      HOME,
      DATA_DIR: dataDir,
      BASE_MODEL: fixture('models', 'tiny-talker'),
      PRECISION: 'f32',
      THREADS: '1',
      LOG_LEVEL: 'warn',
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [child.stdout!, child.stderr!]) stream.on('data', chunk => (said += chunk));
  const ended = new Promise<number | null>(resolve => child.once('exit', resolve));
  const log = (name: string) => {
    const file = join(dataDir, `${name}.log`);
    return existsSync(file) ? readFileSync(file, 'utf8') : '';
  };
  // In whatever language it is said; without the local chat there is no page to open, and no token.
  const address = () => /\bhttp:\S+(?:\?token=\S+|\/health)/.exec(said)?.[0];
  for (const until = Date.now() + 90_000; !address(); await sleep(100)) {
    if (child.exitCode !== null) throw new Error(`npm start ended: ${said}`);
    if (Date.now() > until) {
      child.kill('SIGINT');
      throw new Error(`not ready: ${said}\n${log('bot')}\n${log('worker')}`);
    }
  }
  return {
    address: address()!,
    dataDir,
    output: () => said,
    pid: name => Number(readFileSync(join(dataDir, 'pids', name), 'utf8')),
    log,
    databaseUrl() {
      const kept = (name: string) => readFileSync(join(dataDir, name), 'utf8').trim();
      return `postgres://${SUPERUSER}:${kept('postgres.secret')}@127.0.0.1:${kept('postgres.port')}/postgres`;
    },
    stop() {
      child.kill('SIGINT');
      return ended;
    },
    kill() {
      child.kill('SIGKILL');
      return ended;
    },
  };
}

/** Processes that work on this data folder: children, their children, and the database's. */
export function leftOver(dataDir: string): string[] {
  if (process.platform !== 'linux') {
    return NAMES.filter(name => {
      const file = join(dataDir, 'pids', name);
      return existsSync(file) && isAlive(Number(readFileSync(file, 'utf8')));
    });
  }
  return readdirSync('/proc')
    .filter(pid => /^\d+$/.test(pid) && Number(pid) !== process.pid)
    .flatMap(pid => {
      const read = (file: string) => {
        try {
          return readFileSync(join('/proc', pid, file), 'utf8').replaceAll('\0', ' ');
        } catch {
          return '';
        }
      };
      const command = read('cmdline');
      // A process that has ended and was not yet waited for has no command line any more.
      return command && (command + read('environ')).includes(dataDir) ? [`${pid} ${command}`] : [];
    });
}

/** Somebody listens on this port of this machine. */
export function listens(port: number): Promise<boolean> {
  return new Promise(resolve => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}

export const forgetDataDir = (dataDir: string): void => rmSync(dataDir, { recursive: true, force: true });
