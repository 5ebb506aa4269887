import { describe, expect, test } from 'vitest';
import { checkQuestions } from '../../src/model/general-check.ts';
import { replayQuestions } from '../../src/model/general-replay.ts';
import { languageOf } from '../../src/model/language.ts';
import { nearDuplicates } from '../../src/model/near-duplicates.ts';
import { openNearest } from '../../src/model/nearest.ts';
import { kindOf } from '../../src/model/report-rule.ts';

describe.each(['en', 'zh'] as const)('general questions in %s', language => {
  const all = [...replayQuestions[language], ...checkQuestions[language]];

  test('there are enough, each in its language and none a report', () => {
    expect(replayQuestions[language].length).toBeGreaterThanOrEqual({ en: 200, zh: 40 }[language]);
    expect(checkQuestions[language]).toHaveLength(20);
    for (const question of all) {
      expect(languageOf(question)).toBe(language);
      expect(kindOf({ instruction: question, output: '' })).toBe('qa');
    }
  });

  test('none stands there twice, and what the check asks was not practised', () => {
    expect(nearDuplicates(all, 0.8)).toEqual([]);
    const practised = openNearest(replayQuestions[language]);
    for (const question of checkQuestions[language]) expect(practised(question, 1)[0]?.similarity ?? 0, question).toBeLessThan(0.75);
  });
});
