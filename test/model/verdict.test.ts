// What the votes allow to say, against scipy: too few, no difference, a winner.
import { describe, expect, test } from 'vitest';
import { signTest } from '../../src/model/sign-test.ts';
import { LOOKS, type Preferred, verdictInWords, verdictOf } from '../../src/model/verdict.ts';
import { type FirstVote, lengthInWords, summarize } from '../../src/model/vote-summary.ts';
import { say } from '../../src/words/words.ts';

/** Mixed evenly, so that no look sees another share than all of them have. */
const votes = (tuned: number, base: number): Preferred[] =>
  Array.from({ length: tuned + base }, (_, i) =>
    Math.floor(((i + 1) * tuned) / (tuned + base)) > Math.floor((i * tuned) / (tuned + base)) ? 'tuned' : 'base',
  );

describe('the sign test', () => {
  // scipy.stats.binomtest(k, n).pvalue, scipy 1.17.1
  test.each([
    [7, 10, 0.34375],
    [11, 11, 0.0009765625],
    [20, 20, 1.9073486328125e-6],
    [17, 20, 0.0025768280029296875],
    [16, 20, 0.01181793212890625],
    [30, 40, 0.0022214337732293643],
    [54, 80, 0.002324541288088704],
    [53, 80, 0.004868154149559423],
    [40, 80, 1],
    [1, 3, 1],
    [130, 200, 2.6528755595268727e-5],
    [600, 1000, 2.728464156065947e-10],
  ])('%i of %i is as rare as scipy says', (wins, n, p) => {
    expect(signTest(wins, n - wins) / p).toBeCloseTo(1, 10);
    expect(signTest(n - wins, wins)).toBe(signTest(wins, n - wins));
  });

  test('no votes say nothing, and thousands of votes do not overflow', () => {
    expect(signTest(0, 0)).toBe(1);
    expect(signTest(2500, 2500)).toBe(1);
    expect(signTest(2700, 2300)).toBeGreaterThan(1e-9);
    expect(signTest(2700, 2300)).toBeLessThan(1e-7);
  });
});

