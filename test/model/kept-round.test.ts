import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isKept, keptStep } from '../../src/model/kept-round.ts';

test.each([
  [
    [
      [0, 4],
      [10, 2],
      [20, 1.78],
      [30, 1.83],
    ],
    30,
  ],
  [
    [
      [0, 4],
      [10, 2],
      [20, 1.77],
      [30, 1.93],
    ],
    20,
  ],
  [
    [
      [0, 1],
      [10, 2],
      [20, 3],
    ],
    10,
  ],
  [[[0, 4]], undefined],
  [[], undefined],
] as [[number, number][], number | undefined][])('of %j', (heldout, step) => expect(keptStep(heldout)).toBe(step));

test('a trainer that looks at one round after the other keeps the same', () => {
  fc.assert(
    fc.property(fc.array(fc.double({ min: 0.5, max: 0.6, noNaN: true }), { minLength: 1, maxLength: 8 }), losses => {
      let [kept, lowest] = [0, Number.POSITIVE_INFINITY];
      for (const [round, loss] of losses.entries()) {
        lowest = Math.min(lowest, loss);
        if (isKept(loss, lowest)) kept = round + 1;
      }
      expect(keptStep(losses.map((loss, round) => [round + 1, loss]))).toBe(kept);
    }),
  );
});
