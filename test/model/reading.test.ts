// What a curve says, on synthetic curves of every kind and on the measured ones.
import { describe, expect, it } from 'vitest';
import { dialWords, readDials } from '../../src/model/dials.ts';
import { type RunCurve, readCurve } from '../../src/model/reading.ts';
import { smoothed } from '../../src/model/smoothed.ts';

/** Steps of each round around its mean, with a spike that is no round. */
const steps = (means: number[], perRound = 10) =>
  means.flatMap((mean, i) =>
    Array.from({ length: perRound }, (_, step) => ({ round: i + 1, loss: mean * (1 + 0.3 * Math.sin(7 * step + i)) })),
  );
const curve = (heldout: number[], train: number[], more: Partial<RunCurve> = {}): RunCurve => ({
  train: steps(train),
  heldout: heldout.map((loss, round) => ({ round, loss })),
  settings: { epochs: train.length, learningRate: 1e-3 },
  ...more,
});
const kindOf = (...args: Parameters<typeof curve>) => readCurve(curve(...args))?.kind;

describe('reading a curve', () => {
  it('falls and flattens: good, and no other run is proposed', () => {
    const reading = readCurve(curve([4, 2.5, 2.1, 2.05], [3, 2.2, 1.9]));
    expect(reading).toEqual({ kind: 'good', values: { first: 4, last: 2.05 } });
  });

  it('still falling: two more rounds', () => {
    const reading = readCurve(curve([4, 3.4, 2.9, 2.4], [3.6, 3.1, 2.6]));
    expect(reading).toMatchObject({ kind: 'falling', again: { epochs: 5 } });
    const atTheLimit = readCurve(curve([4, 3.4, 2.9], [3.6, 3.1], { settings: { epochs: 49, learningRate: 1e-3 } }));
    expect(atTheLimit).toMatchObject({ kind: 'falling' });
    expect(atTheLimit?.again).toBeUndefined();
  });

  it('flat from the start: three times the rate', () => {
    const reading = readCurve(curve([4, 3.97, 3.95, 3.94], [4, 3.98, 3.97], { settings: { epochs: 3, learningRate: 2e-5 } }));
    expect(reading).toMatchObject({ kind: 'flat', again: { learningRate: 6e-5 } });
  });

  it('rises or jumps by round: a third of the rate', () => {
    const reading = readCurve(curve([4, 3.5, 4.6, 3.9], [3.8, 3.2, 4.4]));
    expect(reading).toMatchObject({ kind: 'jumps', again: { learningRate: 3.3e-4 } });
    expect(kindOf([4, 5.2, 5], [3.9, 3.8])).toBe('jumps');
  });

  it('a single step that jumps is no jump', () => {
    const calm = curve([4, 2.5, 2.1, 2.05], [3, 2.2, 1.9]);
    calm.train[25] = { round: 3, loss: 6 };
    expect(readCurve(calm)?.kind).toBe('good');
  });

  it('held-out turns up while training falls: over-fitting from the round after the lowest, and the kept round is named', () => {
    const reading = readCurve(curve([4, 2.5, 2, 2.3, 2.7], [3, 2, 1.2, 0.7]));
    expect(reading).toMatchObject({ kind: 'overfit', values: { round: 3, kept: 2 }, again: { epochs: 2 } });
    expect(readCurve(curve([2, 1.98, 1.97, 1.96], [2, 1.5, 1.1]))).toMatchObject({ kind: 'overfit', again: { epochs: 2 } });
  });

  it('near zero: memorised, half the rounds', () => {
    const reading = readCurve(curve([4, 2.5, 2.4, 2.5], [2, 0.4, 0.05]));
    expect(reading).toMatchObject({ kind: 'memorised', again: { epochs: 2 } });
    expect(readCurve(curve([4, 2.5], [0.04]))).toMatchObject({ kind: 'memorised', again: { learningRate: 3.3e-4 } });
  });

  it('no number any more: stopped, a third of the rate', () => {
    expect(readCurve(curve([4], [], { diverged: true }))).toMatchObject({ kind: 'diverged', again: { learningRate: 3.3e-4 } });
    expect(kindOf([4, Number.NaN], [3])).toBe('diverged');
  });

  it('nothing kept aside: the training rounds are judged; too little says nothing', () => {
    expect(kindOf([], [4, 2, 1.95])).toBe('good');
    expect(kindOf([], [4, 3, 2])).toBe('falling');
    expect(kindOf([], [4])).toBeUndefined();
    expect(kindOf([4], [])).toBeUndefined();
  });

  // The held-out losses are measured (the training means beside them are not): the main run in f32; the sample team's own split, seeds 0 and 1; a rate for full fine-tuning; 2e-4 in large batches.
  it.each([
    ['96 rows, 4 rounds', [4.17, 1.82, 1.396, 1.318, 1.323], [2.9, 1.6, 1.2, 1.0], 'good'],
    ['77 rows, seed 0 (1.90 is as good as 1.85)', [4.2, 2.32, 1.87, 1.85, 1.9], [3, 1.9, 1.4, 1.1], 'good'],
    ['77 rows, seed 1', [4.17, 2.34, 1.9, 1.84, 1.85], [3, 1.9, 1.4, 1.1], 'good'],
    ['a rate of 2e-5', [4.72, 4.7, 4.68, 4.66], [4.72, 4.7, 4.67], 'flat'],
  ] as const)('measured: %s', (_, heldout, train, kind) => {
    expect(kindOf([...heldout], [...train])).toBe(kind);
  });

  it('what is proposed can be said as a command and is read back', () => {
    const dials = { learningRate: 3.3e-4, epochs: 5, checkpointing: true };
    expect(dialWords(dials)).toEqual(['lr=0.00033', 'rounds=5', 'checkpointing=on']);
    expect(readDials(dialWords(dials))).toEqual(dials);
    expect(readDials(dialWords({ learningRate: 1e-7 }))).toEqual({ learningRate: 1e-7 });
  });
});

describe('smoothing', () => {
  it('begins with the first value and follows slowly', () => {
    const [first, second] = smoothed([4, 2]);
    expect(first).toBeCloseTo(4);
    expect(second).toBeCloseTo((0.9 * 0.4 + 0.1 * 2) / (1 - 0.81));
    expect(smoothed(Array(50).fill(3)).at(-1)).toBeCloseTo(3);
  });
});
