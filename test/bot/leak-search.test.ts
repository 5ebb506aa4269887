// `/finetune leaks v2`: an admin's wish, one message that goes along with the search, and what the report card says of it later.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { claimLeakSearch, failLeakSearch, finishLeakSearch, tellLeakSearch } from '../../src/data/leak-searches.ts';
import { beat, tellTrouble } from '../../src/data/workers.ts';
import { type Asking, openAsking } from '../support/asking.ts';
import { until } from '../support/room.ts';
import { scoresOf } from '../support/scores.ts';

let t: Asking;
const sampled = { tried: 64, of: 90, extracted: 0, rows: [], secrets: [] };
beforeAll(async () => {
  t = await openAsking();
  const evaluation = { base: scoresOf(2), tuned: scoresOf(1), heldout: { qa: 1, report: 0 }, samples: [] };
  await t.version({ card: { evaluation, leaks: sampled } });
});
afterAll(() => t?.end());

const searches = async () => (await t.database.pool.query('select id::int, state from leak_searches order by id')).rows;
const lastSearch = () => until(async () => (await searches()).at(-1)?.id as number | undefined, 'a search');

it('is refused to who is no admin, and for a version that was never made', async () => {
  await t.say('Ben', '/finetune leaks v1');
  await t.tells('Ben', /Only an admin can decide that/);
  await t.say('Ann', '/finetune leaks v7');
  await t.tells('Ann', /There is no v7/);
  expect(await searches()).toEqual([]);
});

it('is one message, from the wish to the result; the card tells of it', async () => {
  await t.say('Ann', '/finetune show v1');
  await t.tells('Ann', /drawn by lot from 90\. `\/finetune leaks v1` tries them all/);
  await t.say('Ann', '/finetune leaks');
  const id = await lastSearch();
  const first = await t.says(`leaks:${id}`, /All training answers of v1: soon|I begin/);
  const { claim } = (await claimLeakSearch(t.database.db, id, 'w'))!;
  await tellLeakSearch(t.database.db, claim, 30, 90);
  await t.says(`leaks:${id}`, /30 of 90 answers tried/);
  const found = { tried: 90, of: 90, extracted: 2, rows: [12, 40], secrets: [{ kind: 'email', count: 3 }] };
  await finishLeakSearch(t.database.db, claim, found);
  const shown = await t.says(`leaks:${id}`, /recited 2 of them word for word to the end \(2 %\): #12, #40/);
  expect(shown.id).toBe(first.id);
  expect(shown.to).toBeUndefined();
  expect(shown.text).toContain('e-mail address ×3');
  expect(await t.one(`select object, actor from audit where verb = 'leaks'`)).toEqual({ object: 'version 1', actor: t.person('Ann') });
  await t.say('Ann', '/finetune show v1');
  await t.tells('Ann', /first words of 90 training answers: it recited 2[\s\S]*All of them were tried/);
});

it('says why it has not begun, and why where it could not be done', async () => {
  const worker = { pid: 1, device: '', version: '1' };
  await beat(t.database.db, { ...worker, host: 'answers-only', roles: ['answer'] });
  await tellTrouble(t.database.db, {
    ...worker,
    host: 'box',
    roles: ['train'],
    problem: { code: 'answers.waiting', values: { host: 'vllm:8000', why: '503' } },
  });
  await t.say('Ann', '/finetune leaks v1');
  const id = await until(async () => (await searches()).find(({ state }) => state === 'asked')?.id as number | undefined, 'a search');
  await t.says(`leaks:${id}`, /right now there is none\. The worker on box cannot begin: The server .*vllm:8000.* is not there yet/);
  const { claim } = (await claimLeakSearch(t.database.db, id, 'w'))!;
  await failLeakSearch(t.database.db, claim, { code: 'worker.adapterMissing', values: { version: 1 } });
  await t.says(`leaks:${id}`, /I could not finish: .*v1/);
});
