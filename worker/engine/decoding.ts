// One step of decoding: new tokens in, the cache moved on, logits out. The sessions open when they are first needed.
import type { LoraWeights } from '../../src/model/lora.ts';
import type { ModelFolder } from '../../src/model/model.ts';
import type { Cache } from './cache.ts';
import { decodeGraph } from './decode-graph.ts';
import type { Int8File } from './int8-file.ts';
import { type LoraStack, stackLora } from './lora-stack.ts';
import { openSession, type Session, type SessionOptions, Tensor, type Tensors } from './session.ts';

/** The next token's logits of each row, [rows, vocab], or only the most likely token. */
export type StepResult = { best: number[]; logits?: Float32Array };

export type Decoding = {
  /**
   * Feeds the same number of new tokens to every row. `speakers` holds, row by row, a place in `stack` or -1 for the base.
   */
  step(cache: Cache, tokens: number[][], speakers: number[], stack: LoraStack, wantLogits: boolean): Promise<StepResult>;
  close(): Promise<void>;
};

export function decoding(model: ModelFolder, options: SessionOptions & { int8?: Int8File }): Decoding {
  const sessions = new Map<boolean, Promise<Session>>();
  const session = (lora: boolean): Promise<Session> => {
    if (!sessions.has(lora))
      sessions.set(lora, openSession(decodeGraph(model, { lora, int8: options.int8 }), model.folder, 'decode', options));
    return sessions.get(lora)!;
  };

  return {
    async step(cache, tokens, speakers, stack, wantLogits) {
      const lora = speakers.some(speaker => speaker >= 0) || (!options.int8 && sessions.has(true));
      const open = await session(lora);
      const rows = tokens.length;
      const added = tokens[0].length;
      const total = cache.length() + added;
      const feeds: Tensors = {
        ...cache.feeds(),
        ids: int64(tokens.flat(), [rows, added]),
        rows: int64([rows], [1]),
        last_index: int32(Array(rows).fill(total - 1), [rows]),
        total: int32([total], []),
        from: int64([cache.length()], [1]),
        to: int64([total], [1]),
        logit_tokens: int64(
          tokens.map((_, row) => row * added + added - 1),
          [rows],
        ),
        ...(lora ? { ...stack.matrices, ...stack.masks(speakers, added) } : {}),
      };
      if (open.inputNames.includes('positions'))
        feeds.positions = int64(
          tokens.flatMap(row => row.map((_, i) => cache.length() + i)),
          [rows, added],
        );
      const out = await open.run(feeds, wantLogits ? ['new_cache', 'best', 'logits'] : ['new_cache', 'best']);
      cache.append(out.new_cache.data as Float32Array, added);
      return { best: Array.from(out.best.data as BigInt64Array, Number), logits: out.logits?.data as Float32Array | undefined };
    },
    async close() {
      for (const open of sessions.values()) await (await open).release();
      sessions.clear();
    },
  };
}

export const baseOnly = (model: ModelFolder): LoraStack => stackLora(model.config, [] as LoraWeights[]);

const int64 = (data: number[], dims: number[]) => new Tensor('int64', BigInt64Array.from(data, BigInt), dims);
const int32 = (data: number[], dims: number[]) => new Tensor('int32', Int32Array.from(data), dims);
