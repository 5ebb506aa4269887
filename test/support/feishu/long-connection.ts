// The long connection: an endpoint that gives an address, a WebSocket there, and events in protobuf frames that are acknowledged one by one.
import { randomUUID } from 'node:crypto';
import type { Server } from 'node:http';
import { type WebSocket, WebSocketServer } from 'ws';
import { CONTROL, DATA, eventFrames, frameBytes, frameOf } from './frames.ts';
import { CODES, LIMITS } from './limits.ts';
import type { Line } from './push.ts';

/** Seconds. Shorter than Feishu's own 120 and 120, so that a cut is over soon. */
const CLIENT_CONFIG = { PingInterval: 2, ReconnectCount: -1, ReconnectInterval: 1, ReconnectNonce: 0 };
const SERVICE = 33_554_678;
const PATH = '/ws/v2';

export type LongConnection = ReturnType<typeof openLongConnection>;

/** `opened` is called when a client has come. */
export function openLongConnection(server: Server, opened: () => void) {
  const open = new Set<WebSocket>();
  const sockets = new Set<WebSocket>();
  const acks = new Map<string, (ack: { code: number; data?: string }) => void>();
  const tickets = new Set<string>();
  const faults = { parts: 1, frozen: false };
  const sockServer = new WebSocketServer({ noServer: true });

  server.on('upgrade', (request, socket, head) => {
    const url = new URL(request.url ?? '', 'http://feishu');
    // An address is good for one connection.
    if (url.pathname !== PATH || !tickets.delete(url.searchParams.get('ticket') ?? '')) return void socket.destroy();
    sockServer.handleUpgrade(request, socket, head, connected);
  });

  /** A client counts from its first ping on: what comes before, it does not listen to yet. */
  function connected(socket: WebSocket): void {
    open.add(socket);
    // Many events may be on their way at once.
    socket.setMaxListeners(0);
    socket.on('close', () => {
      open.delete(socket);
      sockets.delete(socket);
    });
    socket.on('error', () => socket.terminate());
    socket.on('message', bytes => hear(socket, bytes as Buffer));
  }

  function hear(socket: WebSocket, bytes: Buffer): void {
    if (faults.frozen) return;
    const { method, headers, payload, service } = frameOf(bytes);
    if (method === CONTROL && headers.type === 'ping') {
      socket.send(frameBytes({ service, method: CONTROL, headers: { type: 'pong' }, payload: Buffer.from(JSON.stringify(CLIENT_CONFIG)) }));
      if (!sockets.has(socket)) {
        sockets.add(socket);
        opened();
      }
    }
    if (method === DATA) acks.get(headers.message_id)?.(JSON.parse(payload.toString('utf8')));
  }

  const line: Line = {
    isOpen: () => sockets.size > 0,
    async send(envelope) {
      const all = [...sockets];
      const socket = all[Math.floor(Math.random() * all.length)];
      const messageId = randomUUID();
      const payload = Buffer.from(JSON.stringify(envelope));
      const acked = new Promise<{ code: number; data?: string } | undefined>(resolve => {
        const timer = setTimeout(() => end(), LIMITS.ackMs);
        const gone = () => end();
        const end = (ack?: { code: number; data?: string }) => {
          clearTimeout(timer);
          socket.off('close', gone);
          resolve(ack);
        };
        acks.set(messageId, end);
        socket.on('close', gone);
      });
      if (!faults.frozen) for (const frame of eventFrames(SERVICE, messageId, payload, faults.parts)) socket.send(frame);
      const ack = await acked;
      acks.delete(messageId);
      const answer = ack?.data ? JSON.parse(Buffer.from(ack.data, 'base64').toString('utf8')) : undefined;
      return { taken: ack?.code === 200, answer };
    },
  };

  return {
    line,
    faults,
    /** What the endpoint answers to the right app. */
    address(): { raw: unknown } {
      if (open.size >= LIMITS.connections) return { raw: { code: CODES.endpointFull.code, msg: CODES.endpointFull.msg, data: {} } };
      const ticket = randomUUID();
      tickets.add(ticket);
      const { port } = server.address() as { port: number };
      const query = `fpid=493&aid=552564&device_id=7462&access_key=k&service_id=${SERVICE}&ticket=${ticket}`;
      return { raw: { code: 0, msg: '', data: { URL: `ws://127.0.0.1:${port}${PATH}?${query}`, ClientConfig: CLIENT_CONFIG } } };
    },
    connections: () => sockets.size,
    /** From one moment to the next, without a goodbye. */
    cut(): void {
      // A client may be back before its old socket tells that it is closed.
      sockets.clear();
      for (const socket of open) socket.terminate();
    },
    /** Bytes that are no frame. */
    sendGarbage(bytes: Uint8Array): void {
      for (const socket of sockets) socket.send(bytes);
    },
    close(): void {
      for (const socket of open) socket.terminate();
      sockServer.close();
    },
  };
}
