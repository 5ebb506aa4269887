// The column kinds that every table uses, so that ids, times and checked states look the same everywhere.
import { type SQL, sql } from 'drizzle-orm';
import { type AnyPgColumn, bigint, check, text, timestamp } from 'drizzle-orm/pg-core';

/** What a jsonb column of ours holds; the layer above knows the exact type. */
export type Json = Record<string, unknown>;

export const id = () => bigint({ mode: 'number' }).primaryKey().generatedAlwaysAsIdentity();
export const ref = (column: () => AnyPgColumn) => bigint({ mode: 'number' }).references(column);
export const moment = () => timestamp({ withTimezone: true, mode: 'date' });
export const madeAt = () => moment().notNull().defaultNow();
export const state = <const T extends readonly [string, ...string[]]>(values: T) => text({ enum: values }).notNull();

/** `column in ('a', 'b')`; for a partial index or a check. */
export const isOneOf = (column: AnyPgColumn, values: readonly string[]): SQL =>
  sql`${column} in (${sql.raw(values.map(value => `'${value}'`).join(', '))})`;

/** The database itself refuses a state that the code does not know. */
export const oneOf = (name: string, column: AnyPgColumn, values: readonly string[]) => check(name, isOneOf(column, values));
