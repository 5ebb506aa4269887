// Which rows a step sees, and how they become the training graph's inputs.
import type { TrainingRow } from '../../src/model/settings.ts';
import { seededRandom, shuffled, subseed } from '../engine/random.ts';

/** Rows of similar length are looked for among this many batches: enough to save most padding, few enough to keep batches mixed. */
const BATCHES_A_WINDOW = 8;

/** Tokens that go through the graph at once, padding included, where only the loss is wanted: its session keeps memory beside the training session's. */
export const HELDOUT_TOKENS = 256;

/**
 * The steps of one round (from 0): every row once, `batch` of them a step, the last step perhaps fewer. Rows of a step are of similar
 * length. The order follows from seed and round alone, so a run's position is all there is to remember of its random state.
 */
export function roundSteps(rows: TrainingRow[], batch: number, seed: number, round: number): TrainingRow[][] {
  const next = seededRandom(subseed(seed, round + 1));
  const mixed = shuffled(rows, next);
  const windows = chunks(mixed, batch * BATCHES_A_WINDOW).map(window => window.toSorted((a, b) => a.ids.length - b.ids.length));
  return shuffled(
    windows.flatMap(window => chunks(window, batch)),
    next,
  );
}

/** Splits the rows of a step into parts of at most `budget` tokens, padding included; a longer row is a part of its own. */
export function microBatches(rows: TrainingRow[], budget: number): TrainingRow[][] {
  const parts: TrainingRow[][] = [];
  for (const row of rows.toSorted((a, b) => b.ids.length - a.ids.length)) {
    const part = parts.at(-1);
    if (part && (part.length + 1) * part[0].ids.length <= budget) part.push(row);
    else parts.push([row]);
  }
  return parts;
}

/** The training graph's inputs but for the adapter; the label weights are the caller's. */
export type Batch = { rows: number; length: number; tokens: BigInt64Array; labelAt: BigInt64Array; labels: BigInt64Array };

/** Tokens that a row is trained on: the answer's. */
export const answerTokens = (row: TrainingRow): number => row.ids.length - row.answer;

/** Pads the rows on the right; each token of an answer is a label of the position before it. A row's last token is a label only. */
export function collate(rows: TrainingRow[]): Batch {
  const length = Math.max(...rows.map(row => row.ids.length - 1));
  const tokens = new BigInt64Array(rows.length * length);
  const labelAt: number[] = [];
  const labels: number[] = [];
  rows.forEach(({ ids, answer }, r) => {
    for (let i = 0; i < ids.length - 1; i++) tokens[r * length + i] = BigInt(ids[i]);
    for (let i = answer; i < ids.length; i++) {
      labelAt.push(r * length + i - 1);
      labels.push(ids[i]);
    }
  });
  return { rows: rows.length, length, tokens, labelAt: BigInt64Array.from(labelAt, BigInt), labels: BigInt64Array.from(labels, BigInt) };
}

const chunks = <T>(list: T[], size: number): T[][] =>
  Array.from({ length: Math.ceil(list.length / size) }, (_, i) => list.slice(i * size, (i + 1) * size));
