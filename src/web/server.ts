// The one web server: the local chat's page, what platforms send, and whether we are there. It listens on this machine only, unless told otherwise.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import { Hono } from 'hono';
import type { Desk } from '../chat/local/desk.ts';
import { Refusal } from '../problem.ts';
import type { Lang } from '../words/words.ts';
import { chatRoutes } from './chat-routes.ts';
import { guard } from './guard.ts';
import { listen } from './listen.ts';
import { pageRoutes } from './page-routes.ts';
import { type Draw, pictureRoutes } from './picture-routes.ts';
import { problemIn } from './problem-in.ts';
import { rememberedPort, rememberedToken, rememberPort } from './remembered.ts';

/** Handles what a platform sends to one path, by itself: it checks who sent it. */
export type Receiver = (request: IncomingMessage, response: ServerResponse) => void;

export type WebOptions = {
  /** path → who receives there; neither token nor Host is asked of these */
  receivers?: Record<string, Receiver>;
  /** the room; without it there is no page, only /health */
  desk?: Desk;
  /** draws the curves of cards; without it the page has their words only */
  draw?: Draw;
  /** where port and token are remembered, so that a bookmark stays good */
  folder: string;
  /** default 127.0.0.1 */
  host?: string;
  /** demanded: taken is a refusal. Without it the port of last time, else any free one. */
  port?: number;
  /** the page's language until somebody picks another */
  lang: Lang;
  /** a bug in a handler, once each */
  onError(error: unknown): void;
};

export type Web = {
  /** for people: with the token in it */
  readonly address: string;
  readonly port: number;
  readonly token: string;
  close(): Promise<void>;
};

/** Starts listening. Refuses with `web.portTaken` or `web.cannotListen`. */
export async function openWeb({ receivers = {}, desk, draw, folder, host = '127.0.0.1', port, lang, onError }: WebOptions): Promise<Web> {
  const token = await rememberedToken(folder);
  const app = new Hono();
  const listener = getRequestListener(app.fetch);
  const server = createServer((request, response) => {
    const [path] = (request.url ?? '').split('?');
    const receive = Object.hasOwn(receivers, path) ? receivers[path] : listener;
    receive(request, response);
  });
  const closing = new AbortController();

  app.onError((error, c) => {
    if (error instanceof Refusal) return problemIn(c, lang, error.problem, 400);
    onError(error);
    return problemIn(c, lang, { code: 'web.bug', values: {} }, 500);
  });
  app.notFound(c => problemIn(c, lang, { code: 'web.notFound', values: {} }, 404));
  app.get('/health', c => c.json({ ok: true }));
  if (desk) {
    app.use(guard({ token, lang, names: [host] }));
    app.route('/', pageRoutes(lang));
    app.route('/', chatRoutes(desk, closing.signal));
    if (draw) app.route('/', pictureRoutes(desk, draw, lang));
  }

  const listening = await listen(server, host, port === undefined ? { prefer: await rememberedPort(folder) } : { demand: port });
  await rememberPort(folder, listening);
  const shown = host === '0.0.0.0' || host === '::' ? 'localhost' : host.includes(':') ? `[${host}]` : host;
  return {
    address: desk ? `http://${shown}:${listening}/?token=${token}` : `http://${shown}:${listening}/health`,
    port: listening,
    token,
    async close() {
      closing.abort();
      const closed = new Promise(resolve => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}
