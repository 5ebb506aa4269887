// Which of the latest comparisons a version lost one after the other.
import { describe, expect, it } from 'vitest';
import { lostInARow } from '../../src/model/lost-in-a-row.ts';

/** One string a comparison, the first closed first: t(uned), b(ase), = (a tie), x (both bad). */
const votes = (...comparisons: string[]) => {
  const choices = { t: 'tuned', b: 'base', '=': 'tie', x: 'bad' } as const;
  return comparisons.flatMap((all, question) => [...all].map(sign => ({ question, choice: choices[sign as keyof typeof choices] })));
};

describe('comparisons lost in a row', () => {
  it.each([
    ['nobody voted', [], []],
    ['the last one is won', ['bb', 'bbb', 'ttb'], []],
    ['what was lost before a win is over', ['bb', 'bbb', 'tt', 'tbb'], [{ for: 1, against: 2 }]],
    [
      'all are lost, the newest first',
      ['tbb', 'bbbb'],
      [
        { for: 0, against: 4 },
        { for: 1, against: 2 },
      ],
    ],
    [
      'who takes no side or is even says nothing',
      ['bb', '=x', 'tb', 'b='],
      [
        { for: 0, against: 1 },
        { for: 0, against: 2 },
      ],
    ],
  ])('%s', (_, comparisons, lost) => {
    expect(lostInARow(votes(...comparisons))).toEqual(lost);
  });
});
