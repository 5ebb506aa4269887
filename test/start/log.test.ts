// What an operator's log holds of an error: where it happened and why, and nothing that people wrote.
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openDatabase } from '../../src/data/database.ts';
import { wantPost } from '../../src/data/posts.ts';
import { openLog } from '../../src/log.ts';
import { type TestDatabase, testDatabase } from '../support/postgres.ts';

const TEXT = 'a private sentence';

let test: TestDatabase;
const lines: string[] = [];
const log = openLog('test', 'debug', { write: line => void lines.push(line) });

beforeAll(async () => {
  test = await testDatabase();
});
afterAll(() => test.close());

async function failure(run: () => Promise<unknown>): Promise<unknown> {
  return run().then(
    () => expect.unreachable('it went well'),
    error => error,
  );
}

const said = async (run: () => Promise<unknown>) => {
  lines.length = 0;
  log.error({ err: await failure(run) }, 'post');
  return lines.join('');
};

it('of a query that fails the log has the query, Postgres’ code and the place, and none of the values', async () => {
  const body = { title: TEXT, parts: [{ markdown: TEXT }] };
  const refused = await said(() => wantPost(test.db, -1, { key: 'a', channel: 'c', body }));
  expect(refused).not.toContain(TEXT);
  const { err } = JSON.parse(refused);
  expect(err).toMatchObject({ type: 'DrizzleQueryError', cause: { code: '23503' } });
  expect(err.message).toMatch(/^Failed query: insert into "posts"/);
  expect(err.stack).toMatch(/posts\.ts/);

  const away = openDatabase('postgres://nobody@127.0.0.1:1/none');
  const lost = await said(() => away.db.execute(sql`select ${TEXT}::text`));
  expect(lost).not.toContain(TEXT);
  expect(JSON.parse(lost).err.cause.code).toBe('ECONNREFUSED');
  await away.close();
});

it('a value that Postgres itself quotes is left out', async () => {
  const unread = await said(() => test.pool.query('select $1::bigint', [TEXT]));
  expect(unread).not.toContain(TEXT);
  expect(JSON.parse(unread).err).toMatchObject({ message: 'invalid input syntax for type bigint', code: '22P02' });
  const detailed = await said(() => test.pool.query(`do $$ begin raise exception 'no' using detail = '${TEXT}'; end $$`));
  expect(detailed).not.toContain(TEXT);
});

it('other errors keep their message and their causes; what is no error is not written out', () => {
  lines.length = 0;
  log.warn({ err: new Error('outer', { cause: Object.assign(new Error('inner'), { code: 'EPIPE', params: TEXT }) }) }, 'x');
  log.warn({ err: TEXT }, 'x');
  expect(JSON.parse(lines[0]).err).toMatchObject({ message: 'outer', cause: { message: 'inner', code: 'EPIPE' } });
  expect(lines.join('')).not.toContain(TEXT);
});
