// Posts are desired state: a row is a message as it should look now. One sender makes the platform agree.
import { and, asc, eq, isNotNull, isNull, lt, lte, not, or, sql } from 'drizzle-orm';
import type { Db } from './database.ts';
import { notify } from './notices.ts';
import type { Json } from './schema/columns.ts';
import { posts } from './schema.ts';

export type WantedPost = {
  /** unique a workspace, e.g. `run:17` */
  key: string;
  /** the platform's ids */
  channel: string;
  thread?: string;
  /** the only person who may see it (the chat's Recipient) */
  recipient?: Json;
  /** the chat's Card */
  body: Json;
};

export type DuePost = WantedPost & { rev: number; tries: number; at?: { channel?: string; id: string } };
type PostRow = typeof posts.$inferSelect;

/** How long a claimed post is left alone; a sender that died holds nothing up for longer. */
const CLAIM = sql`interval '20 seconds'`;

/** Says how a message should look. Saying the same again changes nothing and sends nothing. */
export async function wantPost(db: Db, workspace: number, post: WantedPost): Promise<void> {
  const { key, channel, thread, recipient, body } = post;
  await db.transaction(async tx => {
    const changed = await tx
      .insert(posts)
      .values({ workspace, key, channel, thread, recipient, body })
      .onConflictDoUpdate({
        target: [posts.workspace, posts.key],
        // nextAt stays: a new wish does not shorten the wait that the platform asked for.
        set: { body, recipient: recipient ?? null, rev: sql`${posts.rev} + 1` },
        setWhere: sql`${posts.body} is distinct from excluded.body`,
      })
      .returning({ id: posts.id });
    if (changed.length > 0) await notify(tx, 'posts_changed', workspace);
  });
}

/** Posts whose latest state the platform does not show yet, oldest first, claimed for 20 s. */
export async function claimDuePosts(db: Db, workspace: number, limit = 10): Promise<DuePost[]> {
  const due = db
    .select({ id: posts.id })
    .from(posts)
    .where(and(eq(posts.workspace, workspace), lt(posts.sentRev, posts.rev), lte(posts.nextAt, sql`now()`)))
    .orderBy(posts.nextAt, posts.id)
    .limit(limit)
    .for('update', { skipLocked: true });
  const rows = await db
    .update(posts)
    .set({ nextAt: sql`now() + ${CLAIM}` })
    .where(sql`${posts.id} in ${due}`)
    .returning();
  return rows.sort((a, b) => a.id - b.id).map(toDuePost);
}

/** Ends the claims of a sender that is no more (at the start of a new one). */
export async function releasePosts(db: Db, workspace: number): Promise<void> {
  await db
    .update(posts)
    .set({ nextAt: sql`now()` })
    .where(and(eq(posts.workspace, workspace), lt(posts.sentRev, posts.rev)));
}

/** The platform shows revision `rev` as message `ref`. If a later revision is wanted already, it is due at once. */
export async function markPostSent(
  db: Db,
  workspace: number,
  key: string,
  rev: number,
  ref?: { channel?: string; id: string },
): Promise<void> {
  await db.transaction(async tx => {
    const [row] = await tx
      .update(posts)
      .set({
        sentRev: sql`greatest(${posts.sentRev}, ${rev})`,
        sentAt: sql`now()`,
        nextAt: sql`now()`,
        tries: 0,
        error: null,
        recipient: sql`case when ${posts.rev} > ${rev} then ${posts.recipient} else ${posts.recipient} - 'reply' end`,
        ...(ref && { remoteChannel: ref.channel ?? null, remoteId: ref.id }),
      })
      .where(and(eq(posts.workspace, workspace), eq(posts.key, key)))
      .returning({ rev: posts.rev, sentRev: posts.sentRev });
    if (row && row.sentRev < row.rev) await notify(tx, 'posts_changed', workspace);
  });
}

/** Not now: again after `ms` milliseconds. */
export async function retryPost(db: Db, workspace: number, key: string, ms: number): Promise<void> {
  await db
    .update(posts)
    .set({
      tries: sql`${posts.tries} + 1`,
      error: null,
      nextAt: sql`now() + interval '1 millisecond' * ${ms}`,
    })
    .where(and(eq(posts.workspace, workspace), eq(posts.key, key)));
}

/** This state of the post can never be shown, for `reason`. The next wanted state is tried again. */
export async function giveUpPost(db: Db, workspace: number, key: string, rev: number, reason: string): Promise<void> {
  await db
    .update(posts)
    .set({ sentRev: sql`greatest(${posts.sentRev}, ${rev})`, nextAt: sql`now()`, error: reason })
    .where(and(eq(posts.workspace, workspace), eq(posts.key, key)));
}

export async function findPost(db: Db, workspace: number, key: string): Promise<PostRow | undefined> {
  const [row] = await db
    .select()
    .from(posts)
    .where(and(eq(posts.workspace, workspace), eq(posts.key, key)));
  return row;
}

/** The post that the platform shows as this message. */
export async function findPostAt(
  db: Db,
  workspace: number,
  { channel, id }: { channel?: string; id: string },
): Promise<PostRow | undefined> {
  const there = channel === undefined ? undefined : or(isNull(posts.remoteChannel), eq(posts.remoteChannel, channel));
  const [row] = await db
    .select()
    .from(posts)
    .where(and(eq(posts.workspace, workspace), eq(posts.remoteId, id), there));
  return row;
}

/** Posts whose key begins with `prefix`, the oldest first. */
export async function postsUnder(db: Db, workspace: number, prefix: string): Promise<PostRow[]> {
  return db
    .select()
    .from(posts)
    .where(and(eq(posts.workspace, workspace), sql`starts_with(${posts.key}, ${prefix})`))
    .orderBy(asc(posts.id));
}

function toDuePost(row: PostRow): DuePost {
  const { key, channel, body, rev, tries } = row;
  return {
    key,
    channel,
    body,
    rev,
    tries,
    ...(row.thread !== null && { thread: row.thread }),
    ...(row.recipient !== null && { recipient: row.recipient }),
    ...(row.remoteId !== null && { at: { ...(row.remoteChannel !== null && { channel: row.remoteChannel }), id: row.remoteId } }),
  };
}

/** The last words about somebody's forgetting name them: they are emptied as soon as they were sent. True while there are such. */
export async function emptyFarewells(db: Db, workspace: number): Promise<boolean> {
  const sent = and(farewells(workspace), sql`${posts.sentRev} >= ${posts.rev}`);
  const emptied = await db
    .update(posts)
    .set({ body: { title: '', parts: [] }, recipient: {} })
    .where(sent)
    .returning({ id: posts.id });
  return emptied.length > 0;
}

/** Everybody whom a private message was for, by the platform's ids; those of farewells apart, which are on their way out. */
export async function recipients(db: Db, workspace: number): Promise<string[]> {
  const person = sql<string | null>`${posts.recipient} ->> 'person'`;
  const rows = await db
    .selectDistinct({ person })
    .from(posts)
    .where(and(eq(posts.workspace, workspace), isNotNull(posts.recipient), not(farewells(workspace)!)));
  return rows.flatMap(({ person }) => person ?? []);
}

/** The emptied ones; until then they stand for what is still to be done. */
export async function dropFarewells(db: Db, workspace: number): Promise<void> {
  await db.delete(posts).where(and(farewells(workspace), sql`${posts.recipient} = '{}'::jsonb`));
}

const farewells = (workspace: number) => and(eq(posts.workspace, workspace), sql`starts_with(${posts.key}, 'farewell:')`);
