// Who may look at whom in attention: a token at its row's cached tokens, at itself and at the new ones before it.
import { Tensor } from './session.ts';

/** Far below any score, and finite: a column that nobody may look at gets a probability of exactly 0. */
const HIDDEN = -1e30;

/** [rows, 1, 1, new, capacity + new]. `lengths` holds, row by row, how many of the cache's `capacity` tokens are the row's. */
export function attentionMask(lengths: number[], capacity: number, newTokens: number): Tensor {
  const width = capacity + newTokens;
  const data = new Float32Array(lengths.length * newTokens * width);
  let line = 0;
  for (const length of lengths) {
    for (let token = 0; token < newTokens; token++, line += width) {
      data.fill(HIDDEN, line + length, line + capacity);
      data.fill(HIDDEN, line + capacity + token + 1, line + width);
    }
  }
  return new Tensor('float32', data, [lengths.length, 1, 1, newTokens, width]);
}
