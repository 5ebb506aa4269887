// Which version speaks: a version becomes champion, steps back or is let into comparisons, and each change is one row of the audit.
// candidate → champion → retired → champion; blocked → candidate or retired; any → quarantined, which is final.
import { and, asc, eq, gt, inArray } from 'drizzle-orm';
import { Refusal } from '../problem.ts';
import type { Db } from './database.ts';
import { audit, versions, workspaces } from './schema.ts';
import { listVersions, retireCandidates, type VersionRow, type VersionState, versionByNo } from './versions.ts';
import { recordAudit } from './workspaces.ts';

/**
 * The version (by the number that people see) speaks from now on; the champion before it retires. `by`: the platform's id of whoever
 * decided it. Refuses a version that was never made, is the champion already, or is blocked or quarantined.
 */
export async function promote(db: Db, workspace: number, no: number, by: string): Promise<{ champion: VersionRow; before?: VersionRow }> {
  return locked(db, workspace, async tx => {
    const version = await knownVersion(tx, workspace, no);
    if (version.state === 'champion') throw new Refusal('champion.already', { no });
    const before = await championOf(tx, workspace);
    if (before) await move(tx, before.id, ['champion'], 'retired', 'replaced');
    const champion = await move(tx, version.id, ['candidate', 'retired'], 'champion');
    if (!champion) throw new Refusal(`champion.${version.state}`, { no });
    const detail = { version: champion.id, before: before?.id ?? null };
    await recordAudit(tx, { workspace, actor: by, verb: 'promote', object: `version ${no}`, detail });
    return { champion, before };
  });
}

/**
 * The champion retires, and the version that spoke before it speaks again: the last one that still may, else the base (no `now`).
 * Refuses `rollback.none` where there is no champion.
 */
export async function rollback(db: Db, workspace: number, by: string): Promise<{ from: VersionRow; now?: VersionRow }> {
  return locked(db, workspace, async tx => {
    const from = await championOf(tx, workspace);
    if (!from) throw new Refusal('rollback.none');
    await move(tx, from.id, ['champion'], 'retired', 'rolledBack');
    return { from, now: await stepBack(tx, from, by) };
  });
}

/** A version that its card keeps from comparisons may take part all the same. One that a newer version has overtaken is retired instead. */
export async function unblock(db: Db, workspace: number, no: number, by: string): Promise<VersionRow> {
  return locked(db, workspace, async tx => {
    const version = await knownVersion(tx, workspace, no);
    const speaking = and(eq(versions.workspace, workspace), inArray(versions.state, ['candidate', 'champion']));
    const overtaken = (await tx.$count(versions, and(speaking, gt(versions.no, no)))) > 0;
    if (!overtaken && version.state === 'blocked') await retireCandidates(tx, workspace);
    const free = await move(tx, version.id, ['blocked'], overtaken ? 'retired' : 'candidate', overtaken ? 'newerVersion' : null);
    if (!free) throw new Refusal('unblock.not-blocked', { no });
    await recordAudit(tx, { workspace, actor: by, verb: 'unblock', object: `version ${no}`, detail: { version: version.id } });
    return free;
  });
}

/** A candidate that people like less is no longer compared. False if it is none any more. */
export async function retireLoser(db: Db, version: number): Promise<boolean> {
  return (await move(db, version, ['candidate'], 'retired', 'lost')) !== undefined;
}

/** The version never speaks again; if it was the champion, the one before it does. Undefined if it was quarantined already. */
export async function quarantine(
  db: Db,
  id: number,
  why: string,
  by: string,
): Promise<{ version: VersionRow; now?: VersionRow } | undefined> {
  const [{ workspace }] = await db.select({ workspace: versions.workspace }).from(versions).where(eq(versions.id, id));
  return locked(db, workspace, async tx => {
    const wasChampion = (await championOf(tx, workspace))?.id === id;
    const version = await move(tx, id, ['candidate', 'champion', 'retired', 'blocked'], 'quarantined', why);
    if (!version) return undefined;
    await recordAudit(tx, { workspace, actor: by, verb: 'quarantine', object: `version ${version.no}`, detail: { version: id } });
    return { version, now: wasChampion ? await stepBack(tx, version, by) : undefined };
  });
}

/** Whoever spoke before `from` and still may is the champion again. */
async function stepBack(tx: Db, from: VersionRow, by: string): Promise<VersionRow | undefined> {
  let now: VersionRow | undefined;
  for (const id of await championsBefore(tx, from)) {
    now = await move(tx, id, ['retired'], 'champion');
    if (now) break;
  }
  const detail = { version: from.id, now: now?.id ?? null };
  await recordAudit(tx, { workspace: from.workspace, actor: by, verb: 'rollback', object: `version ${from.no}`, detail });
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
    const { version, now } = detail as { version: number; now?: number | null };
    // A version that is promoted again has no second place in the line: two of them would take turns for ever.
    if (verb === 'promote') line = [version, ...line.filter(id => id !== version)];
    else line = now == null ? [] : line.slice(line.indexOf(now));
  }
  return line.filter(id => id !== champion.id);
}

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

async function knownVersion(tx: Db, workspace: number, no: number): Promise<VersionRow> {
  const version = await versionByNo(tx, workspace, no);
  if (version) return version;
  const [newest] = await listVersions(tx, workspace, 1);
  throw newest ? new Refusal('show.unknown', { no, newest: newest.no }) : new Refusal('show.none');
}

/** Two decisions about one workspace's versions come one after the other; a new version (nextNo) holds the same row. */
const locked = <T>(db: Db, workspace: number, decide: (tx: Db) => Promise<T>): Promise<T> =>
  db.transaction(async tx => {
    await tx.select({ id: workspaces.id }).from(workspaces).where(eq(workspaces.id, workspace)).for('no key update');
    return decide(tx);
  });
