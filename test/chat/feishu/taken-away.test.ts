// What Feishu takes from a bot: chats, messages, rights, and further edits. Each with what the bot is told, or what it then does.
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Card, ChatEvent, MessageRef } from '../../../src/chat/chat.ts';
import { Gone, NotAllowed } from '../../../src/chat/errors.ts';
import { openFeishu } from '../../../src/chat/feishu/feishu.ts';
import type { Refusal } from '../../../src/problem.ts';
import { say } from '../../../src/words/words.ts';
import { eyesOf } from '../../support/feishu/eyes.ts';
import type { FakeFeishu } from '../../support/feishu/fake.ts';
import { CODES } from '../../support/feishu/limits.ts';
import { until } from '../../support/room.ts';
import { openFeishuUnderTest, optionsFor } from './under-test.ts';

const card = (text: string): Card => ({ title: text, parts: [{ markdown: `about *${text}*` }] });
const PATCH = /^PATCH \/open-apis\/im\/v1\/messages/;

let t: Awaited<ReturnType<typeof openFeishuUnderTest>>;
let fake: FakeFeishu;
let events: ChatEvent[];
/** Ann says it in the group. */
const annSays = async (text: string): Promise<MessageRef> => ({
  channel: fake.team,
  id: await fake.hands.say(t.people.ann, fake.team, text),
});
const refused = <T = unknown>(promise: Promise<unknown>): Promise<T> =>
  promise.then(
    () => undefined as T,
    error => error as T,
  );

beforeEach(async () => {
  events = [];
  t = await openFeishuUnderTest('longConnection');
  fake = t.side.fake;
  const onEvent = async (event: ChatEvent) => {
    events.push(event);
    return {};
  };
  await t.chat.start({ onEvent, formFor: async () => undefined });
});
afterEach(() => t.close());

it('a group that is disbanded is left; what stood in it is deleted, and nothing can be said there', async () => {
  const said = await annSays('before the end');
  await fake.hands.disband(fake.team, t.people.ann);
  await until(() => events.some(({ kind }) => kind === 'left'), 'the end of the group');
  expect(events.find(({ kind }) => kind === 'left')).toMatchObject({ channel: fake.team, person: 'bot' });
  expect(await t.chat.fetchMessage(said)).toBe('deleted');
  expect(await refused(t.chat.post({ key: 'a', place: t.place, card: card('a') }))).toBeInstanceOf(Gone);
});

it('a group that the bot was taken out of is left; its messages are hidden, and what to do is said', async () => {
  const said = await annSays('before it left');
  await fake.hands.removeBot(fake.team, t.people.ann);
  await until(() => events.some(({ kind }) => kind === 'left'), 'the bot to be out');
  expect(await t.chat.fetchMessage(said)).toBe('hidden');
  const error = await refused<NotAllowed>(t.chat.post({ key: 'a', place: t.place, card: card('a') }));
  expect(error).toBeInstanceOf(NotAllowed);
  expect(error.fix).toBe(say('en', 'feishu.fix.outside'));
});

it('a message that its author recalls is touched, deleted, and no part of the history', async () => {
  const [stays, goes] = [await annSays('stays'), await annSays('goes')];
  await t.remove(t.people.ann, goes);
  await until(() => events.some(event => event.kind === 'touched' && event.ref.id === goes.id), 'the recall');
  expect(await t.chat.fetchMessage(goes)).toBe('deleted');
  const read: string[] = [];
  for await (const { ref } of t.chat.history(t.place, new Date(0), new Date(Date.now() + 60_000))) read.push(ref.id);
  expect(read).toContain(stays.id);
  expect(read).not.toContain(goes.id);
});

it('of a confidential group nothing is heard, read, or opened', async () => {
  const chat = await fake.hands.addChat(t.people.ann, {
    name: 'confidential',
    kind: 'restricted',
    purpose: '',
    members: [t.people.ann, fake.botId],
  });
  const file = await fake.hands.drop(t.people.ann, chat.id, { name: 'plan.txt', bytes: Buffer.from('plan') });
  await fake.hands.say(t.people.ann, chat.id, '@apprentice in confidence');
  await t.say(t.people.ann, t.place, '@apprentice in the open');
  await until(() => events.length > 0, 'what is said in the open');
  expect(events.map(event => event.kind === 'message' && event.text)).toEqual(['in the open']);
  const read: string[] = [];
  for await (const { ref } of t.chat.history({ channel: chat.id }, new Date(0), new Date(Date.now() + 60_000))) read.push(ref.id);
  expect(read).toEqual([]);
  expect(await t.chat.fetchMessage({ id: file })).toBe('hidden');
});

it('an app whose bot is off or whose version was never published does not start, and says what is to be done', async () => {
  const { code, msg } = CODES.botOff;
  for (const answer of [
    { code, msg },
    { code: 0, msg: 'ok', bot: {} },
  ]) {
    fake.faults.answer(/bot\/v3\/info/, answer);
    const refusal = await refused<Refusal>(openFeishu(optionsFor(fake)));
    expect(refusal.problem.code).toBe('feishu.noBot');
  }
  expect(say('en', 'feishu.noBot')).toMatch(/publish/);
  expect(say('zh', 'feishu.noBot')).toContain('发布');
});

it('somebody who may not use the app is told nothing, and an admin what to change', async () => {
  const { code, msg } = CODES.notAvailable;
  fake.faults.answer(/^POST \/open-apis\/im\/v1\/messages$/, { code, msg });
  const error = await refused<NotAllowed>(t.chat.postPrivately('a', { person: t.people.ben }, card('a')));
  expect(error).toBeInstanceOf(NotAllowed);
  expect(error.fix).toBe(say('en', 'feishu.fix.unavailable'));
});

it('a post is changed more often than the twenty times that a text allows, and stays one message', async () => {
  const at = await t.chat.post({ key: 'run', place: t.place, card: card('0') });
  for (let n = 1; n <= 25; n++) {
    // Five changes a second are the limit for one card; the sender comes back as it is asked to.
    await until(
      () =>
        t.chat.post({ key: 'run', place: t.place, at, card: card(`${n}`) }).then(
          () => true,
          () => false,
        ),
      `change ${n}`,
    );
  }
  const [only, ...more] = eyesOf(fake, t.people.ann);
  expect(more).toEqual([]);
  expect([only.id, only.text.split('\n')[0]]).toEqual([at.id, '25']);
});

it('where Feishu takes no further change all the same, the message is given up, to be said anew', async () => {
  const at = await t.chat.post({ key: 'full', place: t.place, card: card('old') });
  fake.faults.answer(PATCH, { code: 230072, msg: 'The message has reached the number of times it can be edited.' });
  expect(await refused(t.chat.post({ key: 'full', place: t.place, at, card: card('new') }))).toBeInstanceOf(Gone);
});
