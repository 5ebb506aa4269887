// A run that nobody starts does not block the next one for ever: after an hour its message says that it was not begun.
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { claimRun } from '../../src/data/claims.ts';
import { approvedExamples, importExamples } from '../../src/data/examples.ts';
import { rememberPerson } from '../../src/data/people.ts';
import { moveRun } from '../../src/data/progress.ts';
import { runById, startRun } from '../../src/data/runs.ts';
import { someExamples } from '../support/rows.ts';
import { openTalk, type Talk } from '../support/talk.ts';

let t: Talk;
beforeAll(async () => {
  t = await openTalk();
});
afterAll(() => t.end());

it('says so after an hour, and is over', async () => {
  const { db, pool } = t.database;
  const workspace = Number((await pool.query('select id from workspaces')).rows[0].id);
  const ann = (await rememberPerson(db, workspace, { ext: t.test.person('Ann'), name: 'Ann' })).id;
  await importExamples(db, workspace, ann, someExamples(6));
  const members = (await approvedExamples(db, workspace)).map(({ revision }) => ({ revision, part: 'train' as const }));
  const run = await startRun(db, workspace, { requestedBy: ann, channel: t.test.team.channel, members });
  const { claim } = (await claimRun(db, run.id, 'w'))!;
  await moveRun(db, claim, 'waiting');

  await db.execute(sql`update run_events set at = now() - interval '61 minutes' where run = ${run.id}`);
  await expect.poll(() => t.all().some(({ text }) => /Nobody pressed \[Start\] within an hour/.test(text)), { timeout: 10_000 }).toBe(true);
  expect(await runById(db, run.id)).toMatchObject({ state: 'cancelled', failureCode: 'runNotLaunched' });
});
