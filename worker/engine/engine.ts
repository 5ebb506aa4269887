// The engine in a thread of its own: a running graph blocks its thread, and the worker has leases to renew meanwhile.
import { setMaxListeners } from 'node:events';
import { Worker } from 'node:worker_threads';
import { Refusal } from '../../src/problem.ts';
import { compiled } from '../../src/root.ts';
import type { Generated } from './generator.ts';
import type { Engine, EngineOptions } from './local.ts';
import type { Failure, FromThread, ToThread } from './messages.ts';

export type { Engine, EngineOptions } from './local.ts';

type Message = ToThread extends infer Each ? (Each extends { id: number } ? Omit<Each, 'id'> : never) : never;
type Asked = { resolve(done: unknown): void; reject(error: unknown): void };

/**
 * Opens a base in a thread (from the compiled files). Throws a Refusal when it cannot be opened. Signals are heard between two tokens or
 * two batches; an aborted `generate` gives what there is, an aborted `score` rejects with the signal's reason.
 * If the thread dies, everything under way rejects with the cause, and so does everything after: open another engine then.
 */
export async function openEngine(options: EngineOptions): Promise<Engine> {
  const thread = new Worker(compiled('worker/engine/thread'), { workerData: options });
  const asked = new Map<number, Asked>();
  let ended: Error | undefined;
  let lastId = 0;

  const end = (cause?: unknown) => {
    ended ??= new Refusal('engine.stopped', {}, { cause });
    for (const { reject } of asked.values()) reject(ended);
    asked.clear();
  };
  thread.on('error', end);
  thread.on('exit', () => end());
  thread.on('message', (message: FromThread) => {
    const waiting = asked.get(message.id);
    asked.delete(message.id);
    if ('failed' in message) waiting?.reject(errorOf(message.failed));
    else waiting?.resolve(message.done);
  });

  const ask = <T>(message: Message, signal?: AbortSignal): Promise<T> => {
    if (ended) return Promise.reject(ended);
    const id = ++lastId;
    const abort = () => thread.postMessage({ id, do: 'abort' } satisfies ToThread);
    return new Promise<T>((resolve, reject) => {
      asked.set(id, { resolve: resolve as Asked['resolve'], reject });
      thread.postMessage({ ...message, id });
      if (signal) setMaxListeners(0, signal);
      if (signal?.aborted) abort();
      else signal?.addEventListener('abort', abort, { once: true });
    }).finally(() => signal?.removeEventListener('abort', abort));
  };

  try {
    const { fingerprint } = await new Promise<{ fingerprint: string }>((resolve, reject) => {
      asked.set(0, { resolve: resolve as Asked['resolve'], reject });
    });
    return {
      canAdapt: true,
      fingerprint,
      generate: (request, signal) => ask<Generated[]>({ do: 'generate', request }, signal),
      score: (rows, speaker, signal) =>
        ask<{ loss: number; tokens: number }[]>({ do: 'score', rows, speaker }, signal).catch(error => {
          throw signal.aborted && !(error instanceof Refusal) ? signal.reason : error;
        }),
      async close() {
        if (ended) return;
        await ask({ do: 'close' });
        await thread.terminate();
      },
    };
  } catch (error) {
    await thread.terminate();
    throw error;
  }
}

function errorOf({ problem, message, stack, code }: Failure): Error {
  if (problem) return new Refusal(problem.code, problem.values);
  const error = Object.assign(new Error(message), code ? { code } : {});
  error.stack = stack;
  return error;
}