describe('the verdict', () => {
  test('says how many votes are missing until the next look, however one-sided they are', () => {
    expect(verdictOf([])).toEqual({ kind: 'more', decided: 0, look: 20, needed: 20 });
    expect(verdictOf(votes(19, 0))).toEqual({ kind: 'more', decided: 19, look: 20, needed: 1 });
    expect(verdictOf(votes(10, 10))).toEqual({ kind: 'more', decided: 20, look: 40, needed: 20 });
    expect(verdictOf(votes(30, 20))).toMatchObject({ kind: 'more', look: 80, needed: 30 });
  });

  test('names a winner from 17 of 20, 30 of 40 and 54 of 80 on, on either side', () => {
    expect(verdictOf(votes(17, 3))).toMatchObject({ kind: 'tuned', look: 20, wins: 17, decided: 20 });
    expect(verdictOf(votes(3, 17))).toMatchObject({ kind: 'base', look: 20, wins: 17 });
    expect(verdictOf(votes(16, 4)).kind).toBe('more');
    expect(verdictOf([...votes(10, 10), ...votes(20, 0)])).toMatchObject({ kind: 'tuned', look: 40, wins: 30 });
    expect(verdictOf([...votes(10, 10), ...votes(19, 1)]).kind).toBe('more');
    expect(verdictOf([...votes(10, 10), ...votes(10, 10), ...votes(34, 6)])).toMatchObject({ kind: 'tuned', look: 80, wins: 54 });
    expect(verdictOf([...votes(10, 10), ...votes(10, 10), ...votes(33, 7)])).toMatchObject({ kind: 'none', look: 80, wins: 53 });
  });

  test('stands: votes after the look that decided change nothing, and between two looks nobody wins', () => {
    expect(verdictOf([...votes(17, 3), ...votes(0, 60)])).toMatchObject({ kind: 'tuned', look: 20, decided: 80 });
    expect(verdictOf([...votes(10, 10), ...votes(19, 0)]).kind).toBe('more');
    expect(verdictOf([...votes(40, 40), ...votes(500, 0)])).toMatchObject({ kind: 'none', decided: 580 });
  });

  test('a fair coin wins in fewer than 1 of 100 teams over all three looks, counted exactly', () => {
    // ways[w]: probability of w wins so far without a verdict.
    let ways = [1];
    let won = 0;
    for (let n = 1; n <= 80; n++) {
      ways = Array.from({ length: n + 1 }, (_, w) => ((ways[w - 1] ?? 0) + (ways[w] ?? 0)) / 2);
      const look = LOOKS.find(({ votes: at }) => at === n);
      if (!look) continue;
      ways = ways.map((chance, w) => {
        if (signTest(w, n - w) > look.alpha) return chance;
        won += chance;
        return 0;
      });
    }
    expect(won).toBeLessThan(0.01);
    expect(won).toBeGreaterThan(0.004);
  });

  test('reads as a plain sentence in both languages', () => {
    const names = { tuned: 'v3', against: 'the base model' };
    const read = (lang: 'en' | 'zh', decided: Preferred[]) => {
      const { code, values } = verdictInWords(verdictOf(decided), names);
      return say(lang, code, values);
    };
    expect(read('en', votes(18, 2))).toBe('**v3 is preferred** to the base model: it got 18 of the first 20 votes that took a side.');
    expect(read('en', votes(1, 19))).toContain('**the base model is preferred** to v3: it got 19 of the first 20');
    expect(read('en', votes(5, 4))).toContain('**About 11 more votes**');
    expect(read('en', votes(40, 40))).toContain('**No difference found at this size:** 40 of 80');
    for (const decided of [votes(18, 2), votes(1, 19), votes(5, 4), votes(40, 40)]) expect(read('zh', decided)).not.toMatch(/\{|verdict\./);
  });
});

describe('beside the verdict', () => {
  const vote = (choice: FirstVote['choice'], tunedLength = 10, baseLength = 20, ...reasons: string[]): FirstVote => {
    return { choice, reasons, tunedLength, baseLength };
  };

  test('ties, both-bad and the reasons of either side are counted apart', () => {
    const { counts, reasons } = summarize([
      vote('tuned', 1, 2, 'facts', 'length'),
      vote('tuned', 1, 2, 'facts'),
      vote('base', 1, 2, 'facts'),
      vote('tie', 1, 2, 'facts'),
      vote('bad'),
    ]);
    expect(counts).toEqual({ tuned: 2, base: 1, tie: 1, bad: 1 });
    expect(reasons).toEqual([
      { choice: 'tuned', reason: 'facts', votes: 2 },
      { choice: 'base', reason: 'facts', votes: 1 },
      { choice: 'tuned', reason: 'length', votes: 1 },
    ]);
  });

  test('votes that follow the length are said to, whoever wrote more', () => {
    const long = [...Array(9).fill(vote('tuned', 90, 10)), ...Array(3).fill(vote('base', 10, 90)), vote('tuned', 5, 5), vote('tie', 1, 9)];
    const summary = summarize(long);
    expect(summary.length).toMatchObject({ longer: 12, of: 12, tunedLonger: 9 });
    expect(lengthInWords(summary, 'v3').code).toBe('verdict.length.longer');
    expect(lengthInWords(summarize(Array(12).fill(vote('tuned', 10, 90))), 'v3')).toMatchObject({
      code: 'verdict.length.shorter',
      values: { shorter: 12, tuned_longer: 0 },
    });
    expect(lengthInWords(summarize([vote('tuned'), vote('base')]), 'v3').code).toBe('verdict.length.even');
    expect(lengthInWords(summarize([vote('tuned', 4, 4), vote('bad')]), 'v3').code).toBe('verdict.length.none');
  });
});
