// Pairs of texts that say nearly the same, found without comparing every pair (prefix filtering: Bayardo, Ma, Srikant, WWW 2007).

/** Index pairs [i, j], i < j, whose sets of character trigrams have a Jaccard similarity of at least `threshold` (above 0). */
export function nearDuplicates(texts: string[], threshold: number): [number, number][] {
  const sets = texts.map(trigrams);
  const frequency = new Map<string, number>();
  for (const set of sets) for (const gram of set) frequency.set(gram, (frequency.get(gram) ?? 0) + 1);
  const ordered = sets.map(set => [...set].sort((a, b) => frequency.get(a)! - frequency.get(b)! || (a < b ? -1 : 1)));
  const seen = new Map<string, number[]>();
  const pairs: [number, number][] = [];
  for (const [j, grams] of ordered.entries()) {
    // Two sets this similar share at least one of their rarest |set| - ceil(threshold * |set|) + 1 members.
    const prefix = grams.slice(0, grams.length - Math.ceil(threshold * grams.length) + 1);
    const candidates = new Set(prefix.flatMap(gram => seen.get(gram) ?? []));
    for (const i of candidates) if (jaccard(sets[i], sets[j]) >= threshold) pairs.push([i, j]);
    for (const gram of prefix) seen.has(gram) ? seen.get(gram)!.push(j) : seen.set(gram, [j]);
  }
  return pairs;
}

/** Letters and digits only: case, punctuation and white space make no difference. */
function trigrams(text: string): Set<string> {
  const characters = [
    ...` ${text
      .toLowerCase()
      .replace(/[^\p{L}\p{N}]+/gu, ' ')
      .trim()} `,
  ];
  return new Set(characters.slice(2).map((_, index) => characters.slice(index, index + 3).join('')));
}

function jaccard(a: Set<string>, b: Set<string>): number {
  if (Math.min(a.size, b.size) === 0) return 0;
  let both = 0;
  for (const gram of a) if (b.has(gram)) both++;
  return both / (a.size + b.size - both);
}
