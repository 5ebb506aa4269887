// Work on one thing happens one after the other; work on different things at the same time.

export type InTurn = <T>(key: string, work: () => Promise<T>) => Promise<T>;

/** Gives a function that runs `work` when everything of the same `key` that was asked for before has ended, well or not. */
export function openTurns(): InTurn {
  const last = new Map<string, Promise<unknown>>();
  return (key, work) => {
    const mine = (last.get(key) ?? Promise.resolve()).then(work, work);
    last.set(key, mine);
    const forget = () => void (last.get(key) === mine && last.delete(key));
    mine.then(forget, forget);
    return mine;
  };
}
