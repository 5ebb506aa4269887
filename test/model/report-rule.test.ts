import { describe, expect, test } from 'vitest';
import { asksForReport, kindOf, reportRequest } from '../../src/model/report-rule.ts';

describe('does this ask for a report?', () => {
  test.each([
    'Write my weekly report.',
    'Weekly report, please.',
    'Can you write my weekly report for this week?',
    'weekly status update',
    '帮我写周报。',
    '写本周周报',
    'Turn these notes into my weekly report',
    '@apprentice weekly report',
  ])('yes: %s', text => expect(asksForReport(text)).toBe(true));
  test.each([
    'Who reads the weekly report?',
    'When is the weekly report due?',
    'How do I write a weekly report?',
    '周报交给谁？',
    '周报什么时候交',
    'How do I open a locker?',
    'report a bug',
    'What is weekly?',
    '',
  ])('no: %s', text => expect(asksForReport(text)).toBe(false));
});

test('the first line of an answer may say so, too; later lines and mentions do not', () => {
  const kind = (output: string) => kindOf({ instruction: 'Here it is', output });
  expect(
    ['Weekly report · W10 · Ana\nDone', '# Weekly Report', '**周报** 第10周', '【本周工作总结】\n1. 做完', 'Status update, May'].map(kind),
  ).toEqual(Array(5).fill('report'));
  expect(['See the weekly report.', 'Done\nWeekly report', 'Ask Ana.'].map(kind)).toEqual(Array(3).fill('qa'));
});

test('a request in chat: the first line asks, the rest are the notes', () => {
  expect(reportRequest('weekly report\nW10, Ana\n\nmon: x\n')).toEqual({ instruction: 'weekly report', notes: 'W10, Ana\n\nmon: x' });
  expect(reportRequest('Weekly report: fixed the crane, 5 boats in')).toEqual({
    instruction: 'Weekly report',
    notes: 'fixed the crane, 5 boats in',
  });
  expect(reportRequest('周报：修好了吊车')).toEqual({ instruction: '周报', notes: '修好了吊车' });
  expect(reportRequest('Write my weekly report:')).toEqual({ instruction: 'Write my weekly report:', notes: '' });
  expect(reportRequest('Hello: my weekly report please')).toEqual({ instruction: 'Hello: my weekly report please', notes: '' });
  expect(reportRequest('周报')).toEqual({ instruction: '周报', notes: '' });
  expect(reportRequest('How do I open it?\nweekly report')).toBeUndefined();
});
