// The calls of an OpenAI-compatible server that we use, and vLLM's for adapters. What a server says becomes data or one Refusal.
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { Refusal } from '../../src/problem.ts';

export type ServerOptions = {
  /** With or without /v1 at its end. */
  url: string;
  /** Sent as a Bearer token. */
  key?: string;
  /** For one call; an answer of some hundred tokens fits well into the default. */
  timeoutMs?: number;
};

export type Server = {
  /** Names that a completion may ask for. */
  models(signal: AbortSignal): Promise<string[]>;
  /** Whether adapters can be loaded while it runs. */
  canAdapt(signal: AbortSignal): Promise<boolean>;
  /** `path` is opened by the server. A name that is loaded already is no error: a name of ours never stands for other weights. */
  load(name: string, path: string, signal: AbortSignal): Promise<void>;
  /** Rejects with UnknownModel when `model` is not loaded there. */
  complete(request: CompletionRequest, signal: AbortSignal): Promise<Completion>;
};

/** Fields of `POST /v1/completions`, as OpenAI and (from `stop_token_ids` on) vLLM document them. */
export type CompletionRequest = {
  model: string;
  prompt: number[];
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
});
export type Completion = z.infer<typeof Completion>['choices'][number];

const Models = z.looseObject({ data: z.array(z.looseObject({ id: z.string() })) });
const Failure = z.looseObject({ error: z.union([z.looseObject({ message: z.string() }).transform(({ message }) => message), z.string()]) });

/** The server does not know the model that was asked for: never loaded, or forgotten at a restart. */
export class UnknownModel extends Error {}

const TIMEOUT_MS = 120_000;
/** A server that restarts, or that says it is busy, gets this long in all. */
const RETRY_MS = [200, 500, 1_500];
const BUSY = [429, 502, 503, 504];

export function openServer({ url, key, timeoutMs = TIMEOUT_MS }: ServerOptions): Server {
  const root = url.replace(/\/+$/, '').replace(/\/v1$/, '');
  const host = new URL(root).host;
  const headers = { 'content-type': 'application/json', ...(key && { authorization: `Bearer ${key}` }) };

  async function once(path: string, body: unknown, signal: AbortSignal): Promise<{ status: number; text: string }> {
    const init = body === undefined ? { headers } : { method: 'POST', headers, body: JSON.stringify(body) };
    try {
      const response = await fetch(`${root}${path}`, { ...init, signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]) });
      return { status: response.status, text: await response.text() };
    } catch (cause) {
      signal.throwIfAborted();
      throw new Refusal('answers.away', { host, why: reasonOf(cause) }, { cause });
    }
  }

  /** Tries again what a moment may mend. */
  async function call(path: string, body: unknown, signal: AbortSignal): Promise<{ status: number; text: string }> {
    for (const ms of RETRY_MS) {
      try {
        const answer = await once(path, body, signal);
        if (!BUSY.includes(answer.status)) return answer;
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
      }
      await sleep(ms, undefined, { signal });
    }
    return once(path, body, signal);
  }

  /** What an unwelcome status means to the people who read it. Servers quote a request at times: only the beginning of what they say is kept. */
  function refusal({ status, text }: { status: number; text: string }): Refusal {
    if (status === 401 || status === 403) return new Refusal('answers.badKey', { host, status });
    if (BUSY.includes(status)) return new Refusal('answers.away', { host, why: String(status) });
    return new Refusal('answers.refused', { host, status, why: failureIn(text).slice(0, 200) });
  }

  return {
    async models(signal) {
      const answer = await call('/v1/models', undefined, signal);
      if (answer.status !== 200) throw refusal(answer);
      return read(Models, answer.text, host).data.map(({ id }) => id);
    },
    async canAdapt(signal) {
      // vLLM with run-time adapters misses the fields; any other server does not know the path.
      const { status, text } = await call('/v1/load_lora_adapter', {}, signal);
      if (status === 401 || status === 403) throw refusal({ status, text });
      return status === 400 || status === 422;
    },
    async load(name, path, signal) {
      const answer = await call('/v1/load_lora_adapter', { lora_name: name, lora_path: path }, signal);
      if (answer.status === 200 || /already been loaded/.test(answer.text)) return;
      throw new Refusal('answers.notLoaded', { host, name, why: failureIn(answer.text).slice(0, 200) });
    },
    async complete(request, signal) {
      const answer = await call('/v1/completions', request, signal);
      if (answer.status === 404) throw new UnknownModel(request.model);
      if (answer.status !== 200) throw refusal(answer);
      return read(Completion, answer.text, host).choices[0];
    },
  };
}

function read<T>(shape: z.ZodType<T>, text: string, host: string): T {
  try {
    return shape.parse(JSON.parse(text));
  } catch (cause) {
    throw new Refusal('answers.notUnderstood', { host }, { cause });
  }
}

function failureIn(text: string): string {
  try {
    return Failure.parse(JSON.parse(text)).error;
  } catch {
    return text;
  }
}

function reasonOf(cause: unknown): string {
  const { name, message, cause: deeper } = cause as Error & { cause?: { code?: string } };
  return name === 'TimeoutError' ? 'timeout' : (deeper?.code ?? message);
}
