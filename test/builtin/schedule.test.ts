import { expect, test } from 'vitest';
import { learningRate } from '../../worker/builtin/schedule.ts';

const dials = { learningRate: 1e-3, warmup: 0.1, finalRate: 0.1 };

test('rises in equal steps to the peak at the end of the warm-up', () => {
  expect([1, 2, 5, 10].map(step => learningRate(step, 100, dials))).toEqual([1e-4, 2e-4, 5e-4, 1e-3]);
});

test('half of the way down it is halfway between peak and end, and the last step has the final rate', () => {
  expect(learningRate(55, 100, dials)).toBeCloseTo((1e-3 + 1e-4) / 2, 12);
  expect(learningRate(100, 100, dials)).toBeCloseTo(1e-4, 12);
});

test('without a warm-up it starts below the peak and never rises', () => {
  const rates = Array.from({ length: 20 }, (_, i) => learningRate(i + 1, 20, { ...dials, warmup: 0 }));
  expect(rates[0]).toBeLessThan(1e-3);
  for (let i = 1; i < rates.length; i++) expect(rates[i]).toBeLessThan(rates[i - 1]);
});

test('a run of one step has a rate', () => {
  expect(learningRate(1, 1, dials)).toBeGreaterThan(0);
});
