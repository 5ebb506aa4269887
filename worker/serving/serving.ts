// A Generator over an OpenAI-compatible server: the base by its name, versions as adapters that are loaded there while it runs.
import { existsSync } from 'node:fs';
import { join, sep } from 'node:path';
import type { ChatTokenizer } from '../../src/model/tokenizer.ts';
import { Refusal } from '../../src/problem.ts';
import { abreast } from '../abreast.ts';
import { ADAPTER_WEIGHTS } from '../artifacts.ts';
import type { Adapter, Generator } from '../engine/generator.ts';
import { numberGuard } from '../engine/guard.ts';
import { askedAs } from './asked.ts';
import { openLoaded } from './loaded.ts';
import { type Completion, type CompletionRequest, openServer, type ServerOptions, UnknownModel } from './server.ts';
import { write } from './write.ts';

export type ServingOptions = ServerOptions & {
  /** The base's name there. */
  model: string;
  tokenizer: ChatTokenizer;
  /** The base's context, in tokens. */
  maxPositions: number;
};

export interface Serving extends Generator {
  /** Whether the server knows the adapter at this moment; after a restart it knows none. */
  has(adapter: Adapter, signal: AbortSignal): Promise<boolean>;
  /** Takes off the server what was loaded from below `artifacts` and is not there any more: quarantined, forgotten, of a run that failed. */
  takeOffGone(artifacts: string, signal: AbortSignal): Promise<void>;
}

/** Rows that are judged at once: the server batches them. */
const JUDGED_AT_ONCE = 8;

/**
 * Rejects with a Refusal when the server is away, does not take the key, does not know the model or reads other prompts than it is sent. With
 * `canAdapt` false only the base answers: the server knows neither adapters nor how likely a prompt's tokens are, so `score` refuses.
 */
export async function openServing({ model, tokenizer, maxPositions, ...options }: ServingOptions): Promise<Serving> {
  const closing = new AbortController();
  const server = openServer(options);
  const { host } = new URL(options.url);
  const known = (await server.models(closing.signal)).map(({ id }) => id);
  const unknown = () => new Refusal('answers.noModel', { host, model, known: known.slice(0, 5).join(', ') || '—' });
  // A server that keeps to one model may list none.
  if (known.length > 0 && !known.includes(model)) throw unknown();
  const canAdapt = await server.canAdapt(closing.signal);
  const byBase = (request: Omit<CompletionRequest, 'model'>, signal: AbortSignal) =>
    server.complete({ model, ...request }, signal).catch(cause => {
      throw cause instanceof UnknownModel ? unknown() : cause;
    });
  const asked = await askedAs({ host, tokenizer }, prompt => byBase({ prompt, max_tokens: 1, temperature: 0 }, closing.signal));
  const loaded = openLoaded(server, closing.signal);

  /** One completion by `speaker`; a server that has forgotten an adapter (it was started anew) gets it once more. */
  async function complete(speaker: Adapter | 'base', fields: Asking, signal: AbortSignal): Promise<Completion> {
    const both = AbortSignal.any([signal, closing.signal]);
    const request = { ...fields, prompt: asked(fields.prompt) };
    if (speaker === 'base') return byBase(request, both);
    if (!canAdapt) throw new Refusal('answers.noAdapters', { host });
    const { name } = speaker;
    const loading = loaded.ensure(speaker);
    await loading;
    try {
      return await server.complete({ model: name, ...request }, both);
    } catch (error) {
      if (!(error instanceof UnknownModel)) throw error;
      loaded.forget(name, loading);
      await loaded.ensure(speaker);
      return server.complete({ model: name, ...request }, both).catch(cause => {
        throw cause instanceof UnknownModel ? new Refusal('answers.notLoaded', { host, name, why: '404' }, { cause }) : cause;
      });
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
    async has({ name }, signal) {
      const loading = loaded.get(name);
      const there = (await server.models(signal)).some(({ id }) => id === name);
      if (!there) loaded.forget(name, loading);
      return there;
    },
    async takeOffGone(artifacts, signal) {
      if (!canAdapt) return;
      for (const { id, root } of await server.models(signal)) {
        const ours = root?.startsWith(artifacts + sep);
        if (ours && !existsSync(join(root!, ADAPTER_WEIGHTS))) await loaded.takeOff(id);
      }
    },
    async close() {
      closing.abort();
    },
  };
}

type Asking = Omit<CompletionRequest, 'model' | 'prompt'> & { prompt: number[] };
