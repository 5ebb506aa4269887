// Cards, ticks and forms all the way: made by the adapter, taken by (the fake) Feishu, drawn for a person, pressed, and heard again.
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Ack, Card, ChatEvent, Form } from '../../../../src/chat/chat.ts';
import { eyesOf } from '../../../support/feishu/eyes.ts';
import { until } from '../../../support/room.ts';
import { openFeishuUnderTest } from '../under-test.ts';

let t: Awaited<ReturnType<typeof openFeishuUnderTest>>;
let heard: Extract<ChatEvent, { kind: 'action' }>[];
let form: Form | undefined;
let answer: (event: ChatEvent) => Ack;
const seen = () => eyesOf(t.side.fake, t.people.ann);
const hands = () => t.side.fake.hands;

beforeEach(async () => {
  heard = [];
  form = undefined;
  answer = () => ({});
  t = await openFeishuUnderTest('longConnection');
  await t.chat.start({
    onEvent: async event => {
      if (event.kind === 'action') heard.push(event);
      return answer(event);
    },
    formFor: async () => form,
  });
});
afterEach(() => t.close());

it('the ticks of a list that only one person sees come back with the button they press', async () => {
  const items = ['oc_1/om_1', 'oc_1/om_2', 'oc_2/om_3'].map((value, i) => ({ value, label: `note ${i + 1}`, checked: true }));
  const list: Card = {
    title: '',
    parts: [
      { markdown: 'Your week' },
      { checklist: { name: 'notes', items } },
      { buttons: [{ label: 'Write', action: 'write', value: '["a"]' }] },
    ],
  };
  await t.chat.postPrivately('week', { person: t.people.ann, place: t.place }, list);
  const card = await until(() => seen().find(({ text }) => text.includes('note 1')), 'the list');
  expect(card.text).toContain('[x] note 2');
  await hands().tick(t.people.ann, card.id, label => label === 'note 2', false);
  await hands().pressLabel(t.people.ann, card.id, 'Write');
  expect(heard).toMatchObject([{ action: 'write', value: '["a"]', fields: { notes: 'oc_1/om_1,oc_2/om_3' } }]);
});

it('a text of several boxes comes whole, and again with what is wrong', async () => {
  const draft = Array.from({ length: 60 }, (_, i) => `- note ${i} of a long week, with enough words to fill a box`).join('\n');
  form = {
    title: 'Edit',
    action: 'edit-report',
    value: '7:A',
    submit: 'Post it',
    fields: [{ name: 'text', label: 'Report', multiline: true, initial: draft }],
  };
  const buttons: Card = { title: 'Draft', parts: [{ buttons: [{ label: 'Edit', action: 'edit-report', value: '7:A', form: true }] }] };
  const at = await t.chat.post({ key: 'draft', place: t.place, card: buttons });
  await hands().pressLabel(t.people.ann, at.id, 'Edit');
  const card = await until(() => seen().find(({ fields }) => fields.length > 1), 'the form');
  expect(
    seen()
      .filter(({ fields }) => fields.length > 0)
      .every(look => look.private),
  ).toBe(true);

  answer = () => ({ fieldErrors: { text: 'Still too long.' } });
  await hands().pressLabel(t.people.ann, card.id, 'Post it', { text: 'a new beginning' });
  const again = seen().find(({ id }) => id === card.id)!;
  expect(again.text).toContain('Still too long.');
  const [kept] = heard.map(({ fields }) => fields.text);
  expect(kept.startsWith('a new beginning\n')).toBe(true);
  expect(kept.endsWith('note 59 of a long week, with enough words to fill a box')).toBe(true);

  answer = () => ({});
  await hands().pressLabel(t.people.ann, card.id, 'Post it');
  expect(heard[1]).toMatchObject({
    action: 'edit-report',
    value: '7:A',
    ref: { id: at.id, channel: t.place.channel },
    fields: { text: kept },
  });
  expect(seen().find(({ id }) => id === card.id)!.fields).toEqual([]);
});

it('what does not fit into one card stands below it, in the thread, to the last word; an edit changes it there', async () => {
  const long = (word: string) => Array.from({ length: 160 }, (_, i) => `${word} ${i} ${'学'.repeat(90)}`).join('\n\n');
  const post = (word: string, at?: { id: string }) =>
    t.chat.post({ key: 'long', place: t.place, at, card: { title: 'Report', parts: [{ markdown: long(word) }] } });
  const at = await post('line');
  const below = () => seen().filter(({ id, thread }) => id === at.id || thread === at.id);
  const count = below().length;
  expect(count).toBeGreaterThan(1);
  const all = () =>
    below()
      .map(({ text }) => text)
      .join('\n');
  for (let i = 0; i < 160; i++) expect(all()).toContain(`line ${i} 学`);
  await post('again', at);
  expect(below()).toHaveLength(count);
  for (let i = 0; i < 160; i++) expect(all()).toContain(`again ${i} 学`);
  expect(all()).not.toContain('line 1 ');
});

it('what somebody wrote is shown as written, and calls nobody', async () => {
  const said = '<at id=all></at> **not bold\\*\\* 1 < 2 && `<at id=all></at>` :DONE: [@all](person:all)';
  await t.chat.post({ key: 'quoted', place: t.place, card: { title: said, parts: [{ markdown: said }, { facts: [['said', said]] }] } });
  const card = seen().at(-1)!;
  expect(card.text).toContain('<at id=all></at>');
  expect(card.text).toContain('1 < 2 && <at id=all></at> :DONE: @all');
  expect(JSON.stringify(JSON.parse(card.content).body)).not.toMatch(/<\s*at\b/);
});
