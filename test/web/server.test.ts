import { once } from 'node:events';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { View } from '../../src/chat/local/view.ts';
import { openWeb } from '../../src/web/server.ts';
import { until } from '../support/room.ts';
import { openTestWeb, type TestWeb } from '../support/web.ts';

let s: TestWeb;
let cookie: string;
beforeEach(async () => {
  s = await openTestWeb();
  cookie = `apprentice_${s.web.port}=${s.web.token}`;
});
afterEach(() => s.close());

type Answer = { status: number; headers: IncomingMessage['headers']; body: string };
type Options = { method?: string; headers?: Record<string, string>; body?: string | Buffer };

/** A request as anybody may send it: no header is added or forbidden. */
function raw(path: string, { method = 'GET', headers = {}, body }: Options = {}): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', port: s.web.port, path, method, headers, agent: false }, async answer => {
      const chunks: Buffer[] = [];
      for await (const chunk of answer) chunks.push(chunk);
      resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: Buffer.concat(chunks).toString() });
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

const mine = () => ({ cookie, origin: `http://127.0.0.1:${s.web.port}`, host: `127.0.0.1:${s.web.port}` });
const send = (path: string, body: unknown, headers: Record<string, string> = {}) =>
  raw(path, { method: 'POST', headers: { ...mine(), 'content-type': 'application/json', ...headers }, body: JSON.stringify(body) });
const say = (text: string, more: object = {}) => send('/say', { as: s.t.person('Ann'), ...s.t.team, text, files: [], ...more });
const said = () => [...s.t.room.state.messages.values()].map(({ markdown }) => markdown);
const problem = (answer: Answer) => JSON.parse(answer.body).problem as string;

/** Reads the live stream until `enough`. */
async function live(
  headers: Record<string, string>,
  enough: (views: View[], ids: string[]) => boolean,
  as = 'Ann',
): Promise<{ views: View[]; ids: string[] }> {
  const stop = new AbortController();
  const answer = await fetch(`http://127.0.0.1:${s.web.port}/live?as=${s.t.person(as)}`, {
    headers: { cookie, ...headers },
    signal: stop.signal,
  });
  const views: View[] = [];
  const ids: string[] = [];
  let text = '';
  const decoder = new TextDecoder();
  for await (const chunk of answer.body as unknown as AsyncIterable<Uint8Array>) {
    text += decoder.decode(chunk, { stream: true });
    for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
      const event = text.slice(0, end);
      text = text.slice(end + 2);
      const data = /^data: (.*)$/m.exec(event)?.[1];
      if (data) views.push(JSON.parse(data));
      ids.push(/^id: (.*)$/m.exec(event)?.[1] ?? '');
    }
    if (enough(views, ids)) break;
  }
  stop.abort();
  return { views, ids };
}

