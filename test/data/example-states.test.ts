// The states of an example: every transition that the design names, and none besides.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ExampleState, moveExample, retireExample } from '../../src/data/example-states.ts';
import { approvedExamples, importExamples } from '../../src/data/examples.ts';
import { type TestDatabase, testDatabase } from '../support/postgres.ts';
import { someExamples, someWorkspace } from '../support/rows.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());

const STATES: ExampleState[] = ['pending', 'approved', 'stale', 'retired', 'refused', 'erased'];
const ALLOWED: Record<ExampleState, ExampleState[]> = {
  pending: ['approved', 'stale', 'retired', 'refused', 'erased'],
  approved: ['pending', 'stale', 'retired', 'erased'],
  stale: ['pending', 'approved', 'retired', 'erased'],
  retired: ['pending', 'approved', 'stale', 'erased'],
  refused: ['erased'],
  erased: [],
};

test('an example moves along the named transitions only; what is refused or erased stays so', async () => {
  const { db, pool } = database;
  const { workspace, ada } = await someWorkspace(db);
  await importExamples(db, workspace, ada, someExamples(1));
  const [{ example }] = await approvedExamples(db, workspace);
  const moved: string[] = [];
  for (const from of STATES) {
    for (const to of STATES) {
      // Some transitions are reachable from nowhere here, so the row is put into each state by hand.
      await pool.query('update examples set state = $1, why = null where id = $2', [from, example]);
      if (await moveExample(db, example, to)) moved.push(`${from} → ${to}`);
      else expect((await pool.query('select state from examples where id = $1', [example])).rows[0].state).toBe(from);
    }
  }
  expect(moved).toEqual(STATES.flatMap(from => STATES.filter(to => ALLOWED[from].includes(to)).map(to => `${from} → ${to}`)));
});

test('an example is removed by its number, once; the others stay', async () => {
  const { db } = database;
  const { workspace, ada } = await someWorkspace(db);
  const [first, second] = someExamples(2);
  await importExamples(db, workspace, ada, [first, second]);
  expect(await retireExample(db, workspace, 2)).toBe(true);
  expect(await retireExample(db, workspace, 2)).toBe(false);
  expect(await retireExample(db, workspace, 3)).toBe(false);
  expect((await approvedExamples(db, workspace)).map(({ no }) => no)).toEqual([1]);
  // Dropped again in a file, it is an example again.
  expect((await importExamples(db, workspace, ada, [second])).added).toEqual([{ index: 0, no: 3 }]);
});
