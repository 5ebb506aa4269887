// A form is a card that one person gets: what they fill in comes back, however long, and what is wrong stands above its field.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Form } from '../../../../src/chat/chat.ts';
import { TooLong } from '../../../../src/chat/errors.ts';
import { unescapeText } from '../../../../src/chat/feishu/face/escape.ts';
import { errorsCard, formCard, sentCard, submissionOf } from '../../../../src/chat/feishu/face/form.ts';
import { LIMITS } from '../../../../src/chat/feishu/face/limits.ts';
import { pressOf } from '../../../../src/chat/feishu/face/press.ts';
import { checkCard } from '../../../support/feishu/card.ts';

type Field = { tag: string; name?: string; default_value?: string; content?: string; behaviors?: { value: object }[] };

const carried = { channel: 'oc_1', message: 'om_1', action: 'ask', value: '7' };
const form = (initial?: string): Form => ({
  title: 'Say more',
  action: 'more',
  value: '7',
  submit: 'Send',
  fields: [
    { name: 'why', label: 'Why?', multiline: true, ...(initial !== undefined && { initial }) },
    { name: 'who', label: 'Who', multiline: false },
  ],
});
const fieldsOf = (card: object): Field[] => (card as { body: { elements: [{ elements: Field[] }] } }).body.elements[0].elements;
/** What Feishu sends: the boxes as they came, but for what a person wrote into some. */
function sent(card: object, typed: Record<string, string> = {}) {
  const fields = fieldsOf(card);
  const form_value = Object.fromEntries(
    fields.filter(({ tag }) => tag === 'input').map(({ name, default_value = '' }) => [name, typed[name!] ?? default_value]),
  );
  return submissionOf({ action: { tag: 'button', value: fields.find(({ tag }) => tag === 'button')!.behaviors![0].value, form_value } });
}
const words = (card: object) =>
  fieldsOf(card)
    .map(({ content }) => unescapeText(content ?? ''))
    .join('\n');

describe('a form', () => {
  it('is a card that Feishu takes, and comes back with what was filled in and where it was asked for', () => {
    const card = formCard(form(), carried, 'en');
    checkCard({ uploads: new Map() }, card as Record<string, unknown>);
    expect(sent(card, { why: 'because', who: 'Ann' })).toEqual({
      action: 'more',
      value: '7',
      fields: { why: 'because', who: 'Ann' },
      carried,
    });
    expect(pressOf({ action: { value: fieldsOf(card).at(-1)!.behaviors![0].value } })).toBeUndefined();
  });

  it('left as it came it brings back every text, whatever its length and lines', () => {
    const line = fc
      .tuple(fc.constantFrom('x', '学', '😀', 'ab '), fc.nat(2_500))
      .map(([sign, length]) => sign.repeat(length).slice(0, length));
    fc.assert(
      fc.property(fc.array(line, { minLength: 1, maxLength: 9 }), lines => {
        const text = lines.join('\n').slice(0, 8000).trim();
        const card = formCard(form(text), carried, 'en');
        checkCard({ uploads: new Map() }, card as Record<string, unknown>);
        expect(sent(card)?.fields.why).toBe(text);
      }),
      { numRuns: 60 },
    );
  });

  it('offers another box before the last one is full, for there 1,000 characters end', () => {
    const card = formCard(form('x'.repeat(950)), carried, 'en');
    expect(fieldsOf(card).filter(({ tag, name }) => tag === 'input' && name?.startsWith('why'))).toHaveLength(2);
    expect(sent(card, { 'why.1n': 'and more' })?.fields.why).toBe(`${'x'.repeat(950)}\nand more`);
    expect(words(card)).toContain(`${LIMITS.inputCharacters} characters`);
  });

  it('comes again with what is wrong, and with what was filled in', () => {
    const card = errorsCard(form('old'), { why: 'Say *why*.' }, { why: 'new', who: 'Ben' }, carried, 'en');
    checkCard({ uploads: new Map() }, card as Record<string, unknown>);
    expect(words(card)).toContain("<font color='red'>Say *why*.</font>");
    expect(sent(card)).toMatchObject({ fields: { why: 'new', who: 'Ben' }, carried });
  });

  it('that no card can hold is refused by the field that is too long', () => {
    const refused = () => formCard(form('学'.repeat(12_000)), carried, 'zh');
    expect(refused).toThrow(TooLong);
    expect(refused).toThrow('why');
  });

  it('that was sent leaves a sentence in its place', () => {
    const card = sentCard('Say more', 'en');
    checkCard({ uploads: new Map() }, card as Record<string, unknown>);
    expect(JSON.stringify(card)).toContain('Sent.');
  });

  it('of another app is none', () => {
    for (const value of [undefined, 'x', {}, { submit: 1, value: '' }, { action: 'vote', value: '7' }])
      expect(submissionOf({ action: { value } })).toBeUndefined();
  });
});
