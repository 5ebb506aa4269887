// The bundled Postgres server: one folder, one private port on this machine, and it ends when its owner does.
import { randomBytes } from 'node:crypto';
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { Refusal } from '../problem.ts';
import { type Account, placeOf, serverAccount } from './embedded/account.ts';
import { type Binaries, findBinaries } from './embedded/binary.ts';
import { ensureCluster, lastLine, SUPERUSER } from './embedded/cluster.ts';
import { isAlive, runningPostmaster } from './embedded/process.ts';
import { guard, startGuarded, type Watchdog } from './embedded/watchdog.ts';

export type EmbeddedPostgres = {
  url: string;
  pid: number;
  /** The server was running already. */
  adopted: boolean;
  /** Resolves when the server is gone, asked or not. */
  exited: Promise<void>;
  /** Stops the server and waits for its end. */
  stop(): Promise<void>;
};

const START_MS = 60_000;
const STOP_MS = 20_000;
const POLL_MS = 25;
const LOG_BYTES = 5_000_000;
const PORT_TRIES = 3;

/**
 * Starts the server of `dataDir`, or adopts the one that still runs there, and makes the cluster at the first start.
 * The caller holds the folder's lock: a server found running has lost its owner. The port stays the same from start to start
 * as long as it is free. Refuses with one sentence: no bundled server for this platform, a cluster of another major version,
 * a lost password, or whatever the server says about why it does not start.
 */
export async function startPostgres(dataDir: string): Promise<EmbeddedPostgres> {
  const cluster = join(dataDir, 'postgres');
  mkdirSync(join(dataDir, 'pids'), { recursive: true });
  const account = serverAccount(cluster);
  const binaries = await findBinaries(account);
  const password = secretOf(dataDir, cluster);
  await ensureCluster(cluster, binaries, account, password);
  const urlAt = (port: number) => `postgres://${SUPERUSER}:${password}@127.0.0.1:${port}/postgres`;

  const orphan = await findOrphan(dataDir, cluster, urlAt);
  if (orphan) {
    const watchdog = guard(orphan.pid, account);
    return owned(dataDir, watchdog, { url: urlAt(orphan.port), pid: orphan.pid, adopted: true });
  }
  for (let tries = 1; ; tries++) {
    const port = await stablePort(join(dataDir, 'postgres.port'));
    try {
      return await launch(dataDir, cluster, binaries, account, urlAt(port), port);
    } catch (error) {
      // Between our look and the server's bind somebody else may take the port.
      if (tries === PORT_TRIES || !/address already in use|could not bind/i.test(String(error))) throw error;
    }
  }
}

/** The URL of the server that runs on `dataDir` at this moment, whoever started it. */
export function runningUrl(dataDir: string): string | undefined {
  const cluster = join(dataDir, 'postgres');
  const running = runningPostmaster(cluster);
  return running?.ready ? `postgres://${SUPERUSER}:${secretOf(dataDir, cluster)}@127.0.0.1:${running.port}/postgres` : undefined;
}

/** A running server whose watchdog is dead too. One whose watchdog lives is about to stop: that is waited for. */
async function findOrphan(dataDir: string, cluster: string, urlAt: (port: number) => string) {
  const watchdog = Number(existsSync(watchdogFile(dataDir)) ? readFileSync(watchdogFile(dataDir), 'utf8') : 0);
  for (const until = Date.now() + START_MS; Date.now() < until; await sleep(POLL_MS)) {
    const running = runningPostmaster(cluster);
    if (!running) return undefined;
    const patient = watchdog > 0 && isAlive(watchdog) && Date.now() < until - START_MS / 2;
    if (!patient && running.ready && (await canConnect(urlAt(running.port), dataDir))) return running;
  }
  throw new Refusal('postgres.failed', { what: `the server that runs in ${cluster} neither answers nor stops` });
}

