// Scores for a report card that no model earned: a loss, and otherwise nothing measured.
import type { Scores } from '../../src/model/report-card.ts';

export const scoresOf = (loss: number | null, more: Partial<Scores> = {}): Scores => ({
  loss,
  perplexity: loss === null ? null : Math.exp(loss),
  reportForm: null,
  qaForm: null,
  factsFound: null,
  factsInvented: null,
  ownerRight: null,
  spansRight: null,
  bleu: null,
  rouge1: null,
  rouge2: null,
  rougeL: null,
  generalLoss: null,
  examples: 8,
  words: null,
  ...more,
});
