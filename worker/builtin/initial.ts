// A new adapter, started as PEFT starts one: A uniform in ±1/√in (kaiming_uniform_ with a = √5), B zero, so that it changes nothing yet.
import { countValues, type LoraSpec, type LoraWeights, loraMatrices } from '../../src/model/lora.ts';
import type { ModelConfig } from '../../src/model/model.ts';
import { seededRandom, subseed } from '../engine/random.ts';

const STREAM = 0;

/** The adapter before its first step; the same seed gives the same one. */
export function initialAdapter(config: ModelConfig, spec: LoraSpec, seed: number): LoraWeights {
  const matrices = loraMatrices(config, spec);
  const flat = new Float32Array(countValues(matrices));
  const next = seededRandom(subseed(seed, STREAM));
  let at = 0;
  for (const { name, shape } of matrices) {
    const end = at + shape[0] * shape[1];
    const bound = 1 / Math.sqrt(shape[1]);
    if (name.endsWith('lora_A')) for (let i = at; i < end; i++) flat[i] = (2 * next() - 1) * bound;
    at = end;
  }
  return { spec, matrices, flat };
}
