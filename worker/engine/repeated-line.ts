// A small model that goes in circles says a line again: that is where its answer ends.
import type { ChatTokenizer } from '../../src/model/tokenizer.ts';

/**
 * If the last whole line of an answer has come before in it: the answer's text and tokens without that line. Asked after every token;
 * a line is whole once a line break stands behind it. Empty lines may repeat.
 */
export function beforeRepeatedLine(
  tokenizer: Pick<ChatTokenizer, 'decode'>,
  tokens: number[],
): { text: string; tokens: number[] } | undefined {
  if (!tokenizer.decode(tokens.slice(-1)).includes('\n')) return undefined;
  const text = tokenizer.decode(tokens);
  const lines = text.split('\n');
  const seen = new Set<string>();
  let start = 0;
  for (const line of lines.slice(0, -1)) {
    const said = line.trim();
    if (said !== '' && seen.has(said)) return { text: text.slice(0, start).trimEnd(), tokens: tokensWithin(tokenizer, tokens, start) };
    seen.add(said);
    start += line.length + 1;
  }
  return undefined;
}

/** The most tokens whose text is no longer than `length`. */
function tokensWithin(tokenizer: Pick<ChatTokenizer, 'decode'>, tokens: number[], length: number): number[] {
  let count = tokens.length;
  while (count > 0 && tokenizer.decode(tokens.slice(0, count)).length > length) count--;
  return tokens.slice(0, count);
}
