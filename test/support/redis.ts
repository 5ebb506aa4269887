// A real Redis of the test's own, from the system's redis-server: its port, its folder, append-only as in production.
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Redis } from 'ioredis';

export type TestRedis = { url: string; stop(): Promise<void>; start(): Promise<void>; close(): Promise<void> };

/** No npm package ships a Redis. Without the system's one its tests are skipped, loudly, except under CI, where they fail. */
export const hasRedis: boolean = spawnSync('redis-server', ['--version']).status === 0 || Boolean(process.env.CI);
if (!hasRedis)
  console.warn('\nSKIPPED: no redis-server on this machine, so nothing of the Redis backend is tested (apt-get install redis-server)\n');

export async function testRedis(): Promise<TestRedis> {
  const folder = mkdtempSync(join(tmpdir(), 'apprentice-redis-'));
  const port = await freePort();
  const url = `redis://127.0.0.1:${port}`;
  const options = ['--port', port, '--bind', '127.0.0.1', '--dir', folder, '--appendonly', 'yes', '--maxmemory-policy', 'noeviction'].map(
    String,
  );
  let server: ReturnType<typeof spawn> | undefined;

  async function start() {
    server = spawn('redis-server', options, { stdio: 'ignore' });
    const client = new Redis(url, { maxRetriesPerRequest: null, retryStrategy: () => 50 });
    client.on('error', () => {});
    await client.ping();
    client.disconnect();
  }
  async function stop() {
    const running = server;
    server = undefined;
    if (!running) return;
    const gone = new Promise(resolve => running.once('exit', resolve));
    running.kill('SIGTERM');
    await gone;
  }
  await Promise.race([
    start(),
    sleep(10_000).then(() => {
      throw new Error('redis-server did not start');
    }),
  ]);
  return {
    url,
    start,
    stop,
    async close() {
      await stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function freePort(): Promise<number> {
  return new Promise(resolve => {
    const server = createServer();
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });
}
