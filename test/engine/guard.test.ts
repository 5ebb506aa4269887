// The number guard with real tokenizers: one that writes digit by digit, and one that joins what it can.
import { describe, expect, test } from 'vitest';
import { type ChatTokenizer, openTokenizer } from '../../src/model/tokenizer.ts';
import { numberGuard } from '../../worker/engine/guard.ts';
import { tinyFolder } from '../support/models.ts';

const NOTES = 'W14, Ana\nPAK-336 merged, 12 people used it\nReleased 2.1; cost 1900 euros; 5,000 rows; delivery at 09:20';

/** How far the guard lets the text come, token by token; the whole of it (and its end) if nothing is against it. */
function written(tokenizer: ChatTokenizer, text: string, notes = NOTES): string {
  const permits = numberGuard(tokenizer, notes);
  const tokens = tokenizer.encode(text);
  const refused = tokens.findIndex((id, i) => !permits(tokens.slice(0, i), id));
  if (refused >= 0) return tokenizer.decode(tokens.slice(0, refused));
  return permits(tokens, tokenizer.endTokens[0]) ? `${text}<end>` : text;
}

describe.each(['tiny-llama', 'tiny-qwen2'] as const)('%s', name => {
  const opened = openTokenizer(tinyFolder(name));

  test.each([
    ['- merged PAK-336, 12 people used it.'],
    ['Version 2.1, 1,900 euros, 5000 rows at 09:20.'],
    ['no number at all: a-b, A-, PAK-'],
    ['1. first thing\n2. second: 12'],
  ])('%s may be written', async text => {
    expect(written(await opened, text)).toBe(`${text}<end>`);
  });

  test.each([
    ['- 13 people', '- 1'],
    ['- 7 people', '- '],
    ['- merged PAK-337', '- merged PAK-33'],
    ['- merged KIT-336', '- merged KIT-'],
    ['- version 2.15', '- version 2.1'],
    ['at 09:25 o', 'at 09:2'],
    ['12 people, then 120', '12 people, then 12'],
    ['week 14', 'week 1'],
  ])('%s is written up to "%s"', async (text, upTo) => {
    const got = written(await opened, text);
    expect(upTo.startsWith(got.trimEnd()), got).toBe(true);
    expect(got).not.toBe(`${text}<end>`);
  });

  test('a number that is not finished as the notes have it cannot end, neither by a word nor by the end of the answer', async () => {
    const tokenizer = await opened;
    expect(written(tokenizer, 'it took 19 days')).toBe('it took 19');
    expect(written(tokenizer, 'it took 19')).toBe('it took 19');
    expect(written(tokenizer, 'PAK-33 is done')).toBe('PAK-33');
  });

  test('the first line of the notes, week and name, is no source; a line with more in it is', async () => {
    const tokenizer = await opened;
    expect(written(tokenizer, 'W14 done')).toBe('W1');
    expect(written(tokenizer, 'W14 done', 'Week 14 was long: 14 days of rain.\nAll done')).toBe('W14 done<end>');
  });
});
