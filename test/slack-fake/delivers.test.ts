// The fake Slack delivers what Slack delivers: to the real Bolt, unpatched, over Socket Mode and over HTTP.
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { App, HTTPReceiver, type LogLevel, SocketModeReceiver } from '@slack/bolt';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { until } from '../support/room.ts';
import { EVENTS, type FakeSlack, openFakeSlack } from '../support/slack/fake.ts';
import { statesOf } from '../support/slack/states.ts';

type Heard = { type: string; subtype?: string; id: string; retry?: number; event: Record<string, unknown> & { text?: string; ts: string } };
type Bot = { heard: Heard[]; app: App; stop(): Promise<unknown> };

/** A bot that writes down all events, echoes commands and answers presses. `deaf` acknowledges nothing so many times. */
async function openBot(slack: FakeSlack, transport: 'socket' | 'http'): Promise<Bot> {
  const logLevel = 'error' as LogLevel;
  const clientOptions = { slackApiUrl: slack.apiUrl };
  const receiver =
    transport === 'socket'
      ? new SocketModeReceiver({
          appToken: slack.tokens.app,
          logLevel,
          installerOptions: { clientOptions: { slackApiUrl: slack.apiUrl } },
        })
      : new HTTPReceiver({ signingSecret: slack.pushes.signingSecret, logLevel });
  const app = new App({ token: slack.tokens.bot, receiver, clientOptions, logLevel, ignoreSelf: false });
  const heard: Heard[] = [];
  app.use(async ({ body, context, next }) => {
    const { event, event_id: id } = body as { event?: Heard['event'] & { type: string; subtype?: string }; event_id?: string };
    if (event && id) heard.push({ type: event.type, subtype: event.subtype, id, retry: context.retryNum, event });
    await next();
  });
  for (const type of ['app_mention', 'message', 'reaction_added', 'reaction_removed', 'channel_rename', 'member_joined_channel'])
    app.event(type, async () => {});
  app.command('/finetune', async ({ ack, command, respond }) => {
    await ack({ text: `you said ${command.text}` });
    await respond({ text: 'and everybody hears', response_type: 'in_channel' });
  });
  app.action('vote', async ({ ack, body, client, action }) => {
    await ack();
    const { trigger_id } = body as { trigger_id: string };
    const input = {
      type: 'input' as const,
      block_id: 'why',
      label: { type: 'plain_text' as const, text: 'Why' },
      element: { type: 'plain_text_input' as const, action_id: 'text' },
    };
    const view = {
      type: 'modal' as const,
      callback_id: 'why',
      private_metadata: (action as { value: string }).value,
      title: { type: 'plain_text' as const, text: 'Why?' },
      submit: { type: 'plain_text' as const, text: 'Send' },
      blocks: [input],
    };
    await client.views.open({ trigger_id, view });
  });
  app.view('why', async ({ ack, view }) => {
    const { value } = view.state.values.why.text;
    await (value ? ack() : ack({ response_action: 'errors', errors: { why: 'say why' } }));
  });
  const server = (await app.start(0)) as Server | undefined;
  if (transport === 'http') await slack.pushTo(`http://127.0.0.1:${(server!.address() as AddressInfo).port}/slack/events`);
  return {
    heard,
    app,
    async stop() {
      if (receiver instanceof SocketModeReceiver) await receiver.client.disconnect();
      else await app.stop();
    },
  };
}

