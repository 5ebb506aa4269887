// The adapters that lie on a server because of us: loaded when first asked for, and taken off again when others are asked for instead.
import type { Adapter } from '../engine/generator.ts';
import type { Server } from './server.ts';

export type Loaded = {
  /** Loads it, unless that was done already. */
  ensure(adapter: Adapter): Promise<void>;
  /** The server does not know it any more, though it was loaded by `loading`: what others have begun since then counts. */
  forget(name: string, loading: Promise<void> | undefined): void;
  /** How it was loaded last, if it was. */
  get(name: string): Promise<void> | undefined;
  /** Takes it off the server, whoever loaded it. */
  takeOff(name: string): Promise<void>;
};

/** As many as `--max-cpu-loras` in docs/operate.md: more would be read from the disk again and again. */
export const MOST_LOADED = 16;

/** `closing` ends what is under way. */
export function openLoaded(server: Pick<Server, 'load' | 'unload'>, closing: AbortSignal): Loaded {
  /** By name, the one that was asked for longest ago first. */
  const loaded = new Map<string, Promise<void>>();

  function forget(name: string, loading: Promise<void> | undefined): void {
    if (loaded.get(name) === loading) loaded.delete(name);
  }

  async function takeOff(name: string): Promise<void> {
    loaded.delete(name);
    await server.unload(name, closing);
  }

  return {
    ensure(adapter) {
      const { name, folder: path, rank } = adapter;
      const loading = loaded.get(name) ?? server.load({ name, path, rank }, closing);
      loaded.delete(name);
      loaded.set(name, loading);
      loading.catch(() => forget(name, loading));
      // One that is asked for at this moment is loaded again by whoever asks; one that stays takes up a place, no more.
      for (const oldest of [...loaded.keys()].slice(0, -MOST_LOADED)) takeOff(oldest).catch(() => {});
      return loading;
    },
    forget,
    get: name => loaded.get(name),
    takeOff,
  };
}
