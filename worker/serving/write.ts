// One answer by a server that cannot be told our rules: what it wrote is judged afterwards, and where a rule forbids a token it goes on from there
// without it. Greedy, that is to the token what an engine writes that passes over tokens while it decodes.
import type { ChatTokenizer } from '../../src/model/tokenizer.ts';
import type { Generated, Sampling, Stop } from '../engine/generator.ts';
import type { Permits } from '../engine/guard.ts';
import { beforeRepeatedLine } from '../engine/repeated-line.ts';
import type { Completion, CompletionRequest } from './server.ts';

export type Writing = {
  prompt: number[];
  sampling: Sampling;
  stop: Stop;
  tokenizer: ChatTokenizer;
  maxPositions: number;
  permits?: Permits;
  /** The server knows vLLM's fields besides OpenAI's. */
  extended: boolean;
  complete(fields: Omit<CompletionRequest, 'model' | 'prompt'> & { prompt: number[] }): Promise<Completion>;
};

/** `logit_bias` ends here in OpenAI's and vLLM's documentation: as good as never. */
const NEVER = -100;
/** So many tokens are passed over in one answer; what then still breaks a rule ends it. */
const MOST_PASSED_OVER = 100;

/** When the signal comes, what there is so far is returned. Rejects with what `complete` rejects with. */
export async function write(writing: Writing, signal: AbortSignal): Promise<Generated> {
  const { stop, tokenizer, prompt, maxPositions } = writing;
  const started = performance.now();
  const most = Math.min(stop.maxTokens, maxPositions - prompt.length);
  const tokens: number[] = [];
  let banned: number[] = [];
  const done = (why: Generated['why'], said = { text: tokenizer.decode(tokens), tokens }): Generated => ({
    ...said,
    ms: performance.now() - started,
    why,
  });

  for (let passedOver = 0; ; ) {
    // With tokens banned only the next one is asked for: they are banned here, not further on.
    const wanted = banned.length > 0 ? 1 : most - tokens.length;
    const next = await ask(writing, tokens, wanted, banned).catch(error => {
      if (signal.aborted) return undefined;
      throw error;
    });
    if (!next) return done('aborted');
    const forbidden = firstForbidden(writing, tokens, next);
    for (const id of next.ids.slice(0, forbidden)) {
      tokens.push(id);
      const repeated = stop.repeatedLine ? beforeRepeatedLine(tokenizer, tokens) : undefined;
      if (repeated) return done('repeat', repeated);
    }
    if (forbidden !== undefined) {
      // A server that does not know `logit_bias` says it again: then the answer ends before it.
      const deaf = banned.includes(next.ids[0] ?? stop.tokens[0]);
      if (deaf || ++passedOver > MOST_PASSED_OVER) return done('length');
      const ends = forbidden === next.ids.length;
      banned = [...(forbidden === 0 ? banned : []), ...(ends ? stop.tokens : [next.ids[forbidden]])];
      continue;
    }
    if (next.ended) return done('end');
    if (tokens.length >= most) return done('length');
    // A server that stops short without a reason would be asked for ever.
    if (next.ids.length === 0) return done('length');
    banned = [];
  }
}

type Next = { ids: number[]; ended: boolean };

async function ask(
  { prompt, sampling, stop, tokenizer, extended, complete }: Writing,
  tokens: number[],
  most: number,
  banned: number[],
): Promise<Next> {
  const { text, token_ids, finish_reason } = await complete({
    prompt: [...prompt, ...tokens],
    max_tokens: most,
    temperature: sampling.temperature,
    ...(sampling.temperature > 0 && { top_p: sampling.topP, seed: sampling.seed }),
    ...(banned.length > 0 && { logit_bias: Object.fromEntries(banned.map(id => [id, NEVER])) }),
    ...(extended
      ? {
          stop_token_ids: stop.tokens,
          return_token_ids: true,
          ...(sampling.repetitionPenalty !== 1 && { repetition_penalty: sampling.repetitionPenalty }),
        }
      : { stop: [tokenizer.endOfTurn] }),
  });
  const ids = token_ids ?? tokenizer.encode(text);
  const end = ids.findIndex(id => stop.tokens.includes(id));
  return { ids: end < 0 ? ids : ids.slice(0, end), ended: end >= 0 || finish_reason === 'stop' };
}

/** The place of the first token that may not follow those before it; the end counts as one. Undefined where all may. */
function firstForbidden({ permits, stop }: Writing, tokens: number[], { ids, ended }: Next): number | undefined {
  if (!permits) return undefined;
  const so = [...tokens];
  for (const [i, id] of ids.entries()) {
    if (!permits(so, id)) return i;
    so.push(id);
  }
  return ended && stop.tokens.length > 0 && !permits(so, stop.tokens[0]) ? ids.length : undefined;
}
