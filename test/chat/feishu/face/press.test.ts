// A press on a card of ours comes back as what the bot said it means; the ticks of a list travel with it.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Card } from '../../../../src/chat/chat.ts';
import { feishuCard } from '../../../../src/chat/feishu/face/card.ts';
import { pressOf } from '../../../../src/chat/feishu/face/press.ts';

type Tagged = { tag: string; name?: string; checked?: boolean; text?: { content: string }; behaviors?: { value: object }[] };

const within = (value: unknown): Tagged[] => {
  if (Array.isArray(value)) return value.flatMap(within);
  if (typeof value !== 'object' || value === null) return [];
  return ['tag' in value ? [value as Tagged] : [], Object.values(value).flatMap(within)].flat();
};

/** What Feishu sends when a person presses the button with this label, with these boxes ticked and unticked. */
function pressed(card: Card, label: string, ticks: Record<string, boolean> = {}) {
  const elements = within(feishuCard(card, { lang: 'en' }).card);
  const button = elements.find(({ tag, text }) => tag === 'button' && text?.content === label)!;
  const boxes = elements.filter(({ tag }) => tag === 'checker').map(({ name, checked, text }) => [name, ticks[text!.content] ?? checked]);
  return pressOf({
    action: { tag: 'button', value: button.behaviors![0].value, ...(boxes.length > 0 && { form_value: Object.fromEntries(boxes) }) },
  });
}

const list: Card = {
  title: 'Your week',
  parts: [
    {
      checklist: {
        name: 'notes',
        items: ['oc_1/om_1', 'oc_1/om_2', 'oc_2/om_3'].map((value, i) => ({ value, label: `box ${i + 1}`, checked: i < 2 })),
      },
    },
    { markdown: 'links' },
    {
      buttons: [
        { label: 'Write it', action: 'weekly-write', value: '["oc_1","om_9"]', style: 'primary' },
        { label: 'Cancel', action: 'weekly-cancel', value: 'x' },
      ],
    },
  ],
};

describe('a press', () => {
  it('is the action and value of its button, and whether that asks for a form', () => {
    const card: Card = {
      title: '',
      parts: [
        {
          buttons: [
            { label: 'A', action: 'vote', value: '7:A' },
            { label: 'Better', action: 'better-answer', value: '7', form: true },
          ],
        },
      ],
    };
    expect(pressed(card, 'A')).toEqual({ action: 'vote', value: '7:A', fields: {}, form: false });
    expect(pressed(card, 'Better')).toEqual({ action: 'better-answer', value: '7', fields: {}, form: true });
  });

  it('brings the ticks of its card, whatever else stands between list and buttons', () => {
    expect(pressed(list, 'Write it')).toMatchObject({
      action: 'weekly-write',
      value: '["oc_1","om_9"]',
      fields: { notes: 'oc_1/om_1,oc_1/om_2' },
    });
    expect(pressed(list, 'Write it', { 'box 1': false, 'box 3': true })?.fields).toEqual({ notes: 'oc_1/om_2,oc_2/om_3' });
    expect(pressed(list, 'Write it', { 'box 1': false, 'box 2': false })?.fields).toEqual({ notes: '' });
  });

  it('brings back every name and value that a list may have', () => {
    fc.assert(
      fc.property(
        fc.string({ minLength: 1 }),
        fc.uniqueArray(
          fc.string({ minLength: 1 }).filter(text => !text.includes(',')),
          { minLength: 1, maxLength: 8 },
        ),
        (name, values) => {
          const items = values.map((value, i) => ({ value, label: `box ${i}`, checked: i % 2 === 0 }));
          const card: Card = {
            title: '',
            parts: [{ checklist: { name, items } }, { buttons: [{ label: 'Go', action: 'go', value: '1' }] }],
          };
          expect(pressed(card, 'Go')?.fields).toEqual({ [name]: values.filter((_, i) => i % 2 === 0).join(',') });
        },
      ),
    );
  });

  it('of another app, of an older card, of a form that was sent is none', () => {
    for (const value of [undefined, null, 'vote', 7, [], {}, { action: 7, value: 'x' }, { submit: 'more', value: '7' }]) {
      expect(pressOf({ action: { tag: 'button', value } })).toBeUndefined();
    }
    expect(pressOf({})).toBeUndefined();
  });
});
