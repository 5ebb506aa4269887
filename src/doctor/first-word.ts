// Whether a WebSocket opens. It is closed at once and acknowledges nothing, so what comes over it is sent again to the bot that runs.
import { WebSocket } from 'undici';

const PATIENCE_MS = 15_000;

export type FirstWord = { opened: true; word: string } | { opened: false; why: string };

/** Opens `url` and closes it; with `greeted` only after the first message, which comes back as `word`. Never rejects. */
export function firstWord(url: string, { greeted }: { greeted: boolean }): Promise<FirstWord> {
  return new Promise(resolve => {
    const socket = new WebSocket(url);
    const timer = setTimeout(() => end({ opened: false, why: 'timeout' }), PATIENCE_MS);
    let ended = false;

    function end(result: FirstWord): void {
      if (ended) return;
      ended = true;
      clearTimeout(timer);
      resolve(result);
      if (socket.readyState < WebSocket.CLOSING) socket.close();
    }
    socket.addEventListener('open', () => {
      if (!greeted) end({ opened: true, word: '' });
    });
    socket.addEventListener('message', ({ data }) => end({ opened: true, word: String(data) }));
    socket.addEventListener('error', ({ error }) =>
      end({ opened: false, why: (error as { code?: string } | undefined)?.code ?? 'refused' }),
    );
    socket.addEventListener('close', ({ code }) => end({ opened: false, why: String(code) }));
  });
}
