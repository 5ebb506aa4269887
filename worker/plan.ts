// What a run will do, decided once: the first attempt writes it down, every later one reads it, so that they all train alike.
import type { Claim } from '../src/data/claims.ts';
import type { Db } from '../src/data/database.ts';
import { datasetRows } from '../src/data/datasets.ts';
import { planRun } from '../src/data/progress.ts';
import type { RunRow } from '../src/data/runs.ts';
import type { Dials } from '../src/model/dials.ts';
import type { Preflight } from '../src/model/preflight.ts';
import type { Settings } from '../src/model/settings.ts';
import { type Problem, Refusal } from '../src/problem.ts';
import { type CheckedRow, planOf } from './checks.ts';
import { patiently } from './patience.ts';
import { freeDisk, freeMemory, machineOf } from './place.ts';
import { measureReading } from './reading.ts';
import type { Workplace } from './workplace.ts';

/** A row of the run's dataset with the revision that it is. */
export type RunRowOfDataset = CheckedRow & { revision: number };

export type RunPlan = {
  settings: Settings;
  /** General rows to mix in. */
  replay: number;
  steps: number;
  /** How long the training will take, as estimated. */
  seconds: number;
  train: RunRowOfDataset[];
  heldout: RunRowOfDataset[];
  /** Why a person should look at it before it trains. */
  doubts: Problem[];
};

/** The same data gives the same version; a person may ask for another seed. */
const SEED = 0;

/** What a finished run learned from. */
export async function learnedRows(db: Db, run: RunRow): Promise<RunRowOfDataset[]> {
  const { leftOut = [] } = (run.preflight ?? {}) as Partial<Preflight>;
  return (await rowsOf(db, run)).filter(({ part, no }) => part === 'train' && !leftOut.includes(no));
}

/** What a run was measured on, in the order in which its trainer had it. */
export async function heldoutRows(db: Db, run: RunRow): Promise<RunRowOfDataset[]> {
  const { leftOut = [] } = (run.preflight ?? {}) as Partial<Preflight>;
  return (await rowsOf(db, run)).filter(({ part, no }) => part === 'heldout' && !leftOut.includes(no));
}

export const rowsOf = (db: Db, run: RunRow): Promise<RunRowOfDataset[]> => datasetRows(db, run.dataset);

/** Throws a Refusal when the run cannot be trained here. */
export async function planRow(place: Workplace, claim: Claim, run: RunRow, rows: RunRowOfDataset[], signal: AbortSignal): Promise<RunPlan> {
  const { fingerprint } = place.base.model;
  if (run.baseFingerprint !== null && run.baseFingerprint !== fingerprint) {
    throw new Refusal('worker.runOtherBase', { began: run.base ?? '', now: place.base.name });
  }
  if (run.settings && run.preflight) return planned(run.settings as Settings, run.preflight as Preflight, run.steps ?? 0, rows);

  const reading = await measureReading(place.base, place.generator, rows, signal);
  const { threads, speed, artifacts } = place;
  const circumstances = {
    ...machineOf(place),
    freeBytes: await freeMemory(place),
    diskFree: await freeDisk(artifacts),
    threads,
    speed,
    reading,
  };
  const { settings, reasons, steps, preflight } = planOf(place.base, rows, run.wishes as Dials, SEED, circumstances);
  const told = { base: place.base.name, baseFingerprint: fingerprint, settings, reasons, preflight, steps };
  await patiently(() => planRun(place.db, claim, told), signal);
  return planned(settings, preflight, steps, rows);
}

function planned(
  settings: Settings,
  { leftOut, replay, minutes, doubts = [] }: Preflight,
  steps: number,
  rows: RunRowOfDataset[],
): RunPlan {
  const used = rows.filter(({ no }) => !leftOut.includes(no));
  const part = (name: CheckedRow['part']) => used.filter(row => row.part === name);
  return { settings, replay, steps, seconds: minutes * 60, train: part('train'), heldout: part('heldout'), doubts };
}
