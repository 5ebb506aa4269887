// Whether the bot hears what is said in a room. While it cannot keep anything (its database is away), people's words wait in the room.
import type { Room } from './room.ts';
import type { RoomState } from './state.ts';

/** A bot that is at work keeps something far more often than this, even when a whole team's story waits for it. */
const SILENT_AFTER_MS = 5_000;

export type BotSilence = {
  isSilent(): boolean;
  /** Called when it falls silent; that it hears again is a change of the room. */
  watch(fellSilent: () => void): () => void;
};

/** Since when (milliseconds since 1970) the oldest unheard entry waits with nothing else being heard; undefined where nothing waits. */
export function waitsSince({ unheard, heardAt }: Pick<RoomState, 'unheard' | 'heardAt'>): number | undefined {
  const [oldest] = unheard.values();
  return oldest && Math.max(oldest.at, heardAt);
}

/** What waited while nobody was here at all is no silence: that counts from now on. */
export function openBotSilence(room: Pick<Room, 'state' | 'watch'>): BotSilence {
  const openedAt = Date.now();
  /** Negative where it is over; undefined where nothing waits. */
  const msLeft = () => {
    const since = waitsSince(room.state);
    return since === undefined ? undefined : Math.max(since, openedAt) + SILENT_AFTER_MS - Date.now();
  };
  const isSilent = () => (msLeft() ?? 1) <= 0;

  return {
    isSilent,
    watch(fellSilent) {
      let timer: NodeJS.Timeout | undefined;
      const wait = () => {
        clearTimeout(timer);
        const left = msLeft();
        if (left !== undefined && left > 0) timer = setTimeout(look, left);
      };
      const look = () => (isSilent() ? fellSilent() : wait());
      wait();
      const unwatch = room.watch(wait);
      return () => {
        unwatch();
        clearTimeout(timer);
      };
    },
  };
}
