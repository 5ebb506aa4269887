import { expect, test } from 'vitest';
import { openTokenizer } from '../../src/model/tokenizer.ts';
import { beforeRepeatedLine } from '../../worker/engine/repeated-line.ts';
import { tinyFolder } from '../support/models.ts';

const tokenizer = await openTokenizer(tinyFolder('tiny-llama'));
/** What the text is cut to while it is written token by token, or undefined. */
function cut(text: string): { text: string; tokens: number[] } | undefined {
  const tokens = tokenizer.encode(text);
  for (let count = 1; count <= tokens.length; count++) {
    const found = beforeRepeatedLine(tokenizer, tokens.slice(0, count));
    if (found) return found;
  }
  return undefined;
}

test('an answer ends before the line that it says again', () => {
  const found = cut('- open the door\n- close it\n- open the door\n- more');
  expect(found?.text).toBe('- open the door\n- close it');
  expect(tokenizer.decode(found!.tokens).trimEnd()).toBe('- open the door\n- close it');
});

test('blanks around a line do not make it another', () => {
  expect(cut('one\n\n  one \ntwo')?.text).toBe('one');
});

test('a line that only begins alike, an unfinished one and empty lines may come', () => {
  expect(cut('one\n\n\none and two\none')).toBeUndefined();
});
