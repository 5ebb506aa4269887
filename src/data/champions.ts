// Which version speaks: a version becomes champion, steps back or is let into comparisons, and each change is one row of the audit.
// candidate → champion → retired → champion; blocked → candidate or retired; any → quarantined, which is final.
import { and, asc, desc, eq, gt, inArray, sql } from 'drizzle-orm';
import { Refusal } from '../problem.ts';
import { recordAudit } from './audit.ts';
import type { Db } from './database.ts';
import type { Json } from './schema/columns.ts';
import { audit, versions, workspaces } from './schema.ts';
import { retireCandidates, type VersionRow, type VersionState, versionById, versionMeant } from './versions.ts';

/** Who decides, by the platform's id. `key`: of what they said or pressed; heard once more it gives the same result and changes nothing. */
export type Decision = { by: string; key: string };

/**
 * The version (by the number that people see) speaks from now on; the champion before it retires. Refuses a version that was never made, is the champion already, or is blocked or quarantined.
 */
export async function promote(
  db: Db,
  workspace: number,
  no: number,
  decision: Decision,
): Promise<{ champion: VersionRow; before?: VersionRow }> {
  return locked(db, workspace, async tx => {
    const version = await versionMeant(tx, workspace, no);
    const made = await decided(tx, workspace, 'promote', decision);
    if (made) return { champion: version, before: await versionOf(tx, made.before) };
    if (version.state === 'champion') throw new Refusal('champion.already', { no });
    const before = await championOf(tx, workspace);
    if (before) await move(tx, before.id, ['champion'], 'retired', 'replaced');
    const champion = await move(tx, version.id, ['candidate', 'retired'], 'champion');
    if (!champion) throw new Refusal(`champion.${version.state}`, { no });
    await record(tx, 'promote', champion, decision, { before: before?.id ?? null });
    return { champion, before };
  });
}

/**
 * The champion retires, and the version that spoke before it speaks again: the last one that still may, else the base (no `now`).
 * Refuses `rollback.none` where there is no champion, and `rollback.over` where it is not the one that was meant (`no`).
 */
export async function rollback(
  db: Db,
  workspace: number,
  decision: Decision,
  no?: number,
): Promise<{ from: VersionRow; now?: VersionRow }> {
  return locked(db, workspace, async tx => {
    const made = await decided(tx, workspace, 'rollback', decision);
    if (made) return { from: (await versionOf(tx, made.version))!, now: await versionOf(tx, made.now) };
    const from = await championOf(tx, workspace);
    if (no !== undefined && from?.no !== no) throw new Refusal('rollback.over', { no });
    if (!from) throw new Refusal('rollback.none');
    await move(tx, from.id, ['champion'], 'retired', 'rolledBack');
    return { from, now: await stepBack(tx, from, decision) };
  });
}

/** A version that its card keeps from comparisons may take part all the same. One that a newer version has overtaken is retired instead. */
export async function unblock(db: Db, workspace: number, no: number, decision: Decision): Promise<VersionRow> {
  return locked(db, workspace, async tx => {
    const version = await versionMeant(tx, workspace, no);
    if (await decided(tx, workspace, 'unblock', decision)) return version;
    const speaking = and(eq(versions.workspace, workspace), inArray(versions.state, ['candidate', 'champion']));
    const overtaken = (await tx.$count(versions, and(speaking, gt(versions.no, no)))) > 0;
    if (!overtaken && version.state === 'blocked') await retireCandidates(tx, workspace);
    const free = await move(tx, version.id, ['blocked'], overtaken ? 'retired' : 'candidate', overtaken ? 'newerVersion' : null);
    if (!free) throw new Refusal('unblock.not-blocked', { no });
    await record(tx, 'unblock', free, decision);
    return free;
  });
}

/** A candidate that people like less is no longer compared. False if it is none any more. */
export async function retireLoser(db: Db, id: number, decision: Decision): Promise<boolean> {
  return db.transaction(async tx => {
    const retired = await move(tx, id, ['candidate'], 'retired', 'lost');
    if (retired) await record(tx, 'retire', retired, decision);
    return retired !== undefined;
  });
}

/**
 * The version never speaks again; if it was the champion, the one before it does (`now`; none: the base). Undefined if it was quarantined
 * already.
 */
export async function quarantine(
  db: Db,
  id: number,
  why: string,
  decision: Decision,
): Promise<{ version: VersionRow; now?: VersionRow } | undefined> {
  const { workspace } = (await versionOf(db, id))!;
  return locked(db, workspace, async tx => {
    const wasChampion = (await championOf(tx, workspace))?.id === id;
    const version = await move(tx, id, ['candidate', 'champion', 'retired', 'blocked'], 'quarantined', why);
    if (!version) return undefined;
    await record(tx, 'quarantine', version, decision);
    return { version, now: wasChampion ? await stepBack(tx, version, decision) : undefined };
  });
}

