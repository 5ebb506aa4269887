// Which version speaks: who becomes champion, who comes back after it, and every change that is refused.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { promote, quarantine, retireLoser, rollback, unblock } from '../../src/data/champions.ts';
import { claimRun } from '../../src/data/claims.ts';
import { approvedExamples } from '../../src/data/examples.ts';
import { moveRun } from '../../src/data/progress.ts';
import { startRun } from '../../src/data/runs.ts';
import { VERSION_STATES } from '../../src/data/schema/versions.ts';
import { finishRun, listVersions, type VersionState } from '../../src/data/versions.ts';
import { type TestDatabase, testDatabase } from '../support/postgres.ts';
import { someWorkspace } from '../support/rows.ts';
import { someVersions } from '../support/versions.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());

let decisions = 0;
const by = () => ({ by: 'U1', key: `K${++decisions}` });
const refused = (code: string) => ({ problem: { code } });

async function team(...states: VersionState[]) {
  const { db } = database;
  const rows = await someWorkspace(db);
  const ids = await someVersions(db, rows, states);
  return {
    ...rows,
    ids,
    promote: (no: number, decision = by()) => promote(db, rows.workspace, no, decision),
    rollback: (decision = by()) => rollback(db, rows.workspace, decision),
    unblock: (no: number, decision = by()) => unblock(db, rows.workspace, no, decision),
    /** v1 first. */
    states: async () => (await listVersions(db, rows.workspace)).reverse().map(({ state }) => state),
    /** v1 first. */
    why: async () => (await listVersions(db, rows.workspace)).reverse().map(({ why }) => why),
    audit: async () =>
      (await database.pool.query(`select verb, object, actor from audit where workspace = $1 order by id`, [rows.workspace])).rows,
  };
}
type Team = Awaited<ReturnType<typeof team>>;

describe('a promotion', () => {
  test('makes the candidate champion and retires the one before, in one step that the audit keeps', async () => {
    const { promote, states, why, audit } = await team('champion', 'candidate');
    const { champion, before } = await promote(2);
    expect([champion.no, before?.no]).toEqual([2, 1]);
    expect(await states()).toEqual(['retired', 'champion']);
    expect(await why()).toEqual(['replaced', null]);
    expect(await audit()).toEqual([{ verb: 'promote', object: 'version 2', actor: 'U1' }]);
  });

  test('of two different versions at once: both happen, one after the other, and one champion is left', async () => {
    const { promote, states } = await team('retired', 'retired', 'candidate');
    await Promise.all([promote(1), promote(2), promote(3)]);
    expect((await states()).sort()).toEqual(['champion', 'retired', 'retired']);
  });

  test('of a version that nobody made is refused with the newest one’s number', async () => {
    await expect((await team('candidate')).promote(7)).rejects.toMatchObject({
      problem: { code: 'show.unknown', values: { no: 7, newest: 1 } },
    });
    await expect((await team()).promote(1)).rejects.toMatchObject(refused('show.none'));
  });
});

describe('a rollback', () => {
  test('goes back one champion at a time, to the base at last, and then there is nothing to go back from', async () => {
    const { promote, rollback, states, why } = await team('retired', 'retired', 'candidate');
    for (const no of [1, 2, 3]) await promote(no);
    expect((await rollback()).now?.no).toBe(2);
    expect(await why()).toEqual(['replaced', null, 'rolledBack']);
    expect((await rollback()).now?.no).toBe(1);
    expect((await rollback()).now).toBeUndefined();
    expect(await states()).toEqual(['retired', 'retired', 'retired']);
    await expect(rollback()).rejects.toMatchObject(refused('rollback.none'));
  });

  test('after a rollback and a new promotion goes back to whoever spoke then', async () => {
    const { promote, rollback } = await team('retired', 'retired', 'candidate');
    await promote(1);
    await promote(2);
    await rollback();
    await promote(3);
    expect((await rollback()).now?.no).toBe(1);
    expect((await rollback()).now).toBeUndefined();
  });

  test('of a version that was promoted twice does not go round in circles', async () => {
    const { promote, rollback } = await team('retired', 'candidate');
    for (const no of [1, 2, 1]) await promote(no);
    expect((await rollback()).now?.no).toBe(2);
    expect((await rollback()).now).toBeUndefined();
  });

  test('or a promotion that is heard twice happens once', async () => {
    const { promote, rollback, unblock, states, audit } = await team('retired', 'candidate', 'blocked');
    const first = by();
    await promote(1);
    for (let i = 0; i < 2; i++) expect((await promote(2, first)).before?.no).toBe(1);
    const back = by();
    for (let i = 0; i < 2; i++) expect(await rollback(back)).toMatchObject({ from: { no: 2 }, now: { no: 1 } });
    const free = by();
    for (let i = 0; i < 2; i++) expect((await unblock(3, free)).state).toBe('candidate');
    expect(await states()).toEqual(['champion', 'retired', 'candidate']);
    expect(await audit()).toHaveLength(4);
  });

  test('passes over a version that may not speak any more', async () => {
    const { promote, rollback, ids } = await team('retired', 'retired', 'candidate');
    for (const no of [1, 2, 3]) await promote(no);
    await quarantine(database.db, ids[1], 'forgotten', by());
    expect((await rollback()).now?.no).toBe(1);
  });
});

