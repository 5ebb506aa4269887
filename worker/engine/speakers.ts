// Who speaks in a batch: the base, or adapters, read from their folders once and stacked for the graph. The last ones are kept.
import { statSync } from 'node:fs';
import { readAdapter } from '../../src/model/adapter.ts';
import type { LoraWeights } from '../../src/model/lora.ts';
import type { ModelConfig, ModelFolder } from '../../src/model/model.ts';
import { Refusal } from '../../src/problem.ts';
import type { Adapter } from './generator.ts';
import { type LoraStack, stackLora } from './lora-stack.ts';

/** An adapter in memory. The same adapter is the same object as long as it is kept. */
export type Speaker = LoraWeights | 'base';

/** `places` holds, speaker by speaker, the adapter's place in the stack or -1 for the base. */
export type Speaking = { stack: LoraStack; places: number[] };

/** An adapter of rank 16 for a base of 135M parameters takes some 20 MB, a stack of two some 40 MB. */
const KEPT_ADAPTERS = 4;
const KEPT_STACKS = 2;

/** Gives a function that reads a speaker. It throws a Refusal when an adapter is of another base, damaged or gone. */
export function openSpeakers(model: ModelFolder): (speaker: Adapter | 'base') => Speaker {
  const kept = new Map<string, LoraWeights>();
  return speaker => {
    if (speaker === 'base') return 'base';
    checkBase(model, speaker);
    const { folder } = speaker;
    return keeping(kept, JSON.stringify([folder, ageOf(folder)]), KEPT_ADAPTERS, () => readAdapter(folder, model));
  };
}

/** Gives a function that stacks speakers; it keeps what it stacked last. */
export function openStacks(config: ModelConfig): (speakers: Speaker[]) => Speaking {
  const numbers = new WeakMap<LoraWeights, number>();
  const kept = new Map<string, LoraStack>();
  let last = 0;
  const numberOf = (adapter: LoraWeights): number => {
    if (!numbers.has(adapter)) numbers.set(adapter, ++last);
    return numbers.get(adapter)!;
  };
  return speakers => {
    const adapters = [...new Set(speakers.filter(speaker => speaker !== 'base'))].sort((a, b) => numberOf(a) - numberOf(b));
    const stack = keeping(kept, adapters.map(numberOf).join(), KEPT_STACKS, () => stackLora(config, adapters));
    return { stack, places: speakers.map(speaker => (speaker === 'base' ? -1 : adapters.indexOf(speaker))) };
  };
}

/** What is kept under `key`, else made and kept; the one that was not asked for longest is forgotten. */
function keeping<T>(kept: Map<string, T>, key: string, most: number, make: () => T): T {
  const value = kept.get(key) ?? make();
  kept.delete(key);
  kept.set(key, value);
  if (kept.size > most) kept.delete([...kept.keys()][0]);
  return value;
}

function checkBase(model: ModelFolder, { name, fingerprint }: Adapter): void {
  if (fingerprint === model.fingerprint) return;
  const [found, expected] = [fingerprint, model.fingerprint].map(sum => sum.slice(0, 12));
  throw new Refusal('engine.adapterOtherBase', { adapter: name, found, expected });
}

/** A folder that was written anew is read anew. */
const ageOf = (folder: string): number => statSync(folder, { throwIfNoEntry: false })?.mtimeMs ?? 0;
