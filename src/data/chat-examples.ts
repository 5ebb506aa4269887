// Examples that were made of messages in the chat: the messages they stand on, and their revisions.
import { and, asc, desc, eq, isNull, sql } from 'drizzle-orm';
import type { Db } from './database.ts';
import type { ExampleKind } from './examples.ts';
import { channels, exampleRevisions, exampleSources, examples, messages, type SOURCE_PARTS } from './schema.ts';
import { nextNo } from './workspaces.ts';

export type ChatExample = typeof examples.$inferSelect;
export type SourcePart = (typeof SOURCE_PARTS)[number];
/** A message that an example stands on, by the platform's ids. */
export type Source = { message: number; part: SourcePart; channel: string; ext: string };
export type RowText = { instruction: string; input: string; output: string };
export type Revision = RowText & { n: number };

/** Examples for which the message is a question, an answer or a note; the oldest first. */
export async function examplesOfMessage(db: Db, message: number): Promise<{ example: number; part: SourcePart }[]> {
  return db
    .select({ example: exampleSources.example, part: exampleSources.part })
    .from(exampleSources)
    .where(eq(exampleSources.message, message))
    .orderBy(asc(exampleSources.example));
}

/** The example whose answer begins with this message. */
export async function exampleOfAnswer(db: Db, message: number): Promise<ChatExample | undefined> {
  const [row] = await db.select().from(examples).where(eq(examples.answer, message));
  return row;
}

export async function chatExample(db: Db, id: number): Promise<ChatExample | undefined> {
  const [row] = await db.select().from(examples).where(eq(examples.id, id));
  return row;
}

/** The example, held until the end of the transaction: two looks at it come one after the other. */
export async function lockExample(tx: Db, id: number): Promise<ChatExample> {
  const [row] = await tx.select().from(examples).where(eq(examples.id, id)).for('update');
  return row;
}

export async function sourcesOf(db: Db, example: number): Promise<Source[]> {
  return db
    .select({ message: messages.id, part: exampleSources.part, channel: channels.ext, ext: messages.ext })
    .from(exampleSources)
    .innerJoin(messages, eq(messages.id, exampleSources.message))
    .innerJoin(channels, eq(channels.id, messages.channel))
    .where(eq(exampleSources.example, example))
    .orderBy(asc(messages.id));
}

/** A pending example of these messages, without any text yet; the one that is there already where its answer has one. Only in a transaction. */
export async function makeChatExample(
  tx: Db,
  made: {
    workspace: number;
    kind: ExampleKind;
    answer: number;
    question?: number;
    author: number;
    thread: string;
    origin?: ChatExample['origin'];
  },
): Promise<{ id: number; made: boolean }> {
  const no = await nextNo(tx, examples, made.workspace);
  const [row] = await tx
    .insert(examples)
    .values({ origin: 'chat', ...made, no, state: 'pending' })
    .onConflictDoNothing({ target: examples.answer })
    .returning({ id: examples.id });
  if (row) return { id: row.id, made: true };
  return { id: (await exampleOfAnswer(tx, made.answer))!.id, made: false };
}

export async function addSource(tx: Db, example: number, message: number, part: SourcePart): Promise<void> {
  await tx.insert(exampleSources).values({ example, message, part }).onConflictDoNothing();
}

/** The channel (the platform's id) of the newest approved example that was said in the chat; undefined where there is none. */
export async function channelOfNewest(db: Db, workspace: number): Promise<string | undefined> {
  const [row] = await db
    .select({ ext: channels.ext })
    .from(examples)
    .innerJoin(messages, eq(messages.id, examples.answer))
    .innerJoin(channels, eq(channels.id, messages.channel))
    .where(and(eq(examples.workspace, workspace), eq(examples.state, 'approved')))
    .orderBy(desc(examples.no))
    .limit(1);
  return row?.ext;
}

/** The newest revision; undefined where none was approved yet. */
export async function lastRevision(db: Db, example: number): Promise<Revision | undefined> {
  const [row] = await db
    .select()
    .from(exampleRevisions)
    .where(eq(exampleRevisions.example, example))
    .orderBy(desc(exampleRevisions.n))
    .limit(1);
  return row;
}

type KeptRevision = Revision & {
  lang: string;
  madeBy: number | null;
  /** how many secrets of each kind the gate has masked in it; null = none */
  masked: Record<string, number> | null;
};

/** Keeps an approved text as revision `n`, which counts from now on. The text is as the gate let it through. */
export async function addRevision(tx: Db, example: number, revision: KeptRevision): Promise<void> {
  await tx.insert(exampleRevisions).values({ example, ...revision });
  await tx.update(examples).set({ revision: revision.n }).where(eq(examples.id, example));
}

/**
 * Earlier texts of an example as they may be kept by what is known now: `mask` gives what is to stay of one, undefined where nothing may.
 * Gives how many were changed.
 */
export async function maskRevisions(
  tx: Db,
  example: number,
  mask: (text: RowText) => Pick<KeptRevision, keyof RowText | 'masked'> | undefined,
): Promise<number> {
  const kept = and(eq(exampleRevisions.example, example), isNull(exampleRevisions.erasedAt));
  let changed = 0;
  for (const { id, instruction, input, output } of await tx.select().from(exampleRevisions).where(kept)) {
    const masked = mask({ instruction, input, output });
    if (masked && masked.instruction === instruction && masked.input === input && masked.output === output) continue;
    const nothing = { instruction: '', input: '', output: '', masked: null, erasedAt: sql`now()` };
    await tx
      .update(exampleRevisions)
      .set(masked ?? nothing)
      .where(eq(exampleRevisions.id, id));
    changed++;
  }
  return changed;
}
