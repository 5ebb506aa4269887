import { mkdtemp, readdir, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { checkpointsIn, readCheckpoint, resume, writeCheckpoint } from '../../worker/builtin/checkpoint.ts';
import type { TrainingState } from '../../worker/builtin/train.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'apprentice-checkpoint-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const state = (step: number): TrainingState => ({
  step,
  heldoutAt: step - 1,
  weights: Float32Array.of(step, 1.5, -0),
  moments: { first: Float32Array.of(2, 3, 4), second: Float32Array.of(5, 6, 1e-38) },
  best: { step: 2, loss: 0.25, lowest: 0.24, weights: Float32Array.of(7, 8, 9) },
});

test('comes back as it was, to the bit', async () => {
  const place = await writeCheckpoint(folder, 'run', state(4));
  expect(await readCheckpoint(place, 'run', 3)).toEqual(state(4));
});

test('a state without a best round comes back too, and one whose best has no held-out loss', async () => {
  const fresh = { ...state(1), best: undefined };
  expect(await readCheckpoint(await writeCheckpoint(folder, 'run', fresh), 'run', 3)).toEqual(fresh);
  const unmeasured = { ...state(3), best: { ...state(3).best!, loss: Number.NaN, lowest: Number.NaN } };
  expect(await readCheckpoint(await writeCheckpoint(folder, 'run', unmeasured), 'run', 3)).toEqual(unmeasured);
});

test('the last two are kept and nothing half is left', async () => {
  for (const step of [1, 2, 3]) await writeCheckpoint(folder, 'run', state(step));
  expect(await readdir(folder)).toEqual(['step-00000002', 'step-00000003']);
});

test('writing the same step again replaces it', async () => {
  await writeCheckpoint(folder, 'run', state(5));
  const place = await writeCheckpoint(folder, 'run', { ...state(5), heldoutAt: 5 });
  expect((await readCheckpoint(place, 'run', 3))?.heldoutAt).toBe(5);
});

test.each([
  ['cut short', async (place: string) => truncate(join(place, 'arrays.f32'), 30)],
  ['with other bytes', async (place: string) => writeFile(join(place, 'arrays.f32'), Buffer.alloc(48))],
  ['without its state', async (place: string) => rm(join(place, 'state.json'))],
  ['whose state is no JSON', async (place: string) => writeFile(join(place, 'state.json'), '{"run":')],
  ['that is gone', async (place: string) => rm(place, { recursive: true })],
])('one %s is passed over for the one before it', async (_, damage) => {
  await writeCheckpoint(folder, 'run', state(6));
  const place = await writeCheckpoint(folder, 'run', state(8));
  await damage(place);
  expect((await resume(place, 'run', 3))?.step).toBe(6);
});

test('none of another run, or for another adapter shape, is taken', async () => {
  const place = await writeCheckpoint(folder, 'run', state(6));
  expect(await resume(place, 'another run', 3)).toBeUndefined();
  expect(await resume(place, 'run', 4)).toBeUndefined();
});

test('an unfinished one is not listed', async () => {
  await writeCheckpoint(folder, 'run', state(6));
  await writeFile(join(folder, 'step-00000009.partial-1'), '');
  expect(await checkpointsIn(folder)).toEqual([join(folder, 'step-00000006')]);
});