async function launch(
  dataDir: string,
  cluster: string,
  binaries: Binaries,
  account: Account | undefined,
  url: string,
  port: number,
): Promise<EmbeddedPostgres> {
  const { cwd, folder } = placeOf(cluster, account);
  const options = {
    port,
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: 60,
    shared_buffers: '32MB',
    log_min_messages: 'warning',
    // A failed statement's detail and context quote the row, and a row is what people wrote.
    log_error_verbosity: 'terse',
    log_min_error_statement: 'panic',
  };
  const settings = Object.entries(options).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const logFile = join(dataDir, 'postgres.log');
  const before = existsSync(logFile) ? statSync(logFile).size : 0;
  const log = openSync(logFile, before > LOG_BYTES ? 'w' : 'a', 0o600);
  const watchdog = startGuarded([binaries.postgres, '-D', folder, ...settings], { cwd, account, log });
  closeSync(log);
  let gone = false;
  watchdog.exited.then(() => {
    gone = true;
  });
  try {
    for (const until = Date.now() + START_MS; !gone && Date.now() < until; await sleep(POLL_MS)) {
      const running = runningPostmaster(cluster);
      if (running?.port === port && running.ready && (await canConnect(url, dataDir)))
        return owned(dataDir, watchdog, { url, pid: running.pid, adopted: false });
    }
    const said = readFileSync(logFile).subarray(before > LOG_BYTES ? 0 : before);
    throw new Refusal('postgres.failed', { what: lastLine(said.toString()) });
  } catch (error) {
    watchdog.letGo();
    await watchdog.exited;
    throw error;
  }
}

function owned(dataDir: string, watchdog: Watchdog, server: { url: string; pid: number; adopted: boolean }): EmbeddedPostgres {
  writeFileSync(watchdogFile(dataDir), String(watchdog.pid));
  writeFileSync(join(dataDir, 'pids', 'postgres'), String(server.pid));
  return {
    ...server,
    exited: watchdog.exited,
    async stop() {
      watchdog.letGo();
      const timeout = new AbortController();
      const ended = watchdog.exited.then(() => timeout.abort());
      await Promise.race([ended, sleep(STOP_MS, undefined, { signal: timeout.signal }).catch(() => {})]);
      // Immediate shutdown: nothing committed is lost, the next start recovers.
      if (!timeout.signal.aborted && isAlive(server.pid)) process.kill(server.pid, 'SIGQUIT');
      await ended;
    },
  };
}

const watchdogFile = (dataDir: string) => join(dataDir, 'pids', 'postgres-watchdog');

/** The cluster's password. Refuses when the cluster is there and its password is not. */
function secretOf(dataDir: string, cluster: string): string {
  const file = join(dataDir, 'postgres.secret');
  if (existsSync(file)) return readFileSync(file, 'utf8').trim();
  if (existsSync(join(cluster, 'PG_VERSION'))) throw new Refusal('postgres.secret', { file });
  const secret = randomBytes(24).toString('base64url');
  writeFileSync(file, secret, { mode: 0o600 });
  return secret;
}

/** Whether the server takes us in; refuses when it does not know our password. */
async function canConnect(url: string, dataDir: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2000 });
  client.on('error', () => {});
  try {
    await client.connect();
    return true;
  } catch (cause) {
    if ((cause as { code?: string }).code === '28P01')
      throw new Refusal('postgres.secret', { file: join(dataDir, 'postgres.secret') }, { cause });
    return false;
  } finally {
    client.end().catch(() => {});
  }
}

/** The port of the last start if it is free, else a new one, which is kept: whoever has the URL can come back. */
async function stablePort(file: string): Promise<number> {
  const last = existsSync(file) ? Number(readFileSync(file, 'utf8')) : 0;
  const port = (last > 0 && (await bind(last))) || (await bind(0));
  if (port === undefined) throw new Refusal('postgres.failed', { what: 'no free port on 127.0.0.1' });
  writeFileSync(file, String(port));
  return port;
}

function bind(port: number): Promise<number | undefined> {
  return new Promise(resolve => {
    const server = createServer();
    server.once('error', () => resolve(undefined));
    server.listen(port, '127.0.0.1', () => {
      const { port: bound } = server.address() as { port: number };
      server.close(() => resolve(bound));
    });
  });
}
