// Versions: what a finished run leaves behind, and which of them speak.
import { and, desc, eq, inArray, lt } from 'drizzle-orm';
import { type Problem, Refusal } from '../problem.ts';
import { CancelAsked, type Claim, endRun, fenced } from './claims.ts';
import type { Db } from './database.ts';
import type { Json } from './schema/columns.ts';
import { versionSamples, versions } from './schema.ts';
import { nextNo } from './workspaces.ts';

export type VersionRow = typeof versions.$inferSelect;
export type VersionState = VersionRow['state'];
export type NewVersion = {
  baseFingerprint: string;
  /** sha256 of adapter_model.safetensors, hex */
  artifact: string;
  /** the adapter's folder, relative to the folder of artifacts */
  folder: string;
  rank: number;
  card: Json;
  /** Why it must not be compared, as a code and values: kept in its card. */
  blocked?: Problem;
  samples: { revision?: number; prompt: string; baseText: string; tunedText: string }[];
};

/**
 * The run is done and its version exists, both or neither. The version is the workspace's new candidate and an earlier one retires; a
 * blocked version leaves things as they were. Throws LostClaim, and CancelAsked when somebody has asked the run to end.
 */
export async function finishRun(db: Db, claim: Claim, made: NewVersion): Promise<VersionRow> {
  const { samples, blocked, card, ...rest } = made;
  return db.transaction(async tx => {
    // Locks the row: whoever asks now is either seen here or finds the run done.
    const { cancelAt } = await fenced(tx, claim, {});
    if (cancelAt !== null) throw new CancelAsked(claim);
    const { workspace } = await endRun(tx, claim, { state: 'done' }, { from: ['training', 'evaluating'] });
    const no = await nextNo(tx, versions, workspace);
    if (!blocked) await retireCandidates(tx, workspace);
    const standing = blocked ? { state: 'blocked' as const, why: blocked.code, card: { ...card, blocked } } : { card };
    const [version] = await tx
      .insert(versions)
      .values({ workspace, no, run: claim.run, ...rest, ...standing })
      .returning();
    if (samples.length > 0) await tx.insert(versionSamples).values(samples.map(sample => ({ version: version.id, ...sample })));
    return version;
  });
}

/** The candidate of until now makes room for another one. */
export async function retireCandidates(tx: Db, workspace: number): Promise<void> {
  await tx
    .update(versions)
    .set({ state: 'retired', why: 'newerVersion' })
    .where(and(eq(versions.workspace, workspace), eq(versions.state, 'candidate')));
}

/** The versions that may speak: the candidate (compared with champion or base) and the champion. */
export async function speakingVersions(db: Db, workspace: number): Promise<{ candidate?: VersionRow; champion?: VersionRow }> {
  const rows = await db
    .select()
    .from(versions)
    .where(and(eq(versions.workspace, workspace), inArray(versions.state, ['candidate', 'champion'])));
  return {
    candidate: rows.find(({ state }) => state === 'candidate'),
    champion: rows.find(({ state }) => state === 'champion'),
  };
}

export async function versionById(db: Db, id: number): Promise<VersionRow | undefined> {
  const [row] = await db.select().from(versions).where(eq(versions.id, id));
  return row;
}

/** By the number that people see, without one the newest. Refuses `show.none` where there is none yet, `show.unknown` for one that was never made. */
export async function versionMeant(db: Db, workspace: number, no?: number): Promise<VersionRow> {
  const [newest] = await listVersions(db, workspace, 1);
  if (!newest) throw new Refusal('show.none');
  if (no === undefined) return newest;
  const [version] = await db
    .select()
    .from(versions)
    .where(and(eq(versions.workspace, workspace), eq(versions.no, no)));
  if (!version) throw new Refusal('show.unknown', { no, newest: newest.no });
  return version;
}

export async function versionOfRun(db: Db, run: number): Promise<VersionRow | undefined> {
  const [row] = await db.select().from(versions).where(eq(versions.run, run));
  return row;
}

/** The newest first. */
export async function listVersions(db: Db, workspace: number, limit = 20): Promise<VersionRow[]> {
  return db.select().from(versions).where(eq(versions.workspace, workspace)).orderBy(desc(versions.no)).limit(limit);
}

/** The versions made before this one, the newest first. */
export async function versionsBefore(db: Db, { workspace, no }: VersionRow, limit = 10): Promise<VersionRow[]> {
  const before = and(eq(versions.workspace, workspace), lt(versions.no, no));
  return db.select().from(versions).where(before).orderBy(desc(versions.no)).limit(limit);
}
