// A room kept nowhere but in memory: the far side of a network is not ours to keep.
import type { RoomStore } from '../../../src/chat/local/journal.ts';

export function inMemory(): RoomStore {
  const files = new Map<string, Uint8Array>();
  return {
    entries: [],
    append: async () => {},
    keepFile: async (id, bytes) => void files.set(id, bytes),
    file: async id => files.get(id),
    close: async () => {},
  };
}
