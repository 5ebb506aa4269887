// Weekly reports that people have posted through us (posts `report:…`), and which of them are still to be looked at.
import { and, eq, isNotNull, sql } from 'drizzle-orm';
import type { Db } from './database.ts';
import { posts } from './schema.ts';

export type PostedReport = { key: string; channel: string; thread: string | null; id: string };

const TOLD = 'told-of:';
/** The key of what its author is told once a posted report was looked at. */
export const toldOfReport = (key: string): string => `${TOLD}${key}`;

/** Reports that stand in the chat and whose author has not been told what became of them, the oldest first. */
export async function reportsToLookAt(db: Db, workspace: number): Promise<PostedReport[]> {
  const told = sql`exists (select 1 from posts t where t.workspace = ${posts.workspace} and t.key = ${TOLD} || ${posts.key})`;
  const rows = await db
    .select({ key: posts.key, channel: posts.channel, thread: posts.thread, id: posts.remoteId })
    .from(posts)
    .where(and(eq(posts.workspace, workspace), sql`starts_with(${posts.key}, 'report:')`, isNotNull(posts.remoteId), sql`not ${told}`))
    .orderBy(posts.id);
  return rows.map(({ id, ...row }) => ({ ...row, id: id! }));
}
