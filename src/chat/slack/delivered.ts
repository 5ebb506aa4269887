// What came is handed to the bot once, and whoever delivers it again learns what became of it the first time.
import { bounded } from '../bounded.ts';
import type { Ack, ChatEvent } from '../chat.ts';

const REMEMBERED = 5_000;

export type Delivered = {
  /** Resolves when the event is kept, once for each key. Rejects where it is not: whoever sent it sends it again. */
  keep(event: ChatEvent): Promise<Ack>;
  /** From now on nothing is kept; resolves when what is under way has ended. */
  close(): Promise<void>;
};

export function openDelivered(onEvent: (event: ChatEvent) => Promise<Ack>): Delivered {
  const kept = bounded<string, Promise<Ack>>(REMEMBERED);
  const underWay = new Set<Promise<unknown>>();
  let closed = false;

  return {
    keep(event) {
      if (closed) return Promise.reject(new Error('stopped'));
      const there = kept.get(event.key);
      if (there) return there;
      const keeping = onEvent(event);
      kept.set(event.key, keeping);
      underWay.add(keeping);
      const done = () => void underWay.delete(keeping);
      keeping.then(
        ack => {
          done();
          // A form that came back with errors is sent again under another trigger; nothing was kept of this one.
          if (ack.fieldErrors) kept.delete(event.key);
        },
        () => {
          done();
          kept.delete(event.key);
        },
      );
      return keeping;
    },
    async close() {
      closed = true;
      await Promise.allSettled(underWay);
    },
  };
}
