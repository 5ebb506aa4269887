// The fake Feishu delivers as Feishu does, shown with the vendor's own long connection and with a receiver of encrypted posts.
import { createDecipheriv, createHash } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import * as lark from '@larksuiteoapi/node-sdk';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { eyesOf } from '../support/feishu/eyes.ts';
import { type FakeFeishu, openFakeFeishu } from '../support/feishu/fake.ts';
import { until } from '../support/room.ts';
import { button, card, interactive, type Json, openTenant, quiet, submit, text } from './tenant.ts';

// biome-ignore lint/suspicious/noExplicitAny: events as they come
type Event = any;
const NAMES = [
  'im.message.receive_v1',
  'im.message.reaction.created_v1',
  'im.message.reaction.deleted_v1',
  'im.message.recalled_v1',
  'im.chat.member.bot.deleted_v1',
  'card.action.trigger',
];

describe('the long connection', () => {
  let t: Awaited<ReturnType<typeof openTenant>>;
  let fake: FakeFeishu;
  let client: lark.WSClient;
  let heard: Event[];
  let answer: (event: Event) => Promise<unknown>;
  let failed: Error | undefined;
  const texts = () => heard.filter(({ message }) => message).map(({ message }) => JSON.parse(message.content).text);

  async function connect(): Promise<void> {
    client = new lark.WSClient({
      appId: fake.app.id,
      appSecret: fake.app.secret,
      domain: fake.address,
      logger: quiet,
      loggerLevel: lark.LoggerLevel.error,
      onError: error => (failed = error),
    });
    const hear = async (event: Event) => {
      heard.push(event);
      return answer(event);
    };
    const dispatcher = new lark.EventDispatcher({ logger: quiet, loggerLevel: lark.LoggerLevel.error });
    dispatcher.register(Object.fromEntries(NAMES.map(name => [name, hear])));
    await client.start({ eventDispatcher: dispatcher });
  }

  beforeEach(async () => {
    t = await openTenant();
    fake = t.fake;
    heard = [];
    answer = async () => undefined;
    failed = undefined;
    await connect();
    await until(() => fake.connection.connections() === 1, 'the connection');
  });
  afterEach(async () => {
    client.close();
    await fake.close();
  });

  it('brings what is said, with mentions as keys, and waits for the acknowledgement', async () => {
    const id = await fake.hands.say(t.ann, t.team, '@apprentice how do I ship?');
    await until(() => heard.length === 1, 'the event');
    expect(heard[0]).toMatchObject({
      event_type: 'im.message.receive_v1',
      sender: { sender_id: { open_id: t.ann } },
      message: { message_id: id, chat_id: t.team, chat_type: 'group', message_type: 'text' },
    });
    expect(texts()).toEqual(['@_user_1 how do I ship?']);
    expect(heard[0].message.mentions).toMatchObject([{ key: '@_user_1', name: 'apprentice', id: { open_id: fake.botId } }]);
    await until(() => fake.pushed[0].taken, 'the acknowledgement');
  });

  it('brings replies, threads, reactions and recalls; an edit it does not tell of', async () => {
    const root = await fake.hands.say(t.ann, t.team, 'root');
    await fake.hands.say(t.ben, t.team, 'below', { thread: root });
    await fake.hands.edit(t.ann, root, 'changed');
    await fake.hands.react(t.ben, root, 'DONE');
    await fake.hands.unreact(t.ben, root, 'DONE');
    await fake.hands.recall(t.ann, root);
    await until(() => heard.length === 5, 'five events');
    const of = (type: string) => heard.filter(({ event_type }) => event_type === type);
    const below = of('im.message.receive_v1').find(({ message }) => message.thread_id);
    expect(below.message).toMatchObject({ root_id: root, parent_id: root, thread_id: root.replace('om_', 'omt_') });
    expect(of('im.message.reaction.created_v1')[0]).toMatchObject({
      message_id: root,
      reaction_type: { emoji_type: 'DONE' },
      operator_type: 'user',
    });
    expect(of('im.message.reaction.created_v1')[0].chat_id).toBeUndefined();
    expect(of('im.message.recalled_v1')[0]).toMatchObject({ message_id: root, chat_id: t.team, recall_type: 'message_owner' });
  });

  it('cuts an event into frames that the client puts together', async () => {
    fake.connection.faults.parts = 3;
    await fake.hands.say(t.ann, t.team, '长'.repeat(5_000));
    await until(() => heard.length === 1, 'the event');
    expect(texts()[0]).toHaveLength(5_000);
  });

  it('comes again with the same id until it was taken', async () => {
    let times = 0;
    answer = async () => {
      times += 1;
      if (times < 3) throw new Error('the database is away');
    };
    await fake.hands.say(t.ann, t.team, 'once');
    await until(() => fake.pushed[0].taken, 'the third time');
    expect(heard.map(({ event_id }) => event_id)).toEqual(Array(3).fill(heard[0].event_id));
  });

  it('waits while nobody is there, and comes when the client is back', async () => {
    fake.connection.cut();
    expect(fake.connection.connections()).toBe(0);
    await fake.hands.say(t.ann, t.team, 'meanwhile');
    await until(() => texts().includes('meanwhile'), 'the event after the cut');
  });

  it('does not tell of confidential chats, of chats it left, and without the scope of what is not said to it', async () => {
    const secret = await fake.hands.addChat(t.ann, { name: 'secret', kind: 'restricted', purpose: '' });
    await fake.hands.say(t.ann, secret.id, '@apprentice psst');
    fake.takeScope('im:message.group_msg');
    await fake.hands.say(t.ann, t.team, 'just us');
    await fake.hands.say(t.ann, t.team, '@apprentice hello');
    await until(() => heard.length > 0, 'the event');
    await fake.hands.removeBot(t.team, t.ann);
    await fake.hands.say(t.ann, t.team, '@apprentice are you there?');
    await until(() => heard.some(({ event_type }) => event_type === 'im.chat.member.bot.deleted_v1'), 'the removal');
    expect(texts()).toEqual(['@_user_1 hello']);
    expect(fake.pushed.filter(({ type }) => type === 'im.message.receive_v1')).toHaveLength(1);
  });

  it('twice, backwards and not at all, where a test wants that', async () => {
    fake.eventFaults.twice = 1;
    await fake.hands.say(t.ann, t.team, 'twice');
    await until(() => texts().length === 2, 'both');
    fake.eventFaults.backwards = 2;
    await fake.hands.say(t.ann, t.team, 'first');
    await fake.hands.say(t.ann, t.team, 'second');
    await until(() => texts().length === 4, 'both');
    fake.eventFaults.lost = 1;
    await fake.hands.say(t.ann, t.team, 'lost');
    await fake.hands.say(t.ann, t.team, 'last');
    await until(() => texts().includes('last'), 'the last');
    expect(texts()).toEqual(['twice', 'twice', 'second', 'first', 'last']);
  });

  it('a press brings the form, and its answer: a toast to whoever pressed, another card to all', async () => {
    const shown = [
      {
        tag: 'form',
        name: 'f',
        elements: [
          { tag: 'input', name: 'why', default_value: 'so' },
          { tag: 'checker', name: 'sure', text: { tag: 'plain_text', content: 'Sure' } },
          submit,
        ],
      },
    ];
    const id = await t.sent(interactive(card(shown)));
    answer = async () => ({ toast: { type: 'info', content: 'thanks' }, card: { type: 'raw', data: card([button({ disabled: true })]) } });
    await fake.hands.tick(t.ben, id, label => label === 'Sure', true);
    const pressed = await fake.hands.pressLabel(t.ben, id, 'Go', { why: 'because' });
    expect(pressed).toEqual({ toast: { type: 'info', text: 'thanks' } });
    expect(heard[0]).toMatchObject({
      operator: { open_id: t.ben },
      action: { tag: 'button', name: 'go', value: { go: '1' }, form_value: { why: 'because', sure: true } },
      context: { open_message_id: id, open_chat_id: t.team },
    });
    const seen = (person: string) => eyesOf(fake, person).map(({ text }) => text);
    expect(seen(t.ben)).toEqual(['A card\n[Go]', 'thanks']);
    expect(seen(t.ann)).toEqual(['A card\n[Go]']);
    await expect(fake.hands.pressLabel(t.ben, id, 'Go')).rejects.toThrow('no such button');
  });

  it('a press that fails is not sent again, and the person is told that it failed', async () => {
    const id = await t.sent(interactive(card([button()])));
    answer = async () => {
      throw new Error('no');
    };
    expect((await fake.hands.pressLabel(t.ben, id, 'Go')).failed).toMatch(/did not answer/);
    expect(heard).toHaveLength(1);
  });

  it('an endpoint that refuses ends the client for good', async () => {
    client.close();
    fake.faults.answer(/ws\/endpoint/, { code: 514, msg: 'auth failed', data: {} });
    await connect();
    await until(() => failed?.message.includes('514'), 'the end');
    expect(fake.connection.connections()).toBe(0);
  });

  it('a reply that is lost was done all the same', async () => {
    fake.faults.loseReplies(/POST .*\/messages$/);
    await expect(t.send({ ...text('x'), uuid: 'u' })).rejects.toThrow();
    const again = await t.send({ ...text('x'), uuid: 'u' });
    expect(again.code).toBe(0);
    expect(eyesOf(fake, t.ann).map(({ id }) => id)).toEqual([again.data!.message_id]);
  });

  it('a storm of limits, and a server that fails', async () => {
    fake.faults.tooFast(/\/messages$/, 1, 7);
    await expect(t.send(text('x'))).rejects.toMatchObject({ response: { status: 429, headers: { 'x-ogw-ratelimit-reset': '7' } } });
    fake.faults.fail(/\/messages$/);
    await expect(t.send(text('x'))).rejects.toMatchObject({ response: { status: 502 } });
    expect((await t.send(text('x'))).code).toBe(0);
    expect(fake.ledger.filter(({ call }) => call.endsWith('/messages')).map(({ status }) => status)).toEqual([429, 502, 200]);
  });

  it('a card for one person reaches only whoever is there', async () => {
    const send = (open_id: string) =>
      t.request('POST', '/ephemeral/v1/send', { chat_id: t.team, open_id, msg_type: 'interactive', card: card([button()]) });
    fake.hands.leave(t.ann);
    expect([await send(t.ann), await send(t.ben)]).toMatchObject([{ code: 0 }, { code: 0 }]);
    expect(eyesOf(fake, t.ann)).toEqual([]);
    expect(eyesOf(fake, t.ben)).toMatchObject([{ text: 'A card\n[Go]', private: true }]);
  });
});

