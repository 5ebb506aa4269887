// The bench on the smallest shape: it measures the three ways on the same rows, and says how they compare.
import { expect, test } from 'vitest';
import { describeTorch, runProgram } from './environment.ts';

describeTorch('worker/torch/bench.py', () => {
  test('every way takes the same tokens, and the ratios are those of what it printed', async () => {
    const printed = await runProgram('worker/torch/bench.py', '--shapes', 'tiny', '--steps', '1', '--longest', '64');
    type Row = { way: string; tokens: number; tokensPerSecond: number; peakBytes: number; mfu: number | null };
    type Ratio = { over: string; speed: number; memory: number };
    const { rows, ratios }: { rows: Row[]; ratios: Ratio[] } = JSON.parse(printed.trim().split('\n').at(-1)!);
    expect(rows.map(({ way }) => way)).toEqual(['packed', 'padded', 'plain']);
    expect(new Set(rows.map(({ tokens }) => tokens)).size).toBe(1);
    expect(ratios.map(({ over }) => over)).toEqual(['padded', 'plain']);
    const [packed, ...others] = rows;
    for (const [i, other] of others.entries()) {
      expect(ratios[i].speed).toBeCloseTo(packed.tokensPerSecond / other.tokensPerSecond, 3);
      expect(ratios[i].memory).toBeCloseTo(packed.peakBytes / other.peakBytes, 3);
    }
  });
});
