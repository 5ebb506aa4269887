// The cache of a batch against plain lists: whatever comes, leaves and grows, every row keeps its own tokens.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { ModelConfig } from '../../src/model/model.ts';
import { addRow, append, type Cache, dropRow, emptyCache } from '../../worker/engine/cache.ts';

const config = { layers: 2, kvHeads: 2, headDim: 3 } as ModelConfig;
const PARTS = 4;

/** A row of the model: a number for each of its tokens. */
type Plain = number[];
let lastToken = 0;

/** What the graph gives for new tokens: every value says which part, head and token it is of. */
function fresh(tokens: Plain[]): Float32Array {
  const values: number[] = [];
  for (let part = 0; part < PARTS; part++)
    for (const row of tokens)
      for (let head = 0; head < config.kvHeads; head++)
        for (const token of row) for (let i = 0; i < config.headDim; i++) values.push(storedValue(part, head, token, i));
  return Float32Array.from(values);
}
const storedValue = (part: number, head: number, token: number, i: number) => ((token * PARTS + part) * 2 + head) * 3 + i;

/** The rows as the graph reads them; a token whose values do not all belong together is -1. */
function read(cache: Cache): Plain[] {
  return cache.lengths.map((length, row) => Array.from({ length }, (_, at) => tokenAt(cache, row, at)));
}

function tokenAt({ feeds, capacity }: Cache, row: number, at: number): number {
  const found = new Set<number>();
  for (let part = 0; part < PARTS; part++) {
    const data = feeds[`past_${part % 2 ? 'value' : 'key'}.${Math.floor(part / 2)}`].data as Float32Array;
    for (let head = 0; head < config.kvHeads; head++)
      for (let i = 0; i < config.headDim; i++)
        found.add((data[((row * config.kvHeads + head) * capacity + at) * config.headDim + i] - storedValue(part, head, 0, i)) / 24);
  }
  return found.size === 1 ? [...found][0] : -1;
}

test('rows that come, grow and leave in any order keep their tokens', () => {
  const steps = fc.array(
    fc.oneof(
      fc.record({ do: fc.constant('come' as const), tokens: fc.integer({ min: 1, max: 150 }) }),
      fc.record({ do: fc.constant('grow' as const), tokens: fc.integer({ min: 1, max: 40 }) }),
      fc.record({ do: fc.constant('leave' as const), tokens: fc.nat(9) }),
    ),
    { maxLength: 25 },
  );
  fc.assert(
    fc.property(steps, plan => {
      const cache = emptyCache(config, 0);
      const plain: Plain[] = [];
      const newTokens = (count: number) => Array.from({ length: count }, () => ++lastToken % 10_000);
      for (const { do: what, tokens } of plan) {
        if (what === 'come') {
          const row = newTokens(tokens);
          const other = emptyCache(config, 2);
          append(other, fresh([newTokens(tokens), row]), tokens);
          addRow(cache, other, 1);
          plain.push(row);
        } else if (plain.length === 0) continue;
        else if (what === 'grow') {
          const added = plain.map(() => newTokens(tokens));
          append(cache, fresh(added), tokens);
          plain.forEach((row, i) => void row.push(...added[i]));
        } else {
          const at = tokens % plain.length;
          dropRow(cache, at);
          const last = plain.pop()!;
          if (at < plain.length) plain[at] = last;
        }
        expect(read(cache)).toEqual(plain);
      }
    }),
    { numRuns: 40 },
  );
});
