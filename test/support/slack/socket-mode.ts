// Socket Mode: tickets, hello, envelopes and their acknowledgements, and the many ways in which a socket ends.
import { randomUUID } from 'node:crypto';
import type { Server } from 'node:http';
import { type WebSocket, WebSocketServer } from 'ws';
import { SOCKETS } from './limits.ts';
import { NotAcked, type Outlet } from './outlets.ts';

export type SocketMode = Outlet & ReturnType<typeof openSocketMode>;
export type DisconnectReason = 'warning' | 'refresh_requested' | 'link_disabled' | 'too_many_websockets';

const PING_MS = 10_000;

/** `ackMs`: so long an app has for an acknowledgement. `opened` is called for every socket that has been greeted. */
export function openSocketMode(server: Server, { appId, ackMs, opened }: { appId(): string; ackMs: number; opened(): void }) {
  const sockets = new Set<WebSocket>();
  const tickets = new Set<string>();
  const waiting = new Map<string, { resolve(payload: unknown): void; reject(error: NotAcked): void; socket: WebSocket }>();
  const acked: string[] = [];
  const wss = new WebSocketServer({ noServer: true });
  let turn = 0;

  server.on('upgrade', (request, socket, head) => {
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://slack');
    if (pathname !== '/link/' || !tickets.delete(searchParams.get('ticket') ?? '')) {
      socket.end('HTTP/1.1 403 Forbidden\r\n\r\n');
      return;
    }
    wss.handleUpgrade(request, socket, head, greet);
  });

  function greet(socket: WebSocket): void {
    if (sockets.size >= SOCKETS) {
      socket.send(JSON.stringify({ type: 'disconnect', reason: 'too_many_websockets', debug_info: { host: 'fake' } }));
      socket.close();
      return;
    }
    sockets.add(socket);
    const ping = setInterval(() => socket.ping('Ping from applink'), PING_MS).unref();
    socket.on('message', bytes => hear(String(bytes)));
    socket.on('error', () => socket.terminate());
    socket.on('close', () => {
      clearInterval(ping);
      sockets.delete(socket);
      for (const [id, wait] of waiting) {
        if (wait.socket !== socket) continue;
        waiting.delete(id);
        wait.reject(new NotAcked('connection_failed'));
      }
    });
    const debug_info = { host: 'applink-fake', build_number: 1, approximate_connection_time: 18060 };
    socket.send(JSON.stringify({ type: 'hello', num_connections: sockets.size, debug_info, connection_info: { app_id: appId() } }));
    opened();
  }

  function hear(text: string): void {
    const { envelope_id, payload } = JSON.parse(text) as { envelope_id?: string; payload?: unknown };
    if (!envelope_id) return;
    acked.push(envelope_id);
    waiting.get(envelope_id)?.resolve(payload ?? {});
    waiting.delete(envelope_id);
  }

  return {
    /** One ticket for one connection. */
    ticket(base: string): string {
      const ticket = randomUUID();
      tickets.add(ticket);
      return `${base.replace(/^http/, 'ws')}/link/?ticket=${ticket}&app_id=${appId()}`;
    },
    sockets,
    /** The ids of all envelopes that were ever acknowledged, in order. */
    acked,
    isOpen: () => sockets.size > 0,
    async send(kind: string, payload: object, retry?: { attempt: number; reason: string }): Promise<unknown> {
      const all = [...sockets];
      // Any one of an app's sockets gets it.
      const socket = all[turn++ % all.length];
      if (!socket) throw new NotAcked('connection_failed');
      const envelope_id = randomUUID();
      const retries = kind === 'events_api' && { retry_attempt: retry?.attempt ?? 0, retry_reason: retry?.reason ?? '' };
      const ack = new Promise<unknown>((resolve, reject) => waiting.set(envelope_id, { resolve, reject, socket }));
      const timer = setTimeout(() => {
        waiting.get(envelope_id)?.reject(new NotAcked('timeout'));
        waiting.delete(envelope_id);
      }, ackMs);
      socket.send(JSON.stringify({ envelope_id, type: kind, accepts_response_payload: kind !== 'events_api', ...retries, payload }));
      return ack.finally(() => clearTimeout(timer));
    },
    /** A frame as it is, to every socket. */
    frame(text: string) {
      for (const socket of sockets) socket.send(text);
    },
    /** Says so, and closes where Slack would (a warning comes ten seconds before; here the socket is closed at once after it). */
    disconnect(reason: DisconnectReason, close = reason !== 'warning') {
      for (const socket of sockets) {
        socket.send(JSON.stringify({ type: 'disconnect', reason, debug_info: { host: 'applink-fake' } }));
        if (close) socket.close();
      }
    },
    /** The line is cut, without a word. */
    cut() {
      for (const socket of sockets) socket.terminate();
    },
    close() {
      for (const socket of sockets) socket.terminate();
      for (const { reject } of waiting.values()) reject(new NotAcked('connection_failed'));
      waiting.clear();
      wss.close();
    },
  };
}
