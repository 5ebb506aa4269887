// What was forgotten does not lie on the worker's disk either.
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { quarantine } from '../../src/data/champions.ts';
import { requestCancel } from '../../src/data/runs.ts';
import { versions } from '../../src/data/schema.ts';
import { ADAPTER_WEIGHTS } from '../../worker/artifacts.ts';
import { eraseEnded } from '../../worker/erase.ts';
import { someVersions } from '../support/versions.ts';
import { freshRun, someTeam, workplaceOfThisFile } from '../support/workplace.ts';

const t = workplaceOfThisFile();

/** A folder with a file of people's in it. */
function folder(path: string): string {
  const whole = join(t.place.artifacts, path);
  mkdirSync(whole, { recursive: true });
  writeFileSync(join(whole, ADAPTER_WEIGHTS), 'somebody’s words');
  return whole;
}

test('the adapter of a quarantined version is deleted with its folder; the others stay', async () => {
  const team = await someTeam(t.db);
  const [first, second] = await someVersions(t.db, team, ['retired', 'champion']);
  const [kept, gone] = ['versions/run-1-1', 'versions/run-2-1'].map(folder);
  await t.db.update(versions).set({ folder: 'versions/run-1-1' }).where(eq(versions.id, first));
  await t.db.update(versions).set({ folder: 'versions/run-2-1' }).where(eq(versions.id, second));
  await eraseEnded(t.place);
  expect([kept, gone].map(existsSync)).toEqual([true, true]);
  await quarantine(t.db, second, 'forgotten', { by: 'U1', key: 'k' });
  await eraseEnded(t.place);
  expect([kept, gone].map(existsSync)).toEqual([true, false]);
});

test('a run that was cancelled while nobody held it leaves no checkpoint; one that is open keeps its own', async () => {
  const team = await someTeam(t.db);
  const run = await freshRun(t.db, team, {});
  const checkpoint = folder(`runs/${run.id}/attempt-1/checkpoints/1`);
  await eraseEnded(t.place);
  expect(existsSync(checkpoint)).toBe(true);
  await requestCancel(t.db, team.workspace, team.ada);
  await eraseEnded(t.place);
  expect(existsSync(join(t.place.artifacts, 'runs', String(run.id)))).toBe(false);
});
