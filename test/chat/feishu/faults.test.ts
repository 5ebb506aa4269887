// What goes wrong between the adapter and Feishu: lost replies, limits, revoked tokens, missing scopes, old cards, closed lines.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Card, ChatEvent, ChatHandlers } from '../../../src/chat/chat.ts';
import { Gone, NotAllowed, RetryLater } from '../../../src/chat/errors.ts';
import { openFeishu } from '../../../src/chat/feishu/feishu.ts';
import { replyHandle } from '../../../src/chat/feishu/reply-handle.ts';
import type { Refusal } from '../../../src/problem.ts';
import { eyesOf } from '../../support/feishu/eyes.ts';
import type { FakeFeishu } from '../../support/feishu/fake.ts';
import { CODES } from '../../support/feishu/limits.ts';
import { until } from '../../support/room.ts';
import { openFeishuUnderTest, optionsFor, refused } from './under-test.ts';

const card = (text: string): Card => ({ title: text, parts: [{ markdown: `about *${text}*` }] });
const CREATE = /^POST \/open-apis\/im\/v1\/messages$/;
const DAY_MS = 24 * 3_600_000;

let t: Awaited<ReturnType<typeof openFeishuUnderTest>>;
let fake: FakeFeishu;
let events: ChatEvent[];
let answer: ChatHandlers['onEvent'];
const escaped: unknown[] = [];
const escapes = (error: unknown) => void escaped.push(error);
const handlers: ChatHandlers = {
  onEvent: async event => {
    const ack = await answer(event);
    events.push(event);
    return ack;
  },
  formFor: async () => undefined,
};
const texts = () => events.flatMap(event => (event.kind === 'message' ? event.text : []));
const seenBy = (person: string) => eyesOf(fake, person).map(({ text }) => text);

beforeEach(async () => {
  process.on('unhandledRejection', escapes);
  events = [];
  answer = async () => ({});
  t = await openFeishuUnderTest('longConnection');
  fake = t.side.fake;
  await t.chat.start(handlers);
});
afterEach(async () => {
  await t.close();
  process.off('unhandledRejection', escapes);
  expect(escaped).toEqual([]);
});

