// The database of a start: the server that DATABASE_URL names, or the bundled one, kept running.
import { setTimeout as sleep } from 'node:timers/promises';
import { checkDatabase } from '../data/database.ts';
import { type EmbeddedPostgres, startPostgres } from '../data/embedded.ts';
import type { Terminal } from './terminal.ts';

export type RunningDatabase = { url: string; stop(): Promise<void> };

const PAUSE_MS = 1000;

/** Ready to be migrated. A bundled server that dies is started again, on the same port: whoever has the URL comes back by itself. */
export async function startDatabase(options: { dataDir: string; databaseUrl?: string; terminal: Terminal }): Promise<RunningDatabase> {
  const { dataDir, databaseUrl, terminal } = options;
  if (databaseUrl) {
    const { host, major } = await checkDatabase(databaseUrl);
    terminal.line('start.databaseGiven', { host, major });
    return { url: databaseUrl, stop: async () => {} };
  }
  const stopping = new AbortController();
  let server: EmbeddedPostgres = await startPostgres(dataDir);
  terminal.line(server.adopted ? 'start.databaseAdopted' : 'start.database', { port: new URL(server.url).port });
  const watched = keepUp();

  async function keepUp(): Promise<void> {
    while (!stopping.signal.aborted) {
      await server.exited;
      while (!stopping.signal.aborted && !(await startedAgain()));
    }
  }

  async function startedAgain(): Promise<boolean> {
    terminal.line('start.databaseLost');
    await sleep(PAUSE_MS, undefined, { signal: stopping.signal }).catch(() => {});
    if (stopping.signal.aborted) return false;
    try {
      server = await startPostgres(dataDir);
    } catch {
      // Said and tried again after the pause.
      return false;
    }
    // Asked to stop while it started.
    if (stopping.signal.aborted) await server.stop();
    return true;
  }

  return {
    url: server.url,
    async stop() {
      stopping.abort();
      await server.stop();
      await watched;
    },
  };
}
