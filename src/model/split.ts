// Which rows are kept aside for the test: whole clusters (one thread, near-duplicates), in an order nobody picks.
import { createHmac } from 'node:crypto';
import { nearDuplicates } from './near-duplicates.ts';
import type { Kind, Row } from './row.ts';

/** Indices into the rows, ascending. */
export type Split = { train: number[]; heldout: number[] };

const SHARE = 0.15;
const LEAST_OF_A_KIND = 4;
/** From so many rows of a kind on, `LEAST_OF_A_KIND` of them are held out. */
const KIND_COUNTS_FROM = 12;
/** A kind with fewer rows keeps them all for training. */
const KIND_IS_TESTED_FROM = 4;
/** Jaccard similarity of character trigrams. */
const NEAR = 0.8;

/**
 * Splits by cluster in the order of an HMAC of the rows' text: the same rows and key give the same split in whatever order they
 * come, and a new row leaves the old ones where they are. Of each kind at least 15 % are held out, and 4 where there are 12 or more;
 * never more than half, so that a single long thread stays in training.
 */
export function split(rows: Row[], key: string | Buffer): Split {
  const names = rows.map(({ instruction, input, output }) =>
    createHmac('sha256', key)
      .update(JSON.stringify([instruction, input, output]))
      .digest('hex'),
  );
  const clusters = [...clusterRows(rows).values()]
    .map(members => ({ members, name: members.map(row => names[row]).sort()[0] }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  const kinds: Kind[] = ['qa', 'report'];
  const total = (kind: Kind): number => rows.filter(row => row.kind === kind).length;
  const wanted = { qa: wantedOf(total('qa')), report: wantedOf(total('report')) };
  const most = { qa: Math.floor(total('qa') / 2), report: Math.floor(total('report') / 2) };
  const held = { qa: 0, report: 0 };
  const heldout: number[] = [];
  for (const { members } of clusters) {
    const adds = { qa: 0, report: 0 };
    for (const row of members) adds[rows[row].kind]++;
    const helps = kinds.some(kind => adds[kind] > 0 && held[kind] < wanted[kind]);
    if (!helps || kinds.some(kind => held[kind] + adds[kind] > most[kind])) continue;
    for (const kind of kinds) held[kind] += adds[kind];
    heldout.push(...members);
  }
  const kept = new Set(heldout);
  return { train: [...rows.keys()].filter(row => !kept.has(row)), heldout: heldout.sort((a, b) => a - b) };
}

function wantedOf(count: number): number {
  if (count < KIND_IS_TESTED_FROM) return 0;
  return Math.max(Math.ceil(SHARE * count), count >= KIND_COUNTS_FROM ? LEAST_OF_A_KIND : 0);
}

/** Rows that must stay together, by the first of them. A report's request says little, so it counts with its notes. */
function clusterRows(rows: Row[]): Map<number, number[]> {
  const first = rows.map((_, index) => index);
  const find = (row: number): number => (first[row] === row ? row : (first[row] = find(first[row])));
  const join = (a: number, b: number): void => {
    first[Math.max(find(a), find(b))] = Math.min(find(a), find(b));
  };
  const threads = new Map<string, number>();
  for (const [index, { thread }] of rows.entries()) {
    if (thread === undefined) continue;
    join(index, threads.get(thread) ?? index);
    threads.set(thread, threads.get(thread) ?? index);
  }
  for (const [a, b] of nearDuplicates(
    rows.map(({ instruction, input }) => `${instruction}\n${input}`),
    NEAR,
  ))
    join(a, b);
  for (const [a, b] of nearDuplicates(
    rows.map(({ output }) => output),
    NEAR,
  ))
    join(a, b);
  const clusters = new Map<number, number[]>();
  for (const index of rows.keys()) clusters.set(find(index), [...(clusters.get(find(index)) ?? []), index]);
  return clusters;
}
