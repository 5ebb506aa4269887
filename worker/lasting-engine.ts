// An engine whose thread may die (out of memory, a bug in native code): it is opened again, and what was under way is done again.
import { Refusal } from '../src/problem.ts';
import type { Generator } from './engine/generator.ts';

/** `open` is called now, and again whenever the engine has stopped by itself or could not be opened. What fails twice in a row rejects. */
export async function openLastingEngine(open: () => Promise<Generator>): Promise<Generator> {
  let current: Promise<Generator> | undefined;
  let closed = false;

  /** Whoever comes first opens it for all. */
  function engine(): Promise<Generator> {
    if (current) return current;
    const opening = open();
    current = opening;
    opening.catch(() => forget(opening));
    return opening;
  }
  function forget(used: Promise<Generator>): void {
    if (current === used) current = undefined;
  }

  async function lasting<T>(work: (engine: Generator) => Promise<T>): Promise<T> {
    const used = engine();
    try {
      return await work(await used);
    } catch (error) {
      const stopped = error instanceof Refusal && error.problem.code === 'engine.stopped';
      if (!stopped || closed) throw error;
      forget(used);
      return work(await engine());
    }
  }

  const { canAdapt } = await engine();
  return {
    canAdapt,
    generate: (request, signal) => lasting(open => open.generate(request, signal)),
    score: (rows, speaker, signal) => lasting(open => open.score(rows, speaker, signal)),
    async close() {
      closed = true;
      await (await current)?.close();
    },
  };
}
