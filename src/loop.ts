// A piece of work that is done at once, again whenever somebody wakes it, and every few seconds in any case; never twice at a time.

export type Loop = { wake(): void; stop(): Promise<void> };

/** A turn that fails is reported and tried again at the next tick. `stop` waits for the turn in progress. */
export function startLoop(turn: () => Promise<void>, everyMs: number, report: (problem: unknown) => void): Loop {
  let stopped = false;
  let again = false;
  let running: Promise<void> | undefined;
  const wake = () => {
    if (stopped) return;
    if (running) {
      again = true;
      return;
    }
    again = false;
    running = turn()
      .catch(report)
      .finally(() => {
        running = undefined;
        if (again) wake();
      });
  };
  const tick = setInterval(wake, everyMs);
  wake();
  return {
    wake,
    async stop() {
      stopped = true;
      clearInterval(tick);
      await running;
    },
  };
}