describe('who may come in', () => {
  it('nobody without the token, neither to read nor to write', async () => {
    for (const path of ['/', '/live', '/words.json', '/page/main.js', '/files/f1', '/nowhere']) {
      expect((await raw(path)).status, path).toBe(401);
      expect((await raw(path, { headers: { cookie: `apprentice_${s.web.port}=${'0'.repeat(48)}` } })).status, path).toBe(401);
    }
    expect((await send('/say', {}, { cookie: '' })).status).toBe(401);
    expect((await raw('/?token=wrong')).status).toBe(401);
    expect(problem(await raw('/'))).toContain('npm start');
  });

  it('the printed address leaves a cookie that no script and no other site can use, and takes the token out of the address', async () => {
    const first = await raw(new URL(s.web.address).pathname + new URL(s.web.address).search);
    expect(first.status).toBe(303);
    expect(first.headers.location).toBe('/');
    expect(first.headers['set-cookie']?.[0]).toMatch(/HttpOnly/);
    expect(first.headers['set-cookie']?.[0]).toMatch(/SameSite=Strict/);
    const page = await raw('/', { headers: { cookie: first.headers['set-cookie']![0].split(';')[0] } });
    expect(page.status).toBe(200);
    expect(page.body).toContain('<div id="app">');
    expect(page.body).not.toContain(s.web.token);
  });

  it('a name that somebody pointed at us is refused, even with the cookie', async () => {
    for (const host of ['evil.example', `evil.example:${s.web.port}`, 'localhost.evil.example', '127.0.0.1.evil.example']) {
      expect((await raw('/', { headers: { cookie, host } })).status, host).toBe(403);
    }
    for (const host of ['localhost:80', '127.0.0.1:1', '[::1]:80', '192.168.7.8']) {
      const own = `apprentice_${/:(\d+)$/.exec(host)?.[1] ?? '80'}=${s.web.token}`;
      expect((await raw('/', { headers: { cookie: own, host } })).status, host).toBe(200);
    }
  });

  it('a write from another page, or from none, is refused and not done', async () => {
    for (const origin of ['http://evil.example', 'null', `https://127.0.0.1:${s.web.port + 1}`, '']) {
      expect((await send('/say', { as: s.t.person('Ann'), ...s.t.team, text: 'forged', files: [] }, { origin })).status, origin).toBe(403);
    }
    expect(said()).toEqual([]);
    expect((await say('true')).status).toBe(200);
    expect(said()).toEqual(['true']);
  });

  it('every answer forbids what the page does not need', async () => {
    for (const path of ['/', '/words.json', '/nowhere']) {
      const { headers } = await raw(path, { headers: { cookie } });
      const policy = String(headers['content-security-policy']);
      expect(policy).toContain("default-src 'none'");
      expect(policy).toContain("script-src 'self'");
      expect(policy).toContain("frame-ancestors 'none'");
      expect(policy).not.toMatch(/unsafe|\*|https?:/);
      expect(headers['x-content-type-options']).toBe('nosniff');
      expect(headers['referrer-policy']).toBe('no-referrer');
    }
  });

  it('the page names no outside resource, no inline script and no inline style', async () => {
    const { body } = await raw('/', { headers: { cookie } });
    expect(body.match(/(?:src|href)="(?!\/page\/|data:)[^"]*"/g)).toBeNull();
    expect(body).not.toMatch(/<script(?![^>]*\ssrc=)|\son\w+=|\sstyle=/);
  });
});

describe('what it takes', () => {
  it('a message of 100 kB is refused with one sentence, in the reader’s language', async () => {
    const long = 'x'.repeat(100_000);
    const answer = await say(long);
    expect(answer.status).toBe(400);
    expect(problem(answer)).toBe('A message may have 40000 characters and this one has 100000: shorten it, or drop it here as a file.');
    const zh = await send('/say', { as: s.t.person('Ann'), ...s.t.team, text: long, files: [] }, { 'accept-language': 'zh' });
    expect(problem(zh)).toContain('一条消息最多 40000 个字符');
    expect(said()).toEqual([]);
  });

  it('more than it can hold is given up early, whatever its length says', async () => {
    expect(problem(await say('x'.repeat(2 * 2 ** 20)))).toContain('more than 1 MB');
    const upload = (bytes: number, headers = {}) =>
      raw('/files?name=big.json', { method: 'POST', headers: { ...mine(), ...headers }, body: Buffer.alloc(bytes) });
    expect(problem(await upload(20 * 2 ** 20 + 1))).toBe('big.json is too big: a file may have at most 20 MB.');
    expect(problem(await upload(20 * 2 ** 20 + 1, { 'transfer-encoding': 'chunked' }))).toContain('at most 20 MB');
    expect((await upload(20 * 2 ** 20)).status).toBe(200);
  });

  it('nonsense is one sentence, never a stack', async () => {
    for (const body of ['{', '[]', '{"as":1}', 'null', '{"as":"x","channel":"y","text":5,"files":[]}']) {
      const answer = await raw('/say', { method: 'POST', headers: mine(), body });
      expect(answer.status, body).toBe(400);
      expect(problem(answer)).toContain('reload the page');
      expect(answer.body).not.toContain(' at ');
    }
    expect(problem(await say('hi', { as: 'nobody' }))).toContain('pick somebody else');
    expect(problem(await say('hi', { files: ['f-not-uploaded'] }))).toContain('not there any more');
    expect(problem(await raw('/page/nope.js', { headers: { cookie } }))).toContain('nothing at this address');
    expect((await raw('/page/..%2f..%2fserver.js', { headers: { cookie } })).status).toBe(404);
    expect(s.errors).toEqual([]);
  });

  it('reactions, edits, deletions, channels, a language and the sample team: each is done, or refused with a sentence', async () => {
    const [ann, ben] = [s.t.person('Ann'), s.t.person('Ben')];
    await say('first');
    const [{ id }] = s.t.room.state.messages.values();
    const message = () => s.t.room.state.messages.get(id)!;
    expect((await send('/react', { as: ben, message: id, sign: '✅', on: true })).status).toBe(200);
    expect(message().reactions).toEqual({ '✅': [ben] });
    expect((await send('/react', { as: ben, message: id, sign: '✅', on: false })).status).toBe(200);
    expect(message().reactions).toEqual({});
    expect(problem(await send('/react', { as: ben, message: id, sign: 'kept', on: true }))).toContain('emoji');
    expect((await send('/edit', { as: ann, message: id, text: 'second' })).status).toBe(200);
    expect(problem(await send('/edit', { as: ben, message: id, text: 'mine now' }))).toContain('Only its author');
    expect(message().markdown).toBe('second');
    const made = JSON.parse((await send('/channels', { as: ann, name: 'Night Shift', purpose: 'who is awake' })).body);
    expect(s.t.room.state.channels.get(made.id)).toMatchObject({ name: 'night-shift', purpose: 'who is awake', kind: 'open' });
    expect(problem(await send('/channels', { as: ben, name: 'night-shift' }))).toContain('already a channel #night-shift');
    expect(problem(await send('/channels', { as: ben, name: 'a/b' }))).toContain('A channel’s name has');
    expect((await send('/language', { as: ben, lang: 'zh' })).status).toBe(200);
    expect((await s.chat.person(ben)).lang).toBe('zh');
    expect((await send('/language', { as: ben, lang: 'tlh' })).status).toBe(400);
    expect((await send('/remove', { as: ann, message: id })).status).toBe(200);
    expect(await s.chat.fetchMessage({ id })).toBe('deleted');
    for (let i = 0; i < 2; i++) expect((await send('/sample-team', { as: ann, lang: 'en' })).status).toBe(200);
    expect(said().filter(text => text === 'How do I ship a service to production?')).toHaveLength(1);
  });

  it('a file comes back as it was, and never as something a browser would run', async () => {
    const bytes = Buffer.from('<script>alert(1)</script>');
    const uploaded = await raw('/files?name=w%C3%BCrst%22.html', {
      method: 'POST',
      headers: { ...mine(), 'content-type': 'text/html' },
      body: bytes,
    });
    const file = JSON.parse(uploaded.body);
    expect((await raw(`/files/${file.id}`, { headers: { cookie } })).status).toBe(400);
    await say('', { files: [file.id] });
    const back = await raw(`/files/${file.id}`, { headers: { cookie } });
    expect(back.body).toBe(bytes.toString());
    expect(back.headers['content-type']).toBe('application/octet-stream');
    expect(back.headers['content-disposition']).toBe("attachment; filename*=UTF-8''w%C3%BCrst%22.html");
  });
});

describe('the live stream', () => {
  it('brings the room, then every change; a reader who was away asks from the last id and misses nothing', async () => {
    await say('one');
    const first = await live({}, views => views.length === 1);
    expect(first.views[0].messages.map(({ parts }) => parts)).toEqual([[{ html: '<p>one</p>' }]]);
    await say('two');
    await say('three');
    const next = await live({ 'last-event-id': first.ids[0] }, views => views.length === 1);
    expect(next.views[0].messages.map(({ parts }) => parts)).toEqual([[{ html: '<p>two</p>' }], [{ html: '<p>three</p>' }]]);
    expect(next.views[0].people).toEqual([]);
    const streaming = live({ 'last-event-id': next.ids[0] }, views => views.some(({ messages }) => messages.length > 0));
    await say('four');
    expect((await streaming).views.flatMap(({ messages }) => messages.map(({ parts }) => parts))).toEqual([[{ html: '<p>four</p>' }]]);
  });

  it('an id of another room, or of a future one, is worth nothing: everything anew', async () => {
    await say('one');
    for (const id of ['rother-5', `${s.t.room.state.room}-999999`, 'junk', '-']) {
      const { views } = await live({ 'last-event-id': id }, all => all.length === 1);
      expect(views[0].messages, id).toHaveLength(1);
    }
  });

  it('private messages and other people’s direct channels are not in it', async () => {
    await s.chat.postPrivately('p', { person: s.t.person('Ann'), place: s.t.team }, { title: 'only Ann', parts: [] });
    const [ann] = (await live({}, views => views.length === 1)).views;
    const [ben] = (await live({}, views => views.length === 1, 'Ben')).views;
    expect(ann.messages).toMatchObject([{ title: 'only Ann', private: true }]);
    expect(ben.messages).toEqual([]);
    expect(ben.channels.map(({ id }) => id)).not.toEqual(ann.channels.map(({ id }) => id));
    expect(JSON.stringify(ben)).not.toContain('only Ann');
  });

  it('goes on over a restart of the server: same address, same token, same id', async () => {
    await say('before');
    const first = await live({}, views => views.length === 1);
    const { address } = s.web;
    s = await s.restart();
    expect(s.web.address).toBe(address);
    await say('after');
    const { views } = await live({ 'last-event-id': first.ids[0] }, all => all.some(({ messages }) => messages.length > 0));
    expect(views.flatMap(({ messages }) => messages.map(({ parts }) => parts))).toEqual([[{ html: '<p>after</p>' }]]);
  });

  it('closing the server ends it at once', async () => {
    const stream = await fetch(`http://127.0.0.1:${s.web.port}/live`, { headers: { cookie } });
    const ended = stream.text().then(
      () => true,
      () => true,
    );
    await s.web.close();
    expect(await ended).toBe(true);
    s = await openTestWeb(undefined, {}, s.t);
  });
});

describe('where it listens', () => {
  it('remembers port and token, readable by the owner only', async () => {
    expect(Number(await readFile(join(s.t.folder, 'web-port'), 'utf8'))).toBe(s.web.port);
    expect((await stat(join(s.t.folder, 'web-token'))).mode & 0o777).toBe(0o600);
  });

  it('a remembered port that is taken gives way; a demanded one is refused with a sentence', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const taken = (other.address() as AddressInfo).port;
    const folder = await mkdtemp(join(tmpdir(), 'apprentice-web-'));
    const demanded = openWeb({ folder, port: taken, lang: 'en', onError: () => {} });
    await expect(demanded).rejects.toMatchObject({ problem: { code: 'web.portTaken', values: { port: taken } } });
    await writeFile(join(folder, 'web-port'), String(taken));
    const web = await openWeb({ folder, lang: 'en', onError: () => {} });
    expect(web.port).not.toBe(taken);
    await web.close();
    await expect(openWeb({ folder, host: '203.0.113.9', lang: 'en', onError: () => {} })).rejects.toMatchObject({
      problem: { code: 'web.cannotListen' },
    });
    other.close();
    await rm(folder, { recursive: true });
  });

  it('says that it is there, to anybody; without a room there is nothing else', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'apprentice-web-'));
    const web = await openWeb({ folder, lang: 'en', onError: () => {} });
    const ask = async (path: string) => fetch(`http://127.0.0.1:${web.port}${path}`);
    expect(await (await ask('/health')).json()).toEqual({ ok: true });
    expect((await ask('/')).status).toBe(404);
    await web.close();
    await rm(folder, { recursive: true });
  });

  it('people added on the page are there for everybody', async () => {
    const answer = await send('/people', { name: 'Mei Lin' });
    expect(JSON.parse(answer.body)).toMatchObject({ name: 'Mei Lin' });
    expect(problem(await send('/people', { name: 'mei lin' }))).toContain('already called');
    await until(() => [...s.t.room.state.people.values()].some(({ name }) => name === 'Mei Lin'), 'Mei Lin');
  });
});