describe('posts', () => {
  it('whose reply is lost are said once', async () => {
    fake.faults.loseReplies(CREATE, 2);
    await t.chat.post({ key: 'lost', place: t.place, card: card('said once') });
    expect((await t.sees(t.people.ann, t.place)).filter(({ text }) => text.includes('said once'))).toHaveLength(1);
  });

  it('made, and not to be edited for longer than Feishu knows their uuid: still said once', async () => {
    fake.faults.fail(/^PATCH \/open-apis\/im\/v1\/messages/, 3);
    expect(await refused(t.chat.post({ key: 'hour', place: t.place, card: card('said once') }))).toBeInstanceOf(RetryLater);
    fake.passes(61 * 60_000);
    await t.chat.post({ key: 'hour', place: t.place, card: card('and edited') });
    expect(seenBy(t.people.ann)).toEqual([expect.stringContaining('and edited')]);
  });

  it('come through a server that fails, and through a token that was revoked', async () => {
    fake.faults.fail(CREATE, 2);
    await t.chat.post({ key: 'a', place: t.place, card: card('through failures') });
    fake.revokeTokens();
    await t.chat.post({ key: 'b', place: t.place, card: card('with a new token') });
    expect(seenBy(t.people.ann)).toHaveLength(2);
  });

  it('in one chat never come faster than Feishu takes them there, what one person is told included', async () => {
    const told = (n: number) =>
      t.chat.postPrivately(`told ${n}`, { person: t.people.ben, reply: replyHandle({ place: t.place }) }, card(`told ${n}`));
    const said = (n: number) => t.chat.post({ key: `said ${n}`, place: t.place, card: card(`said ${n}`) });
    await Promise.all([1, 2, 3, 4].flatMap(n => [said(n), told(n)]));
    expect(seenBy(t.people.ben)).toHaveLength(8);
    expect(fake.ledger.filter(({ code }) => code === CODES.tooFastHere.code)).toEqual([]);
  });

  it('wait as long as Feishu says, for the gateway’s limit and for the chat’s', async () => {
    fake.faults.tooFast(CREATE, 1, 7);
    expect(await refused(t.chat.post({ key: 'a', place: t.place, card: card('a') }))).toMatchObject({ name: 'RetryLater', ms: 7_000 });
    const { code, msg } = CODES.tooFastHere;
    fake.faults.answer(CREATE, { code, msg });
    expect(await refused(t.chat.post({ key: 'a', place: t.place, card: card('a') }))).toBeInstanceOf(RetryLater);
  });

  it('of more than fourteen days are said anew, and are one message again', async () => {
    const at = await t.chat.post({ key: 'old', place: t.place, card: card('old') });
    fake.passes(15 * DAY_MS);
    await expect(t.chat.post({ key: 'old', place: t.place, at, card: card('new') })).rejects.toBeInstanceOf(Gone);
    const anew = await t.chat.post({ key: 'old', place: t.place, card: card('new') });
    expect(anew.id).not.toBe(at.id);
    expect((await t.chat.post({ key: 'old', place: t.place, card: card('newer') })).id).toBe(anew.id);
  });

  it('show progress every two seconds at most, and its end at once', async () => {
    const progress = (done: number): Card => ({ title: 'run', parts: [{ progress: done, note: `${done}` }] });
    const at = await t.chat.post({ key: 'run', place: t.place, card: progress(0) });
    const soon = await refused(t.chat.post({ key: 'run', place: t.place, at, card: progress(0.1) }));
    expect(soon).toBeInstanceOf(RetryLater);
    expect((soon as RetryLater).ms).toBeLessThanOrEqual(2_000);
    await t.chat.post({ key: 'run', place: t.place, at, card: card('the end') });
    expect(seenBy(t.people.ann).at(-1)).toContain('the end');
  });

  it('have a picture of the curve where the native chart is refused', async () => {
    await t.chat.stop();
    let drawn = 0;
    const png = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');
    const draw = async () => {
      drawn += 1;
      return png;
    };
    const chat = await openFeishu({ ...optionsFor(fake), draw });
    const curve: Card = { title: 'c', parts: [{ curve: { train: [[1, 2]], heldout: [], alt: 'the loss falls' } }] };
    await chat.post({ key: 'chart', place: t.place, card: curve });
    expect(drawn).toBe(0);
    const { code, msg } = CODES.badCard;
    fake.faults.answer(CREATE, { code, msg });
    await chat.post({ key: 'picture', place: t.place, card: curve });
    expect(drawn).toBe(1);
    expect(eyesOf(fake, t.people.ann).map(({ content }) => /"tag":"(chart|img)"/.exec(content)?.[1])).toEqual(['chart', 'img']);
    await chat.stop();
  });

  it('into a group whose scope is missing are refused with the scope and what to do', async () => {
    for (const scope of ['im:message', 'im:message:send_as_bot']) fake.takeScope(scope);
    const error = (await refused(t.chat.post({ key: 'a', place: t.place, card: card('a') }))) as NotAllowed;
    expect(error).toBeInstanceOf(NotAllowed);
    expect(error.fix).toContain('im:message:send_as_bot');
    expect(error.fix).toContain('publish');
  });
});

