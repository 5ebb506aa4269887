// Reading prompts: once for every different speaker, and piece by piece, so that what is written meanwhile goes on in between. What was read
// last is kept: a prompt that begins the same way goes on from there, as every further section of a report does.
import type { ModelConfig } from '../../src/model/model.ts';
import { addRow, bytesPerToken, type Cache, emptyCache } from './cache.ts';
import type { Decoding, StepResult } from './decoding.ts';
import type { Speaker, Speaking } from './speakers.ts';

/** A row of `cache` for each of `speakers`, no two of which are the same. */
export type Reading = { prompt: number[]; speakers: Speaker[]; cache: Cache };

export type Reader = {
  begin(prompt: number[], speakers: Speaker[]): Reading;
  /** Reads the next piece. Gives the result of the last one. */
  readPiece(reading: Reading, wantLogits: boolean): Promise<StepResult | undefined>;
};

/** Tokens of a piece, all rows together: others wait so long, and the attention's scores take memory with the square of a piece. */
const PIECE_TOKENS = 512;

/** `keptBytes` bounds the keys and values of what was read last. */
export function openReader(config: ModelConfig, decoding: Decoding, stacked: (speakers: Speaker[]) => Speaking, keptBytes: number): Reader {
  /** The latest first. */
  let kept: Reading[] = [];

  function keep(reading: Reading): void {
    let tokens = 0;
    kept = [reading, ...kept].filter(({ cache }) => {
      tokens += cache.lengths.length * cache.capacity;
      return tokens * bytesPerToken(config) <= keptBytes;
    });
  }
  /** What was read for a speaker and begins most like `prompt`. */
  function mostAlike(prompt: number[], speaker: Speaker): { common: number; reading?: Reading } {
    const found = kept
      .filter(({ speakers }) => speakers.includes(speaker))
      .map(reading => ({ reading, common: commonStart(reading.prompt, prompt) }));
    return found.reduce((best, each) => (each.common > best.common ? each : best), { common: 0 });
  }

  return {
    begin(prompt, speakers) {
      const different = [...new Set(speakers)];
      const alike = different.map(speaker => mostAlike(prompt, speaker));
      // One token at least is read: it says what comes next.
      const known = Math.min(prompt.length - 1, ...alike.map(({ common }) => common));
      if (known === 0) return { prompt, speakers: different, cache: emptyCache(config, different.length) };
      const cache = emptyCache(config, 0);
      different.forEach((speaker, i) => {
        const { cache: from, speakers } = alike[i].reading!;
        addRow(cache, from, speakers.indexOf(speaker), known);
      });
      return { prompt, speakers: different, cache };
    },
    async readPiece(reading, wantLogits) {
      const { prompt, speakers, cache } = reading;
      const [from] = cache.lengths;
      const piece = prompt.slice(from, from + Math.ceil(PIECE_TOKENS / speakers.length));
      const last = from + piece.length === prompt.length;
      const { stack, places } = stacked(speakers);
      const pieces = speakers.map(() => piece);
      const result = await decoding.step(cache, pieces, places, stack, last && wantLogits);
      if (!last) return undefined;
      keep(reading);
      return result;
    },
  };
}

/** How many tokens two prompts begin with alike. */
function commonStart(a: number[], b: number[]): number {
  const differs = a.findIndex((id, i) => id !== b[i]);
  return differs < 0 ? a.length : differs;
}
