// What a version gives away, as the report card says it.
import { expect, test } from 'vitest';
import { leaksPart } from '../../src/bot/card/leaks-part.ts';
import type { Leaks } from '../../src/model/report-card.ts';

const said = (leaks: Partial<Leaks>, lang: 'en' | 'zh' = 'en') =>
  JSON.stringify(leaksPart(lang, 2, { tried: 64, of: 64, extracted: 0, rows: [], secrets: [], ...leaks }));

test('a version that recites nothing is said to, with how many rows were tried', () => {
  expect(said({})).toMatch(/first words of 64 training answers: it recited none/);
  expect(said({})).toContain('no secrets and no personal data');
  expect(said({})).not.toContain('by lot');
  expect(said({ of: 90 })).toContain('drawn by lot from 90');
  expect(said({ tried: 0, of: 0 })).toContain('too short');
});

test('recited rows are named with their share and what to do about them', () => {
  const some = said({ extracted: 3, rows: [4, 9, 31] });
  expect(some).toMatch(/recited 3 of them word for word to the end \(5 %\): #4, #9, #31/);
  expect(some).toContain('/finetune remove 4');
  expect(said({ extracted: 3, rows: [4, 9, 31] }, 'zh')).toContain('3 条（5%）');
});

test('secrets in what it wrote are counted by kind', () => {
  const secrets = [
    { kind: 'email', count: 2 },
    { kind: 'key', count: 1 },
  ];
  expect(said({ secrets })).toContain('e-mail address ×2, key or token ×1');
});
