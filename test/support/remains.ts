// Where in a database a text stands: every column that can hold text, of every table there is.
import type pg from 'pg';

/** `schema.table.column: text` for each find. */
export async function remains(pool: pg.Pool, texts: string[]): Promise<string[]> {
  const { rows: columns } = await pool.query<{ schema: string; table: string; column: string }>(
    `select table_schema as schema, table_name as table, column_name as column from information_schema.columns c
     join information_schema.tables t using (table_schema, table_name)
     where t.table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema')
       and (data_type in ('text', 'character varying', 'json', 'jsonb', 'ARRAY') or udt_name = 'name')`,
  );
  if (columns.length < 40) throw new Error(`only ${columns.length} columns were found to look into`);
  const found: string[] = [];
  for (const { schema, table, column } of columns) {
    for (const text of texts) {
      // A text within JSON stands there escaped.
      const { rowCount } = await pool.query(
        `select 1 from "${schema}"."${table}" where strpos("${column}"::text, $1) > 0 or strpos("${column}"::text, $2) > 0 limit 1`,
        [text, JSON.stringify(text).slice(1, -1)],
      );
      if (rowCount) found.push(`${schema}.${table}.${column}: ${text}`);
    }
  }
  return found;
}
