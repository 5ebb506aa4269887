// The key/value cache of a batch whose rows have equally many tokens. It lives in our memory and grows by steps:
// the attention operator clears and copies whatever capacity it is given, so spare room costs time at every token.
import type { ModelConfig } from '../../src/model/model.ts';
import { cacheInput } from './decode-graph.ts';
import { Tensor, type Tensors } from './session.ts';

const GROWTH_TOKENS = 32;

/** `parts`: key of block 0, value of block 0, key of block 1 and so on, each [rows, kvHeads, capacity, headDim]. */
export type Cache = {
  shape: { rows: number; kvHeads: number; headDim: number; parts: number };
  /** Tokens that every row has. */
  length: number;
  capacity: number;
  parts: Float32Array[];
  /** The graph's cache inputs: views of `parts`. */
  feeds: Tensors;
};

/** The cache of one row without tokens. */
export const emptyCache = ({ layers, kvHeads, headDim }: ModelConfig): Cache =>
  allocate({ rows: 1, kvHeads, headDim, parts: 2 * layers }, 0, 0);

/** A cache with copies of these rows, in this order; they must have equally many tokens. */
export function cacheOf(rows: { cache: Cache; row: number }[], room = rows[0].cache.length): Cache {
  const [{ cache: first }] = rows;
  const copy = allocate({ ...first.shape, rows: rows.length }, first.length, room);
  const { kvHeads, headDim } = first.shape;
  rows.forEach(({ cache, row }, at) => {
    copy.parts.forEach((part, i) => {
      for (let head = 0; head < kvHeads; head++) {
        const start = (row * kvHeads + head) * cache.capacity * headDim;
        const values = cache.parts[i].subarray(start, start + cache.length * headDim);
        part.set(values, (at * kvHeads + head) * copy.capacity * headDim);
      }
    });
  });
  return copy;
}

/** Adds the graph's `new_cache` output of `newTokens` a row: in place if there is room, else in a larger copy. Returns the cache to go on with. */
export function append(cache: Cache, fresh: Float32Array, newTokens: number): Cache {
  const { rows, kvHeads, headDim } = cache.shape;
  const needed = cache.length + newTokens;
  const room =
    needed <= cache.capacity
      ? cache
      : cacheOf(
          Array.from({ length: rows }, (_, row) => ({ cache, row })),
          needed,
        );
  const size = newTokens * headDim;
  let at = 0;
  for (const part of room.parts) {
    for (let head = 0; head < rows * kvHeads; head++, at += size) {
      part.set(fresh.subarray(at, at + size), (head * room.capacity + room.length) * headDim);
    }
  }
  room.length = needed;
  return room;
}

function allocate(shape: Cache['shape'], length: number, room: number): Cache {
  const capacity = Math.ceil(room / GROWTH_TOKENS) * GROWTH_TOKENS;
  const dims = [shape.rows, shape.kvHeads, capacity, shape.headDim];
  const parts = Array.from({ length: shape.parts }, () => new Float32Array(dims.reduce((product, dim) => product * dim, 1)));
  const name = (i: number) => cacheInput(i % 2 === 0 ? 'key' : 'value', Math.floor(i / 2));
  const feeds = Object.fromEntries(parts.map((part, i) => [name(i), new Tensor('float32', part, dims)]));
  return { shape, length, capacity, parts, feeds };
}
