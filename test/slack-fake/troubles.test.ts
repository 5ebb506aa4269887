// The troubles that a fake Slack makes when it is asked to: redelivery, lost answers, 5xx, 429, sockets that end, garbage.
import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { until } from '../support/room.ts';
import { type FakeSlack, openFakeSlack } from '../support/slack/fake.ts';
import { clientOf, codeOf } from './client.ts';

type Frame = {
  type: string;
  reason?: string;
  envelope_id?: string;
  retry_attempt?: number;
  retry_reason?: string;
  payload?: { event_id: string; type: string };
};

describe('the fake Slack makes trouble', () => {
  let slack: FakeSlack;
  let channel: string;
  let ann: string;
  const say = (text: string) => slack.hands.say(ann, { channel }, text);

  /** A Slack that waits so long for an acknowledgement. */
  async function open(ackMs: number): Promise<void> {
    await slack?.close();
    slack = await openFakeSlack({ ackMs, retriesMs: [10, 10, 10], events: ['message.channels'] });
    ann = await slack.hands.person('Ann');
    channel = [...slack.team.state.channels.keys()][0];
    await slack.hands.membership(ann, channel, true);
  }
  beforeEach(() => open(10_000));
  afterEach(() => slack.close());

  /** A plain socket that acknowledges what `acks` says. */
  async function socket(acks: (frame: Frame) => boolean = () => true) {
    const { url } = await clientOf(slack, slack.tokens.app).apps.connections.open({});
    const frames: Frame[] = [];
    const raw: string[] = [];
    const open = new WebSocket(url!);
    open.on('message', bytes => {
      raw.push(String(bytes));
      if (!raw.at(-1)!.startsWith('{')) return;
      const frame = JSON.parse(String(bytes)) as Frame;
      frames.push(frame);
      if (frame.envelope_id && acks(frame)) open.send(JSON.stringify({ envelope_id: frame.envelope_id }));
    });
    await until(() => frames.some(({ type }) => type === 'hello'), 'hello');
    return { frames, raw, open, envelopes: () => frames.filter(({ envelope_id }) => envelope_id) };
  }

  it('over a socket what is not acknowledged comes again, counted, with the same event_id; three times, then it is lost', async () => {
    await open(100);
    const { envelopes } = await socket(({ retry_attempt }) => retry_attempt === 2);
    await say('one');
    await until(() => slack.delivery.isIdle(), 'the acknowledgement');
    expect(envelopes().map(({ retry_attempt, retry_reason }) => [retry_attempt, retry_reason])).toEqual([
      [0, ''],
      [1, 'timeout'],
      [2, 'timeout'],
    ]);
    expect(new Set(envelopes().map(({ payload }) => payload!.event_id)).size).toBe(1);
    expect(new Set(envelopes().map(({ envelope_id }) => envelope_id)).size).toBe(3);
    expect(slack.delivery.lost).toEqual([]);
  });

  it('after the fourth attempt an event is lost', async () => {
    await open(100);
    const { envelopes } = await socket(() => false);
    await say('one');
    await until(() => slack.delivery.lost.length === 1, 'the end of patience');
    expect(envelopes()).toHaveLength(4);
  });

  it('over HTTP with retry headers and a good signature; X-Slack-No-Retry ends it', async () => {
    const seen: IncomingMessage[] = [];
    let stop = false;
    const server = createServer(async (request, response) => {
      let body = '';
      for await (const chunk of request) body += chunk;
      if (body.includes('url_verification')) return void response.end(JSON.parse(body).challenge);
      seen.push(request);
      response.writeHead(500, stop ? { 'x-slack-no-retry': '1' } : {}).end();
    });
    await once(server.listen(0, '127.0.0.1'), 'listening');
    await slack.pushTo(`http://127.0.0.1:${(server.address() as AddressInfo).port}/slack/events`);
    await say('one');
    await until(() => slack.delivery.lost.length === 1, 'the end of patience');
    expect(seen.map(({ headers }) => [headers['x-slack-retry-num'], headers['x-slack-retry-reason']])).toEqual([
      [undefined, undefined],
      ['1', 'http_error'],
      ['2', 'http_error'],
      ['3', 'http_error'],
    ]);
    expect(seen[0].headers['x-slack-signature']).toMatch(/^v0=[0-9a-f]{64}$/);
    stop = true;
    await say('two');
    await until(() => slack.delivery.lost.length === 2, 'the second one');
    expect(seen).toHaveLength(5);
    server.close();
    server.closeAllConnections();
  });

  it('an address that does not know the challenge is not taken', async () => {
    const server = createServer((_, response) => response.end('hello'));
    await once(server.listen(0, '127.0.0.1'), 'listening');
    await expect(slack.pushTo(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`)).rejects.toThrow('url_verification');
    server.close();
  });

  it('a command that nobody acknowledges is an error to whoever typed it', async () => {
    await open(100);
    await expect(slack.hands.say(ann, { channel }, '/finetune')).rejects.toMatchObject({ reason: 'dispatch_failed' });
    await socket(() => false);
    await expect(slack.hands.say(ann, { channel }, '/finetune')).rejects.toMatchObject({ reason: 'timeout' });
    await expect(slack.hands.say(ann, { channel }, '/shout')).rejects.toThrow('not a valid command');
  });

  it('what happened while nobody listened comes to whoever comes', async () => {
    await say('one');
    const { envelopes } = await socket();
    await until(() => envelopes().length === 1 && slack.delivery.isIdle(), 'what was said');
  });

  it('an answer is lost although the deed was done; 5xx and 429 come before any deed', async () => {
    const client = clientOf(slack);
    const post = (text: string) => codeOf(client.chat.postMessage({ channel: slack.slackId(channel), text }));
    slack.faults.onCall('chat.postMessage', { lose: true });
    slack.faults.onCall('chat.postMessage', { status: 503 });
    slack.faults.onCall('*', { status: 429, retryAfter: 7 });
    slack.faults.onCall('chat.postMessage', { error: 'internal_error' });
    slack.faults.onCall('chat.postMessage', { error: 'fatal_error', performed: true });
    const told = ['lost', 'five', 'four', 'error', 'done all the same', 'good'];
    const codes: string[] = [];
    for (const text of told) codes.push(await post(text));
    expect(codes).toEqual([
      'slack_webapi_request_error',
      'slack_webapi_http_error',
      'slack_webapi_rate_limited_error',
      'internal_error',
      'fatal_error',
      'ok',
    ]);
    expect([...slack.team.state.messages.values()].map(({ markdown }) => markdown)).toEqual(['lost', 'done all the same', 'good']);
    expect(slack.calls.map(({ method, lost, status }) => [method, lost ?? false, status])).toEqual([
      ['chat.postMessage', true, 200],
      ['chat.postMessage', false, 503],
      ['chat.postMessage', false, 429],
      ['chat.postMessage', false, 200],
      ['chat.postMessage', false, 200],
      ['chat.postMessage', false, 200],
    ]);
  });

  it('sockets are told that they will end, and end, or end without a word', async () => {
    const warned = await socket();
    slack.socket.disconnect('warning');
    await until(() => warned.frames.some(({ reason }) => reason === 'warning'), 'a warning');
    expect(warned.open.readyState).toBe(WebSocket.OPEN);
    slack.socket.disconnect('refresh_requested');
    await once(warned.open, 'close');
    expect(warned.frames.at(-1)).toMatchObject({ type: 'disconnect', reason: 'refresh_requested' });
    const cut = await socket();
    slack.socket.cut();
    const [code] = await once(cut.open, 'close');
    expect(code).toBe(1006);
  });

  it('garbage, and word that events are too many', async () => {
    const { raw, frames } = await socket();
    slack.socket.frame('\u0000not json');
    await slack.rateLimitEvents();
    expect(raw).toContain('\u0000not json');
    expect(frames.at(-1)!.payload).toMatchObject({ type: 'app_rate_limited' });
  });

  it('an archived channel takes nothing, from the bot or from people; a shared one says so; a guest and somebody of a grid too', async () => {
    const client = clientOf(slack);
    const id = slack.slackId(channel);
    slack.archive(channel);
    expect(await codeOf(client.chat.postMessage({ channel: id, text: 'a' }))).toBe('is_archived');
    await expect(say('a')).rejects.toThrow('archived');
    slack.archive(channel, false);
    slack.share(channel);
    expect((await client.conversations.info({ channel: id })).channel).toMatchObject({ is_archived: false, is_ext_shared: true });
    const guest = await slack.hands.person('Gil', 'ultra_restricted');
    expect((await client.users.info({ user: slack.slackId(guest) })).user).toMatchObject({
      is_restricted: true,
      is_ultra_restricted: true,
    });
    slack.team.personExtra(ann).grid = true;
    const wid = slack.team.userId(ann);
    expect(wid).toMatch(/^W/);
    expect((await client.users.info({ user: wid })).user).toMatchObject({ id: wid, real_name: 'Ann' });
    expect(await codeOf(client.users.info({ user: slack.slackId(ann) }))).toBe('user_not_found');
  });
});
