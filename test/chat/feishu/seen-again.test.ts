// What the bot has done already and may not know of: a post whose answer was lost is found again, a sign that stands is not set again.
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Card } from '../../../src/chat/chat.ts';
import { RetryLater } from '../../../src/chat/errors.ts';
import { openApi } from '../../../src/chat/feishu/api.ts';
import { openPosts } from '../../../src/chat/feishu/posts.ts';
import { eyesOf } from '../../support/feishu/eyes.ts';
import type { FakeFeishu } from '../../support/feishu/fake.ts';
import { openFeishuUnderTest, optionsFor, refused } from './under-test.ts';

const card = (text: string): Card => ({ title: text, parts: [{ markdown: `about *${text}*` }] });
const SAY = /^POST \/open-apis\/im\/v1\/messages(\/[^/]+\/reply)?$/;
const HOUR_MS = 3_600_000;

let t: Awaited<ReturnType<typeof openFeishuUnderTest>>;
let fake: FakeFeishu;
const seenBy = (person: string) => eyesOf(fake, person).map(({ text }) => text);

beforeEach(async () => {
  t = await openFeishuUnderTest('longConnection');
  fake = t.side.fake;
});
afterEach(() => t.close());

it('posts whose answer was lost longer ago than Feishu knows their uuid are found by what they carry, in the chat and in a thread', async () => {
  const [first, asked] = [await fake.hands.say(t.people.ann, fake.team, 'hello'), await fake.hands.say(t.people.ann, fake.team, 'and?')];
  const places = [t.place, { ...t.place, thread: first }, { ...t.place, thread: asked }];
  const said = async () => (await Promise.all(places.map(place => t.sees(t.people.ann, place)))).map(seen => seen.map(({ text }) => text));
  for (const [i, place] of places.entries()) {
    fake.faults.loseReplies(SAY, 3);
    expect(await refused(t.chat.post({ key: `lost ${i}`, place, card: card(`lost ${i}`) }))).toBeInstanceOf(RetryLater);
  }
  fake.passes(2 * HOUR_MS);
  const chat = await t.restart();
  const refs = [];
  for (const [i, place] of places.entries()) refs.push(await chat.post({ key: `lost ${i}`, place, card: card(`found ${i}`) }));
  expect((await said()).map(texts => texts.filter(text => /lost|found/.test(text)))).toEqual(
    places.map((_, i) => [`found ${i}\nabout found ${i}`]),
  );
  for (const [i, place] of places.entries()) await chat.post({ key: `lost ${i}`, place, at: refs[i], card: card(`edited ${i}`) });
  expect(fake.ledger.filter(({ call, lost }) => SAY.test(call) && !lost)).toEqual([]);
  // What only looks the same, or was taken away, is not it.
  await chat.post({ key: 'another', place: t.place, card: card('edited 0') });
  expect(seenBy(t.people.ann).filter(text => text.startsWith('edited 0'))).toHaveLength(2);
  await fake.hands.recallAsOwner(t.people.ann, refs[0].id);
  const anew = await (await t.restart()).post({ key: 'lost 0', place: t.place, card: card('anew') });
  expect(anew.id).not.toBe(refs[0].id);
});

it('posts that this process sent itself more than an hour ago, unanswered, are looked for as well; where nothing may be read they are said', async () => {
  let ahead = 0;
  const clock = { now: () => Date.now() + ahead, sleep: (ms: number) => new Promise<void>(resolve => setTimeout(resolve, ms)) };
  const posts = openPosts(openApi(optionsFor(fake), { lang: 'en', note() {}, clock }), { paced: async () => {} });
  const later = (ms: number) => {
    ahead += ms;
    fake.passes(ms);
  };
  later(2 * HOUR_MS);
  fake.faults.loseReplies(SAY, 6);
  for (const key of ['a', 'b']) await refused(posts.post({ key, place: t.place, card: card(key) }));
  later(2 * HOUR_MS);
  await posts.post({ key: 'a', place: t.place, card: card('a, again') });
  fake.faults.answer(/^GET .*messages$/, { code: 230999, msg: 'for a reason that nobody knows' }, 1, 400);
  await posts.post({ key: 'b', place: t.place, card: card('b, again') });
  const titles = (await t.sees(t.people.ann, t.place)).map(({ text }) => text.split('\n')[0]);
  expect(titles).toEqual(['a, again', 'b', 'b, again']);
});

it('a sign that a look has just seen is not set again, also after a restart; one that is gone is', async () => {
  const set = () => fake.ledger.filter(({ call }) => /^POST .*reactions$/.test(call)).length;
  const at = { channel: fake.team, id: await fake.hands.say(t.people.ann, fake.team, 'an answer') };
  const look = async (on: boolean) => {
    await t.chat.fetchMessage(at);
    await t.chat.setReaction(at, 'kept', on);
    return [set(), (await t.sees(t.people.ann, t.place)).find(({ id }) => id === at.id)!.signs];
  };
  expect(await look(true)).toEqual([1, ['kept']]);
  expect(await look(true)).toEqual([1, ['kept']]);
  await t.restart();
  expect(await look(true)).toEqual([1, ['kept']]);
  expect(await look(false)).toEqual([1, []]);
  expect(await look(true)).toEqual([2, ['kept']]);
});
