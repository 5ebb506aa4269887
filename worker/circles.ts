// Small models fall into loops; such an answer is shown but not put to a vote.

const RUN = 4;
const SHORTEST = 16;

/** More than half of the runs of four words (Chinese: characters) stood there before. */
export function goesInCircles(text: string): boolean {
  const words = text.toLowerCase().match(/\p{Script=Han}|[^\s\p{Script=Han}]+/gu) ?? [];
  const runs = words.slice(RUN - 1).map((_, end) => words.slice(end, end + RUN).join(' '));
  return runs.length >= SHORTEST && new Set(runs).size * 2 < runs.length;
}
