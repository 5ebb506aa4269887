// Writes answers: the prompt goes in once, then one token a step and row, all rows in one batch; a row that has ended leaves it.
import type { ModelFolder } from '../../src/model/model.ts';
import type { ChatTokenizer } from '../../src/model/tokenizer.ts';
import { Refusal } from '../../src/problem.ts';
import { cacheOf, emptyCache } from './cache.ts';
import type { Decoding, StepResult } from './decoding.ts';
import type { Generated, GenerateRequest } from './generator.ts';
import { numberGuard, type Permits } from './guard.ts';
import type { LoraStack } from './lora-stack.ts';
import { seededRandom } from './random.ts';
import { beforeRepeatedLine } from './repeated-line.ts';
import { candidates, penalise } from './sampling.ts';
import type { Speaking } from './speakers.ts';

export type Writer = { model: ModelFolder; tokenizer: ChatTokenizer; decoding: Decoding };

type Row = { answer: number; place: number; tokens: number[]; random: () => number };

/** Long prompts go in by pieces: the attention's scores take memory with the square of a piece, and a signal is heard in between. */
const PIECE_TOKENS = 512;

/**
 * One answer a speaker, in their order; it does not depend on the other speakers. `permits` may pass over a token, in addition to the request's
 * guard. When the signal comes, what there is so far is returned. Throws a Refusal when the prompt leaves no room in the context.
 */
export async function generate(
  writer: Writer,
  request: GenerateRequest,
  { stack, places }: Speaking,
  signal: AbortSignal,
  permits?: Permits,
): Promise<Generated[]> {
  const { model, tokenizer, decoding } = writer;
  const { prompt, sampling, stop } = request;
  const { maxPositions } = model.config;
  if (prompt.length >= maxPositions) throw new Refusal('engine.promptTooLong', { tokens: prompt.length, most: maxPositions - 1 });
  if (prompt.length === 0) throw new Error('a prompt has at least one token');

  const started = performance.now();
  const answers: Generated[] = [];
  const choose = chooser(writer, request, permits);
  const finish = (row: Row, why: Generated['why'], { text, tokens } = { text: tokenizer.decode(row.tokens), tokens: row.tokens }) => {
    answers[row.answer] = { text, tokens, ms: performance.now() - started, why };
  };
  /** Gives the row its next token. False when that ended it. */
  const goesOn = (row: Row, id: number): boolean => {
    if (stop.tokens.includes(id)) finish(row, 'end');
    else {
      row.tokens.push(id);
      const repeated = stop.repeatedLine ? beforeRepeatedLine(tokenizer, row.tokens) : undefined;
      if (repeated) finish(row, 'repeat', repeated);
      else if (row.tokens.length >= stop.maxTokens || prompt.length + row.tokens.length >= maxPositions) finish(row, 'length');
    }
    return answers[row.answer] === undefined;
  };

  let rows = places.map((place, answer): Row => ({ answer, place, tokens: [], random: seededRandom(sampling.seed) }));
  let next = await readPrompt(decoding, model, prompt, places, stack, choose.needsLogits, signal);
  while (next && rows.length > 0) {
    const chosen = choose.tokens(rows, next);
    const live = rows.flatMap((row, i) => (goesOn(row, chosen[i]) ? [i] : []));
    if (live.length === 0 || signal.aborted) break;
    const { cache } = next;
    const shorter = live.length < rows.length ? cacheOf(live.map(row => ({ cache, row }))) : cache;
    rows = live.map(i => rows[i]);
    const tokens = rows.map(row => row.tokens.slice(-1));
    next = await decoding.step(
      shorter,
      tokens,
      rows.map(({ place }) => place),
      stack,
      choose.needsLogits,
    );
  }
  for (const row of rows) if (answers[row.answer] === undefined) finish(row, 'aborted');
  return answers;
}

/** Reads the prompt once for every speaker, and gives each row a cache of its own. Undefined when the signal came. */
async function readPrompt(
  decoding: Decoding,
  model: ModelFolder,
  prompt: number[],
  places: number[],
  stack: LoraStack,
  wantLogits: boolean,
  signal: AbortSignal,
): Promise<StepResult | undefined> {
  const read = new Map<number, StepResult>();
  for (const place of new Set(places)) {
    let result: StepResult = { cache: emptyCache(model.config), best: [] };
    for (let at = 0; at < prompt.length; at += PIECE_TOKENS) {
      if (signal.aborted) return undefined;
      const last = at + PIECE_TOKENS >= prompt.length;
      result = await decoding.step(result.cache, [prompt.slice(at, at + PIECE_TOKENS)], [place], stack, last && wantLogits);
    }
    read.set(place, result);
  }
  const results = places.map(place => read.get(place)!);
  const logits = wantLogits ? Float32Array.from(results.flatMap(result => [...result.logits!])) : undefined;
  return { cache: cacheOf(results.map(({ cache }) => ({ cache, row: 0 }))), best: results.flatMap(({ best }) => best), logits };
}

/** How a step's result becomes the rows' next tokens. The logits leave the session only where something has a say in them. */
function chooser({ tokenizer, model }: Writer, { prompt, sampling, guard }: GenerateRequest, permits?: Permits) {
  const guarded = guard && numberGuard(tokenizer, guard.notes);
  const rules = [guarded, permits].filter(rule => rule !== undefined);
  const needsLogits = rules.length > 0 || sampling.temperature > 0 || sampling.repetitionPenalty !== 1;
  const chooseOne = (row: Row, logits: Float32Array): number => {
    if (sampling.repetitionPenalty !== 1) penalise(logits, [...prompt, ...row.tokens], sampling.repetitionPenalty);
    for (const id of candidates(logits, sampling, row.random)) if (rules.every(permit => permit(row.tokens, id))) return id;
    throw new Error('every token was passed over');
  };
  return {
    needsLogits,
    tokens(rows: Row[], { best, logits }: StepResult): number[] {
      const { vocab } = model.config;
      return needsLogits ? rows.map((row, i) => chooseOne(row, logits!.subarray(i * vocab, (i + 1) * vocab))) : best;
    },
  };
}
