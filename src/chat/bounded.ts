// A map that remembers the newest so many entries, and each only for a while: what a far side said must not fill the memory.

export type Bounded<K, V> = {
  get(key: K): V | undefined;
  set(key: K, value: V): void;
  delete(key: K): void;
};

/** At most `most` entries, the oldest go first; none is given out after `ms` milliseconds (default: no limit). */
export function bounded<K, V>(most: number, ms = Number.POSITIVE_INFINITY, now: () => number = Date.now): Bounded<K, V> {
  const entries = new Map<K, { value: V; at: number }>();
  return {
    get(key) {
      const entry = entries.get(key);
      if (!entry) return undefined;
      if (now() - entry.at < ms) return entry.value;
      entries.delete(key);
      return undefined;
    },
    set(key, value) {
      entries.delete(key);
      entries.set(key, { value, at: now() });
      if (entries.size > most) entries.delete(entries.keys().next().value as K);
    },
    delete: key => void entries.delete(key),
  };
}
