// From which of two answers a follow-up goes on.
import { describe, expect, it } from 'vitest';
import { preferredAnswer } from '../../src/bot/question/preferred.ts';
import type { AskedBefore } from '../../src/data/threads.ts';

describe('the answer that somebody goes on from', () => {
  const asker = 1;
  const was = (votes: [person: number, now: 'A' | 'B' | 'tie' | 'bad', counts?: boolean][], more: object = {}) =>
    ({
      question: { asker, comparison: true, closedAt: null, ...more },
      answers: [{ text: 'a' }, { text: 'b' }],
      votes: votes.map(([person, now, counts = true]) => ({ person, now, counts })),
    }) as unknown as AskedBefore;
  const closed = { closedAt: new Date() };

  it.each([
    [
      'their own vote',
      was([
        [asker, 'A'],
        [2, 'B'],
      ]),
      'b',
    ],
    [
      'else the vote of who asked',
      was([
        [asker, 'B'],
        [3, 'A'],
      ]),
      'b',
    ],
    ['none while nobody of these has voted', was([[3, 'B']]), undefined],
    ['none where they found both bad', was([[2, 'bad']], closed), undefined],
    ['either where they were alike', was([[2, 'tie']]), 'a'],
    [
      'after the close most votes',
      was(
        [
          [3, 'B'],
          [4, 'B'],
          [5, 'A'],
        ],
        closed,
      ),
      'b',
    ],
    [
      'guests’ left out',
      was(
        [
          [3, 'B', false],
          [4, 'B', false],
          [5, 'A'],
        ],
        closed,
      ),
      'a',
    ],
    ['and without any the one that the lot made A', was([], closed), 'a'],
    ['none of two that were no comparison', was([], { comparison: false }), undefined],
  ])('%s', (_, asked, text) => {
    expect(preferredAnswer(asked, 2)).toBe(text);
  });

  it('the only one there is', () => {
    expect(preferredAnswer({ ...was([]), answers: [{ text: 'a' }] } as unknown as AskedBefore, 2)).toBe('a');
  });
});
