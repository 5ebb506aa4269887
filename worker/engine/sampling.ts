// From logits to tokens: repetition penalty, temperature and top-p, each as transformers defines it.
import type { Sampling } from './generator.ts';

/**
 * Makes the tokens in `seen` less likely, in place: a positive logit is divided by `penalty`, a negative one multiplied with it
 * (Keskar et al., 2019; transformers' RepetitionPenaltyLogitsProcessor).
 */
export function penalise(logits: Float32Array, seen: Iterable<number>, penalty: number): void {
  for (const id of new Set(seen)) logits[id] = logits[id] < 0 ? logits[id] * penalty : logits[id] / penalty;
}

/**
 * Token ids in the order in which they would be taken if those before were refused: by falling logit when greedy, else drawn without
 * replacement, first from the nucleus, then the rest by falling logit. Uses `logits` up.
 */
export function* candidates(logits: Float32Array, sampling: Sampling, random: () => number): Generator<number> {
  if (sampling.temperature > 0) {
    const nucleus = nucleusOf(logits, sampling);
    while (nucleus.length > 0) {
      const [{ id }] = nucleus.splice(draw(nucleus, random), 1);
      logits[id] = Number.NEGATIVE_INFINITY;
      yield id;
    }
  }
  for (let id = argMax(logits); logits[id] > Number.NEGATIVE_INFINITY; id = argMax(logits)) {
    logits[id] = Number.NEGATIVE_INFINITY;
    yield id;
  }
}

export type Weighted = { id: number; probability: number };

/** The fewest most likely tokens whose probabilities reach `topP` (Holtzman et al., 2020), most likely first; at least one. */
export function nucleusOf(logits: Float32Array, { temperature, topP }: Pick<Sampling, 'temperature' | 'topP'>): Weighted[] {
  const largest = logits[argMax(logits)];
  const weights = Float64Array.from(logits, logit => Math.exp((logit - largest) / temperature));
  const sum = weights.reduce((total, weight) => total + weight, 0);
  // Tokens below this are together worth less than what may be left out, so they need no sorting.
  const least = topP < 1 ? ((1 - topP) / logits.length) * sum : 0;
  const sorted: Weighted[] = [];
  weights.forEach((weight, id) => {
    if (weight >= least && weight > 0) sorted.push({ id, probability: weight / sum });
  });
  sorted.sort((a, b) => b.probability - a.probability || a.id - b.id);
  let before = 0;
  const end = sorted.findIndex(({ probability }) => {
    if (before >= topP) return true;
    before += probability;
    return false;
  });
  return end < 0 ? sorted : sorted.slice(0, Math.max(end, 1));
}

/** A place in `weighted`, drawn by the probabilities relative to each other. */
function draw(weighted: Weighted[], random: () => number): number {
  let left = random() * weighted.reduce((sum, { probability }) => sum + probability, 0);
  const place = weighted.findIndex(({ probability }) => (left -= probability) < 0);
  return place < 0 ? weighted.length - 1 : place;
}

/** The first of the largest values. */
function argMax(values: Float32Array): number {
  let best = 0;
  for (let i = 1; i < values.length; i++) if (values[i] > values[best]) best = i;
  return best;
}
