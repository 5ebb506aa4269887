// Which pairs of answers people are asked to vote on.

/** Two texts that differ, say something and do not go in circles. */
export function isWorthAVote(texts: string[]): boolean {
  const [a, b, ...more] = texts.map(text => text.trim());
  return b !== undefined && more.length === 0 && a !== b && [a, b].every(text => text !== '' && !goesInCircles(text));
}

const RUN = 4;
const SHORTEST = 16;

/** Small models fall into loops: more than half of the runs of four words (Chinese: characters) stood there before. */
export function goesInCircles(text: string): boolean {
  const words = text.toLowerCase().match(/\p{Script=Han}|[^\s\p{Script=Han}]+/gu) ?? [];
  const runs = words.slice(RUN - 1).map((_, end) => words.slice(end, end + RUN).join(' '));
  return runs.length >= SHORTEST && new Set(runs).size * 2 < runs.length;
}
