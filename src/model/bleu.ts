// Corpus BLEU as sacreBLEU 2.6 computes it: one reference, 4-grams, exponential smoothing (Papineni et al. 2002; Post 2018).
import { bleuTokens } from './bleu-tokens.ts';
import type { TextLanguage } from './language.ts';

const ORDERS = [1, 2, 3, 4];

/** 0 to 100. `language` picks sacreBLEU's tokenizer: 13a for 'en', zh for 'zh'. An empty corpus scores 0. */
export function bleu(pairs: { answer: string; reference: string }[], language: TextLanguage): number {
  const matched = ORDERS.map(() => 0);
  const possible = ORDERS.map(() => 0);
  let answerLength = 0;
  let referenceLength = 0;
  for (const { answer, reference } of pairs) {
    const [ours, theirs] = [bleuTokens(answer, language), bleuTokens(reference, language)];
    answerLength += ours.length;
    referenceLength += theirs.length;
    for (const [order, n] of ORDERS.entries()) {
      const counts = ngrams(theirs, n);
      for (const [gram, count] of ngrams(ours, n)) matched[order] += Math.min(count, counts.get(gram) ?? 0);
      possible[order] += Math.max(0, ours.length - n + 1);
    }
  }
  if (matched.every(count => count === 0)) return 0;
  const brevity = answerLength < referenceLength ? Math.exp(1 - referenceLength / answerLength) : 1;
  return brevity * Math.exp(smoothedLogPrecisions(matched, possible).reduce((a, b) => a + b) / ORDERS.length);
}

/** "exp" smoothing: the k-th order without a match counts as 1 / 2^k matches. An order without any n-gram makes the score 0. */
function smoothedLogPrecisions(matched: number[], possible: number[]): number[] {
  let halving = 1;
  return matched.map((count, order) => {
    if (possible[order] === 0) return Number.NEGATIVE_INFINITY;
    if (count === 0) halving *= 2;
    return Math.log((100 * (count || 1 / halving)) / possible[order]);
  });
}

/** How often each n-gram of the tokens comes. Tokens hold no blanks, so a blank joins them. */
export function ngrams(tokens: string[], n: number): Map<string, number> {
  const counts = new Map<string, number>();
  for (let at = 0; at + n <= tokens.length; at++) {
    const gram = tokens.slice(at, at + n).join(' ');
    counts.set(gram, (counts.get(gram) ?? 0) + 1);
  }
  return counts;
}
