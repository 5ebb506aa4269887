// Anybody on the net can post to the webhook. 10,000 bodies that Feishu did not send, on connections that stay open, each followed by an
// event that Feishu did send: only these are heard, each of them, and nothing grows.
import { createCipheriv, createHash, randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { Client } from 'undici';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ChatEvent } from '../../../src/chat/chat.ts';
import { type FeishuChat, openFeishu, WEBHOOK_PATH } from '../../../src/chat/feishu/feishu.ts';
import { openWeb, type Web } from '../../../src/web/server.ts';
import { type FakeFeishu, openFakeFeishu } from '../../support/feishu/fake.ts';
import { encrypted, signedPost } from '../../support/feishu/webhook.ts';
import { optionsFor } from './under-test.ts';

const BODIES = 10_000;
const CONNECTIONS = 6;
/** What a receiver takes at most. */
const MOST_BYTES = 1024 * 1024;

type Post = { method?: string; path?: string; headers: Record<string, string>; body: string | Buffer };
/** What is answered, by HTTP status; none: it never ends, on a connection of its own, and is answered nothing. */
type Hostile = (random: () => number) => Post & { status: number[] };

let fake: FakeFeishu;
let chat: FeishuChat;
let web: Web;
let folder: string;
const heard: string[] = [];
let cannotKeep = false;
const escaped: unknown[] = [];
const escapes = (error: unknown) => void escaped.push(error);

beforeAll(async () => {
  process.on('unhandledRejection', escapes);
  fake = await openFakeFeishu({ events: 'webhook' });
  chat = await openFeishu({ ...optionsFor(fake), encryptKey: fake.encryptKey, verificationToken: fake.verificationToken });
  await chat.start({
    onEvent: async (event: ChatEvent) => {
      if (cannotKeep) throw new Error('no database');
      heard.push(event.key);
      return {};
    },
    formFor: async () => undefined,
  });
  folder = await mkdtemp(join(tmpdir(), 'apprentice-web-'));
  web = await openWeb({ receivers: chat.receivers, folder, lang: 'en', onError: escapes });
});
afterAll(async () => {
  await web.close();
  await chat.stop();
  await fake.close();
  await rm(folder, { recursive: true, force: true });
  process.off('unhandledRejection', escapes);
});

const recalled = (id: string, header: Record<string, unknown> = {}) => ({
  schema: '2.0',
  header: { event_id: id, event_type: 'im.message.recalled_v1', create_time: String(Date.now()), token: fake.verificationToken, ...header },
  event: { message_id: 'om_1', chat_id: 'oc_1' },
});
const signed = (value: unknown, forged = {}): Post => signedPost({ encryptKey: fake.encryptKey }, value, forged);
/** A signature that holds, over any bytes at all: what only Feishu, or whoever stole the key, could send. */
function signedBytes(body: string | Buffer): Post {
  const { headers } = signed({});
  const [at, nonce] = [headers['x-lark-request-timestamp'], headers['x-lark-request-nonce']];
  const signature = createHash('sha256')
    .update(at + nonce + fake.encryptKey)
    .update(body)
    .digest('hex');
  return { headers: { ...headers, 'x-lark-signature': signature }, body };
}
const unsigned = (post: Post): Post => ({
  ...post,
  headers: Object.fromEntries(Object.entries(post.headers).filter(([name]) => name !== 'x-lark-signature')),
});
const never = () => recalled('never-heard');
const bytes = (random: () => number, most = 300) =>
  Buffer.from(Array.from({ length: Math.floor(random() * most) }, () => Math.floor(random() * 256)));
const now = () => Math.floor(Date.now() / 1_000);

