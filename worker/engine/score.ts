// Judges given answers: how unlikely the model finds them, token by token, in float32.
import type { ModelFolder } from '../../src/model/model.ts';
import { Refusal } from '../../src/problem.ts';
import { attentionMask } from './mask.ts';
import { scoreGraph } from './score-graph.ts';
import { int64, openSession, type Session, type SessionOptions } from './session.ts';
import type { Speaking } from './speakers.ts';

export type ScoredRow = { prompt: number[]; answer: number[] };
export type Score = { loss: number; tokens: number };

export type Scoring = {
  /** One run over rows of similar length: each row's summed negative log-likelihood (natural logarithm) and how many tokens were judged. */
  score(rows: ScoredRow[], speaking: Speaking): Promise<Score[]>;
  close(): Promise<void>;
};

/** The session opens at the first use; its weights stay in the mapped files. */
export function openScoring(model: ModelFolder, options: SessionOptions): Scoring {
  let opened: Promise<Session> | undefined;
  return {
    async score(rows, { stack, places: [place] }) {
      opened ??= openSession(scoreGraph(model), model.folder, 'evaluate', options);
      const session = await opened;
      const sequences = rows.map(({ prompt, answer }) => [...prompt, ...answer]);
      const width = Math.max(...sequences.map(ids => ids.length));
      const { maxPositions } = model.config;
      if (width > maxPositions) throw new Refusal('engine.rowTooLong', { tokens: width, most: maxPositions });
      // The token before judges the token after; the very first of a sequence has none before it.
      const judged = sequences.flatMap((ids, row) =>
        ids.flatMap((id, i) => (i > 0 && i >= rows[row].prompt.length ? [{ row, at: row * width + i - 1, id }] : [])),
      );
      const scores = rows.map((): Score => ({ loss: 0, tokens: 0 }));
      if (judged.length === 0) return scores;
      const PADDING = 0;
      const count = rows.length;
      const out = await session.run(
        {
          ids: int64(
            sequences.flatMap(ids => [...ids, ...Array<number>(width - ids.length).fill(PADDING)]),
            [count, width],
          ),
          rows: int64([count], [1]),
          positions: int64(
            sequences.flatMap(() => Array.from({ length: width }, (_, i) => i)),
            [count, width],
          ),
          mask: attentionMask(Array<number>(count).fill(0), 0, width),
          logit_tokens: int64(
            judged.map(({ at }) => at),
            [judged.length],
          ),
          labels: int64(
            judged.map(({ id }) => id),
            [judged.length, 1],
          ),
          ...stack.matrices,
          ...stack.masks(Array<number>(count).fill(place), width),
        },
        ['loss'],
      );
      const losses = out.loss.data as Float32Array;
      judged.forEach(({ row }, i) => {
        scores[row].loss += losses[i];
        scores[row].tokens++;
      });
      return scores;
    },
    async close() {
      await (await opened)?.release();
      opened = undefined;
    },
  };
}

/** The rows' indices in batches of similar length, each of at most `most` tokens with padding, or of one row. */
export function batchesByLength(rows: ScoredRow[], most: number): number[][] {
  const lengthOf = (i: number) => rows[i].prompt.length + rows[i].answer.length;
  const byLength = rows.map((_, i) => i).sort((a, b) => lengthOf(a) - lengthOf(b));
  const batches: number[][] = [];
  for (const i of byLength) {
    const last = batches.at(-1);
    if (last && (last.length + 1) * lengthOf(i) <= most) last.push(i);
    else batches.push([i]);
  }
  return batches;
}
