// An example gets a new text: what its earlier ones hold that was not known for a secret then goes, there and from report cards.
import { maskRevisions } from '../../data/chat-examples.ts';
import type { Db } from '../../data/database.ts';
import { redactCards } from '../../data/quoting.ts';
import { mapStrings } from '../../model/quotes.ts';
import { throughGate } from '../../model/secret-gate.ts';
import { maskedOrNothing } from '../examples/keepable.ts';

/** In the transaction that keeps the new text. */
export async function maskEarlier(tx: Db, workspace: number, example: number): Promise<void> {
  const changed = await maskRevisions(tx, example, text => {
    const gated = throughGate(text);
    return 'row' in gated ? { ...gated.row, masked: gated.masked } : undefined;
  });
  if (changed === 0) return;
  await redactCards(tx, workspace, [], {
    quoting: text => maskedOrNothing(text) !== text,
    without: value => mapStrings(value, text => maskedOrNothing(text) ?? '') as typeof value,
  });
}
