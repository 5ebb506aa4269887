// The pure parts of the harvest: what is text, which week it is, and the state that facts make.
import { expect, test } from 'vitest';
import { judge } from '../../src/bot/harvest/judge.ts';
import { weekOf } from '../../src/bot/harvest/row.ts';
import { kindOfText } from '../../src/bot/harvest/spoken.ts';
import { shortOf } from '../../src/bot/short.ts';
import { isForReports, isTitledReport } from '../../src/model/report-rule.ts';

test.each([
  ['text', 'Yes, take the blue hose.'],
  ['text', '可以'],
  ['text', '[the manual](https://example.org/a) says so'],
  ['noText', 'https://example.org/a?b=c'],
  ['noText', '🎉 👍 !!!'],
  ['noText', ''],
  ['tooShort', 'ok'],
  ['tooShort', '+1'],
  ['tooLong', 'word '.repeat(1_601)],
] as const)('%s: %s', (kind, text) => {
  expect(kindOfText(text)).toBe(kind);
});

test('a label is one line and says when it was cut', () => {
  expect(shortOf('Ann: Where\nis  it?', 60)).toBe('Ann: Where is it?');
  expect(shortOf('一二三四五六', 4)).toBe('一二三…');
});

test.each([
  ['2026-01-01T12:00:00Z', 'UTC', 1],
  ['2025-12-28T12:00:00Z', 'UTC', 52],
  ['2027-01-01T12:00:00Z', 'UTC', 53],
  ['2026-03-01T23:30:00Z', 'UTC', 9],
  ['2026-03-01T23:30:00Z', 'Asia/Shanghai', 10],
])('%s in %s lies in week %i', (at, tz, week) => {
  expect(weekOf(new Date(at), tz)).toBe(week);
});

test('channels for reports, and messages that are reports by themselves', () => {
  for (const purpose of ['Weekly reports, every Friday', '各组周报', 'Team status updates'])
    expect(isForReports(purpose), purpose).toBe(true);
  for (const purpose of ['', 'Weekly lunch', 'Report bugs here', '闲聊']) expect(isForReports(purpose), purpose).toBe(false);
  for (const text of ['Weekly report · W10\nDone', '【本周工作总结】\n1. 好']) expect(isTitledReport(text), text).toBe(true);
  for (const text of ['Weekly report, please.', 'Done\n- Weekly report sent']) expect(isTitledReport(text), text).toBe(false);
});

const facts = { removed: false, sources: true, allowed: true, standing: 1, ofThisText: 1, needed: 1, edited: false };
test.each([
  ['approved', null, {}],
  ['pending', null, { needed: 2 }],
  ['stale', null, { ofThisText: 0, edited: true }],
  ['pending', null, { ofThisText: 0 }],
  ['retired', 'approvalsGone', { standing: 0, ofThisText: 0 }],
  ['retired', 'approvalsGone', { standing: 0, ofThisText: 0, edited: true }],
  ['retired', 'sourceGone', { sources: false }],
  ['retired', 'notAllowed', { allowed: false }],
  ['retired', 'byHand', { removed: true, ofThisText: 0 }],
  ['approved', null, { removed: true }],
] as const)('%s (%s) from %o', (state, why, told) => {
  expect(judge({ ...facts, ...told })).toEqual({ state, why });
});
