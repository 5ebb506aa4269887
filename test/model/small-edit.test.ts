// Which edits leave an approved text approved.
import { expect, test } from 'vitest';
import { isSmallEdit } from '../../src/model/small-edit.ts';

test.each([
  ['white space', 'Ask Rosa  in\nthe office', 'Ask Rosa in the office'],
  ['a full stop', 'Ask Rosa', 'Ask Rosa.'],
  ['a comma before a line’s end', 'Dear all,\nwe moved', 'Dear all\nwe moved'],
  ['an exclamation mark', 'Done!', 'Done.'],
  ['中文的句号', '找小鹿', '找小鹿。'],
  ['中文字间的空格', '用 `kite` 发布 服务', '用 `kite` 发布服务'],
])('%s changes nothing', (_, before, after) => {
  expect(isSmallEdit(before, after)).toBe(true);
  expect(isSmallEdit(after, before)).toBe(true);
});

test.each([
  ['a word', 'Ask Rosa', 'Ask Emil'],
  ['a word’s case', 'ask rosa', 'Ask Rosa'],
  ['a question mark', 'Ship it.', 'Ship it?'],
  ['a number', 'Wait 10 minutes', 'Wait 100 minutes'],
  ['a decimal point', 'Wait 1.5 minutes', 'Wait 15 minutes'],
  ['a point after a digit', 'Step 2', 'Step 2.'],
  ['a space within a number', 'It costs 10 00', 'It costs 1000'],
  ['a space in code', 'Run `rm -rf x`', 'Run `rm -rf  x`'],
  ['a full stop in code', 'Run `ls .`', 'Run `ls `'],
  ['a line break in a code block', '```\na\nb\n```', '```\na b\n```'],
  ['a missing space between words', 'now here', 'nowhere'],
  ['中文的一个字', '找小鹿', '找小马'],
])('%s is an edit that needs a new ✅', (_, before, after) => {
  expect(isSmallEdit(before, after)).toBe(false);
});
