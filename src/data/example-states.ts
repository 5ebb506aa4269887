// The states of an example. Each transition is one update that names the states it may start from; every other one is refused.
import { and, eq, inArray } from 'drizzle-orm';
import { voidApprovals } from './approvals.ts';
import type { Db } from './database.ts';
import { markSourcesDirty } from './messages.ts';
import { type EXAMPLE_STATES, examples } from './schema.ts';

export type ExampleState = (typeof EXAMPLE_STATES)[number];
/** `byHand`: a person removed it. `approvalsGone`: no ✅ stands. `sourceGone`: a message of it was deleted. `notAllowed`: mayLearn says no. */
export type RetiredWhy = 'byHand' | 'approvalsGone' | 'sourceGone' | 'notAllowed';

/** State → the states from which it may be reached. Nothing leaves `erased`, and only erasing leaves `refused`. */
const FROM: Record<ExampleState, ExampleState[]> = {
  pending: ['approved', 'stale', 'retired'],
  approved: ['pending', 'stale', 'retired'],
  stale: ['pending', 'approved', 'retired'],
  retired: ['pending', 'approved', 'stale'],
  refused: ['pending'],
  erased: ['pending', 'approved', 'stale', 'retired', 'refused'],
};

/** Moves the example to state `to`; false where that is no transition from the state it is in (or it is in `to` already). */
export async function moveExample(db: Db, id: number, to: ExampleState, why: string | null = null): Promise<boolean> {
  const moved = await db
    .update(examples)
    .set({ state: to, why })
    .where(and(eq(examples.id, id), inArray(examples.state, FROM[to])))
    .returning({ id: examples.id });
  return moved.length > 0;
}

/**
 * Removes an example by its number: it is not learned from any more, although its ✅ still stand; a ✅ given anew revives it.
 * Its messages are looked at again, which takes the receipt back. False where there is no such example or it is retired already.
 */
export async function retireExample(db: Db, workspace: number, no: number): Promise<boolean> {
  return db.transaction(async tx => {
    const [row] = await tx
      .update(examples)
      .set({ state: 'retired', why: 'byHand' satisfies RetiredWhy })
      .where(and(eq(examples.workspace, workspace), eq(examples.no, no), inArray(examples.state, FROM.retired)))
      .returning({ id: examples.id });
    if (!row) return false;
    await voidApprovals(tx, row.id);
    await markSourcesDirty(tx, [row.id]);
    return true;
  });
}