/** How `version` came to be champion, last: the id and the time of that change in the audit. Undefined for one that never was. */
export async function championSince(db: Db, { id, workspace }: VersionRow): Promise<{ change: number; at: Date } | undefined> {
  const made = sql`case ${audit.verb} when 'promote' then ${audit.detail} -> 'ids' ->> 'version' when 'rollback' then ${audit.detail} -> 'ids' ->> 'now' end`;
  const [row] = await db
    .select({ change: audit.id, at: audit.at })
    .from(audit)
    .where(and(eq(audit.workspace, workspace), sql`${made} = ${String(id)}`))
    .orderBy(desc(audit.id))
    .limit(1);
  return row;
}

/** Who would speak if `champion` stepped back; undefined is the base. */
export async function speakerBefore(db: Db, champion: VersionRow): Promise<VersionRow | undefined> {
  for (const id of await championsBefore(db, champion)) {
    const before = await versionOf(db, id);
    if (before?.state === 'retired') return before;
  }
}

/** Whoever spoke before `from` and still may is the champion again. */
async function stepBack(tx: Db, from: VersionRow, decision: Decision): Promise<VersionRow | undefined> {
  let now: VersionRow | undefined;
  for (const id of await championsBefore(tx, from)) {
    now = await move(tx, id, ['retired'], 'champion');
    if (now) break;
  }
  await record(tx, 'rollback', from, decision, { now: now?.id ?? null });
  return now;
}

/** The champions that `champion` came after, the latest first: what was promoted and not rolled back since. */
async function championsBefore(tx: Db, champion: VersionRow): Promise<number[]> {
  const changes = await tx
    .select({ verb: audit.verb, detail: audit.detail })
    .from(audit)
    .where(and(eq(audit.workspace, champion.workspace), inArray(audit.verb, ['promote', 'rollback'])))
    .orderBy(asc(audit.id));
  let line: number[] = [];
  for (const { verb, detail } of changes) {
    const { version, now } = idsIn(detail);
    // A version that is promoted again has no second place in the line: two of them would take turns for ever.
    if (verb === 'promote') line = [version, ...line.filter(id => id !== version)];
    else line = now == null ? [] : line.slice(line.indexOf(now));
  }
  return line.filter(id => id !== champion.id);
}

/** Ids of versions; null is the base. */
type Changed = { version: number; before?: number | null; now?: number | null };

const record = (tx: Db, verb: string, { id, workspace, no }: VersionRow, { by, key }: Decision, more: Omit<Changed, 'version'> = {}) =>
  recordAudit(tx, { workspace, actor: by, verb, object: `version ${no}`, detail: { key, ids: { version: id, ...more } } });

/** What this very decision did when it was heard before. */
async function decided(tx: Db, workspace: number, verb: string, { key }: Decision): Promise<Changed | undefined> {
  const same = and(eq(audit.workspace, workspace), eq(audit.verb, verb), sql`${audit.detail} ->> 'key' = ${key}`);
  const [row] = await tx.select({ detail: audit.detail }).from(audit).where(same);
  return row && idsIn(row.detail);
}

const idsIn = (detail: Json): Changed => detail.ids as Changed;

const versionOf = (tx: Db, id: number | null | undefined): Promise<VersionRow | undefined> =>
  id == null ? Promise.resolve(undefined) : versionById(tx, id);

/** The one way in which a version's state changes: undefined where it is in none of the states `from`. */
async function move(
  tx: Db,
  id: number,
  from: VersionState[],
  state: VersionState,
  why: string | null = null,
): Promise<VersionRow | undefined> {
  const [row] = await tx
    .update(versions)
    .set({ state, why })
    .where(and(eq(versions.id, id), inArray(versions.state, from)))
    .returning();
  return row;
}

async function championOf(tx: Db, workspace: number): Promise<VersionRow | undefined> {
  const [row] = await tx
    .select()
    .from(versions)
    .where(and(eq(versions.workspace, workspace), eq(versions.state, 'champion')));
  return row;
}

/** Two decisions about one workspace's versions come one after the other; a new version (nextNo) holds the same row. */
const locked = <T>(db: Db, workspace: number, decide: (tx: Db) => Promise<T>): Promise<T> =>
  db.transaction(async tx => {
    await tx.select({ id: workspaces.id }).from(workspaces).where(eq(workspaces.id, workspace)).for('no key update');
    return decide(tx);
  });