/** Each of the cases of a receiver that is on the open net, with what it is told. */
const HOSTILE: Record<string, Hostile> = {
  'wrong signature': random => ({ ...signed(never(), { signature: bytes(random, 64).toString('hex') || 'x' }), status: [401] }),
  'signature of another key': () => ({ ...signedPost({ encryptKey: 'guessed' }, never()), status: [401] }),
  'signature of another body': () => ({
    ...signed(never()),
    body: JSON.stringify({ encrypt: encrypted(fake.encryptKey, never()) }),
    status: [401],
  }),
  'no signature': () => ({ ...unsigned(signed(never())), status: [401] }),
  stale: random => ({ ...signed(never(), { timestamp: now() - 301 - Math.floor(random() * 1e6) }), status: [401] }),
  'from the future': random => ({ ...signed(never(), { timestamp: now() + 900 + Math.floor(random() * 1e6) }), status: [401] }),
  'no number for a time': random => ({
    ...signed(never()),
    headers: { ...signed(never()).headers, 'x-lark-request-timestamp': ['NaN', '', '1e9', '-1'][Math.floor(random() * 4)] },
    status: [401],
  }),
  'wrong token': random => ({ ...signed(recalled('never-heard', { token: bytes(random, 40).toString('hex') })), status: [401] }),
  'no token': () => ({ ...signed(recalled('never-heard', { token: undefined })), status: [401] }),
  'token of another type': random => ({
    ...signed(recalled('never-heard', { token: [1, null, {}, [fake.verificationToken]][Math.floor(random() * 4)] })),
    status: [401],
  }),
  'not encrypted': () => ({ ...signed(never(), { plain: true }), status: [400] }),
  'not encrypted, not signed': () => ({ ...unsigned(signed(never(), { plain: true })), status: [400] }),
  'bad base64': random => ({ ...signedBytes(JSON.stringify({ encrypt: `%%${bytes(random).toString('latin1')}` })), status: [401] }),
  'bad base64, not signed': () => ({ ...unsigned(signedBytes('{"encrypt":"AAAA"}')), status: [401] }),
  'cipher cut short': random => {
    const whole = encrypted(fake.encryptKey, never());
    return { ...signedBytes(JSON.stringify({ encrypt: whole.slice(0, Math.floor(random() * (whole.length - 24))) })), status: [401] };
  },
  'wrong padding': random => {
    const cipher = Buffer.from(encrypted(fake.encryptKey, never()), 'base64');
    cipher[cipher.length - 1 - Math.floor(random() * 16)] ^= 1 + Math.floor(random() * 255);
    cipher[cipher.length - 17] ^= 0x5a;
    return { ...signedBytes(JSON.stringify({ encrypt: cipher.toString('base64') })), status: [401] };
  },
  'bad JSON within': random => ({ ...signedBytes(JSON.stringify({ encrypt: cipherOf(bytes(random)) })), status: [401] }),
  'JSON that is no event within': random => ({ ...signed([null, 7, 'x', [], true][Math.floor(random() * 5)]), status: [401] }),
  'bad JSON': random => ({ ...signedBytes(bytes(random)), status: [400] }),
  'bad JSON, not signed': random => ({ ...unsigned(signedBytes(bytes(random))), status: [400] }),
  'encrypt is no text': random => ({
    ...signedBytes(JSON.stringify({ encrypt: [1, {}, null, [['x']]][Math.floor(random() * 4)] })),
    status: [400],
  }),
  'deep JSON': () => ({ ...signedBytes(`{"encrypt":${'['.repeat(20_000)}`), status: [400] }),
  'no body': () => ({ ...signedBytes(''), status: [400] }),
  'wrong method': random => ({
    ...signed(never()),
    method: ['GET', 'PUT', 'DELETE', 'PATCH', 'OPTIONS'][Math.floor(random() * 5)],
    status: [405],
  }),
  'wrong type': random => ({
    ...signed(never()),
    headers: {
      ...signed(never()).headers,
      'content-type': ['text/plain', '', 'multipart/form-data; boundary=x', 'application/jsonp'][Math.floor(random() * 4)],
    },
    status: [400],
  }),
  'another path': random => ({
    ...signed(never()),
    path: [`${WEBHOOK_PATH}/`, '/feishu', '/', '/__proto__', '/constructor'][Math.floor(random() * 5)],
    status: [404],
  }),
  'a check of the address with a wrong token': () => ({
    ...unsigned(signed({ type: 'url_verification', challenge: 'c', token: 'guessed' })),
    status: [401],
  }),
  replay: () => ({ ...(handledBefore ?? signed(recalled('handled before'))), status: [200] }),
  huge: random => ({ ...signedBytes(Buffer.alloc(MOST_BYTES + 1 + Math.floor(random() * 200_000), 'x')), status: [413] }),
  'half-open': () => ({ ...signed(never()), status: [] }),
  'a type that nobody registered': random => ({
    ...signed(recalled('never-heard', { event_type: ['toString', '__proto__', 'x'.repeat(200), 'app_ticket_'][Math.floor(random() * 4)] })),
    status: [200],
  }),
};

/** The last event that Feishu sent, to the byte. */
let handledBefore: Post | undefined;

function cipherOf(plain: Buffer): string {
  const iv = randomBytes(16);
  const cipher = createCipheriv('aes-256-cbc', createHash('sha256').update(fake.encryptKey).digest(), iv);
  return Buffer.concat([iv, cipher.update(plain), cipher.final()]).toString('base64');
}

/** mulberry32: the same bodies for the same seed. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

async function send(client: Client, { method = 'POST', path = WEBHOOK_PATH, headers, body }: Post): Promise<number> {
  const { statusCode, body: answer } = await client.request({
    method: method as 'POST',
    path,
    headers,
    body: method === 'GET' ? undefined : body,
  });
  await answer.dump();
  return statusCode;
}

/** Begins a body on a connection of its own, and then hangs up, or says nothing more. */
function sendPart({ headers, body }: Post, random: () => number): Promise<Socket> {
  return new Promise(resolve => {
    const head = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
    const part = body.slice(0, Math.floor(random() * body.length));
    const socket = connect(web.port, '127.0.0.1', () => {
      socket.write(`POST ${WEBHOOK_PATH} HTTP/1.1\r\nHost: x\r\n${head.join('')}Content-Length: ${body.length}\r\n\r\n${part}`, () => {
        if (random() < 0.7) socket.destroy();
        resolve(socket);
      });
    });
    socket.on('error', () => {});
  });
}

