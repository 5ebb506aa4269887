// What comes in and goes out: events kept before they are acknowledged, messages as they should look, and who did what.
import { sql } from 'drizzle-orm';
import { index, integer, jsonb, pgTable, text, unique } from 'drizzle-orm/pg-core';
import { id, type Json, madeAt, moment, ref } from './columns.ts';
import { workspaces } from './people.ts';

export const inbox = pgTable(
  'inbox',
  {
    id: id(),
    workspace: ref(() => workspaces.id).notNull(),
    /** the platform's own key: makes redelivery harmless */
    key: text().notNull(),
    kind: text().notNull(),
    /** erased when the event is done */
    payload: jsonb().$type<Json>(),
    at: madeAt(),
    tries: integer().notNull().default(0),
    nextAt: madeAt(),
    error: text(),
    doneAt: moment(),
  },
  t => [unique('inbox_key').on(t.workspace, t.key), index('inbox_open').on(t.workspace, t.id).where(sql`${t.doneAt} is null`)],
);

export const posts = pgTable(
  'posts',
  {
    id: id(),
    workspace: ref(() => workspaces.id).notNull(),
    /** e.g. `run:17` */
    key: text().notNull(),
    /** the platform's ids */
    channel: text().notNull(),
    thread: text(),
    /** the only person who may see it; null = everybody in the channel */
    recipient: jsonb().$type<Json>(),
    body: jsonb().$type<Json>().notNull(),
    rev: integer().notNull().default(1),
    sentRev: integer().notNull().default(0),
    /** what the platform calls the message, once it is there */
    remoteChannel: text(),
    remoteId: text(),
    tries: integer().notNull().default(0),
    nextAt: madeAt(),
    error: text(),
    madeAt: madeAt(),
    sentAt: moment(),
  },
  t => [unique('posts_key').on(t.workspace, t.key), index('posts_due').on(t.workspace, t.nextAt).where(sql`${t.sentRev} < ${t.rev}`)],
);

/** `detail` holds ids and counts, never text. */
export const audit = pgTable('audit', {
  id: id(),
  workspace: ref(() => workspaces.id),
  at: madeAt(),
  actor: text().notNull(),
  verb: text().notNull(),
  object: text().notNull(),
  detail: jsonb().$type<Json>().notNull().default({}),
});
