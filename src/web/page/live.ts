// The stream of views from the server. The browser reconnects by itself and names the last view it got, so nothing is missed.
import type { View } from '../../chat/local/view.ts';

export type Live = { close(): void };

/** `lost` is called when the connection breaks (`for good` when the server knows this page no more), `view` for each view. */
export function openLive(as: string, { view, lost }: { view(view: View): void; lost(forGood: boolean): void }): Live {
  const source = new EventSource(`/live?as=${encodeURIComponent(as)}`);
  let retry: number | undefined;
  let live: Live | undefined;
  source.addEventListener('room', event => view(JSON.parse(event.data)));
  source.addEventListener('error', async () => {
    lost(false);
    // A browser gives up after an answer that is no stream; a server that is just starting again deserves another try.
    if (source.readyState !== EventSource.CLOSED) return;
    const answer = await fetch('/words.json').catch(() => undefined);
    if (answer?.status === 401) lost(true);
    else retry = window.setTimeout(() => (live = openLive(as, { view, lost })), 1_000);
  });
  return {
    close() {
      window.clearTimeout(retry);
      source.close();
      live?.close();
    },
  };
}
