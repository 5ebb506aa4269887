import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Form } from '../../../../src/chat/chat.ts';
import { TooLong } from '../../../../src/chat/errors.ts';
import { fieldErrors, formView, loadingView, messageView, submissionOf } from '../../../../src/chat/slack/face/view.ts';
import { type Json, readable, viewRefusals } from './slack-takes.ts';

const field = (name: string, more: object = {}) => ({ name, label: name, multiline: false, ...more });
const form = (...fields: Form['fields']): Form => ({ title: 'Start a run', action: 'start-form', value: '7', submit: 'Start', fields });

/** The view as it comes back: every field holds what it was opened with, or what `typed` puts there. */
function sent(view: Json, typed: (block: Json) => string | null = ({ element }) => element.initial_value ?? null) {
  const inputs = view.blocks.filter(({ type }: Json) => type === 'input');
  return {
    ...view,
    state: {
      values: Object.fromEntries(
        inputs.map((block: Json) => [block.block_id, { [block.element.action_id]: { type: 'plain_text_input', value: typed(block) } }]),
      ),
    },
  };
}

describe('a form in Slack', () => {
  it('of settings: one line each, filled in, sent back by name with what the adapter carries', () => {
    const view: Json = formView(form(field('rounds', { label: 'Rounds', initial: '3' }), field('name', { label: 'What for?' })), 'C1/12.3');
    expect(viewRefusals(view)).toEqual([]);
    expect(view).toMatchObject({ type: 'modal', title: { text: 'Start a run' }, submit: { text: 'Start' }, close: { text: 'Cancel' } });
    expect(
      view.blocks.map(({ label, element, optional }: Json) => [label.text, element.initial_value, element.multiline, optional]),
    ).toEqual([
      ['Rounds', '3', false, true],
      ['What for?', undefined, false, true],
    ]);
    expect(submissionOf(sent(view))).toEqual({ action: 'start-form', value: '7', fields: { rounds: '3', name: '' }, carried: 'C1/12.3' });
  });

  it('a long text comes back as it was, over as many fields as it takes', () => {
    const line = fc
      .tuple(fc.string({ unit: fc.constantFrom(...'ab中🦜 '), maxLength: 9 }), fc.integer({ min: 0, max: 400 }))
      .map(([piece, times]) => piece.repeat(times));
    const long = fc.array(fc.oneof(line, fc.constant('')), { maxLength: 9 });
    let several = 0;
    fc.assert(
      fc.property(long, lines => {
        const initial = lines.join('\n');
        const view: Json = formView(form(field('text', { multiline: true, initial })), 'c');
        several += view.blocks.length > 1 ? 1 : 0;
        expect(viewRefusals(view)).toEqual([]);
        expect(submissionOf(sent(view))?.fields.text).toBe(initial);
      }),
      { numRuns: 60, endOnFailure: true },
    );
    expect(several).toBeGreaterThan(3);
  });

  it('a part that was emptied leaves nothing behind, and errors stand under the first part', () => {
    const initial = Array.from({ length: 900 }, (_, i) => `line ${i}`).join('\n');
    const view: Json = formView(form(field('text', { multiline: true, initial, label: 'Report' }), field('why')), 'c', 'zh');
    const parts = view.blocks.filter(({ block_id }: Json) => block_id.endsWith(':text'));
    expect(parts.length).toBeGreaterThan(2);
    expect(parts[0].label.text).toBe(`Report（第 1 部分，共 ${parts.length} 部分）`);
    expect(submissionOf(sent(view, ({ block_id }) => (block_id === parts[0].block_id ? 'only this' : null)))?.fields).toEqual({
      text: 'only this',
      why: '',
    });
    expect(fieldErrors(view, { text: 'too long', why: 'say why' })).toEqual({
      [parts[0].block_id]: 'too long',
      [view.blocks.at(-1).block_id]: 'say why',
    });
    expect(fieldErrors(view, { elsewhere: 'hm' })).toEqual({ [parts[0].block_id]: 'hm' });
  });

  it('whatever a form says, Slack takes it or it is refused as too long', () => {
    const text = fc.tuple(fc.string({ maxLength: 40 }), fc.constantFrom(1, 1, 200)).map(([piece, times]) => piece.repeat(times));
    const fields = fc.uniqueArray(
      fc.record({ name: fc.stringMatching(/^[\w-]{1,12}$/), label: text, multiline: fc.boolean(), initial: text }),
      { selector: ({ name }) => name, minLength: 1, maxLength: 5 },
    );
    fc.assert(
      fc.property(fc.record({ title: text, action: fc.constant('a'), value: text, submit: text, fields }), each => {
        try {
          expect(viewRefusals(formView(each, 'carried'))).toEqual([]);
        } catch (error) {
          if (!(error instanceof TooLong)) throw error;
          expect(JSON.stringify(['a', each.value, 'carried']).length).toBeGreaterThan(3_000);
        }
      }),
      { numRuns: 100, endOnFailure: true },
    );
  });

  it('until there is a form, and instead of one, it says a sentence', () => {
    for (const lang of ['en', 'zh'] as const) expect(viewRefusals(loadingView(lang))).toEqual([]);
    const refusal = messageView('A title that is longer than Slack takes', 'This draft is **not yours**.');
    expect(viewRefusals(refusal)).toEqual([]);
    expect(readable(refusal.blocks)).toContain('not yours');
    expect(viewRefusals(messageView('', ''))).toEqual([]);
  });

  it('a view that is no form of ours is none', () => {
    for (const private_metadata of [undefined, '', '{}', '["a"]', '[1,2,3]', 'x'])
      expect(submissionOf({ private_metadata, blocks: [] })).toBeUndefined();
  });
});
