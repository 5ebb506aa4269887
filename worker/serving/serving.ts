// A Generator over an OpenAI-compatible server: the base by its name, versions as adapters that are loaded there while it runs.

import type { ChatTokenizer } from '../../src/model/tokenizer.ts';
import { Refusal } from '../../src/problem.ts';
import { abreast } from '../abreast.ts';
import type { Adapter, Generator } from '../engine/generator.ts';
import { numberGuard } from '../engine/guard.ts';
import { type Completion, type CompletionRequest, openServer, type ServerOptions, UnknownModel } from './server.ts';
import { write } from './write.ts';

export type ServingOptions = ServerOptions & {
  /** The base's name there. */
  model: string;
  tokenizer: ChatTokenizer;
  /** The base's context, in tokens. */
  maxPositions: number;
};

/** Rows that are judged at once: the server batches them. */
const JUDGED_AT_ONCE = 8;

/**
 * Rejects with a Refusal when the server is away, does not take the key or does not know the model. With `canAdapt` false only the base
 * answers: the server knows neither adapters nor how likely a prompt's tokens are, so `score` refuses.
 */
export async function openServing({ model, tokenizer, maxPositions, ...options }: ServingOptions): Promise<Generator> {
  const closing = new AbortController();
  const server = openServer(options);
  const { host } = new URL(options.url);
  const known = await server.models(closing.signal);
  if (!known.includes(model)) throw new Refusal('answers.noModel', { host, model, known: known.slice(0, 5).join(', ') });
  const canAdapt = await server.canAdapt(closing.signal);
  /** Loaded there by us, or on the way. */
  const loaded = new Map<string, Promise<void>>();

  function load(adapter: Adapter): Promise<void> {
    const loading = loaded.get(adapter.name) ?? server.load(adapter.name, adapter.folder, closing.signal);
    loaded.set(adapter.name, loading);
    loading.catch(() => loaded.delete(adapter.name));
    return loading;
  }

  /** One completion by `speaker`; a server that has forgotten an adapter (it was started anew) gets it once more. */
  async function complete(speaker: Adapter | 'base', request: Omit<CompletionRequest, 'model'>, signal: AbortSignal): Promise<Completion> {
    const both = AbortSignal.any([signal, closing.signal]);
    if (speaker === 'base') return known404(() => server.complete({ model, ...request }, both));
    if (!canAdapt) throw new Refusal('answers.noAdapters', { host });
    await load(speaker);
    try {
      return await server.complete({ model: speaker.name, ...request }, both);
    } catch (error) {
      if (!(error instanceof UnknownModel)) throw error;
      loaded.delete(speaker.name);
      await load(speaker);
      return known404(() => server.complete({ model: speaker.name, ...request }, both));
    }
  }

  async function known404<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (cause) {
      if (!(cause instanceof UnknownModel)) throw cause;
      throw new Refusal('answers.noModel', { host, model: cause.message, known: known.slice(0, 5).join(', ') }, { cause });
    }
  }

  return {
    canAdapt,
    async generate(request, signal) {
      const { prompt, speakers, guard } = request;
      if (prompt.length >= maxPositions) throw new Refusal('engine.promptTooLong', { tokens: prompt.length, most: maxPositions - 1 });
      const permits = guard && numberGuard(tokenizer, guard.notes);
      const answer = (speaker: Adapter | 'base') =>
        write(
          { ...request, tokenizer, maxPositions, permits, extended: canAdapt, complete: fields => complete(speaker, fields, signal) },
          signal,
        );
      // All at once: the server reads its weights once a token for all of them.
      return Promise.all(speakers.map(answer));
    },
    async score(rows, speaker, signal) {
      if (!canAdapt) throw new Refusal('answers.noLogprobs', { host });
      return abreast(rows, JUDGED_AT_ONCE, async ({ prompt, answer }) => {
        const ids = [...prompt, ...answer];
        const { prompt_logprobs } = await complete(speaker, { prompt: ids, max_tokens: 1, temperature: 0, prompt_logprobs: 0 }, signal);
        if (prompt_logprobs?.length !== ids.length) throw new Refusal('answers.noLogprobs', { host });
        const losses = answer.map((id, i) => {
          const logprob = prompt_logprobs[prompt.length + i]?.[id]?.logprob;
          if (logprob === undefined) throw new Refusal('answers.noLogprobs', { host });
          return -logprob;
        });
        return { loss: losses.reduce((sum, loss) => sum + loss, 0), tokens: answer.length };
      });
    },
    async close() {
      closing.abort();
    },
  };
}
