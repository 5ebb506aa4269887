// The rows that are being written: different lengths, different speakers, one cache, one step for all.
import type { ModelConfig } from '../../src/model/model.ts';
import { addRow, type Cache, dropRow, emptyCache } from './cache.ts';
import type { Decoding, StepResult } from './decoding.ts';
import { isOver, type Row } from './row.ts';
import type { Speaker, Speaking } from './speakers.ts';

export type Batch = {
  readonly rows: readonly Row[];
  /** Takes in a row whose prompt was read into row `at` of `read`, with what that gave. */
  add(row: Row, read: Cache, at: number, result: StepResult): void;
  /** One more token for every row. */
  step(): Promise<void>;
  /** Lets the rows go that are over. */
  release(): void;
  /** Lets all rows go. */
  clear(): void;
};

export function openBatch(config: ModelConfig, decoding: Decoding, stacked: (speakers: Speaker[]) => Speaking): Batch {
  /** Row by row as in the cache. */
  const rows: Row[] = [];
  let cache = emptyCache(config, 0);

  function clear(): void {
    rows.length = 0;
    cache = emptyCache(config, 0);
  }
  return {
    rows,
    add(row, read, at, result) {
      addRow(cache, read, at);
      rows.push(row);
      takeToken(config, row, at, result);
    },
    async step() {
      const { stack, places } = stacked(rows.map(({ speaker }) => speaker));
      const tokens = rows.map(row => row.tokens.slice(-1));
      const needsLogits = rows.some(row => row.needsLogits);
      const result = await decoding.step(cache, tokens, places, stack, needsLogits);
      rows.forEach((row, at) => void takeToken(config, row, at, result));
    },
    release() {
      for (let at = rows.length - 1; at >= 0; at--) {
        if (!isOver(rows[at])) continue;
        dropRow(cache, at);
        const last = rows.pop()!;
        if (at < rows.length) rows[at] = last;
      }
      if (rows.length === 0) clear();
    },
    clear,
  };
}

function takeToken({ vocab }: ModelConfig, row: Row, at: number, { best, logits }: StepResult): void {
  // A copy: two rows may begin with the same logits, and taking a token uses them up.
  row.take(best[at], row.needsLogits ? logits!.slice(at * vocab, (at + 1) * vocab) : undefined);
}
