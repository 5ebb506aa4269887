// Who may use the engine next: one at a time, answers before everything that can wait.

export type Turns = {
  /**
   * Resolves when it is the caller's turn, with the function that ends it. `urgent` callers come first, equals in the order of asking.
   * Rejects with the signal's reason if that comes earlier.
   */
  take(urgent: boolean, signal: AbortSignal): Promise<() => void>;
};

type Waiting = { urgent: boolean; begin: () => void };

export function newTurns(): Turns {
  const waiting: Waiting[] = [];
  let taken = false;

  const next = () => {
    const urgent = waiting.findIndex(each => each.urgent);
    const [first] = waiting.splice(Math.max(urgent, 0), 1);
    taken = first !== undefined;
    first?.begin();
  };
  return {
    take: (urgent, signal) =>
      new Promise((resolve, reject) => {
        if (signal.aborted) return reject(signal.reason);
        const leave = () => {
          waiting.splice(waiting.indexOf(mine), 1);
          reject(signal.reason);
        };
        const mine: Waiting = {
          urgent,
          begin: () => {
            signal.removeEventListener('abort', leave);
            resolve(next);
          },
        };
        signal.addEventListener('abort', leave, { once: true });
        waiting.push(mine);
        if (!taken) next();
      }),
  };
}
