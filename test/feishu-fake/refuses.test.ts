// The fake Feishu refuses what Feishu refuses, with Feishu's own codes: each call through the vendor's own client, beside it one that passes.
// Cards and files stand in refuses-cards.test.ts.
import * as lark from '@larksuiteoapi/node-sdk';
import { describe, expect, it } from 'vitest';
import { openFakeFeishu } from '../support/feishu/fake.ts';
import {
  type Answer,
  card,
  command,
  edited,
  editedSlowly,
  ephemeral,
  get,
  interactive,
  list,
  markdown,
  ofKind,
  openTenant,
  others,
  patch,
  put,
  quiet,
  recalled,
  reply,
  sameTenant,
  type Tenant,
  takenBack,
  text,
  threadOf,
} from './tenant.ts';

const DAY_MS = 24 * 3_600_000;

const CASES: { what: string; code: number; bad(t: Tenant): Answer; good(t: Tenant): Answer }[] = [
  { what: 'a receiver of no known kind', code: 230001, bad: t => t.send(text('x'), t.team, 'email'), good: t => t.send(text('x')) },
  { what: 'a chat that there is not', code: 230001, bad: t => t.send(text('x'), 'oc_0'), good: t => t.send(text('x')) },
  {
    what: 'a person that there is not',
    code: 230034,
    bad: t => t.send(text('x'), 'ou_0', 'open_id'),
    good: t => t.send(text('x'), t.ann, 'open_id'),
  },
  { what: 'a chat that the bot is not in', code: 230002, bad: async t => t.send(text('x'), await others(t)), good: t => t.send(text('x')) },
  {
    what: 'a chat that the bot was removed from',
    code: 230002,
    bad: async t => {
      await t.hands.removeBot(t.team, t.ann);
      return t.send(text('x'));
    },
    good: async t => {
      await t.hands.removeBot(t.team, t.ann);
      await t.hands.addBot(t.team, t.ann);
      return t.send(text('x'));
    },
  },
  {
    what: 'a chat that was disbanded',
    code: 232009,
    bad: async t => {
      await t.hands.disband(t.team, t.ann);
      return t.send(text('x'));
    },
    good: t => t.send(text('x')),
  },
  { what: 'content that is no JSON', code: 230001, bad: t => t.send({ msg_type: 'text', content: 'x' }), good: t => t.send(text('x')) },
  { what: 'an empty text', code: 230001, bad: t => t.send(text(' ')), good: t => t.send(text('x')) },
  {
    what: 'a text of more than 150 KB',
    code: 230025,
    bad: t => t.send(text('x'.repeat(160_000))),
    good: t => t.send(text('x'.repeat(150_000))),
  },
  {
    what: 'a post with an unknown tag',
    code: 230001,
    bad: t => t.send({ msg_type: 'post', content: JSON.stringify({ zh_cn: { content: [[{ tag: 'b', text: 'x' }]] } }) }),
    good: t => t.send({ msg_type: 'post', content: JSON.stringify({ zh_cn: { content: [[{ tag: 'text', text: 'x' }]] } }) }),
  },
  { what: 'an unknown argument', code: 99992402, bad: t => t.send({ ...text('x'), colour: 'red' }), good: t => t.send(text('x')) },
  { what: 'a missing argument', code: 99992402, bad: t => t.send({ content: '{"text":"x"}' }), good: t => t.send(text('x')) },
  {
    what: 'a uuid of more than 50 characters',
    code: 230001,
    bad: t => t.send({ ...text('x'), uuid: 'u'.repeat(51) }),
    good: t => t.send({ ...text('x'), uuid: 'u'.repeat(50) }),
  },
  {
    what: 'a file key of nobody',
    code: 230001,
    bad: t => t.send({ msg_type: 'file', content: '{"file_key":"file_v3_0"}' }),
    good: t => t.send(text('x')),
  },
  {
    what: 'the sixth message to a chat in a second',
    code: 230020,
    bad: async t => (await Promise.all(Array.from({ length: 6 }, () => t.send(text('x'))))).find(({ code }) => code !== 0)!,
    good: async t => (await Promise.all(Array.from({ length: 5 }, () => t.send(text('x'))))).find(({ code }) => code !== 0) ?? { code: 0 },
  },

  {
    what: 'a change of a card that does not say update_multi',
    code: 230099,
    bad: async t => patch(t, await t.sent(interactive(card([markdown('x')], {}))), card([markdown('y')])),
    good: async t => patch(t, await t.sent(interactive(card([markdown('x')]))), card([markdown('y')])),
  },
  {
    what: 'a change after 14 days',
    code: 230031,
    bad: async t => {
      const id = await t.sent(interactive(card([markdown('x')])));
      t.fake.passes(14 * DAY_MS + 1_000);
      t.fake.revokeTokens();
      return patch(await sameTenant(t), id, card([markdown('y')]));
    },
    good: async t => {
      const id = await t.sent(interactive(card([markdown('x')])));
      t.fake.passes(13 * DAY_MS);
      t.fake.revokeTokens();
      return patch(await sameTenant(t), id, card([markdown('y')]));
    },
  },
  {
    what: 'a change of what was recalled',
    code: 230011,
    bad: async t => {
      const id = await t.sent(interactive(card([markdown('x')])));
      await t.hands.recallAsOwner(t.ann, id);
      return patch(t, id, card([markdown('y')]));
    },
    good: async t => patch(t, await t.sent(interactive(card([markdown('x')]))), card([markdown('y')])),
  },
  {
    what: "a change of a person's message",
    code: 230071,
    bad: async t => put(t, await t.hands.say(t.ann, t.team, 'mine'), text('yours')),
    good: async t => put(t, await t.sent(text('mine')), text('mine, too')),
  },
  {
    what: 'a card patched that is a text',
    code: 230054,
    bad: async t => patch(t, await t.sent(text('x')), card([])),
    good: async t => put(t, await t.sent(text('x')), text('y')),
  },
  {
    what: 'the sixth change of a message in a second',
    code: 230020,
    bad: async t => edited(t, 6),
    good: async t => edited(t, 5),
  },
  { what: 'the 21st edit', code: 230072, bad: t => editedSlowly(t, 21), good: t => editedSlowly(t, 20) },

  { what: 'a message that there is not', code: 230001, bad: t => get(t, 'om_0'), good: async t => get(t, await t.sent(text('x'))) },
  {
    what: 'a message of a confidential chat',
    code: 230050,
    bad: async t => get(t, await t.hands.say(t.ann, await ofKind('restricted')(t), 'secret')),
    good: async t => get(t, await t.hands.say(t.ann, await ofKind('external')(t), 'no secret')),
  },
  {
    what: 'a reply to what was recalled',
    code: 230011,
    bad: async t => reply(t, await recalled(t), text('x')),
    good: async t => reply(t, await t.hands.say(t.ann, t.team, 'x'), text('y')),
  },
  {
    what: 'a page of more than 50',
    code: 230001,
    bad: t => list(t, { container_id_type: 'chat', container_id: t.team, page_size: 51 }),
    good: t => list(t, { container_id_type: 'chat', container_id: t.team, page_size: 50 }),
  },
  {
    what: 'times of a thread',
    code: 230001,
    bad: async t => list(t, { container_id_type: 'thread', container_id: await threadOf(t), start_time: '1' }),
    good: async t => list(t, { container_id_type: 'thread', container_id: await threadOf(t) }),
  },
  {
    what: 'milliseconds where seconds are meant',
    code: 230001,
    bad: t => list(t, { container_id_type: 'chat', container_id: t.team, start_time: String(Date.now()) }),
    good: t => list(t, { container_id_type: 'chat', container_id: t.team, start_time: String(Math.floor(Date.now() / 1000)) }),
  },

  {
    what: "a person's message recalled",
    code: 230026,
    bad: async t => t.message.delete({ path: { message_id: await t.hands.say(t.ann, t.team, 'x') } }),
    good: async t => t.message.delete({ path: { message_id: await t.sent(text('x')) } }),
  },
  {
    what: 'an emoji that there is not',
    code: 231001,
    bad: async t => t.react(await t.sent(text('x')), 'done'),
    good: async t => t.react(await t.sent(text('x')), 'DONE'),
  },
  {
    what: 'a reaction to what was recalled',
    code: 231003,
    bad: async t => t.react(await recalled(t), 'DONE'),
    good: async t => t.react(await t.hands.say(t.ann, t.team, 'x'), 'DONE'),
  },
  { what: "somebody else's reaction taken away", code: 231007, bad: t => takenBack(t, false), good: t => takenBack(t, true) },

  {
    what: 'a chat to look at that the bot is not in',
    code: 232011,
    bad: async t => t.client.im.v1.chat.get({ path: { chat_id: await others(t) } }),
    good: t => t.client.im.v1.chat.get({ path: { chat_id: t.team } }),
  },
  {
    what: 'a person of another tenant',
    code: 41050,
    bad: async t => t.client.contact.v3.user.get({ path: { user_id: (await t.hands.addPerson('Gus', { guest: true })).id } }),
    good: t => t.client.contact.v3.user.get({ path: { user_id: t.ann } }),
  },
  {
    what: 'a card for one person where there is only one',
    code: 18053,
    bad: t => ephemeral(t, t.hands.direct(t.ann)),
    good: t => ephemeral(t, t.team),
  },
  { what: 'a slash command twice', code: 210003, bad: t => command(t).then(() => command(t)), good: t => command(t) },
  { what: 'an unknown path', code: 99991201, bad: t => t.request('GET', '/im/v9/messages'), good: t => t.request('GET', '/bot/v3/info') },
  {
    what: 'a call whose scope was not granted',
    code: 99991672,
    bad: t => {
      for (const scope of ['im:message', 'im:message:readonly']) t.fake.takeScope(scope);
      return list(t, { container_id_type: 'chat', container_id: t.team });
    },
    good: t => {
      t.fake.takeScope('im:message');
      return list(t, { container_id_type: 'chat', container_id: t.team });
    },
  },
  {
    what: 'a token that was revoked',
    code: 99991663,
    bad: async t => {
      await t.sent(text('x'));
      t.fake.revokeTokens();
      return t.send(text('y'));
    },
    good: t => t.send(text('y')),
  },
];

