// What takes calls to find out is asked for once and remembered; a question that failed is asked again.
import { bounded } from './bounded.ts';

/** Gives a function that calls `read` at the first question about `name` and hands the same answer to all later ones; the newest `most` are kept. */
export function readOnce<T>(most: number): (name: string, read: () => Promise<T>) => Promise<T> {
  const known = bounded<string, Promise<T>>(most);
  return (name, read) => {
    const before = known.get(name);
    if (before) return before;
    const reading = read();
    known.set(name, reading);
    reading.catch(() => known.delete(name));
    return reading;
  };
}
