// The base model and an engine around it, opened for one command; an adapter that speaks through it.
import { basename } from 'node:path';
import { readAdapter, readAdapterExtra } from '../../src/model/adapter.ts';
import type { Form } from '../../src/model/form.ts';
import { ensureBase } from '../base.ts';
import type { Adapter, Generator } from '../engine/generator.ts';
import { openLocalEngine } from '../engine/local.ts';
import { type Base, openBase } from '../workplace.ts';
import { megabytes, type Settings, type Terminal } from './command.ts';

export type Engine = { base: Base; generator: Generator };

const WORTH_TELLING = 2 ** 24; // bytes

/** Numbers are measured in float32, whatever answers are written with. */
export const inFloat32 = (settings: Settings): Settings => ({ ...settings, precision: 'f32' });

/** Fetches the base where it is not there yet. Whoever opens closes the generator. */
export async function openEngine(
  { modelsDir, baseModel, hub, threads, precision }: Settings,
  terminal: Terminal,
  signal: AbortSignal,
): Promise<Engine> {
  const onProgress = ({ phase, done, total }: { phase: string; done: number; total: number }): void => {
    if (total >= WORTH_TELLING) terminal.progress(`cli.progress.${phase}`, megabytes(done), megabytes(total));
  };
  const base = await openBase(await ensureBase({ modelsDir, spec: baseModel, hub, onProgress, signal }));
  return { base, generator: await openLocalEngine({ folder: base.path, threads, precision }) };
}

/** An adapter's folder, checked against the base. Throws a Refusal where it does not fit or is damaged. */
export function openAdapter(folder: string, { model }: Base): { adapter: Adapter; form?: Form } {
  const { spec } = readAdapter(folder, model);
  const adapter = { name: basename(folder), folder, rank: spec.rank, fingerprint: model.fingerprint };
  return { adapter, form: (readAdapterExtra(folder) as { form?: Form }).form };
}
