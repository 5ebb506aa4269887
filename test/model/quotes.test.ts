// Somebody's words are found where they were cut, wrapped or stripped of mark-up; the team's own form is nobody's.
import { expect, test } from 'vitest';
import { isQuoting, mapStrings, piecesOf } from '../../src/model/quotes.ts';

const pieces = piecesOf(
  ['Weekly report\n- Fixed the **Yarrow** crane at berth 7, at last\nYes', '请到七号泊位取红色钥匙'],
  ['Weekly report\n- Other things'],
);

test.each([
  ['cut', '“- Fixed the Yarrow crane at berth…”', true],
  ['wrapped', 'He said: Fixed the\nYarrow   crane at berth 7', true],
  ['in Chinese', '最近的回答：请到七号泊位取红色钥匙。', true],
  ['a heading that others use, too', 'Weekly report\n- Nothing', false],
  ['a word that anybody says', 'Yes', false],
  ['something else', 'The crane at berth 7 is old', false],
])('%s', (_, text, found) => {
  expect(isQuoting(text, pieces)).toBe(found);
});

test('strings of a card are changed wherever they stand, and nothing else is', () => {
  const card = { title: 'a', parts: [{ facts: [['a', 'b']] }, { progress: 1, note: 'a' }], none: null };
  const changed = mapStrings(card, (text, key) => (key === 'note' ? text : text.toUpperCase()));
  expect(changed).toEqual({ title: 'A', parts: [{ facts: [['A', 'B']] }, { progress: 1, note: 'a' }], none: null });
});