describe('what only one person sees', () => {
  const buttons: Card = { title: 'q', parts: [{ buttons: [{ label: 'A', action: 'vote', value: 'A' }] }] };

  it('is a toast when it answers a press, and no message then', async () => {
    const at = await t.chat.post({ key: 'q', place: t.place, card: buttons });
    answer = async event => {
      const reply = event.kind === 'action' ? event.reply : undefined;
      const said: Card = { title: '', parts: [{ markdown: 'Your vote **counts**.' }] };
      setTimeout(() => void t.chat.postPrivately(`reply:${event.key}`, { person: t.people.ben, reply }, said), 20);
      return {};
    };
    expect(await t.press(t.people.ben, at, 'vote', 'A')).toEqual({ say: 'Your vote counts.' });
    expect(eyesOf(fake, t.people.ben).filter(({ text }) => text.includes('counts'))).toHaveLength(1);
    expect(seenBy(t.people.ann).some(text => text.includes('counts'))).toBe(false);
  });

  it('that stands as a message changes there, too, when a press on it is answered with a toast', async () => {
    await t.chat.postPrivately('list', { person: t.people.ben }, buttons);
    const list = eyesOf(fake, t.people.ben).find(({ text }) => text.includes('[A]'))!;
    answer = async event => {
      const reply = event.kind === 'action' ? event.reply : undefined;
      const done: Card = { title: '', parts: [{ markdown: 'It is written.' }] };
      setTimeout(() => void t.chat.postPrivately('list', { person: t.people.ben, reply }, done), 20);
      return {};
    };
    expect(await t.press(t.people.ben, { channel: list.chat, id: list.id }, 'vote', 'A')).toEqual({ say: 'It is written.' });
    const shown = () => eyesOf(fake, t.people.ben).find(({ id }) => id === list.id)!.text;
    await expect.poll(shown).toBe('It is written.');
  });

  it('is about the chat in which it was asked for: there belongs what comes of its buttons, and the answer where they were pressed', async () => {
    const reply = replyHandle({ place: t.place });
    await t.chat.postPrivately('home', { person: t.people.ben, place: t.place, reply }, buttons);
    const home = eyesOf(fake, t.people.ben).find(({ text }) => text.includes('[A]'))!;
    expect(home.chat).not.toBe(t.place.channel);
    await t.press(t.people.ben, { channel: home.chat, id: home.id }, 'vote', 'A');
    const [event] = events.filter(({ kind }) => kind === 'action');
    expect(event).toMatchObject({ ref: { channel: t.place.channel, id: home.id } });
    await t.chat.postPrivately('after', { person: t.people.ben, reply: (event as { reply?: string }).reply }, card('pressed'));
    expect(eyesOf(fake, t.people.ben).find(({ text }) => text.includes('pressed'))!.chat).toBe(home.chat);
  });

  it('is a message when it is more than a sentence, or comes too late for a toast', async () => {
    const at = await t.chat.post({ key: 'q', place: t.place, card: buttons });
    let reply: string | undefined;
    answer = async event => {
      reply = event.kind === 'action' ? event.reply : undefined;
      setTimeout(() => void t.chat.postPrivately('long', { person: t.people.ben, reply }, card('a card')), 20);
      return {};
    };
    expect(await t.press(t.people.ben, at, 'vote', 'A')).toEqual({});
    await t.chat.postPrivately('late', { person: t.people.ben, reply }, { title: '', parts: [{ markdown: 'late' }] });
    expect(seenBy(t.people.ben).filter(text => /a card|late/.test(text))).toHaveLength(2);
    expect(seenBy(t.people.ann).some(text => /a card|late/.test(text))).toBe(false);
  });

  it('is one message that follows every press about the same thing, also after a restart', async () => {
    const at = await t.chat.post({ key: 'q', place: t.place, card: buttons });
    const votes: Card[] = [
      { title: '', parts: [{ markdown: 'Your vote is A.' }, { buttons: [{ label: 'Why', action: 'reason', value: '1' }] }] },
      { title: '', parts: [{ markdown: 'Your vote is a tie.' }] },
    ];
    for (const vote of votes) {
      let told: Promise<void> | undefined;
      answer = async event => {
        const reply = event.kind === 'action' ? event.reply : undefined;
        told = t.chat.postPrivately('vote:1:2', { person: t.people.ben, reply }, vote);
        return {};
      };
      await t.press(t.people.ben, at, 'vote', 'A');
      await told;
      await (await t.restart()).start(handlers);
    }
    const direct = fake.hands.direct(t.people.ben);
    expect(
      eyesOf(fake, t.people.ben)
        .filter(({ chat }) => chat === direct)
        .map(({ text }) => text),
    ).toEqual(['Your vote is a tie.']);
  });

  it('is brought up to date under its key, as a card in the group and as a direct message', async () => {
    let reply: string | undefined;
    answer = async event => {
      reply = event.kind === 'message' ? event.reply : undefined;
      return {};
    };
    await t.say(t.people.ann, t.place, '@apprentice hello');
    await until(() => reply, 'the message');
    for (const text of ['first', 'second', 'second']) {
      await t.chat.postPrivately('in the group', { person: t.people.ann, reply }, card(`group ${text}`));
      await t.chat.postPrivately('directly', { person: t.people.ann }, card(`direct ${text}`));
    }
    const titles = seenBy(t.people.ann).map(text => text.split('\n')[0]);
    expect(titles.filter(title => /group|direct/.test(title)).sort()).toEqual(['direct second', 'group second']);
  });

  it('is a direct message where a group takes no private cards, and where nobody has just asked', async () => {
    fake.faults.answer(/ephemeral/, { code: 18053, msg: 'no' });
    let reply: string | undefined;
    answer = async event => {
      reply = event.kind === 'message' ? event.reply : undefined;
      return {};
    };
    await t.say(t.people.ann, t.place, '@apprentice hello');
    await until(() => reply, 'the message');
    await t.chat.postPrivately('a', { person: t.people.ann, reply }, card('answered directly'));
    await t.chat.postPrivately('b', { person: t.people.ann, place: t.place }, card('told directly'));
    const direct = fake.hands.direct(t.people.ann);
    expect(
      eyesOf(fake, t.people.ann)
        .filter(({ chat }) => chat === direct)
        .map(({ text }) => text.split('\n')[0]),
    ).toEqual(['answered directly', 'told directly']);
  });
});

