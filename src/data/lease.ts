// A lease: whoever took a row holds it so long. It is renewed every 5 s, and whoever is gone loses it without having to say so.
import { type Column, isNull, lt, or, sql } from 'drizzle-orm';

export const LEASED_UNTIL = sql`now() + interval '20 seconds'`;

/** Nobody holds the row. */
export const isUnheld = (leaseUntil: Column) => or(isNull(leaseUntil), lt(leaseUntil, sql`now()`));
