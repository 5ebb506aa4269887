// A kind that is rare among the examples is seen more often a round. Measured on the sample team (68 Q&A, 12 reports, SmolLM2-135M): reports
// seen twice keep more of the form (0.60 → 0.70 to 0.75) and more of the facts (0.54 → 0.68 to 0.71), and Q&A lose nothing.
import type { Kind } from './row.ts';

/** The rare kind should make up about this share of a round. */
const SHARE = 1 / 4;
const MOST_TIMES = 3;
/** Fewer rows are not repeated: they would be learned by heart. */
const LEAST_ROWS = 4;

/** How often a row of each kind comes a round. */
export function timesARound(rows: Record<Kind, number>): Record<Kind, number> {
  const times = (own: number, other: number): number => {
    if (own < LEAST_ROWS) return 1;
    const wanted = (other * SHARE) / (1 - SHARE);
    return Math.min(MOST_TIMES, Math.max(1, Math.round(wanted / own)));
  };
  return { qa: times(rows.qa, rows.report), report: times(rows.report, rows.qa) };
}

/** The rows of a round, each as often as it comes. */
export function roundOf<Row extends { kind: Kind }>(rows: Row[]): Row[] {
  const times = timesARound(countKinds(rows));
  return rows.flatMap(row => Array<Row>(times[row.kind]).fill(row));
}

export function countKinds(rows: { kind: Kind }[]): Record<Kind, number> {
  const report = rows.filter(({ kind }) => kind === 'report').length;
  return { qa: rows.length - report, report };
}