describe('what may not be learned from', () => {
  it('confidential, external, private and direct chats are told apart; what cannot be seen is hidden', async () => {
    const kinds = ['restricted', 'external', 'private', 'open'] as const;
    for (const kind of kinds) {
      const chat = await fake.hands.addChat(t.people.ann, { name: kind, kind, purpose: 'why', members: [t.people.ann, fake.botId] });
      expect(await t.chat.channel(chat.id)).toMatchObject({ name: kind, kind, purpose: 'why', guests: kind === 'external' });
      if (kind !== 'restricted') continue;
      const id = await fake.hands.say(t.people.ann, chat.id, 'in confidence');
      expect(await t.chat.fetchMessage({ id })).toBe('hidden');
    }
    expect(await t.chat.channel(fake.hands.direct(t.people.ann))).toMatchObject({ kind: 'direct' });
  });

  it('names are found without the scope for them', async () => {
    for (const scope of ['contact:user.base:readonly', 'contact:contact.base:readonly']) fake.takeScope(scope);
    expect(await t.chat.person(t.people.ann)).toMatchObject({ id: t.people.ann, bot: false });
    await t.say(t.people.ben, t.place, '@apprentice hello');
    await until(() => texts().length, 'the message');
    expect(await t.chat.person(t.people.ben)).toMatchObject({ name: 'Ben' });
  });

  it('who belongs to another company is a guest', async () => {
    const gus = await fake.hands.addPerson('Gus', { guest: true });
    await t.say(gus.id, t.place, '@apprentice hello');
    await until(() => texts().length, 'the message');
    expect(await t.chat.person(gus.id)).toMatchObject({ name: 'Gus', guest: true });
    expect(await t.chat.person(t.people.ann)).toMatchObject({ name: 'Ann', guest: false });
  });
});

describe('the start', () => {
  const open = (more: object) => refused(openFeishu({ ...optionsFor(fake), ...more })) as Promise<Refusal>;

  it('refuses a wrong secret, a wrong app and an address where nobody is, each with its sentence', async () => {
    expect((await open({ appSecret: 'wrong' })).problem.code).toBe('feishu.badCredentials');
    expect((await open({ appId: 'cli_0000000000000000' })).problem.code).toBe('feishu.badCredentials');
    expect((await open({ domain: 'http://127.0.0.1:1' })).problem.code).toBe('feishu.unreachable');
  });

  it('waits for a Feishu that is busy or broken for a moment', async () => {
    fake.faults.tooFast(/bot\/v3\/info/);
    fake.faults.fail(/bot\/v3\/info/, 3, 503);
    expect((await openFeishu(optionsFor(fake))).botName).toBe('apprentice');
  });

  it('tells which scopes are missing, not yet published ones too, and offers the command', async () => {
    fake.takeScope('im:message.group_msg', { unpublished: true });
    const chat = await openFeishu(optionsFor(fake));
    expect(chat.missing).toEqual(['im:message.group_msg']);
    expect(fake.commands().map(({ command }) => command)).toEqual(['finetune']);
    fake.faults.answer(/\/application\/v6\/scopes/, { code: 99991201, msg: 'api not found' });
    expect((await openFeishu(optionsFor(fake))).missing).toBeUndefined();
  });
});

