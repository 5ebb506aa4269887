// ROUGE-1, -2 and -L as Google's rouge-score 0.1.2 computes them (Lin 2004), without stemming; Chinese by character.
import { ngrams } from './bleu.ts';
import { languageOf } from './language.ts';
import { commonSubsequence } from './subsequence.ts';

export type Rouge = { rouge1: number; rouge2: number; rougeL: number };

/** F measures of one pair, 0 to 1. Where the reference is Chinese every Han character is a token; rouge-score alone would drop them all. */
export function rouge(answer: string, reference: string): Rouge {
  const pattern = languageOf(reference) === 'zh' ? /[a-z0-9]+|\p{Script=Han}/gu : /[a-z0-9]+/gu;
  const [ours, theirs] = [answer, reference].map(text => text.toLowerCase().match(pattern) ?? []);
  return {
    rouge1: overlap(ours, theirs, 1),
    rouge2: overlap(ours, theirs, 2),
    rougeL: f(commonSubsequence(ours, theirs), ours.length, theirs.length),
  };
}

/** Means over the pairs, 0 to 100; zeros for none. */
export function meanRouge(pairs: { answer: string; reference: string }[]): Rouge {
  const scores = pairs.map(({ answer, reference }) => rouge(answer, reference));
  const mean = (key: keyof Rouge): number => (100 * scores.reduce((sum, score) => sum + score[key], 0)) / Math.max(1, scores.length);
  return { rouge1: mean('rouge1'), rouge2: mean('rouge2'), rougeL: mean('rougeL') };
}

function overlap(ours: string[], theirs: string[], n: number): number {
  const counts = ngrams(theirs, n);
  let both = 0;
  for (const [gram, count] of ngrams(ours, n)) both += Math.min(count, counts.get(gram) ?? 0);
  return f(both, ours.length - n + 1, theirs.length - n + 1);
}

/** The harmonic mean of precision both / ours and recall both / theirs. */
const f = (both: number, ours: number, theirs: number): number => (both > 0 ? (2 * both) / (ours + theirs) : 0);
