// The connection to Postgres: a pool with drizzle on it, and the migrations.
import { join } from 'node:path';
import type { ExtractTablesWithRelations } from 'drizzle-orm';
import { drizzle, type NodePgQueryResultHKT } from 'drizzle-orm/node-postgres';
import { migrate } from 'drizzle-orm/node-postgres/migrator';
import type { PgDatabase } from 'drizzle-orm/pg-core';
import pg from 'pg';
import { Refusal } from '../problem.ts';
import { projectRoot } from '../root.ts';
import * as schema from './schema.ts';

/** The first argument of every query: the database, or a transaction of it. */
export type Db = PgDatabase<NodePgQueryResultHKT, typeof schema, ExtractTablesWithRelations<typeof schema>>;

export type Database = { db: Db; pool: pg.Pool; close(): Promise<void> };

/** Connects lazily, with at most `connections` at a time; a lost connection is replaced at the next query. */
export function openDatabase(url: string, connections = 5): Database {
  const pool = new pg.Pool({ connectionString: url, max: connections, connectionTimeoutMillis: 10_000, keepAlive: true });
  // An idle connection that breaks is replaced by the pool; without a listener the event would end the process.
  pool.on('error', () => {});
  // So does one that breaks while it is lent out (in a transaction, say); its query rejects all the same.
  pool.on('connect', client => client.on('error', () => {}));
  takeBackLost(pool);
  return { db: drizzle(pool, { schema, casing: 'snake_case' }), pool, close: () => pool.end() };
}

/**
 * A connection that is lost while it is lent out comes back to the pool at once. drizzle's transaction keeps the one whose `begin` failed
 * for ever: five of them and no query gets through any more, one of them and the pool never ends.
 */
function takeBackLost(pool: pg.Pool): void {
  const lent = new Set<pg.PoolClient>();
  pool.on('acquire', client => lent.add(client));
  pool.on('release', (_, client) => lent.delete(client));
  pool.on('connect', client =>
    client.on('end', () => {
      if (!lent.has(client)) return;
      const { release } = client;
      client.release = () => {};
      release(true);
    }),
  );
}

const MIGRATION_LOCK = 'apprentice:migrations';

/** Brings the tables up to date. Safe when several processes start at once: one migrates, the others wait. */
export async function migrateDatabase(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  client.on('error', () => {});
  await client.connect();
  try {
    await client.query('select pg_advisory_lock(hashtext($1))', [MIGRATION_LOCK]);
    await migrate(drizzle(client), { migrationsFolder: join(projectRoot(), 'migrations') });
  } finally {
    await client.end();
  }
}

/** `nulls not distinct` came with it. */
const LEAST_MAJOR = 15;

/** Tries a server that somebody named; refuses `database.away` and `database.old`. `host` is fit to be shown. */
export async function checkDatabase(url: string): Promise<{ host: string; major: number }> {
  const { host } = new URL(url);
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  client.on('error', () => {});
  try {
    await client.connect();
    const { rows } = await client.query<{ version: string }>('select current_setting($1) as version', ['server_version_num']);
    const major = Math.floor(Number(rows[0].version) / 10_000);
    if (major < LEAST_MAJOR) throw new Refusal('database.old', { host, major, least: LEAST_MAJOR });
    return { host, major };
  } catch (cause) {
    if (cause instanceof Refusal) throw cause;
    throw new Refusal('database.away', { host, why: (cause as Error).message || (cause as { code?: string }).code || '' }, { cause });
  } finally {
    await client.end().catch(() => {});
  }
}
