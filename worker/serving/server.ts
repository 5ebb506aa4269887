// The calls of an OpenAI-compatible server that we use, and vLLM's for adapters. What a server says becomes data or one Refusal.
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { Refusal } from '../../src/problem.ts';

export type ServerOptions = {
  /** With or without /v1 at its end. */
  url: string;
  /** Sent as a Bearer token. */
  key?: string;
  /** For one completion; an answer of some hundred tokens fits well into the default. */
  timeoutMs?: number;
};

/** A name that a completion may ask for; `root`: where the server found it (vLLM: the folder that an adapter was loaded from). */
export type ServedModel = { id: string; root?: string | null };

export type Server = {
  /** What a completion may ask for. A server that lists nothing, or fails over it, may know models all the same: then it is empty. */
  models(signal: AbortSignal): Promise<ServedModel[]>;
  /** Whether adapters can be loaded while it runs. */
  canAdapt(signal: AbortSignal): Promise<boolean>;
  /** `path` is opened by the server. A name that is loaded already is no error: a name of ours never stands for other weights. */
  load(adapter: { name: string; path: string; rank: number }, signal: AbortSignal): Promise<void>;
  /** A name that is not loaded is no error. */
  unload(name: string, signal: AbortSignal): Promise<void>;
  /** Rejects with UnknownModel when `model` is not loaded there. */
  complete(request: CompletionRequest, signal: AbortSignal): Promise<Completion>;
};

/** Fields of `POST /v1/completions`, as OpenAI and (from `stop_token_ids` on) vLLM document them. */
export type CompletionRequest = {
  model: string;
  prompt: number[] | string;
  max_tokens: number;
  temperature: number;
  top_p?: number;
  seed?: number;
  stop?: string[];
  logit_bias?: Record<string, number>;
  stop_token_ids?: number[];
  repetition_penalty?: number;
  return_token_ids?: boolean;
  prompt_logprobs?: number;
};

const Completion = z.looseObject({
  choices: z
    .array(
      z.looseObject({
        text: z.string(),
        finish_reason: z.string().nullish(),
        token_ids: z.array(z.int()).nullish(),
        /** vLLM: a place in the prompt → its token's id → how likely it was; null for the first. */
        prompt_logprobs: z.array(z.record(z.string(), z.looseObject({ logprob: z.number() })).nullable()).nullish(),
      }),
    )
    .min(1),
  usage: z.looseObject({ prompt_tokens: z.int().nullish() }).nullish(),
});
/** `promptTokens`: so many the server read, if it says so. */
export type Completion = z.infer<typeof Completion>['choices'][number] & { promptTokens?: number };

const Models = z.looseObject({ data: z.array(z.looseObject({ id: z.string(), root: z.string().nullish() })) });
const Failure = z.union([
  z.looseObject({ error: z.looseObject({ message: z.string() }) }).transform(({ error }) => error.message),
  z.looseObject({ error: z.string() }).transform(({ error }) => error),
  z.looseObject({ detail: z.string() }).transform(({ detail }) => detail),
]);

/** The server does not know the model that was asked for: never loaded, or forgotten at a restart. */
export class UnknownModel extends Error {}

const TIMEOUT_MS = 120_000;
/** For what needs no computing. */
const QUICK_MS = 10_000;
/** An adapter is read from a disk that may be far away. */
const LOAD_MS = 60_000;
/** A server that restarts, or that says it is busy, gets this long in all. */
const RETRY_MS = [200, 500, 1_500];
const BUSY = [429, 502, 503, 504];
/** What `--max-lora-rank` may be (vLLM, LoRAConfig). */
const RANKS = [1, 8, 16, 32, 64, 128, 256, 320, 512];
/** What we tell people to start vLLM with, unless an adapter is larger still. */
const USUAL_RANK = 64;

