// The edge of a process that `npm start` forks, and that also runs alone: when to leave, what the parent hears, one sentence for what
// cannot go on. src/main.ts and worker/main.ts are this and their wiring.
import type { Log } from './log.ts';
import { Refusal } from './problem.ts';
import { type Lang, say } from './words/words.ts';

/** What a child tells its parent. `url`: the address of the chat page; where there is none, of the bot's health, and `talk` names the platforms. `line`: how things stand. `problem`: something that a person must read. */
export type Told =
  | { kind: 'ready'; url?: string; talk?: string[] }
  | { kind: 'line'; code: string; values: Record<string, string | number> }
  | { kind: 'model'; phase: string; done: number; total: number }
  | { kind: 'problem'; code: string; values: Record<string, string | number> };

export type Edge = {
  /** To the parent, if there is one. */
  tell(told: Told): void;
  /** Aborts when the process should leave: a signal came, or the parent is gone. */
  leaving: AbortSignal;
};

/**
 * Runs `begin` to have everything running, waits until the process should leave, stops in order what is running, and ends the process:
 * 0 in order, 1 when it could not begin (a Refusal is told to the parent and on stderr) or did not stop within `leaveMs`.
 */
export async function runProcess(
  { log, lang, leaveMs }: { log: Log; lang: Lang; leaveMs: number },
  begin: (edge: Edge) => Promise<{ stop(): Promise<void> }>,
): Promise<never> {
  const leaving = new AbortController();
  const { signal } = leaving;
  for (const name of ['SIGTERM', 'SIGINT'] as const) process.on(name, () => leaving.abort());
  // The parent is gone: nobody would stop us later.
  process.on('disconnect', () => leaving.abort());
  // A bug that escapes is logged and does not take everything else along.
  process.on('unhandledRejection', err => log.error({ err }, 'unhandled'));
  const tell = (told: Told) => void (process.connected && process.send?.(told));

  try {
    const running = await begin({ tell, leaving: signal });
    log.info('ready');
    if (!signal.aborted) await new Promise(resolve => signal.addEventListener('abort', resolve, { once: true }));
    setTimeout(() => {
      log.error('not stopped in time');
      process.exit(1);
    }, leaveMs).unref();
    await running.stop();
    process.exit(0);
  } catch (error) {
    if (signal.aborted) process.exit(0);
    if (error instanceof Refusal) {
      const { code, values } = error.problem;
      tell({ kind: 'problem', code, values });
      process.stderr.write(`${say(lang, code, values)}\n`);
    } else log.error({ err: error }, 'cannot go on');
    process.exit(1);
  }
}
