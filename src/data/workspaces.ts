// Workspaces: one Slack team, one Feishu tenant, or the local chat. Their row is also the lock under which numbers are given out.
import { and, eq, isNull, sql } from 'drizzle-orm';
import type { PgColumn, PgTable } from 'drizzle-orm/pg-core';
import { recordAudit } from './audit.ts';
import type { Db } from './database.ts';
import { channels, workspaces } from './schema.ts';

export type Workspace = typeof workspaces.$inferSelect;

/** Finds or makes the workspace; the name is brought up to date. Whoever can be asked for it is installed there: it has not ended. */
export async function ensureWorkspace(db: Db, platform: string, team: string, name = ''): Promise<Workspace> {
  const [row] = await db
    .insert(workspaces)
    .values({ platform, team, name })
    .onConflictDoUpdate({ target: [workspaces.platform, workspaces.team], set: { name, endedAt: null } })
    .returning();
  return row;
}

/**
 * The workspace has thrown the bot out: learning is off in all of its channels, and stays off until somebody switches it on again.
 * Undefined where it had ended before.
 */
export async function endWorkspace(db: Db, id: number): Promise<Workspace | undefined> {
  return db.transaction(async tx => {
    const [row] = await tx
      .update(workspaces)
      .set({ endedAt: sql`now()` })
      .where(and(eq(workspaces.id, id), isNull(workspaces.endedAt)))
      .returning();
    if (!row) return undefined;
    await tx
      .update(channels)
      .set({ learn: 'off', setBy: null, setAt: sql`now()` })
      .where(and(eq(channels.workspace, id), eq(channels.learn, 'on')));
    await recordAudit(tx, { workspace: id, actor: row.platform, verb: 'uninstall', object: 'workspace' });
    return row;
  });
}

/** The language wherever neither a channel nor a person has one of its own. */
export async function setWorkspaceLang(db: Db, id: number, lang: string): Promise<void> {
  await db.update(workspaces).set({ lang }).where(eq(workspaces.id, id));
}

/**
 * Keeps the operator's word whether this workspace's messages may be learned from (`by`: where it was said), since when, and in the audit
 * that it changed. Gives the workspace as it is then.
 */
export async function setTrainingAllowed(db: Db, known: Workspace, allowed: boolean, by: string): Promise<Workspace> {
  if (allowed === (known.trainingAllowedAt !== null)) return known;
  return db.transaction(async tx => {
    const [row] = await tx
      .update(workspaces)
      .set(allowed ? { trainingAllowedAt: sql`now()`, trainingAllowedBy: by } : { trainingAllowedAt: null, trainingAllowedBy: null })
      .where(eq(workspaces.id, known.id))
      .returning();
    await recordAudit(tx, { workspace: known.id, actor: by, verb: allowed ? 'allow-training' : 'forbid-training', object: 'workspace' });
    return row;
  });
}

/**
 * The next free number that people see (`no`) in a workspace. Only inside a transaction: it holds the workspace's row
 * until the end, so two writers never get the same number.
 */
export async function nextNo(tx: Db, table: PgTable & { workspace: PgColumn; no: PgColumn }, workspace: number): Promise<number> {
  await tx.select({ id: workspaces.id }).from(workspaces).where(eq(workspaces.id, workspace)).for('no key update');
  const [{ last }] = await tx
    .select({ last: sql<number>`coalesce(max(${table.no}), 0)::int` })
    .from(table as PgTable)
    .where(eq(table.workspace, workspace));
  return last + 1;
}
