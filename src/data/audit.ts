// Who did what to data and models, for admins to read: ids and counts, never text.
import { and, count, desc, eq } from 'drizzle-orm';
import type { Db } from './database.ts';
import type { Json } from './schema/columns.ts';
import { audit, people } from './schema.ts';

/** `actor`: a platform's id, or what else did it (TRAINING_ALLOWED, votes); `name`: whose id that is. */
export type AuditRow = { id: number; at: Date; actor: string; name: string | null; verb: string; object: string; detail: Json };

/** Keeps who did what. `detail` holds ids and counts, never text. */
export async function recordAudit(
  db: Db,
  entry: { workspace?: number; actor: string; verb: string; object: string; detail?: Json },
): Promise<void> {
  await db.insert(audit).values(entry);
}

/** One page, the newest first; `page` counts from 1. */
export async function auditPage(db: Db, workspace: number, page: number, size: number): Promise<{ rows: AuditRow[]; total: number }> {
  const [{ total }] = await db.select({ total: count() }).from(audit).where(eq(audit.workspace, workspace));
  const rows = await db
    .select({
      id: audit.id,
      at: audit.at,
      actor: audit.actor,
      name: people.name,
      verb: audit.verb,
      object: audit.object,
      detail: audit.detail,
    })
    .from(audit)
    .leftJoin(people, and(eq(people.workspace, audit.workspace), eq(people.ext, audit.actor)))
    .where(eq(audit.workspace, workspace))
    .orderBy(desc(audit.id))
    .limit(size)
    .offset((page - 1) * size);
  return { rows, total };
}

/** How often `verb` was done in a workspace. */
export const countAudit = (db: Db, workspace: number, verb: string): Promise<number> =>
  db.$count(audit, and(eq(audit.workspace, workspace), eq(audit.verb, verb)));
