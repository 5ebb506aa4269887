import fc from 'fast-check';
import { expect, test } from 'vitest';
import { nearDuplicates } from '../../src/model/near-duplicates.ts';

/** The definition, pair by pair. */
function bruteForce(texts: string[], threshold: number): [number, number][] {
  const sets = texts.map(text => {
    const plain = ` ${text
      .toLowerCase()
      .replace(/[^\p{L}\p{N}]+/gu, ' ')
      .trim()} `;
    const characters = [...plain];
    return new Set(characters.slice(2).map((_, at) => characters.slice(at, at + 3).join('')));
  });
  const pairs: [number, number][] = [];
  for (let i = 0; i < sets.length; i++)
    for (let j = i + 1; j < sets.length; j++) {
      const both = [...sets[i]].filter(gram => sets[j].has(gram)).length;
      const all = sets[i].size + sets[j].size - both;
      if (both > 0 && both / all >= threshold) pairs.push([i, j]);
    }
  return pairs;
}

test('finds exactly the pairs that comparing every pair finds', () => {
  const texts = fc.array(
    fc.array(fc.constantFrom('ab', 'abc', 'cab', 'b', 'ca!', '中', '文字'), { maxLength: 8 }).map(parts => parts.join(' ')),
    { maxLength: 12 },
  );
  fc.assert(
    fc.property(texts, fc.constantFrom(0.3, 0.5, 0.8, 1), (list, threshold) => {
      const order = (pairs: [number, number][]) => pairs.map(String).sort();
      expect(order(nearDuplicates(list, threshold))).toEqual(order(bruteForce(list, threshold)));
    }),
  );
});

test('case, punctuation and white space make no difference; short and empty texts are no trouble', () => {
  expect(nearDuplicates(['How do I open it?', 'how do i  OPEN it', 'Something else', '', '', '!'], 1)).toEqual([[0, 1]]);
});
