// The report card: every number in a sentence, counts where there are few rows, and honest about rivals and forgetting.
import { describe, expect, it } from 'vitest';
import { type CardFacts, reportCard } from '../../src/bot/card/card.ts';
import { readingSentence } from '../../src/bot/run/readings.ts';
import { cardToText } from '../../src/chat/card-text.ts';
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
  id: 17,
  run: 1,
  version: 1,
  evaluation: evaluation(),
  train: Array.from({ length: 501 }, (_, i): [number, number] => [i, 4 - i / 200]),
  heldout: [
    [0, 4.2],
    [20, 2.3],
    [40, 1.85],
  ],
  wishes: { learningRate: 1e-3 },
  hardest: [],
  settings: ['4 rounds'],
  warnings: [],
  ...more,
});
const buttons = (card: ReturnType<typeof reportCard>) => card.parts.flatMap(part => ('buttons' in part ? part.buttons : []));
const text = (card: ReturnType<typeof reportCard>) => JSON.stringify(card);

describe('report card', () => {
  it('says in one sentence what was learned, and what was not', () => {
    expect(text(reportCard('en', facts()))).toContain('4.20 → 1.85');
    expect(text(reportCard('en', facts()))).toContain('facts mostly are not');
    expect(text(reportCard('en', facts()))).toContain('4.20 → 2.30 → 1.85');
    const formless = { tuned: scores({ loss: 1.85, reportForm: 0.1, qaForm: 0.4 }) };
    expect(text(reportCard('en', facts({ evaluation: evaluation(formless) })))).toContain('does not have your team’s form yet');
    expect(text(reportCard('en', facts({ evaluation: evaluation(formless) })))).not.toContain('writes in your team’s form');
    const onlyReports = { tuned: scores({ loss: 1.85, reportForm: 0.5, qaForm: null }) };
    expect(text(reportCard('en', facts({ evaluation: evaluation(onlyReports) })))).toContain('writes in your team’s form');
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
    // Smoothed: ten steps of 0.005 behind a straight line.
    expect(curve.train.at(-1)?.[0]).toBe(500);
    expect(curve.train.at(-1)?.[1]).toBeCloseTo(1.5 + 9 * 0.005, 3);
    expect(curve.best).toBe(40);
    expect(curve.alt).toContain('from 4.20 (base) to 1.85');
  });

  it('is careful where few rows were kept aside', () => {
    const few = reportCard('en', facts({ evaluation: evaluation({ heldout: { qa: 3, report: 0 } }) }));
    expect(JSON.stringify(few.parts[0])).toContain('Only 3 examples were kept aside: too few to be sure');
    expect(JSON.stringify(reportCard('en', facts()).parts[0])).not.toContain('kept aside:');
  });

  it('reads the curve, and one press starts the run that it proposes, with what was asked for before', () => {
    const reading = { kind: 'falling', values: { first: 4.2, last: 1.85 }, again: { epochs: 6 } } as const;
    const card = reportCard('en', facts({ reading }));
    expect(text(card)).toContain('Still falling:** the loss came from 4.20 to 1.85');
    expect(buttons(card)).toEqual([
      { label: 'Two more rounds', action: 'start-run', value: 'lr=0.001 rounds=6' },
      { label: 'What is this?', action: 'explain', value: 'run:17' },
    ]);
    const lower = { kind: 'jumps', values: { first: 4, last: 5 }, again: { learningRate: 3.3e-4 } } as const;
    expect(buttons(reportCard('zh', facts({ reading: lower })))[0]).toMatchObject({
      label: '重来，学习率降到三分之一',
      value: 'lr=0.00033',
    });
  });

  it.each(['good', 'falling', 'flat', 'jumps', 'overfit', 'memorised', 'diverged'] as const)('says "%s" in both languages', kind => {
    const values = { first: 4, last: 2, round: 3, kept: 2, train: 0.04, step: 7 };
    for (const lang of ['en', 'zh'] as const) {
      const said = readingSentence(lang, { kind, values });
      expect(said).not.toMatch(/\{\w+\}|reading\./);
      expect(/\p{Script=Han}/u.test(said)).toBe(lang === 'zh');
    }
  });

  it('names the hardest rows with a link and how to take one out', () => {
    const hardest = [
      { no: 12, loss: 4.314, words: 'How do I open the locker?', permalink: '#m12' },
      { no: 3, loss: 3.9, words: 'Who owns the crane?' },
    ];
    const shown = text(reportCard('en', facts({ hardest })));
    expect(shown).toContain('- #12 · [How do I open the locker?](#m12) · loss 4.31');
    expect(shown).toContain('- #3 · Who owns the crane? · loss 3.90');
    expect(shown).toContain('`/finetune remove 12`');
  });

  it('shows three samples side by side, and reads as plain text', () => {
    const sample = evaluation().samples[0];
    const samples = Array.from({ length: 5 }, (_, i) => ({ ...sample, instruction: `Question ${i}?` }));
    const card = reportCard('en', facts({ evaluation: evaluation({ samples }) }));
    expect(card.parts.filter(part => 'columns' in part)).toHaveLength(3);
    const plain = cardToText(card);
    expect(plain).toContain('Example 3 of 3: Question 2?');
    expect(plain).toContain('[What is this?]');
    expect(plain).not.toContain('**');
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
