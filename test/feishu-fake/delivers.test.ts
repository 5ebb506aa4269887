// The fake Feishu delivers as Feishu does, shown with the vendor's own client: events by the long connection and by webhook.
import * as lark from '@larksuiteoapi/node-sdk';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type FakeFeishu, openFakeFeishu } from '../support/feishu/fake.ts';
import { until } from '../support/room.ts';

const quiet = { error() {}, warn() {}, info() {}, debug() {}, trace() {} };
// biome-ignore lint/suspicious/noExplicitAny: events as they come
type Event = any;

describe('the long connection', () => {
  let fake: FakeFeishu;
  let client: lark.WSClient;
  let heard: Event[];
  let answer: (event: Event) => Promise<unknown>;

  beforeEach(async () => {
    fake = await openFakeFeishu();
    heard = [];
    answer = async () => undefined;
    client = new lark.WSClient({
      appId: fake.app.id,
      appSecret: fake.app.secret,
      domain: fake.address,
      logger: quiet,
      loggerLevel: lark.LoggerLevel.error,
    });
    const hear = async (event: Event) => {
      heard.push(event);
      return answer(event);
    };
    const names = ['im.message.receive_v1', 'im.message.reaction.created_v1', 'im.message.recalled_v1', 'card.action.trigger'];
    const dispatcher = new lark.EventDispatcher({ logger: quiet, loggerLevel: lark.LoggerLevel.error });
    dispatcher.register(Object.fromEntries(names.map(name => [name, hear])));
    await client.start({ eventDispatcher: dispatcher });
    await until(() => fake.connection.connections() === 1, 'the connection');
  });
  afterEach(async () => {
    client.close();
    await fake.close();
  });

  it('brings what is said, with mentions as keys', async () => {
    await fake.hands.say(fake.person('Ann'), fake.team, '@apprentice how do I ship?');
    await until(() => heard.length === 1, 'the event');
    expect(heard[0].event_type).toBe('im.message.receive_v1');
    expect(JSON.parse(heard[0].message.content)).toEqual({ text: '@_user_1 how do I ship?' });
    expect(heard[0].message.mentions).toMatchObject([{ key: '@_user_1', name: 'apprentice', id: { open_id: fake.botId } }]);
    await until(() => fake.pushed[0].taken, 'the acknowledgement');
  });
});
