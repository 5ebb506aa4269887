import { describe, expect, it } from 'vitest';
import { slackMessage } from '../../../../src/chat/slack/face/card.ts';
import { pressOf } from '../../../../src/chat/slack/face/press.ts';
import type { Json } from './slack-takes.ts';

/** What Slack sends of a press on the button with that label, while `ticked` are ticked. */
function press(label: string, ticked?: string[]) {
  const { blocks } = slackMessage({
    title: 't',
    parts: [
      {
        checklist: {
          name: 'notes',
          items: Array.from({ length: 12 }, (_, i) => ({ value: `C1/${i}`, label: `item ${i}`, checked: true })),
        },
      },
      {
        buttons: [
          { label: 'Vote', action: 'vote', value: '7:A' },
          { label: 'Edit', action: 'edit-report', value: '7:only', form: true },
          { label: 'Home', action: 'not-now', value: '' },
        ],
      },
    ],
  }) as { blocks: Json[] };
  const elements = blocks.flatMap(({ type, block_id, elements }) =>
    type === 'actions' ? elements.map((element: Json) => ({ block_id, ...element })) : [],
  );
  const values: Record<string, Json> = {};
  for (const { type, block_id, action_id, options } of elements) {
    if (type !== 'checkboxes' || !ticked) continue;
    values[block_id] = { [action_id]: { type, selected_options: options.filter(({ value }: Json) => ticked.includes(value)) } };
  }
  const { type, action_id, value } = elements.find(each => each.text?.text === label || each.type === label)!;
  return pressOf({ actions: [{ type, action_id, value }], state: { values } });
}

describe('a press in Slack', () => {
  it('is the action and value of the button, whatever else stands in the card', () => {
    expect(press('Vote')).toEqual({ action: 'vote', value: '7:A', fields: {}, form: false });
    expect(press('Edit')).toEqual({ action: 'edit-report', value: '7:only', fields: {}, form: true });
    expect(press('Home')).toEqual({ action: 'not-now', value: '', fields: {}, form: false });
  });

  it('brings the ticks of a list over all of its pages, in order; none ticked is an empty list', () => {
    expect(press('Vote', ['C1/11', 'C1/2', 'C1/0'])?.fields).toEqual({ notes: 'C1/0,C1/2,C1/11' });
    expect(press('Vote', [])?.fields).toEqual({ notes: '' });
  });

  it('a tick alone is no press, nor is a button of somebody else', () => {
    expect(press('checkboxes', ['C1/1'])).toBeUndefined();
    expect(pressOf({ actions: [{ type: 'button', action_id: 'their-own', value: 'x' }] })).toBeUndefined();
    expect(pressOf({})).toBeUndefined();
    const theirs = { b1: { 'their-own': { type: 'checkboxes', selected_options: [{ value: 'x' }] } } };
    expect(pressOf({ actions: [{ type: 'button', action_id: 'press:0:vote', value: '7:A' }], state: { values: theirs } })?.fields).toEqual(
      {},
    );
  });
});
