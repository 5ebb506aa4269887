// Seeded random numbers: mulberry32 (Tommy Ettinger), 32 bits of state, the same in every language that has 32-bit integers.

/** Numbers in [0, 1), multiples of 2^-32; the same seed gives the same ones. */
export function random(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let z = state;
    z = Math.imul(z ^ (z >>> 15), z | 1);
    z ^= z + Math.imul(z ^ (z >>> 7), z | 61);
    return ((z ^ (z >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A seed of its own for each purpose or round, so that none depends on how many numbers another drew. */
export const subseed = (seed: number, stream: number): number =>
  (Math.imul(seed + 1, 0x9e3779b1) ^ Math.imul(stream + 1, 0x85ebca6b)) >>> 0;

/** Fisher–Yates; a new list. */
export function shuffled<T>(list: T[], next: () => number): T[] {
  const out = [...list];
  for (let i = out.length - 1; i > 0; i--) {
    const j = Math.floor(next() * (i + 1));
    [out[i], out[j]] = [out[j], out[i]];
  }
  return out;
}