export function openServer({ url, key, timeoutMs = TIMEOUT_MS }: ServerOptions): Server {
  const root = url.replace(/\/+$/, '').replace(/\/v1$/, '');
  const host = new URL(root).host;
  const headers = { 'content-type': 'application/json', ...(key && { authorization: `Bearer ${key}` }) };

  async function once(path: string, body: unknown, signal: AbortSignal, ms: number): Promise<Said> {
    const init = body === undefined ? { headers } : { method: 'POST', headers, body: JSON.stringify(body) };
    try {
      const response = await fetch(`${root}${path}`, { ...init, signal: AbortSignal.any([signal, AbortSignal.timeout(ms)]) });
      return { status: response.status, text: await response.text() };
    } catch (cause) {
      signal.throwIfAborted();
      throw new Refusal('answers.away', { host, why: reasonOf(cause) }, { cause });
    }
  }

  /** Tries again what a moment may mend; not what took its whole time already. */
  async function call(path: string, body: unknown, signal: AbortSignal, ms = QUICK_MS): Promise<Said> {
    for (const pause of RETRY_MS) {
      try {
        const answer = await once(path, body, signal, ms);
        if (!BUSY.includes(answer.status)) return answer;
      } catch (error) {
        if (!(error instanceof Refusal) || error.problem.values.why === TIMED_OUT) throw error;
      }
      await sleep(pause, undefined, { signal });
    }
    return once(path, body, signal, ms);
  }

  /** What an unwelcome status means to the people who read it. Servers quote a request at times: only the beginning of what they say is kept. */
  function refusal({ status, text }: Said): Refusal {
    if (status === 401 || status === 403) return new Refusal('answers.badKey', { host, status });
    if (BUSY.includes(status)) return new Refusal('answers.away', { host, why: String(status) });
    return new Refusal('answers.refused', { host, status, why: failureIn(text).slice(0, 200) });
  }

  function notLoaded({ status, text }: Said, name: string, rank: number): Refusal {
    const [, most] = /greater than max_lora_rank (\d+)/.exec(text) ?? [];
    if (most) {
      const needed = Math.max(USUAL_RANK, RANKS.find(allowed => allowed >= rank) ?? rank);
      return new Refusal('answers.rankTooLarge', { host, name, rank, most, needed });
    }
    if (/No adapter found/.test(text)) return new Refusal('answers.noFolder', { host, name });
    // It was started anew, without run-time adapters.
    if (status === 404) return new Refusal('answers.noAdapters', { host });
    if (status === 401 || status === 403 || BUSY.includes(status)) return refusal({ status, text });
    return new Refusal('answers.notLoaded', { host, name, why: failureIn(text).slice(0, 200) });
  }

  return {
    async models(signal) {
      const answer = await call('/v1/models', undefined, signal);
      if (answer.status === 500) return [];
      if (answer.status !== 200) throw refusal(answer);
      return read(Models, answer.text, host).data;
    },
    async canAdapt(signal) {
      // vLLM with run-time adapters misses the fields; any other server does not know the path.
      const { status, text } = await call('/v1/load_lora_adapter', {}, signal);
      if (status === 401 || status === 403) throw refusal({ status, text });
      return status === 400 || status === 422;
    },
    async load({ name, path, rank }, signal) {
      const answer = await call('/v1/load_lora_adapter', { lora_name: name, lora_path: path }, signal, LOAD_MS);
      if (answer.status === 200 || /already been loaded/.test(answer.text)) return;
      throw notLoaded(answer, name, rank);
    },
    async unload(name, signal) {
      const answer = await call('/v1/unload_lora_adapter', { lora_name: name }, signal);
      if (answer.status !== 200 && answer.status !== 404) throw refusal(answer);
    },
    async complete(request, signal) {
      const answer = await call('/v1/completions', request, signal, timeoutMs);
      if (answer.status === 404) throw new UnknownModel(request.model);
      if (answer.status !== 200) throw refusal(answer);
      const { choices, usage } = read(Completion, answer.text, host);
      return { ...choices[0], promptTokens: usage?.prompt_tokens ?? undefined };
    },
  };
}

type Said = { status: number; text: string };
const TIMED_OUT = 'timeout';

function read<T>(shape: z.ZodType<T>, text: string, host: string): T {
  try {
    return shape.parse(JSON.parse(text));
  } catch (cause) {
    throw new Refusal('answers.notUnderstood', { host }, { cause });
  }
}

function failureIn(text: string): string {
  try {
    return Failure.parse(JSON.parse(text));
  } catch {
    return text;
  }
}

function reasonOf(cause: unknown): string {
  const { name, message, cause: deeper } = cause as Error & { cause?: { code?: string } };
  return name === 'TimeoutError' ? TIMED_OUT : (deeper?.code ?? message);
}
