// LISTEN: what changes a row tells it; a lost connection is noticed, replaced and said.
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { keepEvent } from '../../src/data/inbox.ts';
import { listen, type Notice } from '../../src/data/listen.ts';
import { NOTICE_CHANNELS } from '../../src/data/notices.ts';
import { type TestDatabase, testDatabase } from '../support/postgres.ts';
import { someRun, someWorkspace } from '../support/rows.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());

const until = (check: () => void | Promise<void>) => vi.waitFor(check, { timeout: 10_000, interval: 20 });
const killListeners = () =>
  database.pool.query(
    `select pg_terminate_backend(pid) from pg_stat_activity where query ilike 'listen %' and datname = current_database()`,
  );

test('a started run and a kept event are told, once their transaction is committed', async () => {
  const notices: Notice[] = [];
  const listener = await listen(database.url, [...NOTICE_CHANNELS], notice => notices.push(notice));
  try {
    const { run, workspace } = await someRun(database.db);
    await keepEvent(database.db, workspace, { key: 'k', kind: 'message', payload: {} });
    await until(() => expect(notices).toContainEqual({ channel: 'inbox_changed', payload: String(workspace) }));
    expect(notices).toContainEqual({ channel: 'run_changed', payload: String(run.id) });
    notices.length = 0;
    const undone = database.db.transaction(async tx => {
      await keepEvent(tx, workspace, { key: 'k2', kind: 'message', payload: {} });
      throw new Error('undo');
    });
    await expect(undone).rejects.toThrow('undo');
    await keepEvent(database.db, workspace, { key: 'k3', kind: 'message', payload: {} });
    await until(() => expect(notices).toHaveLength(1));
  } finally {
    await listener.close();
  }
});

test('LISTEN lost: it listens again, says `reconnected` once, and hears what comes afterwards', async () => {
  const { workspace } = await someWorkspace(database.db);
  const notices: Notice[] = [];
  const listener = await listen(database.url, ['inbox_changed'], notice => notices.push(notice));
  try {
    for (let round = 1; round <= 2; round++) {
      notices.length = 0;
      expect((await killListeners()).rowCount).toBe(1);
      await keepEvent(database.db, workspace, { key: `while-away-${round}`, kind: 'message', payload: {} });
      await until(() => expect(notices).toContain('reconnected'));
      await keepEvent(database.db, workspace, { key: `back-${round}`, kind: 'message', payload: {} });
      await until(() => expect(notices.at(-1)).toEqual({ channel: 'inbox_changed', payload: String(workspace) }));
      expect(notices.filter(notice => notice === 'reconnected')).toHaveLength(1);
    }
  } finally {
    await listener.close();
  }
  expect((await killListeners()).rowCount).toBe(0);
});

test('closed while it is connecting again, it leaves no connection behind', async () => {
  // So many channels that it is still busy with them when it is closed.
  const channels = Array.from({ length: 2_000 }, (_, i) => `channel_${i}`);
  const listening = () =>
    database.pool.query<{ n: number }>(
      `select count(*)::int as n from pg_stat_activity where query ilike 'listen %' and datname = current_database()`,
    );
  const notices: Notice[] = [];
  const listener = await listen(database.url, channels, notice => notices.push(notice));
  await killListeners();
  await until(async () => expect((await listening()).rows[0].n).toBe(1));
  await listener.close();
  expect(notices).toEqual([]);
  await until(async () => expect((await listening()).rows[0].n).toBe(0));
});