describe('the long connection', () => {
  it('comes back after a cut, an endpoint that fails, answers nonsense or refuses, and loses no event', async () => {
    const endpoint = /^POST \/callback\/ws\/endpoint$/;
    fake.faults.fail(endpoint, 1, 503);
    fake.faults.answer(endpoint, { code: 514, msg: 'auth failed' });
    fake.faults.answer(endpoint, { code: 1000040350, msg: 'too many', data: {} });
    fake.connection.cut();
    await until(() => fake.connection.connections() === 0, 'the cut');
    await t.say(t.people.ann, t.place, '@apprentice are you there?');
    await until(() => texts().length, 'the message after the cut', 20_000);
    expect(texts()).toEqual(['are you there?']);
    expect(t.noted.filter(({ what }) => what === 'feishu.lineLost').length).toBeGreaterThanOrEqual(3);
    expect(t.noted.some(({ what }) => what === 'feishu.connectedAgain')).toBe(true);
  }, 30_000);

  it('that was away for a while says so, so that what nobody told meanwhile is looked for; until that is kept', async () => {
    await t.chat.stop();
    const heard: ChatEvent[] = [];
    let refuse = 1;
    const onEvent = async (event: ChatEvent) => {
      if (event.kind === 'missed' && refuse-- > 0) throw new Error('no database');
      heard.push(event);
      return {};
    };
    const missed = () => heard.filter(({ kind }) => kind === 'missed');
    for (const [missedAfterMs, told] of [
      [0, 1],
      [60_000, 0],
    ]) {
      heard.length = 0;
      const chat = await openFeishu({ ...optionsFor(fake), missedAfterMs });
      await chat.start({ onEvent, formFor: async () => undefined });
      expect(missed()).toEqual([]);
      fake.connection.cut();
      await until(() => fake.connection.connections() === 0, 'the cut');
      await until(() => fake.connection.connections() > 0, 'the line');
      await t.say(t.people.ann, t.place, '@apprentice are you back?');
      await until(() => heard.some(({ kind }) => kind === 'message'), 'the message after the cut');
      await expect.poll(() => missed().length, { timeout: 5_000 }).toBe(told);
      await chat.stop();
    }
  });

  it('hears an event in pieces, one that comes twice under one key, and goes on after garbage', async () => {
    fake.connection.faults.parts = 3;
    fake.eventFaults.twice = 1;
    fake.connection.sendGarbage(Buffer.from([255, 255, 255, 7]));
    await t.say(t.people.ann, t.place, `@apprentice ${'long '.repeat(500)}end`);
    await until(() => texts().length >= 2, 'the message twice');
    expect(new Set(events.map(({ key }) => key)).size).toBe(1);
    expect(texts()[0]).toMatch(/^long .* end$/);
  });
});

it('nothing that is logged holds a secret, a token or what people wrote', async () => {
  const words = ['a-private-sentence', 'a-private-answer'];
  answer = async () => {
    throw new Error(`could not keep ${words[0]}`);
  };
  await t.say(t.people.ann, t.place, `@apprentice ${words[0]}`);
  await until(() => t.noted.some(({ what }) => what === 'feishu.notKept'), 'a note');
  const { code, msg } = CODES.badParameter;
  for (const status of [200, 400, 429, 500]) fake.faults.answer(CREATE, { code, msg: `${msg} content=${words[1]}` }, 1, status);
  for (let i = 0; i < 4; i++) await refused(t.chat.post({ key: `${i}`, place: t.place, card: card(words[1]) }));
  fake.connection.cut();
  await until(() => t.noted.some(({ what }) => what === 'feishu.lineLost'), 'the cut');
  await refused(openFeishu({ ...optionsFor(fake, t.noted), appSecret: 'a-wrong-secret' }));
  const logged = JSON.stringify(t.noted);
  const tokens = fake.ledger.length > 0 ? [/t-[0-9a-f]{8}/, /ticket/] : [];
  for (const secret of [...words, fake.app.secret, 'a-wrong-secret', ...tokens]) expect(logged).not.toMatch(secret);
  expect(t.noted.length).toBeGreaterThan(3);
});
