// Somebody opts out while a run is open: what has not begun to learn from them is stopped, what has learned goes on, and admins may do without.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Claim, claimRun, LostClaim } from '../../src/data/claims.ts';
import { setConsent } from '../../src/data/consent.ts';
import { moveRun } from '../../src/data/progress.ts';
import { openRun, runById } from '../../src/data/runs.ts';
import { finishRun } from '../../src/data/versions.ts';
import { until } from '../support/room.ts';
import { openTeaching, type Teaching } from '../support/teaching.ts';

let t: Teaching;
const one = async (query: string, values: unknown[] = []) => (await t.database.pool.query(query, values)).rows[0];
const version = { baseFingerprint: 'f', artifact: 'a', folder: 'x', rank: 4, card: { evaluation: {} }, samples: [] };
let workspace: number;

/** Ann asks, `by` answers, Ann approves. */
async function taught(by: string, n: number): Promise<void> {
  t.later(10);
  await t.react(
    'Ann',
    await t.said(by, `Take key ${n}, it hangs behind the ${by} door.`, { thread: await t.said('Ann', `Which key opens box ${n}?`) }),
  );
}
async function started(): Promise<{ id: number; no: number }> {
  await t.said('Ann', '/finetune start');
  return until(() => openRun(t.database.db, workspace), 'the run');
}
/** Whether Ben’s words, or Cy’s, are in the run’s dataset. */
const holds = async (run: number, name: string): Promise<boolean> =>
  (
    await one(
      `select count(*)::int as n from runs r join dataset_members d on d.dataset = r.dataset join example_revisions v on v.id = d.revision
     where r.id = $1 and v.output like $2`,
      [run, `%${name} door%`],
    )
  ).n > 0;
const stateOf = async (run: number) => (await runById(t.database.db, run))!.state;

beforeAll(async () => {
  t = await openTeaching();
  for (let n = 0; n < 5; n++) await taught('Ben', n);
  for (let n = 5; n < 10; n++) await taught('Cy', n);
  await t.settled();
  workspace = Number((await one('select id from workspaces')).id);
});
afterAll(() => t?.close());

describe('a run that has not begun to train', () => {
  it('is stopped at once, also from under the worker that looks at it; the next one goes without', async () => {
    const run = await started();
    const { claim } = (await claimRun(t.database.db, run.id, 'w'))!;
    expect(await holds(run.id, 'Ben')).toBe(true);
    await t.hears('Ben', '/finetune optout', /Run 1 had not begun to learn yet, so I stopped it/);
    expect(await stateOf(run.id)).toBe('cancelled');
    await expect(moveRun(t.database.db, claim, 'training')).rejects.toThrow(LostClaim);
    await until(() => t.posts(/some of its examples were taken back, so I stopped it/).length === 1, 'the run to say why');
    expect(JSON.stringify(t.posts(/taken back/))).not.toContain('Ben');
    const next = await started();
    expect([await holds(next.id, 'Ben'), await holds(next.id, 'Cy')]).toEqual([false, true]);
  });

  it('that holds none of their words goes on', async () => {
    const open = (await openRun(t.database.db, workspace))!;
    await t.hears('Ben', '/finetune optin', /I may learn/);
    await t.hears('Ben', '/finetune optout', /I learn no more/);
    expect(await stateOf(open.id)).toBe('checking');
  });
});

describe('a run that trains', () => {
  let claim: Claim;
  it('goes on; its author hears that, and admins that they may cancel it', async () => {
    const run = (await openRun(t.database.db, workspace))!;
    claim = (await claimRun(t.database.db, run.id, 'w'))!.claim;
    await moveRun(t.database.db, claim, 'training');
    await t.hears('Cy', '/finetune optout', /Run 2, which is going on now, was given some of it before/);
    expect(await stateOf(run.id)).toBe('training');
    await until(() => t.told('Ann').find(told => /Run 2 is learning from them right now/.test(told)), 'Ann to hear of it');
    expect(t.told('Ann').some(told => /Cy/.test(told) && /learned any more/.test(told))).toBe(false);
  });

  it('leaves a version that is named in what is kept of them, and a new run without them is offered', async () => {
    await finishRun(t.database.db, claim, version);
    await t.hears('Cy', '/finetune mine', /learned by v1/);
    await t.hears('Cy', '/finetune optin', /I may learn/);
    await t.hears('Cy', '/finetune optout', /v1 learned from some of it before/);
    const offer = await until(() => t.told('Ann').find(told => /v1 learned from them before/.test(told)), 'the offer');
    expect(offer).toContain('Train without them');
  });
});

it('opting out and the end of a run at the same moment do not stand in each other’s way', async () => {
  const { id: ben } = await one(`select id::int from people where name = 'Ben'`);
  await t.hears('Ben', '/finetune optin', /I may learn/);
  await t.settled();
  for (let round = 0; round < 5; round++) {
    const run = await started();
    const { claim } = (await claimRun(t.database.db, run.id, 'w'))!;
    await moveRun(t.database.db, claim, 'training');
    const both = await Promise.all([
      setConsent(t.database.db, { id: ben, workspace }, 'out'),
      finishRun(t.database.db, claim, { ...version, artifact: `a${round}` }),
    ]);
    expect(both[0].stopped).toBeUndefined();
    expect(await stateOf(run.id)).toBe('done');
    await setConsent(t.database.db, { id: ben, workspace }, 'in');
    await t.settled();
  }
});
