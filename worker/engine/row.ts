// One answer while it is written: how its next token is chosen, and what ends it.
import type { ModelFolder } from '../../src/model/model.ts';
import type { ChatTokenizer } from '../../src/model/tokenizer.ts';
import type { Generated, GenerateRequest } from './generator.ts';
import { numberGuard, type Permits } from './guard.ts';
import { seededRandom } from './random.ts';
import { beforeRepeatedLine } from './repeated-line.ts';
import { candidates, penalise } from './sampling.ts';
import type { Speaker } from './speakers.ts';

export type Row = {
  readonly speaker: Speaker;
  readonly tokens: number[];
  /** Whether something has a say in its tokens and needs the logits; else the most likely one is taken. */
  readonly needsLogits: boolean;
  /** The whole answer, once it has ended. */
  answer?: Generated;
  /** What went wrong when a token was chosen: this row ends, the others know nothing of it. */
  failed?: unknown;
  /** Takes the next token: `best`, or one chosen by `logits` (which are used up). */
  take(best: number, logits: Float32Array | undefined): void;
  /** Ends the answer with what there is. */
  end(why: Generated['why']): void;
};

export const isOver = (row: Row): boolean => row.answer !== undefined || row.failed !== undefined;

/** `permits` may pass over a token, in addition to the request's guard. */
export function newRow(
  { config }: ModelFolder,
  tokenizer: ChatTokenizer,
  { prompt, sampling, stop, guard }: GenerateRequest,
  speaker: Speaker,
  permits?: Permits,
): Row {
  const started = performance.now();
  const tokens: number[] = [];
  const random = seededRandom(sampling.seed);
  const rules = [guard && numberGuard(tokenizer, guard.notes), permits].filter(rule => rule !== undefined);
  const most = Math.min(stop.maxTokens, config.maxPositions - prompt.length);

  const choose = (logits: Float32Array): number => {
    if (sampling.repetitionPenalty !== 1) penalise(logits, [...prompt, ...tokens], sampling.repetitionPenalty);
    for (const id of candidates(logits, sampling, random)) if (rules.every(permit => permit(tokens, id))) return id;
    throw new Error('every token was passed over');
  };
  const end = (why: Generated['why'], said = { text: tokenizer.decode(tokens), tokens }) => {
    row.answer = { ...said, ms: performance.now() - started, why };
  };
  const takeToken = (id: number) => {
    if (stop.tokens.includes(id)) return end('end');
    tokens.push(id);
    const repeated = stop.repeatedLine ? beforeRepeatedLine(tokenizer, tokens) : undefined;
    if (repeated) end('repeat', repeated);
    else if (tokens.length >= most) end('length');
  };
  const row: Row = {
    speaker,
    tokens,
    needsLogits: rules.length > 0 || sampling.temperature > 0 || sampling.repetitionPenalty !== 1,
    take(best, logits) {
      try {
        takeToken(row.needsLogits ? choose(logits!) : best);
      } catch (error) {
        row.failed = error;
      }
    },
    end,
  };
  return row;
}
