import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formOf } from '../../src/model/form.ts';
import { beginDraft, extendDraft, frameOf, headOf, notesBelowHead } from '../../src/model/frame.ts';
import { sectionsOf } from '../../src/model/scores.ts';
import { reports } from './harbour.ts';

const form = formOf(reports).report!;
const frame = frameOf(form, headOf('W23, Emil\nmon: 5 boats'));
const write = (...continuations: string[]): string => {
  let draft = beginDraft(frame);
  for (const continuation of continuations) if (!draft.done) draft = extendDraft(frame, draft, continuation);
  return draft.done ? draft.text : `${draft.text} …`;
};
const whole = 'Harbour week · W23 · Emil\nWork\n- a\nTop 3 counts\n- b\nPlan\n- c';

test('the model begins behind the first marker, without the blank that its own token brings', () => {
  expect(beginDraft(frame)).toMatchObject({ text: 'Harbour week · W23 · Emil\nWork\n-', done: false });
});

test('a model that keeps the form writes the report in one go', () => {
  expect(write(' a\nTop 3 counts\n- b\nPlan\n- c')).toBe(whole);
  expect(write(' a\n\nTop 9 counts\n\n* b\nPlan\n1. c\n')).toBe(whole);
});

test('one that does not is brought back at every section', () => {
  expect(write(' a\nSo much for work.\n- z', ' b', ' c\nPlan\n- c')).toBe(whole);
  expect(write(' a\nPlan\n- c')).toBe('Harbour week · W23 · Emil\nWork\n- a\nTop 3 counts\n- …');
  expect(write('- a', '\n- b', 'c')).toBe(whole);
});

test('a section ends at a repeated bullet and at six; an empty one says that there is nothing', () => {
  expect(write(' a\n- a\n- z', ' b', ' c')).toBe(whole);
  expect(write(' 1st\n- b\n- c\n- d\n- e\n- f\n- g', ' a', '')).toMatch(/- f\nTop 3 counts\n- a\nPlan\n- None$/u);
  expect(write('Top 3 counts\n- b\nPlan', ' c')).toBe(whole.replace('- a', '- None'));
});

test('whatever a model writes, the report ends after as many calls as sections and has the form', () => {
  const pieces = fc.constantFrom(
    ' a',
    '\n',
    '- ',
    'Work',
    'Plan',
    'Top 3 counts',
    '1. ',
    'Harbour week · W1 · X',
    '\n- b',
    ' c 42',
    '·',
    '',
  );
  fc.assert(
    fc.property(fc.array(fc.array(pieces, { maxLength: 30 }), { minLength: 3, maxLength: 3 }), texts => {
      const report = write(...texts.map(parts => parts.join('')));
      expect(report).not.toMatch(/…$/u);
      expect(sectionsOf(report, form)).toBe(1);
    }),
  );
});

describe('week and name', () => {
  test.each([
    ['W14, Ana\nmon: x', { numbers: ['14'], name: 'Ana' }],
    ['Ana Lee, week 14\nmon: x', { numbers: ['14'], name: 'Ana Lee' }],
    ['W14 Ana\nmon: x', { numbers: ['14'], name: 'Ana' }],
    ['第14周，安娜\n周一 x', { numbers: ['14'], name: '安娜' }],
    ['mon: 3 boats\ntue: 4', { numbers: ['7'], name: 'Ben' }],
    ['W14\nmon: x', { numbers: ['14'], name: 'Ben' }],
    ['one line with 14', { numbers: ['7'], name: 'Ben' }],
  ])('%j', (notes, head) => expect(headOf(notes, { numbers: ['7'], name: 'Ben' })).toEqual(head));

  test('a heading drops what nobody knows', () => {
    expect(frameOf(form, headOf('a\nb')).lines[0].filled).toBe('Harbour week');
    expect(frameOf(form, { numbers: ['7'], name: '' }).lines[0].filled).toBe('Harbour week · W7');
  });

  test('a heading without a dot keeps its words', () => {
    const plain = formOf(['Report of week 7\n- a', 'Report of week 8\n- b'].map(output => ({ kind: 'report' as const, output }))).report!;
    expect(frameOf(plain, headOf('W9, Ana\nmon: x')).lines[0].filled).toBe('Report of week 9');
    expect(frameOf(plain, headOf('mon: x\ntue: y')).lines[0].filled).toBe('Report of week');
  });

  test('the notes below the head', () => {
    expect(notesBelowHead('W14, Ana\nmon: x')).toBe('mon: x');
    expect(notesBelowHead('mon: x\ntue: y')).toBe('mon: x\ntue: y');
  });
});

test('numbered sections are numbered, free text stays free', () => {
  const texts = ['一、\n1. 做完\n2. 修好\n备注\n今天下雨', '一、\n1. 写完\n备注\n晴天', '一、\n1. 没有\n备注\n有雾'];
  const chinese = frameOf(formOf(texts.map(output => ({ kind: 'report' as const, output }))).report!, { numbers: [], name: '' });
  let draft = extendDraft(chinese, beginDraft(chinese), ' 甲\n2. 乙\n备注\n多云\n有风');
  while (!draft.done) draft = extendDraft(chinese, draft, '');
  expect(draft.text).toBe('一、\n1. 甲\n2. 乙\n备注\n多云\n有风');
});
