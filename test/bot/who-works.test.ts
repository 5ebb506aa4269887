// What people read of the workers: which there are, why one cannot begin, and why a run waits although some are there.
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { workerLines, workerNotes } from '../../src/bot/run/who-works.ts';
import { workers } from '../../src/data/schema.ts';
import { beat, tellTrouble } from '../../src/data/workers.ts';
import { type TestDatabase, testDatabase } from '../support/postgres.ts';
import { teamRun } from '../support/workplace.ts';

let bot: TestDatabase;
beforeAll(async () => {
  bot = await testDatabase();
});
afterAll(() => bot.close());
beforeEach(() => bot.db.delete(workers));

const gpu = {
  host: 'box',
  pid: 1,
  roles: ['train'],
  labels: ['torch', 'cuda', 'gpu:0'],
  device: 'NVIDIA L4',
  memoryFree: 22.5e9,
  version: '1',
};

it('each worker with its device and what it does, or that there is none', async () => {
  expect(await workerLines(bot, 'en')).toEqual(['none is at work: `npm start` brings one']);
  await beat(bot.db, gpu);
  expect(await workerLines(bot, 'en')).toEqual(['box: NVIDIA L4, 22.5 GB free, trains (torch), free for a run']);
  expect(await workerLines(bot, 'zh')).toEqual(['box：NVIDIA L4，空闲 22.5 GB，负责训练（torch），可以接训练']);
});

it('a run says why nobody takes it: the worker’s own trouble, or what each living one lacks', async () => {
  const { run } = await teamRun(bot.db, {});
  expect((await workerNotes(bot, 'en', run))[0]).toContain('No worker is alive that could train');
  await tellTrouble(bot.db, { ...gpu, device: '', problem: { code: 'model.folderMissing', values: { folder: '/m' } } });
  expect((await workerNotes(bot, 'en', run))[0]).toMatch(/^The worker on box cannot begin: There is no model folder at .*\/m/);

  const unfit = { run: run.id, code: 'worker.unfit.memory', values: { needs: '30.1', free: '22.5' } };
  await beat(bot.db, { ...gpu, pid: 2, unfit });
  expect((await workerNotes(bot, 'en', run))[0]).toMatch(/^\*\*No worker fits this run now;\*\* .*box: the run needs about 30.1 GB/);
  await beat(bot.db, { ...gpu, host: 'bigger', pid: 3 });
  expect(await workerNotes(bot, 'en', run)).toEqual([]);
});
