// Every table as lines of JSON and back: how a backup is made and restored, since the bundled Postgres brings no pg_dump.
import type pg from 'pg';

/** Rows that travel at once. */
const ROWS = 500;

/** Names of our tables, in the alphabet's order. The queue's own are not among them: it only wakes somebody up, rows are the truth. */
export async function tableNames(client: pg.ClientBase): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    `select table_name as name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE' order by 1`,
  );
  return rows.map(({ name }) => name);
}

/** When the newest migration that the database has was made (milliseconds); 0 without any. */
export async function migratedTo(client: pg.ClientBase): Promise<number> {
  const { rows } = await client.query<{ at: string | null }>('select max(created_at) as at from drizzle.__drizzle_migrations');
  return Number(rows[0].at ?? 0);
}

/** All later reading on `client` sees the database as it is in this moment, whatever others write. Ends with `rollback`. */
export async function beginSnapshot(client: pg.ClientBase): Promise<void> {
  await client.query('begin transaction isolation level repeatable read read only');
}

/** The rows of a table, each a line of JSON as Postgres writes it: no number passes through JavaScript. Inside beginSnapshot. */
export async function* dumpTable(client: pg.ClientBase, table: string): AsyncGenerator<string[]> {
  await client.query(`declare dumped no scroll cursor for select row_to_json(t)::text as line from ${quoted(table)} t`);
  for (;;) {
    const { rows } = await client.query<{ line: string }>(`fetch ${ROWS} from dumped`);
    if (rows.length === 0) break;
    yield rows.map(({ line }) => line);
  }
  await client.query('close dumped');
}

/** Whether any of our tables has a row. */
export async function hasRows(client: pg.ClientBase): Promise<boolean> {
  for (const table of await tableNames(client)) {
    const { rows } = await client.query(`select 1 from ${quoted(table)} limit 1`);
    if (rows.length > 0) return true;
  }
  return false;
}

/**
 * Fills empty tables in one transaction: all of it or nothing. Foreign keys are set aside meanwhile and hold again afterwards, or it rejects.
 * `lines` may come from an older state of the tables: columns that it does not know get their defaults.
 */
export async function restoreTables(
  client: pg.ClientBase,
  tables: string[],
  lines: (table: string) => AsyncIterable<string>,
): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  await client.query('begin');
  try {
    const keys = await foreignKeys(client);
    for (const { table, name } of keys) await client.query(`alter table ${table} drop constraint ${quoted(name)}`);
    for (const table of tables) counts[table] = await fill(client, table, lines(table));
    for (const { table, name, definition } of keys) await client.query(`alter table ${table} add constraint ${quoted(name)} ${definition}`);
    await client.query('commit');
    return counts;
  } catch (error) {
    await client.query('rollback').catch(() => {});
    throw error;
  }
}

async function fill(client: pg.ClientBase, table: string, lines: AsyncIterable<string>): Promise<number> {
  let count = 0;
  let waiting: string[] = [];
  const send = async () => {
    if (waiting.length === 0) return;
    // Rows of one table in one backup have the same columns.
    const columns = Object.keys(JSON.parse(waiting[0])).map(quoted).join(', ');
    await client.query(
      `insert into ${quoted(table)} (${columns}) overriding system value
       select ${columns} from json_populate_recordset(null::${quoted(table)}, $1::json)`,
      [`[${waiting.join(',')}]`],
    );
    count += waiting.length;
    waiting = [];
  };
  for await (const line of lines) {
    waiting.push(line);
    if (waiting.length >= ROWS) await send();
  }
  await send();
  await countOn(client, table);
  return count;
}

/** New rows get numbers after those that are there. */
async function countOn(client: pg.ClientBase, table: string): Promise<void> {
  const { rows } = await client.query<{ column: string; sequence: string }>(
    `select column_name as column, pg_get_serial_sequence($1, column_name) as sequence from information_schema.columns
     where table_schema = 'public' and table_name = $2 and pg_get_serial_sequence($1, column_name) is not null`,
    [`public.${quoted(table)}`, table],
  );
  for (const { column, sequence } of rows)
    await client.query(`select setval($1::regclass, coalesce((select max(${quoted(column)}) from ${quoted(table)}), 1))`, [sequence]);
}

type ForeignKey = { table: string; name: string; definition: string };

async function foreignKeys(client: pg.ClientBase): Promise<ForeignKey[]> {
  const { rows } = await client.query<ForeignKey>(
    `select conrelid::regclass::text as table, conname as name, pg_get_constraintdef(oid) as definition
     from pg_constraint where contype = 'f' and connamespace = 'public'::regnamespace`,
  );
  return rows;
}

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;
