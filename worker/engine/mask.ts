// Who may look at whom in attention: a token at its row's cached tokens, at itself and at the new ones before it.
import { Tensor } from './session.ts';

/** Far below any score, and finite: a column that nobody may look at gets a probability of exactly 0. */
const HIDDEN = -1e30;

/**
 * [rows, 1, queries, capacity + new]. `lengths` holds, row by row, how many of the cache's `capacity` tokens are the row's. The query heads of a
 * group lie below each other, so `group` copies of the causal part do; with one new token a single line serves them all.
 */
export function attentionMask(lengths: number[], capacity: number, newTokens: number, group: number): Tensor {
  const width = capacity + newTokens;
  const queries = newTokens === 1 ? 1 : group * newTokens;
  const data = new Float32Array(lengths.length * queries * width);
  let line = 0;
  for (const length of lengths) {
    for (let query = 0; query < queries; query++, line += width) {
      data.fill(HIDDEN, line + length, line + capacity);
      data.fill(HIDDEN, line + capacity + (query % newTokens) + 1, line + width);
    }
  }
  return new Tensor('float32', data, [lengths.length, 1, queries, width]);
}
