// A connection that breaks in the moment of a transaction's `begin`: the pool does not lose it, and can still be closed.

import type { AddressInfo } from 'node:net';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openDatabase } from '../../src/data/database.ts';
import { type TestDatabase, testDatabase } from '../support/postgres.ts';

let database: TestDatabase;
/** Between us and the server: hangs up on whoever sends `begin`, as long as `hangsUp`. */
let line: Server;
let hangsUp = true;
beforeAll(async () => {
  database = await testDatabase();
  const { hostname, port } = new URL(database.url);
  line = createServer(client => {
    const server = connect(Number(port), hostname);
    const end = (...sockets: Socket[]) => sockets.forEach(socket => void socket.destroy());
    client.on('data', data => (hangsUp && data.includes('begin') ? end(client, server) : server.write(data)));
    server.on('data', data => client.write(data));
    for (const socket of [client, server]) socket.on('error', () => {}).on('close', () => end(client, server));
  });
  await new Promise<void>(resolve => line.listen(0, '127.0.0.1', resolve));
});
afterAll(async () => {
  line.close();
  await database.close();
});

it('more transactions are lost than there are connections, and the next one goes through', async () => {
  const url = new URL(database.url);
  url.host = `127.0.0.1:${(line.address() as AddressInfo).port}`;
  const { db, close } = openDatabase(url.href, 2);
  const transaction = () => db.transaction(tx => tx.execute(sql`select 1`));
  for (let i = 0; i < 3; i++) await expect(transaction()).rejects.toThrow();
  hangsUp = false;
  await expect(transaction()).resolves.toBeDefined();
  await close();
});
