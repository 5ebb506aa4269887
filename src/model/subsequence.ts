// The longest common subsequence: what ROUGE-L and the order of a report's sections are measured by.

/** Its length, in time |a|·|b| and memory |b|. */
export function commonSubsequence<T>(a: T[], b: T[]): number {
  let above = new Uint32Array(b.length + 1);
  for (const item of a) {
    const row = new Uint32Array(b.length + 1);
    for (let j = 0; j < b.length; j++) row[j + 1] = item === b[j] ? above[j] + 1 : Math.max(row[j], above[j + 1]);
    above = row;
  }
  return above[b.length];
}
