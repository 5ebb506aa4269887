// Which pairs of answers people are asked to vote on.
import { goesInCircles } from '../src/model/loops.ts';

/** Two texts that differ in more than white space, say something and do not go in circles. */
export function isWorthAVote(texts: string[]): boolean {
  const [a, b, ...more] = texts.map(text => text.replace(/\s+/gu, ' ').trim());
  return b !== undefined && more.length === 0 && a !== b && [a, b].every(text => /[\p{L}\p{N}]/u.test(text) && !goesInCircles(text));
}
