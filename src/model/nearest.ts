// The approved answers whose questions are nearest to a new one: cosine of tf-idf vectors (Salton & Buckley 1988), Chinese by pairs of characters.
import { termsOf } from './terms.ts';

/** `index` into the questions; `similarity` above 0, at most 1. */
export type Near = { index: number; similarity: number };

/** Indexes the questions once; the function it gives back finds the `count` nearest, nearest first. Questions that share no word are left out. */
export function openNearest(questions: string[]): (question: string, count: number) => Near[] {
  const documents = questions.map(termsOf);
  const frequency = new Map<string, number>();
  for (const terms of documents) for (const term of new Set(terms)) frequency.set(term, (frequency.get(term) ?? 0) + 1);
  const weigh = (terms: string[]): Map<string, number> =>
    unit(terms, term => Math.log((1 + questions.length) / (1 + (frequency.get(term) ?? 0))) + 1);
  const postings = new Map<string, { index: number; weight: number }[]>();
  for (const [index, terms] of documents.entries())
    for (const [term, weight] of weigh(terms)) {
      if (!postings.has(term)) postings.set(term, []);
      postings.get(term)!.push({ index, weight });
    }
  return (question, count) => {
    const similarity = new Map<number, number>();
    for (const [term, weight] of weigh(termsOf(question)))
      for (const posting of postings.get(term) ?? [])
        similarity.set(posting.index, (similarity.get(posting.index) ?? 0) + weight * posting.weight);
    return [...similarity]
      .map(([index, value]) => ({ index, similarity: Math.min(1, value) }))
      .sort((a, b) => b.similarity - a.similarity || a.index - b.index)
      .slice(0, count);
  };
}

function unit(terms: string[], inverse: (term: string) => number): Map<string, number> {
  const counts = new Map<string, number>();
  for (const term of terms) counts.set(term, (counts.get(term) ?? 0) + 1);
  const weights = [...counts].map(([term, count]): [string, number] => [term, count * inverse(term)]);
  const norm = Math.hypot(...weights.map(([, weight]) => weight)) || 1;
  return new Map(weights.map(([term, weight]) => [term, weight / norm]));
}
