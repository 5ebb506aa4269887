// The adapters that speak in a request, read from their folders and stacked for the graph. The last stacks are kept.
import { statSync } from 'node:fs';
import { readAdapter } from '../../src/model/adapter.ts';
import type { ModelFolder } from '../../src/model/model.ts';
import { Refusal } from '../../src/problem.ts';
import type { Adapter } from './generator.ts';
import { type LoraStack, stackLora } from './lora-stack.ts';

/** `places` holds, speaker by speaker, the adapter's place in the stack or -1 for the base. */
export type Speaking = { stack: LoraStack; places: number[] };

/** A stack of rank 16 for a base of 135M parameters takes some 30 MB. */
const KEPT_STACKS = 2;

/** Gives a function that prepares the speakers of a request. It throws a Refusal when an adapter is of another base, damaged or gone. */
export function openSpeakers(model: ModelFolder): (speakers: (Adapter | 'base')[]) => Speaking {
  const kept = new Map<string, LoraStack>();
  return speakers => {
    const adapters = [...new Map(speakers.filter(speaker => speaker !== 'base').map(adapter => [adapter.folder, adapter])).values()];
    for (const adapter of adapters) checkBase(model, adapter);
    const key = JSON.stringify(adapters.map(({ folder }) => [folder, ageOf(folder)]));
    const stack =
      kept.get(key) ??
      stackLora(
        model.config,
        adapters.map(({ folder }) => readAdapter(folder, model)),
      );
    kept.delete(key);
    kept.set(key, stack);
    if (kept.size > KEPT_STACKS) kept.delete([...kept.keys()][0]);
    const places = speakers.map(speaker => (speaker === 'base' ? -1 : adapters.findIndex(({ folder }) => folder === speaker.folder)));
    return { stack, places };
  };
}

function checkBase(model: ModelFolder, { name, fingerprint }: Adapter): void {
  if (fingerprint === model.fingerprint) return;
  const [found, expected] = [fingerprint, model.fingerprint].map(sum => sum.slice(0, 12));
  throw new Refusal('engine.adapterOtherBase', { adapter: name, found, expected });
}

/** A folder that was written anew is read anew. */
const ageOf = (folder: string): number => statSync(folder, { throwIfNoEntry: false })?.mtimeMs ?? 0;
