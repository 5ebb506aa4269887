// A map that forgets what was put into it longest ago: what we remember of a chat must not grow with it.

export type Recent<T> = { get(key: string): T | undefined; set(key: string, value: T): void; delete(key: string): void };

export function openRecent<T>(most: number): Recent<T> {
  const kept = new Map<string, T>();
  return {
    get: key => kept.get(key),
    set(key, value) {
      kept.delete(key);
      kept.set(key, value);
      if (kept.size > most) kept.delete(kept.keys().next().value as string);
    },
    delete: key => void kept.delete(key),
  };
}
