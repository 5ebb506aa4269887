// Pairs of texts that say nearly the same, found without comparing every pair (prefix filtering: Bayardo, Ma, Srikant, WWW 2007).

/** Index pairs [i, j], i < j, whose sets of character trigrams have a Jaccard similarity of at least `threshold` (above 0). */
export function nearDuplicates(texts: string[], threshold: number): [number, number][] {
  const documents = rankedTrigrams(texts);
  const seen = new Map<number, number[]>();
  const comparedWith = new Int32Array(texts.length).fill(-1);
  const pairs: [number, number][] = [];
  for (const [j, grams] of documents.entries()) {
    // Two sets this similar share at least one of their rarest |set| - ceil(threshold * |set|) + 1 members.
    for (const gram of grams.subarray(0, grams.length - Math.ceil(threshold * grams.length - 1e-9) + 1)) {
      const others = seen.get(gram) ?? [];
      for (const i of others) {
        if (comparedWith[i] === j) continue;
        comparedWith[i] = j;
        if (areNear(documents[i], grams, threshold)) pairs.push([i, j]);
      }
      if (others.push(j) === 1) seen.set(gram, others);
    }
  }
  return pairs;
}

/** Every text's distinct trigrams as numbers, rarest first. Letters and digits only: case, punctuation and white space make no difference. */
function rankedTrigrams(texts: string[]): Int32Array[] {
  const sets = texts.map(text => {
    const plain = ` ${text
      .toLowerCase()
      .replace(/[^\p{L}\p{N}]+/gu, ' ')
      .trim()} `;
    const characters = [...plain];
    return new Set(characters.slice(2).map((_, index) => characters.slice(index, index + 3).join('')));
  });
  const frequency = new Map<string, number>();
  for (const set of sets) for (const gram of set) frequency.set(gram, (frequency.get(gram) ?? 0) + 1);
  const ranks = new Map([...frequency].sort(([, a], [, b]) => a - b).map(([gram], rank) => [gram, rank]));
  return sets.map(set => Int32Array.from(set, gram => ranks.get(gram)!).sort());
}

/** Merges two ascending lists; gives up as soon as they differ in more members than the threshold allows. */
function areNear(a: Int32Array, b: Int32Array, threshold: number): boolean {
  // both / (|a| + |b| - both) >= threshold, solved for both; rounding errors must not ask for one more.
  const needed = Math.ceil((threshold / (1 + threshold)) * (a.length + b.length) - 1e-9);
  let spare = a.length + b.length - 2 * needed;
  let [i, j] = [0, 0];
  while (i < a.length && j < b.length && spare >= 0) {
    if (a[i] === b[j]) {
      i++;
      j++;
    } else {
      spare--;
      if (a[i] < b[j]) i++;
      else j++;
    }
  }
  return spare >= a.length - i + (b.length - j);
}
