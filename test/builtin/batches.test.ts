import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { TrainingRow } from '../../src/model/settings.ts';
import { collate, microBatches, roundSteps } from '../../worker/builtin/batches.ts';

const row = (length: number, answer = 1): TrainingRow => ({ ids: Array.from({ length }, (_, i) => i + 1), answer, part: 'train' });
const lengths = fc.array(fc.integer({ min: 2, max: 60 }), { minLength: 1, maxLength: 80 });

test('a round has every row once and every step but one is full', () => {
  fc.assert(
    fc.property(lengths, fc.integer({ min: 1, max: 9 }), fc.integer(), (sizes, batch, seed) => {
      const rows = sizes.map(size => row(size));
      const steps = roundSteps(rows, batch, seed, 0);
      expect(new Set(steps.flat())).toEqual(new Set(rows));
      expect(steps.flat()).toHaveLength(rows.length);
      expect(steps).toHaveLength(Math.ceil(rows.length / batch));
      expect(steps.filter(step => step.length < batch).length).toBeLessThanOrEqual(1);
    }),
  );
});

test('the order is the seed’s and the round’s', () => {
  const rows = Array.from({ length: 40 }, (_, i) => row(2 + i));
  const order = (seed: number, round: number) => roundSteps(rows, 4, seed, round).flatMap(step => step.map(each => each.ids.length));
  expect(order(1, 0)).toEqual(order(1, 0));
  expect(order(1, 0)).not.toEqual(order(1, 1));
  expect(order(1, 0)).not.toEqual(order(2, 0));
});

test('rows of a step are of similar length: most padding of a random order is saved', () => {
  const rows = Array.from({ length: 64 }, (_, i) => row(2 + ((i * 37) % 64)));
  const padding = (steps: TrainingRow[][]) =>
    steps.reduce((sum, step) => sum + step.reduce((all, each) => all + Math.max(...step.map(r => r.ids.length)) - each.ids.length, 0), 0);
  const inGivenOrder = Array.from({ length: 16 }, (_, i) => rows.slice(4 * i, 4 * i + 4));
  expect(padding(roundSteps(rows, 4, 1, 0))).toBeLessThan(padding(inGivenOrder) / 4);
});

test('parts keep to the token budget, padding counted, and a longer row goes alone', () => {
  fc.assert(
    fc.property(lengths, fc.integer({ min: 20, max: 100 }), (sizes, budget) => {
      const rows = sizes.map(size => row(size));
      const parts = microBatches(rows, budget);
      expect(new Set(parts.flat())).toEqual(new Set(rows));
      for (const part of parts) {
        const longest = Math.max(...part.map(each => each.ids.length));
        expect(part.length === 1 || part.length * longest <= budget).toBe(true);
      }
    }),
  );
});

test('the end token is a label; prompt and padding are none', () => {
  const batch = collate([
    { ids: [10, 11, 12, 13], answer: 2, part: 'train' },
    { ids: [20, 21], answer: 1, part: 'train' },
  ]);
  expect([batch.rows, batch.length]).toEqual([2, 3]);
  expect([...batch.tokens]).toEqual([10n, 11n, 12n, 20n, 0n, 0n]);
  expect([...batch.labelAt]).toEqual([1n, 2n, 3n]);
  expect([...batch.labels]).toEqual([12n, 13n, 21n]);
});
