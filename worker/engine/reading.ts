// Reading a prompt, once for every different speaker and piece by piece, so that what is written meanwhile goes on in between.
import type { ModelConfig } from '../../src/model/model.ts';
import { type Cache, emptyCache } from './cache.ts';
import type { Decoding, StepResult } from './decoding.ts';
import type { Speaker, Speaking } from './speakers.ts';

/** A row of `cache` for each of `speakers`, no two of which are the same. */
export type Reading = { cache: Cache; speakers: Speaker[] };

/** Tokens of a piece, all rows together: others wait so long, and the attention's scores take memory with the square of a piece. */
const PIECE_TOKENS = 512;

export function beginReading(config: ModelConfig, speakers: Speaker[]): Reading {
  const different = [...new Set(speakers)];
  return { cache: emptyCache(config, different.length), speakers: different };
}

/** Reads the next piece of `prompt`. Gives the result of the last one. */
export async function readPiece(
  decoding: Decoding,
  stacked: (speakers: Speaker[]) => Speaking,
  { cache, speakers }: Reading,
  prompt: number[],
  wantLogits: boolean,
): Promise<StepResult | undefined> {
  const [from] = cache.lengths;
  const piece = prompt.slice(from, from + Math.ceil(PIECE_TOKENS / speakers.length));
  const last = from + piece.length === prompt.length;
  const { stack, places } = stacked(speakers);
  const pieces = speakers.map(() => piece);
  const result = await decoding.step(cache, pieces, places, stack, last && wantLogits);
  return last ? result : undefined;
}
