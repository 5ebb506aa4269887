// BLEU against sacrebleu and ROUGE against rouge-score: the fixture holds what those packages say (test/fixtures/make/scores.py).
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { bleu } from '../../src/model/bleu.ts';
import { languageOf } from '../../src/model/language.ts';
import { meanRouge, rouge } from '../../src/model/rouge.ts';

type Fixture = {
  corpora: { language: 'en' | 'zh'; pairs: [string, string][]; bleu: number }[];
  rouge: { language: 'en' | 'zh'; answer: string; reference: string; rouge1: number; rouge2: number; rougeL: number }[];
};
const fixture = JSON.parse(readFileSync(join(import.meta.dirname, '../fixtures/scores/pairs.json'), 'utf8')) as Fixture;

test('corpus BLEU is sacrebleu’s, for whole corpora and for single pairs', () => {
  expect(fixture.corpora.length).toBeGreaterThan(80);
  for (const { language, pairs, bleu: expected } of fixture.corpora) {
    const ours = bleu(
      pairs.map(([answer, reference]) => ({ answer, reference })),
      language,
    );
    expect(ours, JSON.stringify(pairs).slice(0, 200)).toBeCloseTo(expected, 9);
  }
});

test('ROUGE is rouge-score’s', () => {
  // A reference without any Han character is scored as English, whatever the corpus it stands in.
  const cases = fixture.rouge.filter(({ language, reference }) => languageOf(reference) === language);
  expect(cases.length).toBeGreaterThan(75);
  for (const { answer, reference, ...scores } of cases) {
    const { rouge1, rouge2, rougeL } = rouge(answer, reference);
    expect(rouge1, JSON.stringify([answer, reference])).toBeCloseTo(scores.rouge1, 12);
    expect(rouge2, JSON.stringify([answer, reference])).toBeCloseTo(scores.rouge2, 12);
    expect(rougeL, JSON.stringify([answer, reference])).toBeCloseTo(scores.rougeL, 12);
  }
});

test('means are percentages, and nothing gives nothing', () => {
  const pairs = fixture.rouge.filter(({ language }) => language === 'en');
  const mean = pairs.reduce((sum, { rougeL }) => sum + rougeL, 0) / pairs.length;
  expect(meanRouge(pairs).rougeL).toBeCloseTo(100 * mean, 9);
  expect(meanRouge([])).toEqual({ rouge1: 0, rouge2: 0, rougeL: 0 });
  expect(bleu([], 'en')).toBe(0);
});
