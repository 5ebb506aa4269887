// The room as it changes, as server-sent events. An event holds everything that changed since the one before, and its id says up to where:
// a page that was away asks again with the last id it saw and misses nothing.
import type { Context } from 'hono';
import { streamSSE } from 'hono/streaming';
import type { Desk } from '../chat/local/desk.ts';

const HEARTBEAT_MS = 15_000;
/** Changes that come closer together than this travel in one event. */
const GATHER_MS = 25;

export function live(c: Context, desk: Desk, closing: AbortSignal): Response {
  const { room, n, me } = desk.view(c.req.query('as') ?? '', Number.MAX_SAFE_INTEGER);
  const [seenRoom, seenN] = (c.req.header('last-event-id') ?? '').split('-');
  // An id of another room, or of a room that was set back, is worth nothing: everything anew.
  let since = seenRoom === room && Number(seenN) <= n ? Number(seenN) : 0;

  return streamSSE(c, async stream => {
    let wake = () => {};
    let changed = true;
    const unwatch = desk.watch(() => {
      changed = true;
      wake();
    });
    const end = () => wake();
    stream.onAbort(end);
    closing.addEventListener('abort', end);
    const open = () => !stream.aborted && !closing.aborted;
    try {
      while (open()) {
        if (changed) {
          changed = false;
          const view = desk.view(me, since);
          since = view.n;
          await stream.writeSSE({ event: 'room', id: `${view.room}-${view.n}`, data: JSON.stringify(view) });
          await stream.sleep(GATHER_MS);
        } else if ((await pause(HEARTBEAT_MS, resolve => (wake = resolve))) === 'silence' && open()) {
          await stream.write(': still here\n\n');
        }
      }
    } finally {
      unwatch();
      closing.removeEventListener('abort', end);
    }
  });
}

function pause(ms: number, handle: (resolve: () => void) => void): Promise<'silence' | 'woken'> {
  return new Promise(resolve => {
    const timer = setTimeout(() => resolve('silence'), ms);
    handle(() => {
      clearTimeout(timer);
      resolve('woken');
    });
  });
}
