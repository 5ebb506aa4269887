// The key/value cache of a batch whose rows have equally many tokens. It lives in our memory and grows by steps:
// the attention operator clears and copies whatever capacity it is given, so spare room costs time at every token.
import type { ModelConfig } from '../../src/model/model.ts';
import { cacheInput } from './decode-graph.ts';
import { Tensor, type Tensors } from './session.ts';

const GROWTH_TOKENS = 32;

export type Cache = {
  /** Rows of the batch, and the tokens that each of them has. */
  rows(): number;
  length(): number;
  /** The graph's cache inputs. */
  feeds(): Tensors;
  /** Adds the graph's `new_cache` output of `newTokens` a row. */
  append(fresh: Float32Array, newTokens: number): void;
  /** Goes on with these rows only, in this order; a row may be named more than once. */
  keep(rows: number[]): void;
};

export function newCache({ layers, kvHeads, headDim }: ModelConfig, batch: number): Cache {
  let rows = batch;
  let length = 0;
  let capacity = 0;
  /** Key and value of block 0, of block 1 and so on; each [rows, kvHeads, capacity, headDim]. */
  let parts: Float32Array[] = [];
  let tensors: Tensors = {};

  /** Copies the cache into one for the given rows and capacity. */
  const rebuild = (from: number[], room: number) => {
    parts = Array.from({ length: 2 * layers }, (_, i) => {
      const part = new Float32Array(from.length * kvHeads * room * headDim);
      from.forEach((row, at) => {
        for (let head = 0; length > 0 && head < kvHeads; head++) {
          const start = (row * kvHeads + head) * capacity * headDim;
          part.set(parts[i].subarray(start, start + length * headDim), (at * kvHeads + head) * room * headDim);
        }
      });
      return part;
    });
    rows = from.length;
    capacity = room;
    const dims = [rows, kvHeads, capacity, headDim];
    tensors = Object.fromEntries(
      parts.map((part, i) => [cacheInput(i % 2 === 0 ? 'key' : 'value', Math.floor(i / 2)), new Tensor('float32', part, dims)]),
    );
  };
  const everyRow = () => Array.from({ length: rows }, (_, row) => row);
  rebuild(everyRow(), 0);

  return {
    rows: () => rows,
    length: () => length,
    feeds: () => tensors,
    append(fresh, newTokens) {
      const needed = length + newTokens;
      if (needed > capacity) rebuild(everyRow(), Math.ceil(needed / GROWTH_TOKENS) * GROWTH_TOKENS);
      const size = newTokens * headDim;
      let at = 0;
      for (const part of parts) {
        for (let head = 0; head < rows * kvHeads; head++, at += size) {
          part.set(fresh.subarray(at, at + size), (head * capacity + length) * headDim);
        }
      }
      length = needed;
    },
    keep: kept => rebuild(kept, capacity),
  };
}
