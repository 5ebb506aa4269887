// A section without notes is left empty and asked about; "Nothing" stands there only where the notes say so.
import { describe, expect, test } from 'vitest';
import { emptySections, sharedForm, withoutNothing } from '../../src/model/empty-sections.ts';
import { formOf } from '../../src/model/form.ts';

const references = (texts: string[]) => texts.map(output => ({ kind: 'report' as const, output }));
const form = formOf(
  references([
    'Weekly · W1 · Rosa\nDone\n- Oiled the crane\nStuck\n- Nothing\nNext\n- Paint',
    'Weekly · W2 · Emil\nDone\n- Found the anchor\nStuck\n- Nothing\nNext\n- Sail',
  ]),
).report!;
const draft = (stuck: string, next = '- Paint the hall') => `Weekly · W3 · Rosa\nDone\n- Fixed the crane\nStuck\n${stuck}\nNext\n${next}`;
const headings = (text: string) => emptySections(text, form).map(({ heading }) => heading);

describe('a section that says there is nothing', () => {
  test.each(['- Nothing', '- None.', '- nothing to report', 'N/A', '- –', '1. No blockers', '- 无', '- 暂时没有问题。'])('%s', stuck => {
    const written = withoutNothing(draft(stuck), form, 'mon: fixed the crane');
    expect(written).toBe('Weekly · W3 · Rosa\nDone\n- Fixed the crane\nStuck\nNext\n- Paint the hall');
    expect(headings(written)).toEqual(['Stuck']);
  });

  test('keeps it where the notes say so themselves', () => {
    expect(withoutNothing(draft('- Nothing'), form, 'mon: fixed the crane\nstuck: nothing')).toBe(draft('- Nothing'));
    expect(headings(draft('- Nothing'))).toEqual([]);
  });

  test('keeps what says more', () => {
    for (const stuck of ['- Nothing but rain', '- None of the boats sails', '- Nothing\n- The hose leaks', '- 没有风也出航了'])
      expect(withoutNothing(draft(stuck), form, 'rain')).toBe(draft(stuck));
  });
});

test('the title is no section, a last heading may be empty, and a text without the form has none', () => {
  expect(headings('Weekly · W3 · Rosa\nDone\n\nStuck\n- Hose\nNext')).toEqual(['Done', 'Next']);
  expect(headings('This week we fixed the crane.')).toEqual([]);
});

test('what is kept of the form beside the drafts names nobody', () => {
  expect(JSON.stringify(form)).toContain('Emil');
  const shared = sharedForm(form);
  expect(JSON.stringify(shared)).not.toMatch(/Emil|Rosa|W2/);
  expect(emptySections(draft('', ''), shared).map(({ heading }) => heading)).toEqual(['Stuck', 'Next']);
});