describe('a blocked version', () => {
  test('comes out of a run without taking the candidate’s place, with its reason, and takes it once it is let in', async () => {
    const { db } = database;
    const { workspace, ada, states, why, unblock, audit } = await team('candidate');
    const members = (await approvedExamples(db, workspace)).map(({ revision }) => ({ revision, part: 'train' as const }));
    const { id } = await startRun(db, workspace, { requestedBy: ada, channel: 'C1', members });
    const { claim } = (await claimRun(db, id, 'w'))!;
    await moveRun(db, claim, 'training');
    const blocked = { code: 'blocked.forgetting', values: { base: '0.90', tuned: '2.00' } };
    const made = { baseFingerprint: 'f', artifact: 'a', folder: 'x', rank: 8, card: { kept: 1 }, samples: [], blocked };
    expect(await finishRun(db, claim, made)).toMatchObject({ state: 'blocked', card: { kept: 1, blocked } });
    expect(await states()).toEqual(['candidate', 'blocked']);
    expect(await why()).toEqual([null, 'blocked.forgetting']);
    expect(await unblock(2)).toMatchObject({ state: 'candidate', why: null });
    expect(await states()).toEqual(['retired', 'candidate']);
    expect(await audit()).toEqual([{ verb: 'unblock', object: 'version 2', actor: 'U1' }]);
  });

  test('that a newer candidate or champion has overtaken is let in as retired', async () => {
    for (const newer of ['candidate', 'champion'] as const) {
      const { unblock, states } = await team('blocked', newer);
      await unblock(1);
      expect(await states()).toEqual(['retired', newer]);
    }
  });
});

describe('a quarantined champion', () => {
  test('is followed by the champion before, and never speaks again', async () => {
    const { promote, unblock, ids, states } = await team('retired', 'candidate');
    await promote(1);
    await promote(2);
    expect((await quarantine(database.db, ids[1], 'forgotten', by()))?.now?.no).toBe(1);
    expect(await states()).toEqual(['champion', 'quarantined']);
    await expect(promote(2)).rejects.toMatchObject(refused('champion.quarantined'));
    await expect(unblock(2)).rejects.toMatchObject(refused('unblock.not-blocked'));
    expect(await quarantine(database.db, ids[1], 'again', by())).toBeUndefined();
  });
});

describe('every change of state that is not one of these is refused and changes nothing', () => {
  const CHANGES: Record<string, { allowed: VersionState[]; change(team: Team): Promise<unknown> }> = {
    promote: { allowed: ['candidate', 'retired'], change: ({ promote }) => promote(1) },
    rollback: { allowed: ['champion'], change: ({ rollback }) => rollback() },
    unblock: { allowed: ['blocked'], change: ({ unblock }) => unblock(1) },
    retireLoser: { allowed: ['candidate'], change: ({ ids }) => retireLoser(database.db, ids[0], by()) },
    quarantine: {
      allowed: ['candidate', 'champion', 'retired', 'blocked'],
      change: ({ ids }) => quarantine(database.db, ids[0], 'forgotten', by()),
    },
  };
  const cases = Object.entries(CHANGES).flatMap(([name, { allowed, change }]) =>
    VERSION_STATES.map(state => ({ name, state, may: allowed.includes(state), change })),
  );

  test.each(cases)('$name of a version that is $state: $may', async ({ state, may, change }) => {
    const one = await team(state);
    const done = await change(one).then(
      result => result !== false && result !== undefined,
      () => false,
    );
    expect(done).toBe(may);
    expect((await one.states())[0] === state).toBe(!may);
    expect((await one.audit()).length > 0).toBe(may);
  });
});
