import { describe, expect, test } from 'vitest';
import { formOf } from '../../src/model/form.ts';
import { constantAnswer, nearestAnswer, nearestRows, notesInFrame } from '../../src/model/rivals.ts';
import type { Row } from '../../src/model/row.ts';
import { scoreAnswers } from '../../src/model/scores.ts';
import { answers, reports, team } from './harbour.ts';

const form = formOf(team);
const score = (row: Row, answer: string) => scoreAnswers(form, [{ row, answer }], true);

test('an approved answer has the whole form and all facts', () => {
  const self = scoreAnswers(
    form,
    team.map(row => ({ row, answer: row.output })),
    true,
  );
  const whole = {
    reportForm: 1,
    qaForm: 1,
    factsFound: 1,
    factsInvented: 0,
    ownerRight: 1,
    spansRight: 1,
    rouge1: 100,
    rougeL: 100,
    examples: 8,
  };
  expect(self).toMatchObject(whole);
  expect(self.bleu).toBeCloseTo(100, 9);
});

describe('reports', () => {
  const [row] = reports;
  test.each([
    ['the usual order counts, not the mere presence', 'Plan\n- a\nWork\n- b\nTop 3 counts\n- c', 0.5],
    ['digits and name make no difference', 'Harbour week · W99 · Mon: 10 boats\nWork\nTop 8 counts\nPlan', 1],
    ['a heading written as a bullet is none', '- Work\n- Plan', 0],
    ['nothing', '', 0],
  ])('form: %s', (_why, answer, expected) => expect(score(row, answer).reportForm).toBe(expected));

  test('facts found are those that notes and reference share', () => {
    // Shared: W20 → 20, HAR-7, 14, 12.
    expect(score(row, 'Work\n- HAR-7\n- 14 boats').factsFound).toBe(0.5);
    expect(score(row, 'Nothing here').factsFound).toBe(0);
  });

  test('facts invented stand in neither notes nor reference; list markers and the form’s own digits do not count', () => {
    expect(score(row, '1. HAR-8\n2. 14 of 77 boats, 99 %\nTop 3 counts').factsInvented).toBe(3);
    expect(score(row, row.input).factsInvented).toBe(0);
  });
});

describe('questions and answers', () => {
  const [row] = answers;
  test.each([
    ['Use one line.\n1. `moor bow`\n2. Go home and have some tea\nAsk: Rosa, berth 4', 1],
    ['Use one line.\n`moor bow`\nGo home and have some tea\nAsk: Rosa, berth 4', 0],
    ['Use one line.\n1. `moor bow`\n2. Go home and have some tea\nRosa, berth 4', 0],
    ['1. Tie it.\nAsk: Rosa', 0],
  ])('form of %j', (answer, expected) => expect(score(row, answer).qaForm).toBe(expected));

  test.each([
    ['Ask: Rosa, berth 4', 1],
    ['Ask: berth 4, Rosa.', 1],
    ['Ask: Emil, berth 1', 0],
    ['Ask: Rosa, Emil, berth 4', 0],
    ['Rosa, berth 4', 0],
    ['Ask: Rosa, berth 4\nthanks', 0],
  ])('owner of %j', (answer, expected) => expect(score(row, answer).ownerRight).toBe(expected));

  test('code spans are compared whole', () => {
    expect(score(row, 'Try `moor bow` and `moor`').spansRight).toBe(0.5);
    expect(score(answers[4], 'no spans asked for').spansRight).toBeNull();
  });
});

test('what does not apply is null; few rows have no BLEU and ROUGE', () => {
  expect(score(answers[0], 'x')).toMatchObject({ reportForm: null, factsFound: null, factsInvented: null });
  expect(score(reports[0], 'x')).toMatchObject({ qaForm: null, ownerRight: null, spansRight: null });
  expect(scoreAnswers(form, [{ row: answers[0], answer: 'x' }], false)).toMatchObject({
    bleu: null,
    rouge1: null,
    rouge2: null,
    rougeL: null,
  });
  expect(scoreAnswers(form, [], true)).toMatchObject({ qaForm: null, bleu: null, rougeL: null, examples: 0, words: null });
});

describe('rivals', () => {
  test('the constant answer is one of the team’s and has the form', () => {
    const constant = constantAnswer(team)!;
    expect(answers.map(({ output }) => output)).toContain(constant);
    expect(score(answers[0], constant).qaForm).toBe(1);
    expect(constantAnswer(reports)).toBeUndefined();
  });

  test('the nearest approved answer', () => {
    expect(nearestAnswer(team)('How can I book a berth for August?')).toBe(answers[1].output);
    expect(nearestAnswer(team)('xyzzy')).toBeUndefined();
    expect(nearestRows(team)('Where is the waste oil tank?', 2)[0]).toBe(answers[3]);
    const chinese: Row[] = ['怎么申请泊位？', '码头几点开门？'].map(instruction => ({
      kind: 'qa',
      instruction,
      input: '',
      output: instruction,
    }));
    expect(nearestAnswer(chinese)('泊位在哪里申请')).toBe('怎么申请泊位？');
  });

  test('the notes in the frame keep every fact and invent none', () => {
    const answer = notesInFrame(form.report!, reports[0].input);
    expect(answer).toBe(
      'Harbour week · W20 · Rosa\nWork\n- mon: 14 boats in, 12 out\n- tue: crane repaired HAR-7\n- next: paint the crane\nTop 3 counts\n- None\nPlan\n- None',
    );
    expect(score(reports[0], answer)).toMatchObject({ reportForm: 1, factsFound: 1, factsInvented: 0 });
  });
});
