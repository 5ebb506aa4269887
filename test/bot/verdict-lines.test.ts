// What stands beside a verdict, in words.
import { describe, expect, it } from 'vitest';
import { verdictLines } from '../../src/bot/card/verdict-lines.ts';
import type { FirstVote } from '../../src/data/votes.ts';

const votes = (count: number): FirstVote[] =>
  Array.from({ length: count }, (_, i) => ({ question: i, person: 1, choice: 'tuned', reasons: [], tunedLength: 9, baseLength: 4 }));

describe('beside a verdict', () => {
  it('nothing is said of the length of answers before five votes have taken a side', () => {
    expect(verdictLines('en', { tuned: 1 }, votes(4)).join('\n')).not.toMatch(/length|longer/i);
    expect(verdictLines('en', { tuned: 1 }, votes(5)).join('\n')).toMatch(/the longer answer got 5 of 5 votes/);
    expect(verdictLines('zh', { tuned: 1 }, votes(5))).toHaveLength(verdictLines('zh', { tuned: 1 }, votes(4)).length + 1);
  });
});
