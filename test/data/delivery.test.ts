// Inbox and posts: redelivery is harmless, the latest state is what is sent, nothing is lost between two processes.
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { eventDone, eventFailed, keepEvent, MAX_TRIES, nextEvents } from '../../src/data/inbox.ts';
import { claimDuePosts, findPost, giveUpPost, markPostSent, releasePosts, retryPost, wantPost } from '../../src/data/posts.ts';
import { inbox } from '../../src/data/schema.ts';
import { type TestDatabase, testDatabase } from '../support/postgres.ts';
import { someWorkspace } from '../support/rows.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());

describe('inbox', () => {
  test('an event delivered again is kept once, also after it was done; events come in order', async () => {
    const { db } = database;
    const { workspace } = await someWorkspace(db);
    const kept = [];
    for (const key of ['e1', 'e2', 'e1', 'e3']) kept.push(await keepEvent(db, workspace, { key, kind: 'message', payload: { text: key } }));
    expect(kept).toEqual([true, true, false, true]);
    const events = await nextEvents(db, workspace);
    expect(events.map(({ key, payload }) => [key, payload])).toEqual(['e1', 'e2', 'e3'].map(key => [key, { text: key }]));
    await eventDone(db, events[0].id);
    expect(await keepEvent(db, workspace, { key: 'e1', kind: 'message', payload: { text: 'again' } })).toBe(false);
    expect((await nextEvents(db, workspace)).map(({ key }) => key)).toEqual(['e2', 'e3']);
    const [done] = await db.select().from(inbox).where(sql`id = ${events[0].id}`);
    expect(done.payload).toBeNull();
  });

  test('a failing event waits, lets others pass, and is given up in the end with its text erased', async () => {
    const { db } = database;
    const { workspace } = await someWorkspace(db);
    for (const key of ['bad', 'good']) await keepEvent(db, workspace, { key, kind: 'message', payload: { text: key } });
    const [{ id }] = await nextEvents(db, workspace);
    const givenUp = [await eventFailed(db, id, 'TypeError')];
    expect((await nextEvents(db, workspace)).map(({ key }) => key)).toEqual(['good']);
    await db.execute(sql`update inbox set next_at = now() where id = ${id}`);
    expect((await nextEvents(db, workspace))[0]).toMatchObject({ key: 'bad', tries: 1 });
    while (!givenUp.at(-1)) givenUp.push(await eventFailed(db, id, 'TypeError'));
    expect(givenUp).toHaveLength(MAX_TRIES);
    const [row] = await db.select().from(inbox).where(sql`id = ${id}`);
    expect(row).toMatchObject({ payload: null, error: 'TypeError', tries: MAX_TRIES });
  });
});

describe('posts', () => {
  const post = (text: string) => ({ key: 'run:1', channel: 'C1', body: { title: text, parts: [] } });

  test('the latest state is sent, nothing twice, and the same wish again sends nothing', async () => {
    const { db } = database;
    const { workspace } = await someWorkspace(db);
    for (const text of ['1 %', '2 %', '3 %']) await wantPost(db, workspace, post(text));
    const [due] = await claimDuePosts(db, workspace);
    expect(due).toEqual({ ...post('3 %'), rev: 3, tries: 0 });
    expect(await claimDuePosts(db, workspace)).toEqual([]);
    await markPostSent(db, workspace, due.key, due.rev, { channel: 'C1', id: 'M9' });
    await wantPost(db, workspace, post('3 %'));
    expect(await claimDuePosts(db, workspace)).toEqual([]);
  });

  test('a state wished while the sender was busy is due as soon as the sender is done, as an edit', async () => {
    const { db } = database;
    const { workspace } = await someWorkspace(db);
    await wantPost(db, workspace, post('1 %'));
    const [due] = await claimDuePosts(db, workspace);
    await wantPost(db, workspace, post('done'));
    expect(await claimDuePosts(db, workspace)).toEqual([]);
    await markPostSent(db, workspace, due.key, due.rev, { id: 'M1' });
    expect(await claimDuePosts(db, workspace)).toEqual([{ ...post('done'), rev: 2, tries: 0, at: { id: 'M1' } }]);
  });

  test('a rate limit is waited for, and a new wish does not shorten it', async () => {
    const { db } = database;
    const { workspace } = await someWorkspace(db);
    await wantPost(db, workspace, post('1 %'));
    await claimDuePosts(db, workspace);
    await retryPost(db, workspace, 'run:1', 60_000);
    await wantPost(db, workspace, post('2 %'));
    expect(await claimDuePosts(db, workspace)).toEqual([]);
    await db.execute(sql`update posts set next_at = now() where workspace = ${workspace}`);
    expect(await claimDuePosts(db, workspace)).toMatchObject([{ body: { title: '2 %' }, tries: 1 }]);
  });

  test('a sender that died holds nothing up once the next one starts', async () => {
    const { db } = database;
    const { workspace } = await someWorkspace(db);
    await wantPost(db, workspace, post('1 %'));
    await claimDuePosts(db, workspace);
    await releasePosts(db, workspace);
    expect(await claimDuePosts(db, workspace)).toHaveLength(1);
  });

  test('two senders at once: every post goes to one of them', async () => {
    const { db } = database;
    const { workspace } = await someWorkspace(db);
    for (let i = 0; i < 20; i++) await wantPost(db, workspace, { ...post('x'), key: `p:${i}` });
    const claimed = (await Promise.all([1, 2, 3, 4].map(() => claimDuePosts(db, workspace, 5)))).flat().map(({ key }) => key);
    expect(new Set(claimed).size).toBe(claimed.length);
    const rest = await claimDuePosts(db, workspace, 20);
    expect(claimed.length + rest.length).toBe(20);
  });

  test('a state that can never be shown is given up, the next one is tried; a private post loses its reply handle once sent', async () => {
    const { db } = database;
    const { workspace } = await someWorkspace(db);
    const private1 = { ...post('only you'), recipient: { person: 'U1', reply: 'secret-handle' } };
    await wantPost(db, workspace, private1);
    const [due] = await claimDuePosts(db, workspace);
    expect(due.recipient).toEqual(private1.recipient);
    await giveUpPost(db, workspace, 'run:1', due.rev, 'TooLong');
    expect(await claimDuePosts(db, workspace)).toEqual([]);
    await wantPost(db, workspace, { ...private1, body: { title: 'shorter' } });
    const [again] = await claimDuePosts(db, workspace);
    await markPostSent(db, workspace, again.key, again.rev);
    expect(await findPost(db, workspace, 'run:1')).toMatchObject({ recipient: { person: 'U1' }, sentRev: 2, error: null });
    expect((await findPost(db, workspace, 'run:1'))!.recipient).not.toHaveProperty('reply');
  });
});
