// A backup holds every row and every file as they were in one moment, and gives them back to the bit, or says why it does not.
import { appendFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkBackup, restoreBackup } from '../../src/backup/restore.ts';
import { saveBackup } from '../../src/backup/save.ts';
import { importExamples } from '../../src/data/examples.ts';
import { versionOfRun } from '../../src/data/versions.ts';
import { type TestDatabase, testDatabase } from '../support/postgres.ts';
import { anotherRun, someTeam, teamExamples, testWorkplace, workedOff } from '../support/workplace.ts';

let database: TestDatabase;
let folder: string;
let here: { dataDir: string; artifactsDir: string };
let backup: string;
let team: Awaited<ReturnType<typeof someTeam>>;
/** The folder of v1, as its row names it. */
let adapter: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'apprentice-backup-'));
  backup = join(folder, 'backup');
  database = await testDatabase();
  const place = await testWorkplace(database.db);
  here = { dataDir: join(folder, 'data'), artifactsDir: place.artifacts };
  mkdirSync(join(here.dataDir, 'local-chat'), { recursive: true });
  writeFileSync(join(here.dataDir, 'key'), 'the key', { mode: 0o600 });
  writeFileSync(join(here.dataDir, 'web-token'), 'not kept');
  writeFileSync(join(here.dataDir, 'local-chat', 'journal'), 'what was said\n');
  team = await someTeam(database.db);
  const run = await anotherRun(database.db, team, { epochs: 1, batch: 4, replay: 0 });
  await workedOff(place, run);
  adapter = (await versionOfRun(database.db, run.id))!.folder;
  // What text is at its worst.
  await database.db.execute(sql`update workspaces set name = ${'a "b" \\ \n\t 中文 🙂 ,\u0001'}`);
  await saveBackup(database.url, here, backup);
  await place.generator.close();
});
afterAll(async () => {
  await database.close();
  rmSync(folder, { recursive: true, force: true });
  rmSync(here.artifactsDir, { recursive: true, force: true });
});

/** Every table's rows as Postgres writes them. */
async function everything({ db }: TestDatabase): Promise<Record<string, string[]>> {
  const names = await db.execute<{ name: string }>(
    sql`select table_name as name from information_schema.tables where table_schema = 'public' order by 1`,
  );
  const tables: Record<string, string[]> = {};
  for (const { name } of names.rows) {
    const { rows } = await db.execute<{ line: string }>(sql`select t::text as line from ${sql.identifier(name)} t order by 1`);
    tables[name] = rows.map(({ line }) => line);
  }
  return tables;
}

describe('restored into an empty database and an empty folder', () => {
  let other: TestDatabase;
  let there: typeof here;
  beforeAll(async () => {
    other = await testDatabase();
    there = { dataDir: join(folder, 'other'), artifactsDir: join(folder, 'other', 'artifacts') };
    await restoreBackup(backup, other.url, there);
  });
  afterAll(() => other.close());

  it('every row of every table is there', async () => {
    const [before, after] = [await everything(database), await everything(other)];
    expect(Object.values(before).filter(rows => rows.length > 0).length).toBeGreaterThan(10);
    expect(after).toEqual(before);
  });

  it('every file is where it belongs; what can be made again was not kept', () => {
    const weights = join(adapter, 'adapter_model.safetensors');
    expect(readFileSync(join(there.artifactsDir, weights))).toEqual(readFileSync(join(here.artifactsDir, weights)));
    expect(readFileSync(join(there.dataDir, 'key'), 'utf8')).toBe('the key');
    expect(readFileSync(join(there.dataDir, 'local-chat', 'journal'), 'utf8')).toBe('what was said\n');
    expect(existsSync(join(there.dataDir, 'web-token'))).toBe(false);
  });

  it('life goes on: new rows get new numbers, and foreign keys hold', async () => {
    const { rows } = await other.db.execute<{ most: string }>(sql`select max(id) as most from examples`);
    await importExamples(other.db, team.workspace, team.ada, teamExamples(30, 0).slice(20, 21));
    const { rows: more } = await other.db.execute<{ most: string }>(sql`select max(id) as most from examples`);
    expect(Number(more[0].most)).toBe(Number(rows[0].most) + 1);
    await expect(other.db.execute(sql`update examples set workspace = 999`)).rejects.toThrow();
  });

  it('is not restored over rows', async () => {
    await expect(restoreBackup(backup, other.url, there)).rejects.toMatchObject({ problem: { code: 'backup.notFresh' } });
  });
});

it('is one moment of the database, whatever is written meanwhile', async () => {
  const busy = await testDatabase();
  const rows = await someTeam(busy.db);
  let writing = true;
  const writer = (async () => {
    for (let i = 0; writing; i++)
      await busy.db.transaction(async tx => {
        await tx.execute(sql`update workspaces set name = ${`name ${i}`} where id = ${rows.workspace}`);
        await tx.execute(sql`update people set name = ${`name ${i}`}`);
      });
  })();
  const to = join(folder, 'busy');
  await saveBackup(busy.url, here, to);
  writing = false;
  await writer;
  const names = (table: string) =>
    gunzipSync(readFileSync(join(to, 'tables', `${table}.jsonl.gz`)))
      .toString()
      .trim()
      .split('\n')
      .map(line => JSON.parse(line).name);
  expect(new Set([...names('workspaces'), ...names('people')]).size).toBe(1);
  await busy.close();
});

describe('refuses, and restores nothing', () => {
  const refused = (code: string) => ({ problem: expect.objectContaining({ code }) });

  it('a folder that is none or was not finished, and one that has something in it already', async () => {
    await expect(checkBackup(here.dataDir)).rejects.toMatchObject(refused('backup.none'));
    await expect(saveBackup(database.url, here, here.dataDir)).rejects.toMatchObject(refused('backup.notEmpty'));
  });

  it('a file that is not what was saved', async () => {
    appendFileSync(join(backup, 'tables', 'examples.jsonl.gz'), 'x');
    await expect(checkBackup(backup)).rejects.toMatchObject({
      problem: { code: 'backup.damaged', values: { file: 'tables/examples.jsonl.gz' } },
    });
  });
});
