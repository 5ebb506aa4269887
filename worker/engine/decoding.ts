// One step of decoding: new tokens in, a longer cache and the next token's logits out. Sessions open when they are first needed.
import type { ModelFolder } from '../../src/model/model.ts';
import { append, type Cache } from './cache.ts';
import { decodeGraph } from './decode-graph.ts';
import type { Int8File } from './int8-file.ts';
import type { LoraStack } from './lora-stack.ts';
import { attentionMask } from './mask.ts';
import { int64, openSession, type Session, type SessionOptions } from './session.ts';

/** `best` is the most likely next token of each row; `logits` [rows, vocab] come when asked for. */
export type StepResult = { best: number[]; logits?: Float32Array };

export type Decoding = {
  /**
   * Feeds equally many new tokens to every row of `cache`, however many it has already, and adds them to it. `places` holds, row by row, a place
   * in `stack` or -1 for the base.
   */
  step(cache: Cache, tokens: number[][], places: number[], stack: LoraStack, wantLogits: boolean): Promise<StepResult>;
  close(): Promise<void>;
};

/** In 8 bits with `int8`, else in float32. */
export function openDecoding(model: ModelFolder, options: SessionOptions & { int8?: Int8File }): Decoding {
  const { int8 } = options;
  const sessions = new Map<boolean, Promise<Session>>();
  const session = (lora: boolean): Promise<Session> => {
    if (!sessions.has(lora)) sessions.set(lora, openSession(decodeGraph(model, { lora, int8 }), model.folder, 'decode', options));
    return sessions.get(lora)!;
  };

  return {
    async step(cache, tokens, places, stack, wantLogits) {
      // In float32 the base speaks through the adapters' graph too: a second copy of the packed weights is too much memory for some 5 % of speed.
      const lora = int8 === undefined || places.some(place => place >= 0);
      const decode = await session(lora);
      const rows = tokens.length;
      const added = tokens[0].length;
      const lastOfRow = tokens.map((_, row) => row * added + added - 1);
      const positions = cache.lengths.flatMap(length => Array.from({ length: added }, (_, i) => length + i));
      const out = await decode.run(
        {
          ...cache.feeds,
          ids: int64(tokens.flat(), [rows, added]),
          rows: int64([rows], [1]),
          positions: int64(positions, [rows, added]),
          mask: attentionMask(cache.lengths, cache.capacity, added),
          widths: int64([cache.capacity, added], [2]),
          logit_tokens: int64(lastOfRow, [rows]),
          ...(lora && { ...stack.matrices, ...stack.masks(places, added) }),
        },
        wantLogits ? ['new_cache', 'best', 'logits'] : ['new_cache', 'best'],
      );
      append(cache, out.new_cache.data as Float32Array, added);
      return {
        best: Array.from(out.best.data as BigInt64Array, Number),
        logits: out.logits?.data as Float32Array | undefined,
      };
    },
    async close() {
      const open = [...sessions.values()];
      sessions.clear();
      for (const each of open) await (await each).release();
    },
  };
}
