// What a worker answers with: our engine, or with ANSWER_URL a server. A server that cannot take adapters writes the base's answers only,
// and the engine measures.
import { setTimeout as sleep } from 'node:timers/promises';
import type { Config } from '../src/config.ts';
import { type Problem, Refusal } from '../src/problem.ts';
import { openEngine } from './engine/engine.ts';
import type { Generator } from './engine/generator.ts';
import { openLastingEngine } from './lasting-engine.ts';
import { openServing, type Serving, type ServingOptions } from './serving/serving.ts';
import type { Base } from './workplace.ts';

export type Answering = {
  generator: Generator;
  /** The server's own generator and how people know it; undefined where the engine answers. */
  server?: { generator: Serving; host: string };
};

export type Opening = {
  spinMicroseconds: number;
  /** Hears once why the server is waited for. */
  onWaiting(problem: Problem): void;
  signal: AbortSignal;
};

/** A server that loads a large model takes minutes. */
const LOOK_AGAIN_MS = 3_000;

/**
 * Waits for a server that is away until it is there or `signal` aborts. Throws a Refusal when the server cannot be
 * used.
 */
export async function openAnswering(
  { answer, threads, precision }: Pick<Config, 'answer' | 'threads' | 'precision'>,
  base: Base,
  { spinMicroseconds, onWaiting, signal }: Opening,
): Promise<Answering> {
  const engine = () => openLastingEngine(() => openEngine({ folder: base.path, threads, precision, spinMicroseconds }));
  if (!answer.url) return { generator: await engine() };
  const { url, key, model } = answer;
  const { maxPositions } = base.model.config;
  const served = await whenThere({ url, key, model, tokenizer: base.tokenizer, maxPositions }, onWaiting, signal);
  const server = { generator: served, host: new URL(url).host };
  return { generator: served.canAdapt ? served : measuredBy(served, engine), server };
}

async function whenThere(options: ServingOptions, onWaiting: Opening['onWaiting'], signal: AbortSignal): Promise<Serving> {
  for (let waited = false; ; waited = true) {
    signal.throwIfAborted();
    try {
      return await openServing(options);
    } catch (error) {
      const { code, values } = error instanceof Refusal ? error.problem : { code: '', values: {} };
      if (code !== 'answers.away') throw error;
      if (!waited) onWaiting({ code: 'answers.waiting', values });
    }
    await sleep(LOOK_AGAIN_MS, undefined, { signal });
  }
}

/** Answers by `answers`; what is measured (float32 answers, judgements) by an engine that is opened when it is first needed. */
function measuredBy(answers: Generator, engine: () => Promise<Generator>): Generator {
  let opened: Promise<Generator> | undefined;
  const measuring = () => (opened ??= engine());
  return {
    canAdapt: answers.canAdapt,
    generate: async (request, signal) => (request.precision === 'f32' ? await measuring() : answers).generate(request, signal),
    score: async (rows, speaker, signal) => (await measuring()).score(rows, speaker, signal),
    async close() {
      await answers.close();
      await (await opened)?.close();
    },
  };
}
