// Gets a server a port: the one demanded, or the preferred one if it is free and else any.
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Refusal } from '../problem.ts';

/** Resolves with the port. A demanded port that is taken is refused (`web.portTaken`), any other trouble too (`web.cannotListen`). */
export async function listen(server: Server, host: string, { demand, prefer }: { demand?: number; prefer?: number }): Promise<number> {
  try {
    return await attempt(server, host, demand ?? prefer ?? 0);
  } catch (cause) {
    const { code = '', message } = cause as NodeJS.ErrnoException;
    const taken = code === 'EADDRINUSE';
    if (taken && demand === undefined) return attempt(server, host, 0);
    if (taken) throw new Refusal('web.portTaken', { port: demand!, host }, { cause });
    throw new Refusal('web.cannotListen', { host, port: demand ?? prefer ?? 0, reason: code || message }, { cause });
  }
}

function attempt(server: Server, host: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve((server.address() as AddressInfo).port);
    });
  });
}
