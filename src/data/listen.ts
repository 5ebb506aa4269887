// LISTEN that survives a lost connection. A notice is a hint that rows changed; the rows are the truth.
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';

/** `reconnected`: the connection was away, anything may have changed: look at everything once. */
export type Notice = { channel: string; payload: string } | 'reconnected';

const HEARTBEAT_MS = 10_000;
const RECONNECT_MS = [100, 250, 500, 1000, 2000];

/**
 * Calls `onNotice` for every notification on `channels` until `close()`.
 * Resolves once the first connection listens (rejects if it cannot be made). After a lost connection it reconnects by
 * itself, listens again, and only then says `reconnected`: what was notified meanwhile is not lost for a reader of the rows.
 */
export async function listen(url: string, channels: string[], onNotice: (notice: Notice) => void): Promise<{ close(): Promise<void> }> {
  const closing = new AbortController();
  let client = await connect();
  const running = keepListening();

  async function connect(): Promise<pg.Client> {
    const fresh = new pg.Client({ connectionString: url, keepAlive: true, connectionTimeoutMillis: 5000, query_timeout: 5000 });
    fresh.on('error', () => {});
    fresh.on('notification', ({ channel, payload }) => onNotice({ channel, payload: payload ?? '' }));
    try {
      await fresh.connect();
      for (const channel of channels) await fresh.query(`listen ${fresh.escapeIdentifier(channel)}`);
    } catch (cause) {
      fresh.end().catch(() => {});
      throw cause;
    }
    return fresh;
  }

  async function keepListening(): Promise<void> {
    for (let failures = 0; !closing.signal.aborted; ) {
      if (failures === 0) await lost(client, closing.signal);
      if (closing.signal.aborted) return;
      await sleep(RECONNECT_MS[Math.min(failures, RECONNECT_MS.length - 1)], undefined, { signal: closing.signal }).catch(() => {});
      try {
        client = await connect();
        failures = 0;
        if (!closing.signal.aborted) onNotice('reconnected');
      } catch {
        failures++;
      }
    }
  }

  return {
    async close() {
      closing.abort();
      // A connection that is just being made anew is ended, too.
      await running;
      await client.end().catch(() => {});
    },
  };
}

/** Resolves when the connection is gone: closed by the other side, or silent (a cable pulled, a machine asleep). */
function lost(client: pg.Client, closing: AbortSignal): Promise<void> {
  return new Promise(resolve => {
    const heartbeat = setInterval(() => client.query('select 1').catch(done), HEARTBEAT_MS);
    function done() {
      clearInterval(heartbeat);
      closing.removeEventListener('abort', done);
      client.off('end', done);
      client.end().catch(() => {});
      resolve();
    }
    client.once('end', done);
    client.once('error', done);
    closing.addEventListener('abort', done, { once: true });
  });
}