const openClient = () => new Client(`http://127.0.0.1:${web.port}`, { pipelining: 1, keepAliveTimeout: 30_000 });

/** What is held: objects, and the bytes of bodies, which lie outside of the heap. Let go of is only what nothing is under way with. */
async function heldNow(): Promise<number> {
  setFlagsFromString('--expose_gc');
  const gc = runInNewContext('gc') as () => void;
  let least = Number.POSITIVE_INFINITY;
  for (let i = 0; i < 5; i++) {
    gc();
    const { heapUsed, external } = process.memoryUsage();
    least = Math.min(least, heapUsed + external);
    await new Promise(resolve => setTimeout(resolve, 20));
  }
  return least;
}

describe('the webhook on the open net', () => {
  it(`hears none of ${BODIES} bodies that Feishu did not send, and every event after each of them`, async () => {
    const seed = Date.now() % 2 ** 31;
    const random = randomFrom(seed);
    const kinds = Object.keys(HOSTILE);
    const wrong: string[] = [];
    let left = BODIES;
    const held: number[] = [];
    const expected = new Set<string>();
    const halfOpen: Socket[] = [];

    async function attack(until: number): Promise<void> {
      const client = openClient();
      while (left > until) {
        const no = left--;
        const kind = kinds[no % kinds.length];
        const { status, ...post } = HOSTILE[kind](random);
        if (status.length === 0) halfOpen.push(await sendPart(post, random));
        else {
          // What is no path of ours the web server answers, which may close the connection before it has read a body.
          const closed = (error: unknown) => (kind === 'another path' ? 404 : Promise.reject(error));
          const got = await send(client, post).catch(closed);
          if (!status.includes(got)) wrong.push(`${kind}: ${got}`);
        }
        const id = `good-${no}`;
        expected.add(id);
        const good = signed(recalled(id));
        const again = (error: unknown) => (kind === 'another path' ? send(client, good) : Promise.reject(error));
        const after = await send(client, good).catch(again);
        if (after !== 200) wrong.push(`after ${kind}: ${after}`);
        handledBefore = good;
      }
      await client.close();
    }
    // Measured between two halves, when nothing is under way: what a connection holds for a moment is not what grows.
    for (const until of [BODIES / 2, 0]) {
      await Promise.all(Array.from({ length: CONNECTIONS }, () => attack(until)));
      for (const socket of halfOpen.splice(0)) socket.destroy();
      held.push(await heldNow());
    }
    expect(wrong, `seed ${seed}`).toEqual([]);
    expect(heard.length).toBe(BODIES);
    expect(heard.filter(key => !expected.has(key))).toEqual([]);
    // Half of the events' keys lie in the test's own lists by then, twice, and their signatures in the receiver: about a megabyte.
    expect((held[1] - held[0]) / 2 ** 20, `seed ${seed}`).toBeLessThan(8);
    expect(escaped).toEqual([]);
  }, 150_000);

  it('takes what was handled once, and is sent again to the byte, for handled', async () => {
    const client = openClient();
    const before = heard.length;
    const post = signed(recalled('once'));
    for (let i = 0; i < 5; i++) expect(await send(client, post)).toBe(200);
    expect(heard.slice(before)).toEqual(['once']);
    await client.close();
  });

  it('reads a body of some megabytes to its end, and the connection goes on; more than that is cut off', async () => {
    const client = openClient();
    const before = heard.length;
    for (const size of [1_048_577, 3_000_000]) {
      expect(await send(client, signedBytes(Buffer.alloc(size, 'x')))).toBe(413);
      expect(await send(client, signed(recalled(`after ${size}`)))).toBe(200);
    }
    expect(heard.length).toBe(before + 2);
    await client.close();
    const endless = openClient();
    const outcome = await send(endless, signedBytes(Buffer.alloc(20_000_000, 'x'))).catch(() => 413);
    expect(outcome).toBe(413);
    await endless.close().catch(() => {});
  });

  it('answers the check of the address with and without a signature, and takes events whatever is asked behind the path', async () => {
    const before = heard.length;
    const client = openClient();
    const check = { type: 'url_verification', challenge: 'c1', token: fake.verificationToken };
    for (const post of [signed(check), unsigned(signed(check))]) {
      const { statusCode, body } = await client.request({ method: 'POST', path: WEBHOOK_PATH, headers: post.headers, body: post.body });
      expect([statusCode, await body.json()]).toEqual([200, { challenge: 'c1' }]);
    }
    expect(await send(client, { ...signed(recalled('asked')), path: `${WEBHOOK_PATH}?a=1` })).toBe(200);
    expect(heard.slice(before)).toEqual(['asked']);
    await client.close();
    expect(escaped).toEqual([]);
  });

  it('an event that cannot be kept is answered with 500; it comes again on the same connection, and is heard then', async () => {
    const client = openClient();
    const before = heard.length;
    const post = signed(recalled('kept later'));
    cannotKeep = true;
    expect(await send(client, post)).toBe(500);
    cannotKeep = false;
    expect(await send(client, post)).toBe(200);
    expect(heard.slice(before)).toEqual(['kept later']);
    await client.close();
    expect(escaped).toEqual([]);
  });
});
