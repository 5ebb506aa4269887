// Lists of somebody's week (posts `week:…`) that nobody answered: they hold pieces of what people wrote, so they do not stay.
import { and, eq, sql } from 'drizzle-orm';
import type { Db } from './database.ts';
import type { Json } from './schema/columns.ts';
import { posts } from './schema.ts';

/** Replaces the body of lists that are older than `age` (an interval of Postgres) in the rows alone: nobody is told anew. */
export async function eraseOldLists(db: Db, workspace: number, age: string, body: Json): Promise<void> {
  await db
    .update(posts)
    .set({ body })
    .where(
      and(
        eq(posts.workspace, workspace),
        sql`starts_with(${posts.key}, 'week:')`,
        sql`${posts.madeAt} < now() - ${age}::interval`,
        sql`${posts.body} is distinct from ${JSON.stringify(body)}::jsonb`,
      ),
    );
}
