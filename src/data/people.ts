// People of a workspace, as the platform tells them.
import { and, asc, eq, inArray, ne, sql } from 'drizzle-orm';
import type { Db } from './database.ts';
import { people } from './schema.ts';

export type PersonRow = typeof people.$inferSelect;
export type KnownPerson = { ext: string; name: string; lang?: string; tz?: string; guest?: boolean; bot?: boolean };

/** Finds or makes the person and brings name, language and the like up to date. Somebody forgotten stays forgotten. */
export async function rememberPerson(db: Db, workspace: number, person: KnownPerson): Promise<PersonRow> {
  const { ext, ...told } = person;
  const [row] = await db
    .insert(people)
    .values({ workspace, ext, ...told })
    .onConflictDoUpdate({ target: [people.workspace, people.ext], set: told })
    .returning();
  return row;
}

/**
 * Somebody who was forgotten begins anew, as a person of whom nothing is known. Their row stays theirs: coming back gives nobody a second
 * vote, and the hash of their id is free for when they ask to be forgotten again.
 */
export async function welcomeBack(db: Db, id: number, { ext, name, lang, tz, guest }: KnownPerson): Promise<PersonRow> {
  const anew = { ext, name, lang, tz, guest, consent: 'unset' as const, forgottenAt: null };
  const [row] = await db.update(people).set(anew).where(eq(people.id, id)).returning();
  return row;
}

/** By the platform's id. */
export async function findPerson(db: Db, workspace: number, ext: string): Promise<PersonRow | undefined> {
  const [row] = await db
    .select()
    .from(people)
    .where(and(eq(people.workspace, workspace), eq(people.ext, ext)));
  return row;
}

export async function personById(db: Db, id: number): Promise<PersonRow | undefined> {
  const [row] = await db.select().from(people).where(eq(people.id, id));
  return row;
}

export async function peopleById(db: Db, ids: number[]): Promise<Map<number, PersonRow>> {
  const rows = await db.select().from(people).where(inArray(people.id, ids));
  return new Map(rows.map(row => [row.id, row]));
}

/** Takes back a row that was made a moment ago and that nothing points to. */
export async function dropPerson(db: Db, id: number): Promise<void> {
  await db.delete(people).where(eq(people.id, id));
}

/** People of that name, whatever its case; bots and forgotten people have none. */
export async function peopleNamed(db: Db, workspace: number, name: string): Promise<PersonRow[]> {
  return db
    .select()
    .from(people)
    .where(and(eq(people.workspace, workspace), eq(people.bot, false), sql`lower(${people.name}) = lower(${name})`))
    .orderBy(asc(people.id));
}

/** False if the person has that role already, or is the owner. */
export async function setRole(db: Db, id: number, role: 'admin' | 'member'): Promise<boolean> {
  const changed = await db
    .update(people)
    .set({ role })
    .where(and(eq(people.id, id), ne(people.role, role), ne(people.role, 'owner')))
    .returning({ id: people.id });
  return changed.length > 0;
}

/** Owner and admins, the longest known first. */
export async function adminsOf(db: Db, workspace: number): Promise<PersonRow[]> {
  return db
    .select()
    .from(people)
    .where(and(eq(people.workspace, workspace), ne(people.role, 'member')))
    .orderBy(asc(people.id));
}

/** Makes the person the owner of a workspace that has none; undefined where there is one. */
export async function ownUnowned(db: Db, { id, workspace }: PersonRow): Promise<PersonRow | undefined> {
  const owned = sql`exists (select 1 from people where workspace = ${workspace} and role = 'owner')`;
  const [row] = await db
    .update(people)
    .set({ role: 'owner' })
    .where(and(eq(people.id, id), sql`not ${owned}`))
    .returning();
  return row;
}
