// Channels of a workspace and how the bot behaves in them.
import { and, eq, sql } from 'drizzle-orm';
import type { Db } from './database.ts';
import { type CHANNEL_KINDS, channels } from './schema.ts';

export type ChannelRow = typeof channels.$inferSelect;
export type KnownChannel = { ext: string; name: string; kind: (typeof CHANNEL_KINDS)[number]; learn?: ChannelRow['learn'] };

/** Finds or makes the channel and brings its name and kind up to date. `learn` holds until somebody has set it; what people have set stays. */
export async function rememberChannel(db: Db, workspace: number, channel: KnownChannel): Promise<ChannelRow> {
  const { ext, name, kind, learn } = channel;
  const [row] = await db
    .insert(channels)
    .values({ workspace, ext, name, kind, learn })
    .onConflictDoUpdate({
      target: [channels.workspace, channels.ext],
      set: { name, kind, ...(learn && { learn: sql`case when ${channels.setAt} is null then ${learn} else ${channels.learn} end` }) },
    })
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

/** In which language the bot speaks to everybody there. */
export async function setChannelLang(db: Db, id: number, lang: string): Promise<void> {
  await db.update(channels).set({ lang }).where(eq(channels.id, id));
}

/** Open channels in which somebody has switched learning on, in the order in which the bot came to know them. */
export async function learningChannels(db: Db, workspace: number): Promise<ChannelRow[]> {
  return db
    .select()
    .from(channels)
    .where(and(eq(channels.workspace, workspace), eq(channels.kind, 'open'), eq(channels.learn, 'on')))
    .orderBy(channels.id);
}
