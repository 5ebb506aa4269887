// Approvals: one person's ✅ on one example. Authority is judged and kept when it is given; it stands until it is seen to be gone.
// An approval is of one revision: of the text that stood there when it was first seen. The chat does not say when a ✅ was given, so
// after an edit those that stand stay approvals of the old text, and count again only when taken back and given anew (or renewed by a press).
import { and, asc, eq, gt, inArray, isNull, sql } from 'drizzle-orm';
import type { Db } from './database.ts';
import { approvals, channelApprovers, people } from './schema.ts';

/** `revision` 0 = of a text that no revision holds and none will. */
export type StandingApproval = { person: number; ext: string; revision: number; counts: boolean; at: Date };

/** The revision number of approvals that stand and count for no text. */
export const OF_NO_TEXT = 0;

/** Those that nobody has taken back, in the order in which they were given. */
export async function standingApprovals(db: Db, example: number): Promise<StandingApproval[]> {
  return db
    .select({ person: approvals.person, ext: people.ext, revision: approvals.revision, counts: approvals.counts, at: approvals.at })
    .from(approvals)
    .innerJoin(people, eq(people.id, approvals.person))
    .where(and(eq(approvals.example, example), isNull(approvals.withdrawnAt)))
    .orderBy(asc(approvals.at), asc(approvals.id));
}

/** A ✅ that was not there before, of revision `revision`. */
export async function giveApproval(
  tx: Db,
  approval: { example: number; person: number; revision: number; counts: boolean; mark: string },
): Promise<void> {
  const now = { ...approval, at: sql`now()`, withdrawnAt: null };
  await tx
    .insert(approvals)
    .values(now)
    .onConflictDoUpdate({ target: [approvals.example, approvals.person], set: now });
}

export async function withdrawApprovals(tx: Db, example: number, persons: number[]): Promise<void> {
  if (persons.length === 0) return;
  await tx
    .update(approvals)
    .set({ withdrawnAt: sql`now()` })
    .where(and(eq(approvals.example, example), inArray(approvals.person, persons), isNull(approvals.withdrawnAt)));
}

/** The text that approvals above revision `last` were given to was edited before it became a revision. */
export async function voidUnkeptApprovals(tx: Db, example: number, last: number): Promise<void> {
  await tx
    .update(approvals)
    .set({ revision: OF_NO_TEXT })
    .where(and(eq(approvals.example, example), gt(approvals.revision, last), isNull(approvals.withdrawnAt)));
}

/** The ✅ of `person`, without one everybody's, stand and count for no text. */
export async function voidApprovals(db: Db, example: number, person?: number): Promise<void> {
  const whose = person === undefined ? undefined : eq(approvals.person, person);
  await db
    .update(approvals)
    .set({ revision: OF_NO_TEXT })
    .where(and(eq(approvals.example, example), whose, isNull(approvals.withdrawnAt)));
}

/** Revision `to` says the same as `from`: who approved the one approved the other. */
export async function carryApprovals(tx: Db, example: number, from: number, to: number): Promise<void> {
  await tx
    .update(approvals)
    .set({ revision: to })
    .where(and(eq(approvals.example, example), eq(approvals.revision, from)));
}

/** Whether `person` is on the channel's list of approvers. */
export async function isListedApprover(db: Db, channel: number, person: number): Promise<boolean> {
  const rows = await db
    .select({ person: channelApprovers.person })
    .from(channelApprovers)
    .where(and(eq(channelApprovers.channel, channel), eq(channelApprovers.person, person)));
  return rows.length > 0;
}