describe('the fake Feishu refuses', () => {
  it.each(CASES)('$what ($code)', async ({ code, bad, good }) => {
    const refused = await openTenant();
    const passing = await openTenant();
    try {
      expect((await bad(refused))?.code).toBe(code);
      expect((await good(passing))?.code).toBe(0);
    } finally {
      await refused.fake.close();
      await passing.fake.close();
    }
  });

  it('the wrong secret, before anything else', async () => {
    const { fake } = await openTenant();
    const client = new lark.Client({
      appId: fake.app.id,
      appSecret: 'wrong',
      domain: fake.address,
      logger: quiet,
      cache: new lark.DefaultCache(),
    });
    await expect(client.im.v1.chat.list({})).rejects.toThrow('10014');
    await fake.close();
  });
});

describe('the same uuid', () => {
  it('is the first message for an hour, in the same chat', async () => {
    const { fake, send } = await openTenant();
    const [first, again] = await Promise.all([1, 2].map(() => send({ ...text('x'), uuid: 'run:1' })));
    expect(again.data!.message_id).toBe(first.data!.message_id);
    fake.passes(59 * 60_000);
    expect((await send({ ...text('y'), uuid: 'run:1' })).data!.message_id).toBe(first.data!.message_id);
    fake.passes(2 * 60_000);
    expect((await send({ ...text('z'), uuid: 'run:1' })).data!.message_id).not.toBe(first.data!.message_id);
    await fake.close();
  });
});

it('without the lenient gateway a refusal comes with the documented status', async () => {
  const fake = await openFakeFeishu({ lenient: false });
  const client = new lark.Client({
    appId: fake.app.id,
    appSecret: fake.app.secret,
    domain: fake.address,
    logger: quiet,
    cache: new lark.DefaultCache(),
  });
  const sending = client.im.v1.message.get({ path: { message_id: 'om_0' } });
  await expect(sending).rejects.toMatchObject({ response: { status: 400, data: { code: 230001 } } });
  await fake.close();
});
