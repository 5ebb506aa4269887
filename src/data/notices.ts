// The names under which rows tell that they changed (pg_notify). Sent inside the transaction that changes them.
import { sql } from 'drizzle-orm';
import type { Db } from './database.ts';

/** The payload is the row's id; for `posts_changed` and `inbox_changed` the workspace's. */
export const NOTICE_CHANNELS = ['run_changed', 'question_changed', 'search_changed', 'posts_changed', 'inbox_changed'] as const;
export type NoticeChannel = (typeof NOTICE_CHANNELS)[number];

export async function notify(db: Db, channel: NoticeChannel, id: number): Promise<void> {
  await db.execute(sql`select pg_notify(${channel}, ${String(id)})`);
}
