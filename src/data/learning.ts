// Learning in a channel: switched on and off, and by which rule a ✅ makes an example there.
import { and, asc, countDistinct, eq, inArray, ne, sql } from 'drizzle-orm';
import type { ChannelRow } from './channels.ts';
import type { Db } from './database.ts';
import { channelApprovers, channels, exampleSources, examples, messages, people } from './schema.ts';

/**
 * Switches learning on or off in a channel, `at` by the platform's clock: what was said before counts only where it was an example already.
 * All examples of the channel are looked at again. Gives how many are approved (off) or were set aside (on); undefined if it was so already.
 */
export async function switchLearning(
  db: Db,
  channel: number,
  { learn, by, at }: { learn: ChannelRow['learn']; by: number; at: Date },
): Promise<number | undefined> {
  return db.transaction(async tx => {
    const changed = await tx
      .update(channels)
      .set({ learn, setBy: by, setAt: at })
      .where(and(eq(channels.id, channel), ne(channels.learn, learn)))
      .returning({ id: channels.id });
    if (changed.length === 0) return undefined;
    await lookAgain(tx, channel);
    return examplesThere(tx, channel, learn === 'off' ? 'approved' : 'retired');
  });
}

export type ApproverRule = Partial<Pick<ChannelRow, 'approve' | 'needed' | 'ownCounts'>> & {
  /** with `approve: 'listed'`: who */
  listed?: number[];
};

/** Changes by which rule a ✅ counts from now on; those that stand were judged when they were given. How many are needed holds for all at once. */
export async function setApproverRule(db: Db, channel: number, { listed, ...rule }: ApproverRule): Promise<void> {
  await db.transaction(async tx => {
    await tx.update(channels).set(rule).where(eq(channels.id, channel));
    if (listed) {
      await tx.delete(channelApprovers).where(eq(channelApprovers.channel, channel));
      await tx.insert(channelApprovers).values(listed.map(person => ({ channel, person })));
    }
    if (rule.needed !== undefined) await lookAgain(tx, channel);
  });
}

/** Who is on the channel's list of approvers, by name; nobody who was forgotten. */
export async function listedApprovers(db: Db, channel: number): Promise<string[]> {
  const rows = await db
    .select({ name: people.name })
    .from(channelApprovers)
    .innerJoin(people, eq(people.id, channelApprovers.person))
    .where(eq(channelApprovers.channel, channel))
    .orderBy(asc(people.id));
  return rows.flatMap(({ name }) => name ?? []);
}

/** Every message of the channel that an example stands on is to be looked at. */
async function lookAgain(tx: Db, channel: number): Promise<void> {
  const sources = tx.select({ id: exampleSources.message }).from(exampleSources);
  await tx
    .update(messages)
    .set({ dirtyAt: sql`now()` })
    .where(and(eq(messages.channel, channel), inArray(messages.id, sources)));
}

async function examplesThere(tx: Db, channel: number, state: 'approved' | 'retired'): Promise<number> {
  const [{ n }] = await tx
    .select({ n: countDistinct(examples.id) })
    .from(examples)
    .innerJoin(exampleSources, eq(exampleSources.example, examples.id))
    .innerJoin(messages, eq(messages.id, exampleSources.message))
    .where(and(eq(messages.channel, channel), eq(examples.state, state), state === 'retired' ? eq(examples.why, 'notAllowed') : undefined));
  return n;
}
