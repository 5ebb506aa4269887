import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Kind, Row } from '../../src/model/row.ts';
import { split } from '../../src/model/split.ts';

const words = ['amber', 'basil', 'cedar', 'delta', 'ember', 'fjord', 'grove', 'haven', 'inlet', 'jolly', 'knoll', 'lumen'];
/** A text that shares few trigrams with the one of another number. */
const text = (n: number): string => Array.from({ length: 6 }, (_, i) => words[(n * 7 + i * (1 + (n % 11))) % 12] + n * (i + 3)).join(' ');
const row = (kind: Kind, n: number, thread?: string): Row => ({ kind, instruction: text(n), input: '', output: text(n + 1000), thread });
const rows = (qa: number, reports: number): Row[] => [
  ...Array.from({ length: qa }, (_, n) => row('qa', n)),
  ...Array.from({ length: reports }, (_, n) => row('report', n + 500)),
];
const heldOf = (all: Row[], kind: Kind): number => split(all, 'key').heldout.filter(index => all[index].kind === kind).length;

describe('how many are held out', () => {
  test.each([
    [80, 16, 12, 4],
    [12, 12, 4, 4],
    [100, 0, 15, 0],
    [11, 5, 2, 1],
    [3, 0, 0, 0],
  ])('%i Q&A and %i reports: %i and %i', (qa, reports, heldQa, heldReports) => {
    const all = rows(qa, reports);
    expect([heldOf(all, 'qa'), heldOf(all, 'report')]).toEqual([heldQa, heldReports]);
  });
});

test('a thread stays together, and so do near-duplicates, whatever the order', () => {
  fc.assert(
    fc.property(fc.integer({ min: 12, max: 40 }), fc.integer({ min: 1, max: 5 }), fc.string({ minLength: 1 }), (count, size, key) => {
      const all: Row[] = rows(count, 0).map((one, n) => ({ ...one, thread: `t${Math.floor(n / size)}` }));
      all.push({ ...all[0], thread: undefined, instruction: `${all[0].instruction.toUpperCase()}!` });
      const { train, heldout } = split(all, key);
      const threads = (part: number[]): string[] => part.map(index => all[index].thread ?? '').filter(Boolean);
      expect(threads(train).filter(thread => threads(heldout).includes(thread))).toEqual([]);
      expect(train.includes(0)).toBe(train.includes(count));
      expect([...train, ...heldout].sort((a, b) => a - b)).toEqual([...all.keys()]);
    }),
    { numRuns: 40 },
  );
});

test('one long thread stays in training', () => {
  const all = Array.from({ length: 30 }, (_, n) => row('qa', n, n < 20 ? 'long' : undefined));
  const { heldout } = split(all, 'key');
  expect(heldout).toHaveLength(5);
  expect(heldout.every(index => index >= 20)).toBe(true);
});

test('same rows and key, same split, in whatever order; another key, another split', () => {
  const all = rows(60, 20);
  const texts = (list: Row[], key: string): string[] =>
    split(list, key)
      .heldout.map(index => list[index].instruction)
      .sort();
  expect(texts([...all].reverse(), 'key')).toEqual(texts(all, 'key'));
  expect(texts(all, 'other')).not.toEqual(texts(all, 'key'));
});
