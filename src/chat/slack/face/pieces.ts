// Formatted text cut into pieces that each fit a block: between two lines where it can be, else between two words, else between two characters.
import type { RichTextBlock } from '@slack/types';
import { cost, LIMITS } from './limits.ts';
import { richText } from './write-rich-text.ts';
import { linesOf, merged, type Run, textOf, type Written } from './written.ts';

/** Two such blocks fit into a message. */
const BLOCK_COST = 6_000;

/** `written` as rich_text blocks, all of it. */
export function richTextBlocks(written: Written[]): RichTextBlock[] {
  const blocks: RichTextBlock[] = [];
  for (let rest = written; rest.length > 0; ) {
    const [head, tail] = firstPiece(rest, LIMITS.richText, BLOCK_COST);
    blocks.push(richText(head));
    rest = tail;
  }
  return blocks;
}

/** What fits into `characters` of text and `most` of JSON, and the rest; the first part is never empty. */
export function firstPiece(written: Written[], characters: number, most: number): [Written[], Written[]] {
  for (let size = characters; ; ) {
    const [head, tail] = byText(written, size);
    const costs = most === Number.POSITIVE_INFINITY ? 0 : cost([richText(head)]);
    if (size <= 1 || costs <= most) return [head, tail];
    size = Math.max(1, Math.min(size - 1, Math.floor((0.95 * size * most) / costs)));
  }
}

function byText(written: Written[], characters: number): [Written[], Written[]] {
  const head: Written[] = [];
  let left = characters;
  for (const [i, block] of written.entries()) {
    const size = lengthOf(block);
    if (size <= left) {
      head.push(block);
      left -= size;
      continue;
    }
    // Worth cutting where that fills the piece; else the block begins the next one.
    if (head.length > 0 && left < characters / 2) return [head, written.slice(i)];
    const [first, second] = cutBlock(block, Math.max(1, left));
    return [
      [...head, first],
      [second, ...written.slice(i + 1)],
    ];
  }
  return [head, []];
}

/** Every block has at least its own line break. */
const lengthOf = (block: Written): number => (block.kind === 'code' ? block.text.length : textOf(block.runs).length) + 1;

function cutBlock(block: Written, at: number): [Written, Written] {
  if (block.kind === 'code') {
    const [first, second] = cutText(block.text, at);
    return [
      { kind: 'code', text: first },
      { kind: 'code', text: second },
    ];
  }
  const [first, second] = cutRuns(block.runs, at);
  // The rest of an item is no new item.
  return [{ ...block, runs: first }, block.kind === 'item' ? { kind: 'text', runs: second } : { ...block, runs: second }];
}

function cutRuns(runs: Run[], at: number): [Run[], Run[]] {
  const [first, second] = cutText(textOf(runs), at);
  const skipped = textOf(runs).length - first.length - second.length;
  return [part(runs, 0, first.length), part(runs, first.length + skipped, Number.POSITIVE_INFINITY)];
}

/** The characters from `from` to `until` of what `runs` say, in their styles. */
function part(runs: Run[], from: number, until: number): Run[] {
  let start = 0;
  return merged(
    runs.map(run => {
      const text = run.text.slice(Math.max(0, from - start), Math.max(0, until - start));
      start += run.text.length;
      return { ...run, text };
    }),
  );
}

/** Before `at`: at a line's end, else at a space, in the last two thirds; the line break or space itself is in neither part. */
function cutText(text: string, at: number): [string, string] {
  for (const gap of ['\n', ' ']) {
    const found = text.lastIndexOf(gap, at);
    if (found > at / 3) return [text.slice(0, found), text.slice(found + 1)];
  }
  const half = /[\uD800-\uDBFF]/.test(text[at - 1]);
  const end = !half ? at : at > 1 ? at - 1 : 2;
  return [text.slice(0, end), text.slice(end)];
}

/** The lines of `runs`, for whoever asks whether there is anything to read. */
export const isEmpty = (written: Written[]): boolean =>
  written.every(block =>
    block.kind === 'code' ? block.text.trim() === '' : linesOf(block.runs).every(line => textOf(line).trim() === ''),
  );
