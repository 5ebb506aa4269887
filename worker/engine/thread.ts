// The engine as a worker thread: one message in, one message out (messages.ts). Run by engine.ts.
import { parentPort, workerData } from 'node:worker_threads';
import { Refusal } from '../../src/problem.ts';
import { type EngineOptions, openLocalEngine } from './local.ts';
import type { Failure, FromThread, ToThread } from './messages.ts';

const port = parentPort!;
const send = (message: FromThread) => port.postMessage(message);
const aborts = new Map<number, AbortController>();

/** Answers message `id` with what `work` gives; while it runs, an abort message with that id reaches its signal. */
async function answer(id: number, work: (signal: AbortSignal) => Promise<Extract<FromThread, { done: unknown }>['done']>): Promise<void> {
  const abort = new AbortController();
  aborts.set(id, abort);
  try {
    send({ id, done: await work(abort.signal) });
  } catch (error) {
    send({ id, failed: failureOf(error) });
  } finally {
    aborts.delete(id);
  }
}

function failureOf(error: unknown): Failure {
  if (!(error instanceof Error)) return { message: String(error) };
  const { message, stack } = error;
  const code = (error as NodeJS.ErrnoException).code;
  return { message, stack, ...(code && { code }), ...(error instanceof Refusal && { problem: error.problem }) };
}

const engine = openLocalEngine(workerData as EngineOptions);
port.on('message', (message: ToThread) => {
  if (message.do === 'abort') aborts.get(message.id)?.abort(new DOMException('aborted by the owner', 'AbortError'));
  else
    void answer(message.id, async signal => {
      const open = await engine;
      if (message.do === 'generate') return open.generate(message.request, signal);
      if (message.do === 'score') return open.score(message.rows, message.speaker, signal);
      await open.close(); // the owner ends the thread after the reply
      return undefined;
    });
});
void answer(0, async () => ({ fingerprint: (await engine).fingerprint }));
