// Slack's pushes: what is not signed by Slack, now, is refused before anything is made of it.
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { until } from '../../support/room.ts';
import { openTestSlack } from './opened.ts';

describe('Slack’s pushes', () => {
  let t: Awaited<ReturnType<typeof openTestSlack>>;
  let server: Server;
  let url: string;
  const secret = '8f742231b10e8888abcd99yyyzzz85a5';

  beforeEach(async () => {
    t = await openTestSlack({ appToken: undefined, signingSecret: secret });
    server = createServer((request, response) => t.chat.receivers!['/slack/events'](request, response));
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/slack/events`;
  });
  afterEach(async () => {
    await t.close();
    server.closeAllConnections();
    await new Promise(resolve => server.close(resolve));
  });

  const mention = (text: string, id = 'Ev1') =>
    JSON.stringify({
      type: 'event_callback',
      event_id: id,
      event_time: 1_760_000_000,
      event: {
        type: 'app_mention',
        channel: t.team.id,
        user: t.ann.id,
        ts: '1760000000.000100',
        text: `<@${t.slack.slackId(t.slack.team.state.bot)}> ${text}`,
      },
    });
  const push = (body: string, how: { skewS?: number; secret?: string; headers?: Record<string, string>; method?: string } = {}) =>
    fetch(url, {
      method: how.method ?? 'POST',
      ...(how.method !== 'GET' && { body }),
      headers: { 'content-type': 'application/json', ...t.slack.pushes.signed(body, { secret, ...how }), ...how.headers },
    });

  it('signed and fresh: it is kept, then acknowledged', async () => {
    let kept = false;
    t.answer = async () => {
      kept = true;
      return {};
    };
    expect((await push(mention('hello'))).status).toBe(200);
    expect(kept).toBe(true);
    expect(t.events).toMatchObject([{ kind: 'message', person: t.ann.id, text: 'hello' }]);
  });

  it.each([
    ['another secret', { secret: 'another' }, 401],
    ['five minutes and more old', { skewS: -301 }, 401],
    ['from the future', { skewS: 330 }, 401],
    ['no signature', { headers: { 'x-slack-signature': '' } }, 401],
    ['a signature of another kind', { headers: { 'x-slack-signature': 'v1=00' } }, 401],
    ['no time', { headers: { 'x-slack-request-timestamp': '' } }, 401],
    ['a time that is none', { headers: { 'x-slack-request-timestamp': 'soon' } }, 401],
    ['read instead of pushed', { method: 'GET' }, 405],
  ])('%s is refused', async (_, how, status) => {
    expect((await push(mention('hello'), how)).status).toBe(status);
    expect(t.events).toEqual([]);
    expect(t.unhandled).toEqual([]);
  });

  it('whoever runs the bot hears why signed pushes are refused; not of what anybody sends', async () => {
    await push(mention('hello'), { headers: { 'x-slack-signature': '' } });
    await push(mention('hello'), { secret: 'another' });
    await push(mention('hello'), { skewS: -301 });
    await push(mention('hello'), { skewS: 330 });
    await until(() => t.problems.length >= 3, 'three problems');
    expect(t.problems).toEqual(['bad_signature', 'bad_clock', 'bad_clock']);
  });

  it('a body of many megabytes, and one that is no JSON', async () => {
    expect((await push('x'.repeat(1_100_000)).catch(() => ({ status: 413 }))).status).toBe(413);
    expect((await push('{')).status).toBe(400);
    expect(t.unhandled).toEqual([]);
  });

  it('what cannot be kept is an error, so that Slack pushes it again', async () => {
    t.answer = async () => {
      throw new Error('the database is down');
    };
    expect((await push(mention('hello'))).status).toBe(500);
    t.answer = async () => ({});
    expect((await push(mention('hello'), { headers: { 'x-slack-retry-num': '1', 'x-slack-retry-reason': 'http_error' } })).status).toBe(
      200,
    );
    // And a third time, because Slack did not hear the second answer.
    expect((await push(mention('hello'))).status).toBe(200);
    expect(t.events).toHaveLength(1);
    expect(t.problems).toEqual(['bug']);
  });

  it('the address is verified before anything else happens, also while nothing is kept yet', async () => {
    const fresh = await openTestSlack({ appToken: undefined, signingSecret: secret, start: false });
    const challenge = JSON.stringify({ type: 'url_verification', token: 'x', challenge: 'abc' });
    const early = createServer((request, response) => fresh.chat.receivers!['/slack/events'](request, response));
    await new Promise<void>(resolve => early.listen(0, '127.0.0.1', resolve));
    const at = `http://127.0.0.1:${(early.address() as AddressInfo).port}/slack/events`;
    const ask = (body: string) =>
      fetch(at, { method: 'POST', body, headers: { 'content-type': 'application/json', ...t.slack.pushes.signed(body, { secret }) } });
    expect(await (await ask(challenge)).json()).toEqual({ challenge: 'abc' });
    expect((await ask(mention('too early'))).status).toBe(500);
    early.closeAllConnections();
    early.close();
    await fresh.close();
  });

  it('a handler that takes longer than Slack waits does not break the process', async () => {
    let release = () => {};
    t.answer = () => new Promise(resolve => (release = () => resolve({})));
    const answered = push(mention('slowly'));
    expect((await answered).status).toBe(504);
    release();
    await until(() => t.events.length, 'the event');
    expect((await push(mention('slowly'))).status).toBe(200);
    expect(t.events).toHaveLength(1);
    expect(t.unhandled).toEqual([]);
  });
});
