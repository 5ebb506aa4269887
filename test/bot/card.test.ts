// The report card: every number in a sentence, counts where there are few rows, and honest about rivals and forgetting.
import { describe, expect, it } from 'vitest';
import { type CardFacts, reportCard } from '../../src/bot/card.ts';
import type { Evaluation, Scores } from '../../src/model/report-card.ts';

const scores = (more: Partial<Scores>): Scores => ({
  loss: 4.2,
  perplexity: 66.7,
  reportForm: 0,
  qaForm: 0,
  factsFound: 0.5,
  factsInvented: 5.75,
  ownerRight: 0,
  spansRight: 0,
  bleu: 1.4,
  rouge1: 12,
  rouge2: 3,
  rougeL: 8.3,
  generalLoss: 0.9,
  examples: 19,
  words: 120,
  ...more,
});
const tuned = scores({ loss: 1.85, perplexity: 6.36, reportForm: 0.85, qaForm: 0.9, factsInvented: 0.75, generalLoss: 0.95, words: 36 });
const evaluation = (more: Partial<Evaluation> = {}): Evaluation => ({
  base: scores({}),
  tuned,
  notesInFrame: scores({ loss: null, perplexity: null, qaForm: null, factsFound: 1, reportForm: 1 }),
  heldout: { qa: 15, report: 4 },
  samples: [{ kind: 'qa', instruction: 'How?', input: '', reference: 'So.', base: 'Well …', tuned: 'So!' }],
  ...more,
});
const facts = (more: Partial<CardFacts> = {}): CardFacts => ({
  run: 1,
  version: 1,
  evaluation: evaluation(),
  train: Array.from({ length: 501 }, (_, i): [number, number] => [i, 4 - i / 200]),
  heldout: [
    [0, 4.2],
    [20, 2.3],
    [40, 1.85],
  ],
  bestStep: 40,
  settings: ['4 rounds'],
  warnings: [],
  ...more,
});
const text = (card: ReturnType<typeof reportCard>) => JSON.stringify(card);

describe('report card', () => {
  it('says in one sentence what was learned, and what was not', () => {
    expect(text(reportCard('en', facts()))).toContain('4.20 → 1.85');
    expect(text(reportCard('en', facts()))).toContain('facts mostly are not');
    expect(text(reportCard('en', facts()))).toContain('4.20 → 2.30 → 1.85');
    const nothing = facts({ evaluation: evaluation({ tuned: scores({ loss: 4.15 }) }) });
    expect(text(reportCard('en', nothing))).toContain('almost nothing');
  });

  it('claims nothing where nothing was kept aside', () => {
    const none = scores({ loss: null, perplexity: null });
    const card = reportCard(
      'en',
      facts({ evaluation: evaluation({ base: none, tuned: none, heldout: { qa: 0, report: 0 }, samples: [] }) }),
    );
    expect(text(card)).toContain('nothing tells how well');
    expect(text(card)).not.toContain('0.00');
  });

  it('draws at most 200 points and keeps the last', () => {
    const curve = reportCard('en', facts()).parts.flatMap(part => ('curve' in part ? [part.curve] : []))[0];
    expect(curve.train.length).toBeLessThanOrEqual(200);
    expect(curve.train.at(-1)).toEqual([500, 1.5]);
    expect(curve.best).toBe(40);
  });

  it('shares are percentages from 8 held-out rows on, counts below', () => {
    expect(text(reportCard('en', facts()))).toContain('tuned **85 %**');
    const few = facts({ evaluation: evaluation({ heldout: { qa: 0, report: 4 } }) });
    expect(text(reportCard('en', few))).toContain('3.4 of 4');
    expect(text(reportCard('en', few))).not.toContain('%');
  });

  it('names the rival that beats it, and forgetting when there is some', () => {
    expect(text(reportCard('en', facts()))).toContain('without any model keep more facts');
    expect(text(reportCard('en', facts()))).toContain('General knowledge is kept');
    const forgot = facts({ evaluation: evaluation({ tuned: scores({ generalLoss: 2.1 }) }) });
    expect(text(reportCard('en', forgot))).toContain('forgot much');
  });

  it('reads as well in Chinese', () => {
    const card = reportCard('zh', facts());
    expect(card.title).toBe('第 1 次训练 · 完成：v1');
    expect(text(card)).not.toMatch(/\{\w+\}|card\.|Loss on/);
  });
});