describe('the webhook', () => {
  let fake: FakeFeishu;
  let got: { headers: Record<string, unknown>; inner: Json }[];
  let status: number;
  let url: string;
  let close: () => Promise<void>;

  beforeEach(async () => {
    fake = await openFakeFeishu({ events: 'webhook' });
    got = [];
    status = 200;
    const server = createServer(async (request, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk);
      const body = Buffer.concat(chunks).toString();
      const inner = decrypted(fake.encryptKey, body);
      expect(request.headers['x-lark-signature']).toBe(signature(fake.encryptKey, request.headers, body));
      if (inner.type === 'url_verification') return response.end(JSON.stringify({ challenge: inner.challenge }));
      got.push({ headers: request.headers, inner });
      response.writeHead(status).end(JSON.stringify({}));
    });
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/events`;
    close = async () => {
      server.closeAllConnections();
      await new Promise(resolve => server.close(resolve));
    };
  });
  afterEach(async () => {
    await close();
    await fake.close();
  });

  it('is taken only if it gives the challenge back; then it brings what waited, encrypted and signed', async () => {
    const id = await fake.hands.say(fake.person('Ann'), fake.team, '@apprentice hello');
    expect(await fake.setWebhook(`${url.replace(/\d+\/events/, '1/events')}`)).toBe(false);
    expect(got).toEqual([]);
    expect(await fake.setWebhook(url)).toBe(true);
    await until(() => got.length === 1, 'the event');
    expect(got[0].inner).toMatchObject({
      schema: '2.0',
      header: { event_type: 'im.message.receive_v1', token: fake.verificationToken, app_id: fake.app.id, tenant_key: fake.tenant },
      event: { message: { message_id: id } },
    });
  });

  it('is posted again with the same id until it is answered with 200', async () => {
    status = 500;
    await fake.setWebhook(url);
    await fake.hands.say(fake.person('Ann'), fake.team, 'hello');
    await until(() => got.length === 2, 'the second time');
    status = 200;
    await until(() => fake.pushed[0].taken, 'the third time');
    expect(new Set(got.map(({ inner }) => (inner.header as Json).event_id)).size).toBe(1);
  });
});

function decrypted(key: string, body: string): Json {
  const bytes = Buffer.from(JSON.parse(body).encrypt, 'base64');
  const decipher = createDecipheriv('aes-256-cbc', createHash('sha256').update(key).digest(), bytes.subarray(0, 16));
  return JSON.parse(Buffer.concat([decipher.update(bytes.subarray(16)), decipher.final()]).toString('utf8'));
}

function signature(key: string, headers: Record<string, unknown>, body: string): string {
  const signed = `${headers['x-lark-request-timestamp']}${headers['x-lark-request-nonce']}${key}${body}`;
  return createHash('sha256').update(signed).digest('hex');
}