describe.each(['socket', 'http'] as const)('the fake Slack delivers over %s', transport => {
  let slack: FakeSlack;
  let bot: Bot;
  let ann: string;
  let ben: string;
  let channel: string;
  const heard = (type: string, subtype?: string) => bot.heard.filter(each => each.type === type && each.subtype === subtype);
  const post = (args: object) => bot.app.client.chat.postMessage({ channel: slack.slackId(channel), text: 'hi', ...args });

  beforeEach(async () => {
    slack = await openFakeSlack({ retriesMs: [10, 20, 30], events: [...EVENTS, 'channel_rename'] });
    ann = await slack.hands.person('Ann');
    ben = await slack.hands.person('Ben');
    channel = [...slack.team.state.channels.keys()][0];
    await slack.hands.membership(ann, channel, true);
    bot = await openBot(slack, transport);
    // That Ann came in waited for somebody to hear it.
    await until(() => bot.heard.length === 1 && slack.delivery.isIdle(), 'the first event');
    bot.heard.length = 0;
  });
  afterEach(async () => {
    await bot.stop();
    await slack.close();
  });

  it('a mention twice, as a message and as app_mention, each with an id; talk among people once; a direct message once', async () => {
    await slack.hands.say(ann, { channel }, '@apprentice how do I *moor* & sail?');
    await slack.hands.say(ann, { channel }, 'low water at nine');
    await slack.hands.say(ann, { channel: slack.hands.directWith(ann) }, '@apprentice hello');
    await until(() => bot.heard.length >= 4 && slack.delivery.isIdle(), 'four events');
    expect(heard('app_mention').map(({ event }) => event.text)).toEqual([`<@${slack.team.botUser}> how do I *moor* &amp; sail?`]);
    expect(heard('message').map(({ event }) => [event.channel_type, event.text])).toEqual(
      expect.arrayContaining([
        ['channel', `<@${slack.team.botUser}> how do I *moor* &amp; sail?`],
        ['channel', 'low water at nine'],
        ['im', `<@${slack.team.botUser}> hello`],
      ]),
    );
    expect(new Set(bot.heard.map(({ id }) => id)).size).toBe(4);
  });

  it('nothing from a channel that the bot is not in, and nothing that only one person sees', async () => {
    const elsewhere = await slack.hands.channel(ben, 'elsewhere', { members: [ben] });
    await slack.hands.say(ben, { channel: elsewhere }, '@apprentice hello?');
    await slack.hands.whisper(ann, channel, 'psst');
    await slack.hands.say(ann, { channel }, 'last');
    await until(() => heard('message').length > 0, 'the last message');
    expect(bot.heard.map(({ event }) => event.text)).toEqual(['last']);
  });

  it('reactions without text or thread, with the colour of the hand; and their taking back', async () => {
    const message = await slack.hands.say(ann, { channel }, 'kite ship');
    await slack.hands.react(ann, message, '+1::skin-tone-3', true);
    await slack.hands.react(ann, message, '+1::skin-tone-3', false);
    await until(() => heard('reaction_removed').length > 0, 'the taking back');
    const item = { type: 'message', channel: slack.slackId(channel), ts: slack.team.ts(message) };
    expect(heard('reaction_added')[0].event).toMatchObject({
      reaction: '+1::skin-tone-3',
      user: slack.slackId(ann),
      item_user: slack.slackId(ann),
      item,
    });
    expect(Object.keys(heard('reaction_added')[0].event)).not.toContain('text');
  });

  it('an edit, an unfolded link without `edited`, and the bot’s own update are message_changed', async () => {
    const message = await slack.hands.say(ann, { channel }, 'kite ship https://example.com/a');
    await slack.hands.edit(ann, message, 'kite ship --to sea');
    slack.unfurl(message, 'https://example.com/a');
    const own = await post({});
    await bot.app.client.chat.update({ channel: own.channel!, ts: own.ts!, text: 'hello' });
    await until(() => heard('message', 'message_changed').length >= 3, 'three changes');
    const [edited, unfurled, updated] = heard('message', 'message_changed')
      .sort((a, b) => Number(a.event.ts) - Number(b.event.ts))
      .map(
        ({ event }) => event as unknown as { message: Record<string, unknown>; previous_message: Record<string, unknown>; hidden: boolean },
      );
    expect(edited).toMatchObject({ hidden: true, message: { text: 'kite ship --to sea', edited: { user: slack.slackId(ann) } } });
    expect(edited.previous_message).toMatchObject({ text: 'kite ship <https://example.com/a>' });
    expect(unfurled.message).toMatchObject({ text: 'kite ship --to sea', attachments: [{ from_url: 'https://example.com/a' }] });
    expect(updated).toMatchObject({ message: { bot_id: slack.team.botId, text: 'hello' }, previous_message: { text: 'hi' } });
  });

  it('a deletion; where there are replies, a tombstone', async () => {
    const alone = await slack.hands.say(ann, { channel }, 'alone');
    const root = await slack.hands.say(ann, { channel }, 'root');
    await slack.hands.say(ann, { channel, thread: root }, 'reply');
    await slack.hands.remove(ann, alone);
    await slack.hands.remove(ann, root);
    await until(() => heard('message', 'message_changed').length > 0 && heard('message', 'message_deleted').length > 0, 'both');
    expect(heard('message', 'message_deleted')[0].event).toMatchObject({
      deleted_ts: slack.team.ts(alone),
      previous_message: { text: 'alone' },
    });
    expect(heard('message', 'message_changed')[0].event).toMatchObject({ message: { subtype: 'tombstone', reply_count: 1 } });
    const replies = await bot.app.client.conversations.replies({ channel: slack.slackId(channel), ts: slack.team.ts(root) });
    expect(replies.messages!.map(({ text }) => text)).toEqual(['This message was deleted.', 'reply']);
  });

  it('a command is acknowledged with text, and answered for everybody by its response_url', async () => {
    await slack.hands.say(ann, { channel }, '/finetune start lr=1e-3');
    const said = () =>
      [...slack.team.state.messages.values()]
        .filter(({ author }) => author === slack.team.state.bot)
        .map(({ markdown, onlyFor }) => [markdown, onlyFor]);
    await until(() => said().length >= 2, 'both answers');
    expect(said()).toEqual(
      expect.arrayContaining([
        ['you said start lr=1e-3', ann],
        ['and everybody hears', undefined],
      ]),
    );
  });

  it('a press opens a modal; it is sent back where something is wrong, and closed where all is well', async () => {
    const element = { type: 'button', action_id: 'vote', text: { type: 'plain_text', text: 'A' }, value: 'A' };
    const { ts } = await post({ blocks: [{ type: 'actions', block_id: 'row', elements: [element] }] });
    await slack.hands.press(ann, slack.team.idOf(ts!)!, { block_id: 'row', element });
    const view = await until(() => slack.views.top(ann), 'the modal');
    expect(view.private_metadata).toBe('A');
    expect(await slack.hands.submit(ann, view, statesOf(view.blocks))).toEqual({ why: 'say why' });
    expect(slack.views.top(ann)).toBe(view);
    expect(
      await slack.hands.submit(
        ann,
        view,
        statesOf(view.blocks, () => ({ value: 'because' })),
      ),
    ).toBeUndefined();
    expect(slack.views.top(ann)).toBeUndefined();
  });

  it('a renamed channel, and who comes in', async () => {
    await slack.hands.membership(ben, channel, true);
    await slack.hands.rename(ann, channel, 'harbour');
    await until(() => heard('channel_rename').length > 0, 'the new name');
    expect(heard('member_joined_channel')[0].event).toMatchObject({ user: slack.slackId(ben), channel: slack.slackId(channel) });
    expect(heard('channel_rename')[0].event.channel).toMatchObject({ name: 'harbour' });
  });

  it('a duplicate has the same id; what is shuffled comes in another order, all of it', async () => {
    slack.faults.events = { duplicate: 1, delayMs: 5, shuffle: 6 };
    for (const text of ['one', 'two', 'three']) await slack.hands.say(ann, { channel }, text);
    await until(() => heard('message').length >= 6, 'each twice');
    expect(heard('message').map(({ event }) => event.text)).not.toEqual(['one', 'one', 'two', 'two', 'three', 'three']);
    expect(new Set(bot.heard.map(({ id }) => id)).size).toBe(3);
  });
});
