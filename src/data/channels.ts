// Channels of a workspace and how the bot behaves in them.
import { and, eq } from 'drizzle-orm';
import type { Db } from './database.ts';
import { type CHANNEL_KINDS, channels } from './schema.ts';

export type ChannelRow = typeof channels.$inferSelect;
export type KnownChannel = { ext: string; name: string; kind: (typeof CHANNEL_KINDS)[number] };

/** Finds or makes the channel and brings its name and kind up to date; what people have set stays. */
export async function rememberChannel(db: Db, workspace: number, channel: KnownChannel): Promise<ChannelRow> {
  const { ext, name, kind } = channel;
  const [row] = await db
    .insert(channels)
    .values({ workspace, ext, name, kind })
    .onConflictDoUpdate({ target: [channels.workspace, channels.ext], set: { name, kind } })
    .returning();
  return row;
}

/** By the platform's id. */
export async function findChannel(db: Db, workspace: number, ext: string): Promise<ChannelRow | undefined> {
  const [row] = await db
    .select()
    .from(channels)
    .where(and(eq(channels.workspace, workspace), eq(channels.ext, ext)));
  return row;
}

export async function channelById(db: Db, id: number): Promise<ChannelRow | undefined> {
  const [row] = await db.select().from(channels).where(eq(channels.id, id));
  return row;
}
