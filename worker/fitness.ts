// Whether a run is for this worker: its base, its memory, its GPU. One that is not is left to others, and the worker's row says why.
import { hostname } from 'node:os';
import { type Claim, type Gpus, gpuIsBusy, releaseRun } from '../src/data/claims.ts';
import { type RunRow, runById } from '../src/data/runs.ts';
import { liveWorkers } from '../src/data/workers.ts';
import type { Preflight } from '../src/model/preflight.ts';
import type { Settings } from '../src/model/settings.ts';
import type { Problem } from '../src/problem.ts';
import { gpuLabels } from './device.ts';
import { needsOf } from './needs.ts';
import { freeMemory, machineOf } from './place.ts';
import type { Workplace } from './workplace.ts';

const GB = 1e9;

export const gpusOf = ({ device }: Workplace): Gpus => ({ host: hostname(), labels: gpuLabels(device?.labels ?? []) });

/**
 * True where this worker may claim the run. One whose check did not fit here is taken up again only when everybody else has left it,
 * too: then it fails here, with what would help.
 */
export async function isForMe(place: Workplace, id: number): Promise<boolean> {
  const run = await runById(place.db, id);
  if (!run) return false;
  const { unfit } = place.activity.now;
  if (run.preflight === null && run.baseFingerprint === null) {
    if (unfit?.run === id && (await othersFor(place, run)).length > 0) return false;
    const busy = await busyGpu(place, id);
    place.activity.set({ unfit: busy && { run: id, ...busy } });
    return busy === undefined;
  }
  const why = (await unfitFor(place, run)) ?? (await busyGpu(place, id));
  if (why?.code !== unfit?.code || unfit?.run !== id || why === undefined) place.activity.set({ unfit: why && { run: id, ...why } });
  return why === undefined;
}

/** Why a run that is planned already cannot go on here. */
async function unfitFor(place: Workplace, run: RunRow): Promise<Problem | undefined> {
  const { name, model } = place.base;
  if (run.baseFingerprint !== null && run.baseFingerprint !== model.fingerprint)
    return { code: 'worker.unfit.base', values: { began: run.base ?? '', now: name } };
  const { tokens, answer } = (run.preflight ?? {}) as Partial<Preflight>;
  // What is trained already only has to be looked at.
  if (!tokens || answer === undefined || run.settings === null || run.state === 'evaluating') return undefined;
  const machine = machineOf(place);
  const dose = { ...(run.settings as Settings), lengths: [tokens.longest], answer, quantize: machine.quantize };
  const [needs, free] = [needsOf(machine)(model.config, dose), await freeMemory(place)];
  if (needs <= free) return undefined;
  return { code: 'worker.unfit.memory', values: { needs: (needs / GB).toFixed(1), free: (free / GB).toFixed(1) } };
}

async function busyGpu(place: Workplace, run: number): Promise<Problem | undefined> {
  const gpus = gpusOf(place);
  if (gpus.labels.length === 0 || !(await gpuIsBusy(place.db, gpus, run, place.name))) return undefined;
  return { code: 'worker.unfit.gpu', values: {} };
}

/** Living workers that could take the run and have not left it to others. */
async function othersFor({ db, name }: Workplace, { id, baseFingerprint }: Pick<RunRow, 'id' | 'baseFingerprint'>) {
  return (await liveWorkers(db)).filter(
    ({ host, pid, roles, unfit, baseFingerprint: base }) =>
      `${host}/${pid}` !== name && roles.includes('train') && unfit?.run !== id && (baseFingerprint === null || base === baseFingerprint),
  );
}

/** A run that does not fit here goes back in order if somebody else could take it; false: nobody could. */
export async function leaveToOthers(place: Workplace, claim: Claim, { values }: Problem): Promise<boolean> {
  const run = await runById(place.db, claim.run);
  if (!run || (await othersFor(place, run)).length === 0) return false;
  const { needs = '?', free = '?' } = values;
  place.activity.set({ unfit: { run: claim.run, code: 'worker.unfit.memory', values: { needs, free } } });
  await releaseRun(place.db, claim, true);
  return true;
}
