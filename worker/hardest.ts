// The examples that a version finds hardest: the first ones for people to look at.
import { answerIds, exampleTurns, promptIds } from '../src/model/prompt.ts';
import type { HardRow } from '../src/model/report-card.ts';
import type { CheckedRow } from './checks.ts';
import type { Adapter } from './engine/generator.ts';
import type { Asking } from './general.ts';

const SHOWN = 5;
/** A large dataset would take minutes: so many rows, spread evenly over it, are looked at. */
const MOST_ROWS = 150;

/** The rows with the highest mean loss under the adapter, the highest first. Rejects with the signal's reason when aborted. */
export async function hardestRows(
  rows: CheckedRow[],
  adapter: Adapter,
  { generator, tokenizer, signal }: Omit<Asking, 'onProgress'>,
): Promise<HardRow[]> {
  const every = Math.max(1, rows.length / MOST_ROWS);
  const looked = Array.from({ length: Math.min(rows.length, MOST_ROWS) }, (_, i) => rows[Math.floor(i * every)]);
  const asked = looked.map(row => ({ prompt: promptIds(tokenizer, exampleTurns(row)), answer: answerIds(tokenizer, row.output) }));
  const scores = await generator.score(asked, adapter, signal);
  signal.throwIfAborted();
  return looked
    .map(({ no, part }, at) => ({ no, part, loss: scores[at].loss / scores[at].tokens, tokens: scores[at].tokens }))
    .sort((a, b) => b.loss - a.loss)
    .slice(0, SHOWN);
}
