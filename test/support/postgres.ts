// A real Postgres of the test file's own: the bundled server in a temporary folder, one database a call, made from a migrated template.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { type Database, migrateDatabase, openDatabase } from '../../src/data/database.ts';
import { type EmbeddedPostgres, startPostgres } from '../../src/data/embedded.ts';

export type TestDatabase = Database & { url: string };

type Server = { folder: string; postgres: EmbeddedPostgres; open: number; made: number };
let server: Promise<Server> | undefined;

/** An empty migrated database. `close()` it in afterAll: the last one stops the server. */
export async function testDatabase(): Promise<TestDatabase> {
  const running = await (server ??= startServer());
  running.open++;
  const name = `test_${++running.made}`;
  await query(running.postgres.url, `create database ${name} template migrated`);
  const url = running.postgres.url.replace(/postgres$/, name);
  const database = openDatabase(url);
  return {
    ...database,
    url,
    async close() {
      await database.close();
      if (--running.open > 0) return;
      server = undefined;
      await running.postgres.stop();
      rmSync(running.folder, { recursive: true, force: true });
    },
  };
}

async function startServer(): Promise<Server> {
  const folder = mkdtempSync(join(tmpdir(), 'apprentice-test-'));
  const postgres = await startPostgres(folder);
  await query(postgres.url, 'create database migrated');
  await migrateDatabase(postgres.url.replace(/postgres$/, 'migrated'));
  return { folder, postgres, open: 0, made: 0 };
}

async function query(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
