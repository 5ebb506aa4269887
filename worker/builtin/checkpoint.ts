// Checkpoints: where a run stands, as a folder that is complete or is not there. Each is written beside its place, flushed to the
// disk, and renamed; the last two are kept, so that a damaged one costs some steps and not the run.
import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { z } from 'zod';
import { flushFolder, writeFlushed } from '../../src/model/flushed.ts';
import type { TrainingState } from './train.ts';

const STATE = 'state.json';
/** weights, first moments, second moments, best weights (if any): float32, little-endian, one after the other. */
const ARRAYS = 'arrays.f32';
const KEPT = 2;
const NAME = /^step-(\d{8})$/;

const StateFile = z.object({
  /** Names the run: settings, rows and base. A checkpoint of another one is of no use. */
  run: z.string(),
  step: z.int().nonnegative(),
  heldoutAt: z.int(),
  best: z.object({ step: z.int().positive(), loss: z.number().nullable(), lowest: z.number().nullable() }).optional(),
  values: z.int().positive(),
  sha256: z.string(),
});

/** Writes a checkpoint into `folder`; returns its path. Older ones than the last two go. */
export async function writeCheckpoint(folder: string, run: string, state: TrainingState): Promise<string> {
  const { step, heldoutAt, weights, moments, best } = state;
  const arrays = Buffer.concat(
    [weights, moments.first, moments.second, ...(best ? [best.weights] : [])].map(
      a => new Uint8Array(a.buffer, a.byteOffset, a.byteLength),
    ),
  );
  const file: z.infer<typeof StateFile> = {
    run,
    step,
    heldoutAt,
    // Without held-out rows both losses are NaN, which JSON has no word for but null.
    best: best && { step: best.step, loss: best.loss, lowest: best.lowest },
    values: weights.length,
    sha256: sha256(arrays),
  };
  const place = join(folder, `step-${String(step).padStart(8, '0')}`);
  const fresh = `${place}.partial-${process.pid}`;
  await rm(fresh, { recursive: true, force: true });
  await mkdir(fresh, { recursive: true });
  await writeFlushed(join(fresh, ARRAYS), arrays);
  await writeFlushed(join(fresh, STATE), JSON.stringify(file));
  await flushFolder(fresh);
  await rm(place, { recursive: true, force: true });
  await rename(fresh, place);
  await flushFolder(folder);
  for (const old of (await checkpointsIn(folder)).slice(KEPT)) await rm(old, { recursive: true, force: true });
  return place;
}

/** The state in a checkpoint; undefined if it is missing, incomplete, damaged, or of another run. */
export async function readCheckpoint(place: string, run: string, values: number): Promise<TrainingState | undefined> {
  try {
    const file = StateFile.parse(JSON.parse(await readFile(join(place, STATE), 'utf8')));
    const arrays = await readFile(join(place, ARRAYS));
    if (file.run !== run || file.values !== values || file.sha256 !== sha256(arrays)) return undefined;
    const part = (i: number) => new Float32Array(new Uint8Array(arrays.subarray(4 * values * i, 4 * values * (i + 1))).buffer);
    return {
      step: file.step,
      heldoutAt: file.heldoutAt,
      weights: part(0),
      moments: { first: part(1), second: part(2) },
      best: file.best && { ...file.best, loss: file.best.loss ?? Number.NaN, lowest: file.best.lowest ?? Number.NaN, weights: part(3) },
    };
  } catch {
    return undefined;
  }
}

/** The state in `place`, else in the newest older checkpoint beside it that is whole; undefined if there is none. */
export async function resume(place: string, run: string, values: number): Promise<TrainingState | undefined> {
  const older = (await checkpointsIn(dirname(place))).filter(other => basename(other) < basename(place));
  for (const candidate of [place, ...older]) {
    const state = await readCheckpoint(candidate, run, values);
    if (state) return state;
  }
  return undefined;
}

/** Checkpoint folders, the newest first. */
export async function checkpointsIn(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch(() => []);
  return names
    .filter(name => NAME.test(name))
    .sort()
    .reverse()
    .map(name => join(folder, name));
}

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
