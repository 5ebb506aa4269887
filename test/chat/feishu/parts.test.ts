// The small parts that the adapter stands on: pace, requests, refusals, toasts.
import { createServer, type RequestListener, type Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { bounded } from '../../../src/chat/bounded.ts';
import { Gone, NotAllowed, RetryLater, TooLong } from '../../../src/chat/errors.ts';
import { FeishuProblem, refusalOf } from '../../../src/chat/feishu/codes.ts';
import { openHttp } from '../../../src/chat/feishu/http.ts';
import { openPace, openWindow } from '../../../src/chat/feishu/pace.ts';
import { uuidOf } from '../../../src/chat/feishu/posts.ts';
import { openToasts } from '../../../src/chat/feishu/toasts.ts';
import { openWebhook } from '../../../src/chat/feishu/webhook.ts';

const servers: Server[] = [];
async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener).listen(0, '127.0.0.1');
  servers.push(server);
  await new Promise(resolve => server.once('listening', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

it('the pace lets a burst through at once, and then so many a second, in order', async () => {
  let at = 0;
  const slept: number[] = [];
  const pace = openPace(2, 10, {
    now: () => at,
    sleep: async ms => {
      slept.push(ms);
      at += ms;
    },
  });
  const order: number[] = [];
  await Promise.all([1, 2, 3, 4].map(n => pace.take().then(() => order.push(n))));
  expect([order, slept]).toEqual([
    [1, 2, 3, 4],
    [100, 100],
  ]);
  at += 10_000;
  for (let i = 0; i < 3; i++) await pace.take();
  expect(slept).toHaveLength(3);
});

it('a window never holds more than so many, wherever it is laid', async () => {
  let at = 0;
  const sleep = async (ms: number) => void (at += ms);
  const pace = openWindow(4, 1_000, { now: () => at, sleep });
  const times: number[] = [];
  await Promise.all(Array.from({ length: 11 }, () => pace.take().then(() => times.push(at))));
  expect(times).toEqual([0, 0, 0, 0, 1_000, 1_000, 1_000, 1_000, 2_000, 2_000, 2_000]);
  at += 500;
  await pace.take();
  await pace.take();
  expect(at).toBe(3_000);
});

describe('a request', () => {
  const problem = (promise: Promise<unknown>) =>
    promise.then(
      () => undefined,
      error => error as FeishuProblem,
    );

  it('ends without an answer, and is told from a refusal', async () => {
    const silent = await serve(() => {});
    expect(await problem(openHttp(50).request({ url: silent }))).toMatchObject({ code: 0, status: 0, unanswered: true });
    // The others answer, however busy the machine is.
    const http = openHttp();
    expect(await problem(http.request({ url: 'http://127.0.0.1:1/' }))).toMatchObject({ unanswered: true });
    const refusing = await serve((_, response) =>
      response.setHeader('content-type', 'application/json').end('{"code":230002,"msg":"out"}'),
    );
    expect(await problem(http.request({ url: `${refusing}/open-apis/x` }))).toMatchObject({
      code: 230002,
      meaning: 'outside',
      unanswered: false,
    });
    const broken = await serve((_, response) => response.writeHead(502).end('<html>'));
    expect(await problem(http.request({ url: broken }))).toMatchObject({ status: 502, unanswered: true });
  });

  it('brings at most 20 MB of a file, and a JSON file as its bytes', async () => {
    const http = openHttp();
    const file = await serve((_, response) => response.setHeader('content-type', 'application/json').end('[{"code":1}]'));
    expect(Buffer.from(await http.request({ url: file, responseType: 'arraybuffer' })).toString()).toBe('[{"code":1}]');
    const endless = await serve((_, response) => {
      const more = () => void (response.writable && response.write(Buffer.alloc(2 ** 20), more));
      more();
    });
    await expect(http.request({ url: endless, responseType: 'arraybuffer' })).rejects.toBeInstanceOf(TooLong);
  });
});

describe('a refusal', () => {
  const of = (code: number, more = {}) => refusalOf(new FeishuProblem({ code, status: 400, msg: '', ...more }), 'it', 'zh');

  it('is one of the four, with what to do in people’s language', () => {
    expect(of(99991400, { resetMs: 3_000 })).toMatchObject({ name: 'RetryLater', ms: 3_000 });
    expect(of(0, { status: 0 })).toBeInstanceOf(RetryLater);
    expect(of(230011)).toBeInstanceOf(Gone);
    expect(of(230025)).toBeInstanceOf(TooLong);
    expect(of(230050)).toBeInstanceOf(NotAllowed);
    expect(of(230001, { msg: 'ext=invalid message_id' })).toBeInstanceOf(Gone);
    expect(of(230001, { msg: 'ext=content is not JSON' })).toBeInstanceOf(FeishuProblem);
    const scope = of(99991672, { msg: 'One of the following scopes is required: [im:message, im:message:send_as_bot]' }) as NotAllowed;
    expect(scope.fix).toContain('im:message, im:message:send_as_bot');
    expect(scope.fix).toContain('发布新的应用版本');
  });

  it('keeps nothing of what was sent', () => {
    const error = new FeishuProblem({ code: 230001, status: 400, msg: 'invalid content: our secret plan' });
    expect(`${error.message} ${JSON.stringify(error)} ${error.stack}`).not.toContain('plan');
  });
});

it('a toast is a sentence that comes in time; the press it answers takes one', async () => {
  const toasts = openToasts();
  const sentence = (markdown: string) => ({ title: '', parts: [{ markdown }] });
  const press = toasts.expect('p');
  expect(toasts.answer('p', { title: 'a card', parts: [] })).toBe(false);
  expect(toasts.answer('p', sentence('x'.repeat(200)))).toBe(false);
  expect(toasts.answer('p', sentence('two\nlines'))).toBe(false);
  expect(toasts.answer('p', sentence('**yes**'))).toBe(true);
  expect(toasts.answer('p', sentence('again'))).toBe(false);
  expect(await press.within(1_000)).toBe('yes');
  expect(await toasts.expect('q').within(5)).toBeUndefined();
  expect(toasts.answer('q', sentence('late'))).toBe(false);
});

it('a webhook’s sender that is slow is cut off', async () => {
  let heard = 0;
  const handle = async () => void heard++;
  const address = await serve(openWebhook({ encryptKey: 'k', handle, bodyMs: 50 }));
  const answered = new Promise<string>(resolve => {
    const socket = connect(Number(new URL(address).port), '127.0.0.1', () =>
      socket.write('POST / HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 99\r\n\r\n{"enc'),
    );
    let text = '';
    socket.on('data', chunk => (text += chunk));
    socket.on('close', () => resolve(text));
  });
  expect(await answered).toMatch(/^HTTP\/1\.1 408 /);
  expect(heard).toBe(0);
});

it('a post’s uuid is its key’s, and short enough; what is remembered is bounded', () => {
  expect(uuidOf('run:17')).toBe(uuidOf('run:17'));
  expect(uuidOf('run:17')).not.toBe(uuidOf('run:18'));
  expect(uuidOf('k'.repeat(500)).length).toBeLessThanOrEqual(50);
  const recent = bounded<string, number>(2);
  for (const key of ['a', 'b', 'a', 'c']) recent.set(key, 1);
  expect(['a', 'b', 'c'].map(key => recent.get(key))).toEqual([1, undefined, 1]);
});
