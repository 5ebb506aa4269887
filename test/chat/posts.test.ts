import { afterEach, describe, expect, it } from 'vitest';
import type { Card, Chat, MessageRef, OutgoingPost } from '../../src/chat/chat.ts';
import { Gone, NotAllowed, RetryLater, TooLong } from '../../src/chat/errors.ts';
import { openLocalChat } from '../../src/chat/local/local.ts';
import { type DuePost, type PostStore, startSender } from '../../src/chat/posts.ts';
import { openTestRoom, type TestRoom, until } from '../support/room.ts';

const text = (title: string): Card => ({ title, parts: [] });

/** Desired state in memory, with the same rules as the table: due while sent < wanted and the waiting time is over. */
function memoryPosts() {
  type Row = DuePost & { sent: number; after: number; gaveUp?: string };
  const rows = new Map<string, Row>();
  const waits: number[] = [];
  const store: PostStore = {
    claimDue: async () =>
      [...rows.values()].filter(row => row.sent < row.rev && !row.gaveUp && row.after <= Date.now()).map(row => ({ ...row })),
    async markSent(key, rev, ref) {
      const row = rows.get(key)!;
      Object.assign(row, { sent: rev, at: ref ?? row.at });
    },
    async retryLater(key, ms) {
      waits.push(ms);
      rows.get(key)!.after = Date.now() + ms;
    },
    async giveUp(key, rev, reason) {
      if (rows.get(key)!.rev === rev) rows.get(key)!.gaveUp = reason;
    },
  };
  return {
    store,
    waits,
    row: (key: string) => rows.get(key)!,
    want(key: string, place: { channel: string; thread?: string }, card: Card, recipient?: DuePost['recipient']) {
      const before = rows.get(key);
      if (before) Object.assign(before, { card, rev: before.rev + 1 });
      else rows.set(key, { key, rev: 1, place, card, recipient, sent: 0, after: 0 });
    },
    settled: () => [...rows.values()].every(row => row.gaveUp || row.sent === row.rev),
  };
}

let t: TestRoom;
const stops: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
  await t.remove();
});

/** A real local chat whose `post` first runs through `script`: each step may throw, before the call or after it. */
async function scripted(...script: ((post: OutgoingPost, send: () => Promise<MessageRef>) => Promise<MessageRef>)[]) {
  t = await openTestRoom();
  const real = openLocalChat(t.room);
  const calls: OutgoingPost[] = [];
  const chat: Pick<Chat, 'post' | 'postPrivately'> = {
    async post(post) {
      calls.push(post);
      const step = script.shift();
      return step ? step(post, () => real.post(post)) : real.post(post);
    },
    postPrivately: real.postPrivately,
  };
  const posts = memoryPosts();
  const problems: unknown[] = [];
  const start = (store = posts.store) => {
    const sender = startSender({ chat, store, everyMs: 10, onProblem: (_, error) => problems.push(error) });
    stops.push(sender.stop);
    return sender;
  };
  const titles = () => [...t.room.state.messages.values()].filter(message => !message.deleted).map(message => message.card?.title);
  return { real, calls, posts, problems, start, titles };
}

