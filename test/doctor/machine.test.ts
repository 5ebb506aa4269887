// What the doctor says of this machine: a real Postgres, a worker that beats or does not; and the command itself, with its exit code.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { beat } from '../../src/data/workers.ts';
import { projectRoot } from '../../src/root.ts';
import { type TestDatabase, testDatabase } from '../support/postgres.ts';
import { examined, wrong } from './examined.ts';

/** Nobody listens there. */
const NOWHERE = '127.0.0.1:59997';

describe('the doctor of the machine', () => {
  let database: TestDatabase;
  let folder: string;
  beforeAll(async () => {
    database = await testDatabase();
    folder = mkdtempSync(join(tmpdir(), 'apprentice-doctor-'));
  });
  afterAll(async () => {
    await database.close();
    rmSync(folder, { recursive: true });
  });
  const env = (more: Record<string, string> = {}) => ({ DATA_DIR: folder, DATABASE_URL: database.url, ...more });

  it('a first look, before anything was started, is no fault', async () => {
    const lines = await examined({ DATA_DIR: folder });
    expect(wrong(lines)).toEqual([]);
    expect(lines).toContainEqual(expect.stringMatching(/^· Postgres: the bundled one is not running.*npm start/));
    expect(lines).toContainEqual(expect.stringMatching(/^· Base model: not fetched yet/));
    expect(lines).toContainEqual(expect.stringMatching(/^· Local chat: on/));
  });

  it('a worker that nobody hears of is a fault; one that beats is named', async () => {
    expect(wrong(await examined(env()))).toEqual([expect.stringMatching(/^✗ Worker: none has been heard of.*npm start/)]);
    await beat(database.db, { host: 'gpu-1', pid: 7, roles: ['train', 'answer'], labels: [], device: 'cpu', version: '1' });
    const lines = await examined(env());
    expect(wrong(lines)).toEqual([]);
    expect(lines).toContainEqual(expect.stringMatching(/^✓ Postgres: version \d+ at 127\.0\.0\.1/));
    expect(lines).toContain('✓ Worker: alive on gpu-1.');
  });

  it('a database without tables is one that was never started', async () => {
    await database.pool.query('create database fresh');
    const lines = await examined(env({ DATABASE_URL: database.url.replace(/\/\w+$/, '/fresh') }));
    expect(wrong(lines)).toEqual([]);
    expect(lines).toContainEqual(expect.stringMatching(/^· Postgres: our tables are not there yet/));
  });

  it('what does not answer is a fault with its address and no password', async () => {
    const lines = wrong(await examined(env({ DATABASE_URL: `postgres://ann:hush@${NOWHERE}/x`, REDIS_URL: `redis://:hush@${NOWHERE}` })));
    expect(lines).toHaveLength(2);
    for (const line of lines) expect(line).toContain(NOWHERE);
    expect(lines.join()).not.toContain('hush');
  });

  it('the base model: there, to be fetched, or named and not there', async () => {
    const models = join(folder, 'models');
    mkdirSync(join(models, 'Qwen--Qwen2.5-0.5B'), { recursive: true });
    const base = async (more: Record<string, string>) => (await examined(env(more))).find(line => /Base model|Answers/.test(line));
    expect(await base({ BASE_MODEL: 'Qwen/Qwen2.5-0.5B' })).toBe(`✓ Base model: ${join(models, 'Qwen--Qwen2.5-0.5B')}.`);
    expect(await base({ BASE_MODEL: 'Qwen/Qwen3-0.6B' })).toMatch(/^· Base model: not fetched yet/);
    expect(await base({ BASE_MODEL: join(folder, 'gone') })).toMatch(
      /^✗ Base model: BASE_MODEL names .*gone, and nothing is there\. Correct/,
    );
    expect(await base({ ANSWER_URL: 'http://127.0.0.1:8000/v1' })).toMatch(/^· Answers: 127\.0\.0\.1:8000/);
  });

  it('TRAINING_ALLOWED is said where people talk elsewhere than here', async () => {
    const feishu = { FEISHU_APP_ID: 'cli_0000000000000000', FEISHU_DOMAIN: `http://${NOWHERE}` };
    const line = async (more: Record<string, string>) =>
      (await examined(env({ ...feishu, ...more }))).find(said => said.includes('TRAINING'));
    expect(await line({})).toMatch(/^· TRAINING_ALLOWED: not set, so the bot answers and keeps nothing/);
    expect(await line({ TRAINING_ALLOWED: 'yes' })).toMatch(/^✓ TRAINING_ALLOWED: yes/);
  });

  const command = (more: Record<string, string>, ...places: string[]) =>
    spawnSync(process.execPath, ['--import', 'tsx', join(projectRoot(), 'src/doctor.ts'), ...places], {
      env: { PATH: process.env.PATH, LANGUAGE: 'en', DATA_DIR: folder, ...more },
      encoding: 'utf8',
      cwd: projectRoot(),
    });

  it('the command: 0 where all is well, 1 where something needs a hand, each bad variable in one line, no secret', () => {
    const well = command({});
    expect(well.stdout.trimEnd().split('\n').at(-1)).toBe('All is well.');
    expect(well.status).toBe(0);
    const ill = command({ SLACK_BOT_TOKEN: 'xapp-1-A1-secret', PORT: 'http' }, 'C0123ABCD');
    expect(ill.status).toBe(1);
    expect(ill.stdout).toMatch(/^✗ .*SLACK_BOT_TOKEN.*xoxb-/ms);
    expect(ill.stdout).toMatch(/PORT/);
    expect(ill.stdout).not.toContain('secret');
    expect(ill.stdout.trimEnd().split('\n').at(-1)).toBe('1 thing needs your hand: see the line with ✗.');
    for (const { stderr } of [well, ill]) expect(stderr).toBe('');
  });
});
