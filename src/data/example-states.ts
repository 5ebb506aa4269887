// The states of an example. Each transition is one update that names the states it may start from; every other one is refused.
import { and, eq, inArray, isNull, sql } from 'drizzle-orm';
import type { Db } from './database.ts';
import type { ExampleRow } from './examples.ts';
import { approvals, type EXAMPLE_STATES, exampleRevisions, exampleSources, examples, messages } from './schema.ts';

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
 * Its messages are looked at again, which takes the receipt back. Undefined where there is no such example or it is retired already.
 * A pending example has no text yet: its instruction and output are ''.
 */
export async function retireExample(db: Db, workspace: number, no: number, why: 'byHand'): Promise<ExampleRow | undefined> {
  return db.transaction(async tx => {
    const [row] = await tx
      .update(examples)
      .set({ state: 'retired', why })
      .where(and(eq(examples.workspace, workspace), eq(examples.no, no), inArray(examples.state, FROM.retired)))
      .returning();
    if (!row) return undefined;
    // Approvals of no revision: they stand, and count for no text.
    await tx
      .update(approvals)
      .set({ revision: 0 })
      .where(and(eq(approvals.example, row.id), isNull(approvals.withdrawnAt)));
    await tx
      .update(messages)
      .set({ dirtyAt: sql`now()` })
      .where(
        inArray(messages.id, tx.select({ id: exampleSources.message }).from(exampleSources).where(eq(exampleSources.example, row.id))),
      );
    const [text] = await tx
      .select()
      .from(exampleRevisions)
      .where(and(eq(exampleRevisions.example, row.id), eq(exampleRevisions.n, row.revision)));
    return {
      example: row.id,
      no: row.no,
      revision: text?.id ?? 0,
      kind: row.kind,
      instruction: text?.instruction ?? '',
      input: text?.input ?? '',
      output: text?.output ?? '',
      lang: text?.lang ?? 'en',
      ...(row.thread !== null && { thread: row.thread }),
    };
  });
}
