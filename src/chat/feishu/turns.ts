// One after the other for whatever has the same key, side by side for everything else.

export type Turns = <T>(key: string, run: () => Promise<T>) => Promise<T>;

export function openTurns(): Turns {
  const chains = new Map<string, Promise<unknown>>();
  return (key, run) => {
    const turn = (chains.get(key) ?? Promise.resolve()).then(run, run);
    const settled = turn.catch(() => {});
    chains.set(key, settled);
    void settled.then(() => chains.get(key) === settled && chains.delete(key));
    return turn;
  };
}
