// Who wrote what a look saw, as they are at the moment when it is kept.
import type { Db } from '../../data/database.ts';
import { peopleById } from '../../data/people.ts';
import type { Seen } from './settle.ts';

/** The writers as their rows say now: between the look and this transaction somebody may have been forgotten, or have said no. */
export async function asPeopleAreNow(tx: Db, seen: Seen): Promise<Seen> {
  const writers = [...seen.writers];
  const now = await peopleById(tx, [seen.author.id, ...writers.map(([, { id }]) => id)]);
  return { ...seen, author: now.get(seen.author.id)!, writers: new Map(writers.map(([ext, { id }]) => [ext, now.get(id)!])) };
}
