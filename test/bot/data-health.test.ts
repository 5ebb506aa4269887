// The line about the data's health as people read it, in both languages.
import { describe, expect, it } from 'vitest';
import { healthLine } from '../../src/bot/examples/data-health.ts';
import type { Health } from '../../src/model/health.ts';

const fine: Health = { duplicates: [], contradictions: [], reports: { same: 16, total: 16 }, languages: { en: 96, zh: 0 }, long: [] };
const odd: Health = {
  duplicates: [2, 3, 4, 5].map(no => ({ no, of: 1 })),
  contradictions: [{ no: 9, of: 7 }],
  reports: { same: 3, total: 4 },
  languages: { en: 8, zh: 4 },
  long: [11, 12],
};

describe('the line about the data’s health', () => {
  it('says what is fine, and gives no advice where none is needed', () => {
    expect(healthLine('en', fine)).toBe(
      '**Data health:** nothing said twice · no contradictions found · reports with the same sections: 16 of 16 · English 96.',
    );
    expect(healthLine('zh', fine)).toBe('**数据质量**：没有重复 · 没有发现矛盾 · 周报栏目一致：16 份中的 16 份 · 英文 96 条。');
  });

  it('names what looks odd by number, three at most, as a guess, and how to take one out', () => {
    expect(healthLine('en', odd)).toBe(
      '**Data health:** probably said twice: 4 (#1 = #2, #1 = #3, #1 = #4, …) · same question, probably different answers: 1 (#7 ≠ #9) · ' +
        'reports with the same sections: 3 of 4 · English 8, Chinese 4 · probably too long to learn: 2 (#11, #12). `/finetune remove 2` takes one out.',
    );
    expect(healthLine('zh', odd)).toMatch(
      /可能重复：4 条（#1 = #2.*可能不一致：1 处（#7 ≠ #9）.*英文 8 条、中文 4 条.*可能太长.*2 条.*`\/finetune remove 2`/,
    );
  });

  it('is not there without examples', () => {
    expect(healthLine('en', { ...fine, languages: { en: 0, zh: 0 } })).toBeUndefined();
  });
});
