// A database whose connection goes in the middle of something, once.
import { type Database, openDatabase } from '../../src/data/database.ts';

/**
 * The connection is cut at the `at`-th statement of all connections together, before that is sent. `statements` tells how many there were so far.
 */
export function dyingDatabase(url: string, at: number, connections = 1): Database & { statements(): number } {
  const database = openDatabase(url, connections);
  let statements = 0;
  database.pool.on('connect', client => {
    const query = client.query.bind(client) as (...args: unknown[]) => unknown;
    client.query = ((...args: unknown[]) => {
      if (++statements === at) (client as unknown as { connection: { stream: { destroy(): void } } }).connection.stream.destroy();
      return query(...args);
    }) as typeof client.query;
  });
  return { ...database, statements: () => statements };
}
