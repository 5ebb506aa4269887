// The key/value cache of a batch. It lives in our memory and grows in place: a row comes or leaves, and a token is added, without the others
// being copied. Rows have different lengths in a common capacity; what lies behind a row's length is never looked at.
import type { ModelConfig } from '../../src/model/model.ts';
import { cacheInput } from './decode-graph.ts';
import { Tensor, type Tensors } from './session.ts';

/** Spare capacity is read at every token, growing moves all rows: this is between the two. */
const GROWTH_TOKENS = 64;

export type Cache = {
  shape: { kvHeads: number; headDim: number };
  /** Row by row, its tokens. */
  lengths: number[];
  /** Tokens that a row has room for. */
  capacity: number;
  /** Key of block 0, value of block 0, key of block 1 and so on: [rows, kvHeads, 1, capacity, headDim], and spare memory behind that. */
  parts: Float32Array[];
  /** The graph's cache inputs: views of `parts`. */
  feeds: Tensors;
};

/** A cache of `rows` rows without tokens. */
export function emptyCache({ layers, kvHeads, headDim }: ModelConfig, rows = 1): Cache {
  const parts = Array.from({ length: 2 * layers }, () => new Float32Array());
  const cache = { shape: { kvHeads, headDim }, lengths: [], capacity: 0, parts, feeds: {} };
  return reshape(cache, Array<number>(rows).fill(0), 0);
}

/** What a token of a row takes, keys and values of all blocks. */
export const bytesPerToken = ({ layers, kvHeads, headDim }: ModelConfig): number =>
  2 * layers * kvHeads * headDim * Float32Array.BYTES_PER_ELEMENT;

/** Adds a copy of a row of another cache, or of its first `length` tokens, as the last one. */
export function addRow(cache: Cache, from: Cache, row: number, length = from.lengths[row]): void {
  const at = cache.lengths.length;
  reshape(cache, [...cache.lengths, length], Math.max(cache.capacity, length));
  eachHead(cache, at, (part, start, head) => {
    const source = startOf(from, row, head);
    cache.parts[part].set(from.parts[part].subarray(source, source + length * cache.shape.headDim), start);
  });
}

/** Takes a row out; the last row takes its place. */
export function dropRow(cache: Cache, row: number): void {
  const last = cache.lengths.length - 1;
  const length = cache.lengths[last];
  if (row < last)
    eachHead(cache, row, (part, start, head) => {
      const source = startOf(cache, last, head);
      cache.parts[part].copyWithin(start, source, source + length * cache.shape.headDim);
    });
  const lengths = cache.lengths.slice(0, last);
  if (row < last) lengths[row] = length;
  reshape(cache, lengths, Math.max(0, ...lengths));
}

/** Adds the graph's `new_cache` output: `newTokens` a row. */
export function append(cache: Cache, fresh: Float32Array, newTokens: number): void {
  const { lengths, shape } = cache;
  const longer = lengths.map(length => length + newTokens);
  reshape(cache, lengths, Math.max(...longer));
  const size = newTokens * shape.headDim;
  let at = 0;
  for (const part of cache.parts) {
    for (let row = 0; row < lengths.length; row++) {
      for (let head = 0; head < shape.kvHeads; head++) {
        const start = startOf(cache, row, head) + lengths[row] * shape.headDim;
        for (let i = 0; i < size; i++) part[start + i] = fresh[at++];
      }
    }
  }
  cache.lengths = longer;
}

/** Gives the cache these rows and room for so many tokens a row; whatever both shapes have in common stays. */
function reshape(cache: Cache, lengths: number[], tokens: number): Cache {
  const { kvHeads, headDim } = cache.shape;
  const capacity = Math.max(1, Math.ceil(tokens / GROWTH_TOKENS)) * GROWTH_TOKENS;
  if (capacity === cache.capacity && lengths.length === cache.lengths.length) return cache;
  const size = lengths.length * kvHeads * capacity * headDim;
  if (size > cache.parts[0].length) cache.parts = cache.parts.map(part => enlarged(part, size));
  if (capacity !== cache.capacity) move(cache, Math.min(lengths.length, cache.lengths.length), capacity);
  cache.lengths = lengths;
  cache.capacity = capacity;
  const dims = [lengths.length, kvHeads, 1, capacity, headDim];
  cache.parts.forEach((part, i) => {
    const name = cacheInput(i % 2 === 0 ? 'key' : 'value', Math.floor(i / 2));
    cache.feeds[name] = new Tensor('float32', part.subarray(0, size), dims);
  });
  return cache;
}

/** Twice the memory at least, so that a batch that fills up is copied a few times only; memory that was never written costs nothing yet. */
function enlarged(part: Float32Array, size: number): Float32Array {
  const larger = new Float32Array(Math.max(size, 2 * part.length));
  larger.set(part);
  return larger;
}

/** Puts the first `rows` rows where they belong in another capacity: from the end if they move to the right, so that none is overwritten. */
function move(cache: Cache, rows: number, capacity: number): void {
  const { kvHeads, headDim } = cache.shape;
  const heads = Array.from({ length: rows * kvHeads }, (_, i) => i);
  if (capacity > cache.capacity) heads.reverse();
  for (const part of cache.parts) {
    for (const head of heads) {
      const from = head * cache.capacity * headDim;
      const length = Math.min(cache.lengths[Math.floor(head / kvHeads)], capacity);
      part.copyWithin(head * capacity * headDim, from, from + length * headDim);
    }
  }
}

/** Calls `each` with the number of every part and the place where a row's head begins in it. */
function eachHead(cache: Cache, row: number, each: (part: number, start: number, head: number) => void): void {
  for (let part = 0; part < cache.parts.length; part++)
    for (let head = 0; head < cache.shape.kvHeads; head++) each(part, startOf(cache, row, head), head);
}

const startOf = ({ shape, capacity }: Cache, row: number, head: number): number => (row * shape.kvHeads + head) * capacity * shape.headDim;
