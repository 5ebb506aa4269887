// Socket Mode stays connected whatever Slack does, and the process with it.
import { once } from 'node:events';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { until } from '../../support/room.ts';
import { SOCKETS } from '../../support/slack/limits.ts';
import { type Opened, openTestSlack } from './opened.ts';

describe('Socket Mode', () => {
  let t: Opened;
  beforeEach(async () => {
    t = await openTestSlack();
  });
  afterEach(() => t.close());

  const connected = () => until(() => t.slack.socket.isOpen(), 'a connection');
  /** The line is cut, and the end of it is seen; the next one may be there by then. */
  async function cut(): Promise<void> {
    const { socket } = t.slack;
    const before = [...socket.sockets];
    socket.cut();
    await until(() => !before.some(each => socket.sockets.has(each)), 'the end of the connection');
  }
  /** Something is said, and heard once. */
  async function hears(text: string): Promise<void> {
    await t.slack.hands.say(t.ann.room, { channel: t.team.room }, `@apprentice ${text}`);
    const heard = () => t.events.filter(event => event.kind === 'message' && event.text === text);
    await until(() => heard().length > 0, text);
    await until(() => t.slack.delivery.isIdle(), 'every acknowledgement');
    expect(heard()).toHaveLength(1);
  }

  it('the line is cut: another one is there at once, and what was said meanwhile comes', async () => {
    await hears('one');
    await cut();
    await hears('two');
    expect(t.unhandled).toEqual([]);
  });

  it.each(['warning', 'refresh_requested', 'too_many_websockets', 'link_disabled'] as const)(
    'Slack says %s and does not close its side',
    async reason => {
      const [before] = t.slack.socket.sockets;
      t.slack.socket.disconnect(reason, false);
      await until(() => t.slack.socket.isOpen() && !t.slack.socket.sockets.has(before), 'another connection');
      await hears(reason.replaceAll('_', ' '));
      expect(t.unhandled).toEqual([]);
    },
  );

  it('a Slack that refuses to have it back is asked until it agrees; what keeps it away is told once', async () => {
    t.slack.faults.onCall('apps.connections.open', { error: 'invalid_auth' }, { times: 3 });
    await cut();
    await connected();
    t.slack.faults.onCall('apps.connections.open', { status: 503 }, { times: 2 });
    t.slack.faults.onCall('apps.connections.open', { lose: true }, { times: 1 });
    await cut();
    await connected();
    await hears('here again');
    expect(t.problems.filter(code => code === 'invalid_auth')).toHaveLength(1);
    expect(t.unhandled).toEqual([]);
  });

  it('others hold all ten connections: it is sent away before any hello, asks again, and is there as soon as one is free', async () => {
    const others: WebSocket[] = [];
    const calls = () => t.slack.calls.filter(({ method }) => method === 'apps.connections.open').length;
    const open = async () => {
      const socket = new WebSocket(t.slack.socket.ticket(t.slack.base));
      others.push(socket);
      await once(socket, 'open');
    };
    t.slack.faults.onCall('apps.connections.open', { status: 503 }, { times: 1_000 });
    await cut();
    for (let n = 0; n < SOCKETS; n++) await open();
    t.slack.faults.clear();
    const before = calls();
    await until(() => t.problems.includes('too_many_websockets'), 'a word of it to the operator');
    // It waits longer from try to try.
    expect(calls() - before).toBeLessThan(20);
    for (const socket of others) socket.terminate();
    await until(() => t.slack.socket.sockets.size === 1, 'our own connection');
    await hears('room again');
    expect(t.unhandled).toEqual([]);
  });

  it('a 429 for the connection is waited for', async () => {
    t.slack.faults.onCall('apps.connections.open', { status: 429, retryAfter: 1 });
    await cut();
    await connected();
    await hears('after a second');
    expect(t.unhandled).toEqual([]);
  });

  it('app_rate_limited and frames of nonsense are survived; the first is told and acknowledged', async () => {
    await t.slack.rateLimitEvents();
    for (const frame of ['', 'nonsense', 'null', '[]', '{}', '{"type":"events_api"}', '{"type":"events_api","payload":null}']) {
      t.slack.socket.frame(frame);
    }
    await hears('still here');
    expect(t.problems).toContain('app_rate_limited');
    expect(t.unhandled).toEqual([]);
  });

  it('what is not kept comes again until it is', async () => {
    let failures = 2;
    const keys = new Set<string>();
    t.answer = async event => {
      keys.add(event.key);
      if (failures-- > 0) throw new Error('the database is down');
      return {};
    };
    await hears('remember this');
    expect(keys.size).toBe(1);
    expect(t.unhandled).toEqual([]);
  });

  it('away for longer than a moment: it tells that it may have missed something, once; after a moment it does not', async () => {
    const missed = () => t.events.filter(({ kind }) => kind === 'missed').length;
    await cut();
    await hears('back in a moment');
    expect(missed()).toBe(0);
    t.slack.faults.onCall('apps.connections.open', { status: 429, retryAfter: 6 });
    await cut();
    await until(missed, 'what was missed to be told', 15_000);
    await hears('back after six seconds');
    expect(missed()).toBe(1);
  });

  it('stops while it cannot connect', async () => {
    t.slack.faults.onCall('apps.connections.open', { error: 'invalid_auth' }, { times: 1_000 });
    t.slack.socket.cut();
    await until(() => t.problems.includes('invalid_auth'), 'a second failure');
    await t.chat.stop();
    const calls = t.slack.calls.length;
    t.slack.faults.clear();
    await hearsNothing();
    expect(t.slack.calls.length).toBe(calls);

    async function hearsNothing() {
      await t.slack.hands.say(t.ann.room, { channel: t.team.room }, '@apprentice anybody?');
      expect(t.events.filter(({ kind }) => kind === 'message')).toEqual([]);
      expect(t.slack.socket.isOpen()).toBe(false);
    }
  });
});