describe('the sender', () => {
  it('sends what is wanted, then its edits, into one message', async () => {
    const { posts, start, titles, calls } = await scripted();
    const sender = start();
    posts.want('run:1', t.team, text('10 %'));
    sender.wake();
    await until(() => posts.settled(), 'the post');
    posts.want('run:1', t.team, text('20 %'));
    await until(() => posts.settled(), 'the edit');
    expect(titles()).toEqual(['20 %']);
    expect(calls.map(call => call.at?.id)).toEqual([undefined, posts.row('run:1').at?.id]);
  });

  it('a state that is claimed while the one before is still being recorded does not wait for its claim to end', async () => {
    const { posts, start, titles } = await scripted();
    const claimMs = 20_000;
    const claiming: PostStore = {
      ...posts.store,
      async claimDue() {
        const due = await posts.store.claimDue();
        for (const { key } of due) posts.row(key).after = Date.now() + claimMs;
        return due;
      },
      async markSent(key, rev, ref) {
        await posts.store.markSent(key, rev, ref);
        posts.row(key).after = 0;
        if (rev === 1) posts.want('run:1', t.team, text('done'));
        // The commit is seen by everybody, its answer is still on the way to us: meanwhile a look claims the next state.
        await new Promise(resolve => setTimeout(resolve, 60));
      },
    };
    posts.want('run:1', t.team, text('99 %'));
    start(claiming);
    await until(() => titles()[0] === 'done', 'the last state');
  });

  it('of many states that came while one was under way only the last is sent', async () => {
    let release = () => {};
    const held = new Promise<void>(resolve => {
      release = resolve;
    });
    const { posts, start, titles, calls } = await scripted(async (_, send) => {
      await held;
      return send();
    });
    posts.want('run:1', t.team, text('0'));
    const sender = start();
    await until(() => calls.length === 1, 'the first call');
    for (let i = 1; i <= 50; i++) posts.want('run:1', t.team, text(String(i)));
    sender.wake();
    release();
    await until(() => posts.settled(), 'the last state');
    expect(calls.map(call => call.card.title)).toEqual(['0', '50']);
    expect(titles()).toEqual(['50']);
  });

  it('a reply that got lost: the same key again, one message', async () => {
    const { posts, start, titles, calls } = await scripted(async (_, send) => {
      await send();
      throw new Error('socket hang up');
    });
    posts.want('answer:1', t.team, text('hello'));
    start();
    await until(() => posts.settled(), 'the post');
    expect(calls).toHaveLength(2);
    expect(titles()).toEqual(['hello']);
  });

  it('killed between sending and marking, in the next process: one message, the final state', async () => {
    const { posts, start, titles } = await scripted();
    posts.want('run:1', t.team, text('half'));
    // The process dies after the platform got the message and before the row knows.
    const dying: PostStore = { ...posts.store, markSent: () => new Promise(() => {}) };
    const chat = openLocalChat(t.room);
    startSender({ chat, store: dying, everyMs: 1_000_000, onProblem: () => {} });
    await until(() => titles().length === 1, 'the message');
    posts.want('run:1', t.team, text('done'));
    start();
    await until(() => posts.settled(), 'the final state');
    expect(titles()).toEqual(['done']);
  });

  it('waits as long as the platform asks', async () => {
    const { posts, start, titles, calls } = await scripted(async () => {
      throw new RetryLater(120);
    });
    posts.want('a', t.team, text('x'));
    start();
    await until(() => posts.waits.length === 1, 'the wait');
    expect(posts.waits).toEqual([120]);
    expect(calls).toHaveLength(1);
    await until(() => posts.settled(), 'the post');
    expect(titles()).toEqual(['x']);
  });

  it('while one place waits the others go on, and within one place the order holds', async () => {
    const never = () => new Promise<MessageRef>(() => {});
    const { real, posts, start, titles } = await scripted(never);
    const root = await real.post({ key: 'root', place: t.team, card: text('root') });
    posts.want('stuck', { ...t.team, thread: root.id }, text('stuck'));
    for (const key of ['a', 'b', 'c']) posts.want(key, t.team, text(key));
    start();
    await until(() => ['a', 'b', 'c'].every(key => posts.row(key).sent === 1), 'the others');
    expect(titles()).toEqual(['root', 'a', 'b', 'c']);
    stops.splice(0);
  });

  it('a message that somebody deleted is said anew', async () => {
    const { posts, start, titles } = await scripted();
    posts.want('run:1', t.team, text('one'));
    start();
    await until(() => posts.settled(), 'the post');
    const first = posts.row('run:1').at!.id;
    await t.room.bot(({ bot }) => ({ kind: 'deleted', id: first, by: bot }));
    posts.want('run:1', t.team, text('two'));
    await until(() => posts.settled(), 'the new one');
    expect(titles()).toEqual(['two']);
    expect(posts.row('run:1').at!.id).not.toBe(first);
  });

  it('where there is no place any more, or no permission, it gives up and says why', async () => {
    const { posts, start, problems } = await scripted(async () => {
      throw new NotAllowed('post', 'invite the bot');
    });
    posts.want('forbidden', t.team, text('x'));
    posts.want('gone', { channel: 'c0' }, text('x'));
    start();
    await until(() => posts.settled(), 'both');
    expect(posts.row('forbidden').gaveUp).toContain('invite the bot');
    expect(posts.row('gone').gaveUp).toContain('gone');
    expect(problems).toEqual([expect.any(NotAllowed), expect.any(Gone)]);
  });

  it('a card that is too long goes out shortened, with its buttons', async () => {
    const { posts, start } = await scripted();
    const buttons = [{ label: 'A', action: 'vote', value: 'A' }];
    posts.want('long', t.team, { title: 'Two answers', parts: [{ markdown: 'x'.repeat(50_000) }, { buttons }] });
    start();
    await until(() => posts.settled(), 'the post');
    const [message] = t.room.state.messages.values();
    expect(message.card).toEqual({ title: 'Two answers', parts: [{ markdown: `${'x'.repeat(599)}…` }, { buttons }] });
    const {
      problems,
      posts: again,
      start: startAgain,
    } = await scripted(
      async () => {
        throw new TooLong('markdown');
      },
      async () => {
        throw new TooLong('buttons');
      },
    );
    again.want('hopeless', t.team, text('x'));
    startAgain();
    await until(() => again.settled(), 'giving up');
    expect(again.row('hopeless').gaveUp).toContain('buttons');
    expect(problems).toHaveLength(1);
  });

  it('outside trouble is retried later and later, and a store that fails loses nothing', async () => {
    const down = async () => {
      throw new Error('connection refused');
    };
    const { posts, start, titles } = await scripted(down, down);
    let failing = 3;
    const shaky: PostStore = {
      ...posts.store,
      async claimDue() {
        if (failing-- > 0) throw new Error('the database is down');
        return posts.store.claimDue();
      },
      retryLater: (key, ms) => posts.store.retryLater(key, ms).then(() => void (posts.row(key).after = 0)),
    };
    posts.want('a', t.team, text('x'));
    start(shaky);
    await until(() => posts.settled(), 'the post');
    expect(posts.waits).toEqual([1_000, 2_000]);
    expect(titles()).toEqual(['x']);
  });

  it('a private post is sent to its person', async () => {
    const { posts, start } = await scripted();
    posts.want('p', t.team, text('psst'), { person: t.person('Ann'), place: t.team });
    start();
    await until(() => posts.settled(), 'the post');
    expect([...t.room.state.messages.values()]).toMatchObject([{ onlyFor: t.person('Ann'), card: { title: 'psst' } }]);
  });

  it('stop waits for what is in flight and sends nothing after', async () => {
    let release = () => {};
    const { posts, start, calls } = await scripted(
      (_, send) =>
        new Promise(resolve => {
          release = () => resolve(send());
        }),
    );
    posts.want('a', t.team, text('a'));
    const sender = start();
    await until(() => calls.length === 1, 'the call');
    const stopped = sender.stop();
    posts.want('b', t.team, text('b'));
    release();
    await stopped;
    expect(posts.row('a').sent).toBe(1);
    expect(posts.row('b').sent).toBe(0);
    expect(calls).toHaveLength(1);
  });
});
