// Forgetting a person: their texts leave the tables, their row keeps a keyed hash of their id. Everything here runs in one transaction of
// the caller's that began with holdRunsAndVersions. What others' rows quote of them is quoting.ts.
import { and, eq, inArray, ne, sql } from 'drizzle-orm';
import type { Db } from './database.ts';
import { moveExample } from './example-states.ts';
import type { OwnExample } from './lineage.ts';
import {
  answers,
  channelApprovers,
  channels,
  exampleRevisions,
  exampleSources,
  examples,
  examQuestions,
  messages,
  OPEN_QUESTION_STATES,
  OPEN_RUN_STATES,
  people,
  posts,
  questions,
  runs,
  workspaces,
} from './schema.ts';

/** Held until the end: no run ends or begins, and no version changes its state, while somebody is forgotten or opts out. A run's row comes first, as a worker that ends it takes them. */
export async function holdRunsAndVersions(tx: Db, workspace: number): Promise<void> {
  const open = and(eq(runs.workspace, workspace), inArray(runs.state, OPEN_RUN_STATES));
  await tx.select({ id: runs.id }).from(runs).where(open).for('update');
  await tx.select({ id: workspaces.id }).from(workspaces).where(eq(workspaces.id, workspace)).for('no key update');
}

/** What the person wrote, as far as a row holds it: their part of examples, their questions with notes, what was posted for them. */
export async function textsBy(tx: Db, person: number, own: OwnExample[]): Promise<string[]> {
  const texts: string[] = [];
  const revisions =
    own.length === 0
      ? []
      : await tx
          .select()
          .from(exampleRevisions)
          .where(inArray(exampleRevisions.example, idsOf(own)));
  for (const { example, instruction, input, output } of revisions) {
    const { parts } = own.find(({ id }) => id === example)!;
    if (parts.length === 0 || parts.includes('question')) texts.push(instruction);
    if (parts.length === 0 || parts.includes('notes')) texts.push(input);
    if (parts.length === 0 || parts.includes('answer')) texts.push(output);
  }
  for (const { turns, detail } of await tx.select().from(questions).where(eq(questions.asker, person)))
    texts.push(...turns.filter(({ role }) => role === 'user').map(({ content }) => content), String(detail.input ?? ''));
  for (const { text } of await tx.select().from(examQuestions).where(eq(examQuestions.addedBy, person))) texts.push(text);
  for (const { body } of await tx.select().from(posts).where(isSaidFor(person))) {
    const [first] = (body as { parts?: { markdown?: string }[] }).parts ?? [];
    texts.push(first?.markdown ?? '');
  }
  return texts;
}

/** The texts of all examples of a workspace but these: what stands there, too, is not one person's. */
export async function textsOfOthers(tx: Db, workspace: number, own: OwnExample[]): Promise<string[]> {
  const rows = await tx
    .select({ id: examples.id, instruction: exampleRevisions.instruction, input: exampleRevisions.input, output: exampleRevisions.output })
    .from(exampleRevisions)
    .innerJoin(examples, eq(examples.id, exampleRevisions.example))
    .where(eq(examples.workspace, workspace));
  const mine = new Set(idsOf(own));
  return rows.filter(({ id }) => !mine.has(id)).flatMap(({ instruction, input, output }) => [instruction, input, output]);
}

/** Revisions lose their texts, examples are `erased` for good, their messages keep nothing but their place, and are looked at once more: that takes our sign off them. */
export async function eraseExamples(tx: Db, own: OwnExample[]): Promise<void> {
  if (own.length === 0) return;
  const ids = idsOf(own);
  for (const id of ids) await moveExample(tx, id, 'erased', 'forgotten');
  const nothing = { instruction: '', input: '', output: '', masked: null, erasedAt: sql`now()` };
  await tx.update(exampleRevisions).set(nothing).where(inArray(exampleRevisions.example, ids));
  const sources = tx.select({ id: exampleSources.message }).from(exampleSources).where(inArray(exampleSources.example, ids));
  await tx.update(messages).set({ textHmac: '', permalink: '', dirtyAt: sql`now()` }).where(inArray(messages.id, sources));
}

/** Questions of the person, what was answered to them, and test questions that they put; gives the questions' ids. */
export async function eraseQuestions(tx: Db, person: number): Promise<number[]> {
  const open = inArray(questions.state, OPEN_QUESTION_STATES);
  const asked = eq(questions.asker, person);
  // A worker that is writing an answer finds that it holds the question no more.
  await tx
    .update(questions)
    .set({ state: 'failed', leaseUntil: null, failureCode: 'forget.question', failureValues: {} })
    .where(and(asked, open));
  const rows = await tx.update(questions).set({ turns: [], detail: {}, nearExample: null }).where(asked).returning({ id: questions.id });
  const ids = rows.map(({ id }) => id);
  if (ids.length > 0) await tx.update(answers).set({ text: '' }).where(inArray(answers.question, ids));
  await tx
    .update(examQuestions)
    .set({ text: '', removedAt: sql`coalesce(${examQuestions.removedAt}, now())` })
    .where(eq(examQuestions.addedBy, person));
  return ids;
}

/**
 * Nothing that is still to be answered waits for one of these versions: the base answers alone. What is being answered begins anew, since
 * what was erased may stand in its prompt, and who writes it may be one of them; the worker finds that it holds the question no more. Of the
 * thread before it, which is kept until there is an answer, nobody knows who said what: the question goes on alone.
 */
export async function askAnew(tx: Db, workspace: number, versionIds: number[]): Promise<void> {
  const open = and(eq(questions.workspace, workspace), inArray(questions.state, OPEN_QUESTION_STATES));
  if (versionIds.length > 0) {
    await tx
      .update(questions)
      .set({ version: null })
      .where(and(open, inArray(questions.version, versionIds)));
  }
  await tx
    .update(questions)
    .set({ state: 'asked', leaseUntil: null, turns: sql`jsonb_build_array(${questions.turns} -> -1)` })
    .where(open);
}

/** `hash` stands for the platform's id from now on, here and in the audit; events and private messages of the person are gone. */
export async function eraseIdentity(tx: Db, person: { id: number; workspace: number; ext: string }, hash: string): Promise<void> {
  const { id, workspace, ext } = person;
  const nobody = { ext: hash, name: null, lang: null, tz: null, role: 'member' as const, consent: 'out' as const, forgottenAt: sql`now()` };
  await tx.update(people).set(nobody).where(eq(people.id, id));
  await tx.delete(channelApprovers).where(eq(channelApprovers.person, id));
  // Written down by earlier states of the bot: a direct message is called by whom it is with.
  await tx
    .update(channels)
    .set({ name: '' })
    .where(and(eq(channels.workspace, workspace), eq(channels.kind, 'direct'), ne(channels.name, '')));
  await tx.delete(posts).where(and(eq(posts.workspace, workspace), sql`${posts.recipient} ->> 'person' = ${ext}`));
  await tx.execute(sql`update inbox set payload = null, done_at = coalesce(done_at, now())
    where workspace = ${workspace} and payload ->> 'person' = ${ext}`);
  const word = sql`${`\\m${ext.replace(/[^\p{L}\p{N}_]/gu, '\\$&')}\\M`}`;
  await tx.execute(sql`update inbox set key = regexp_replace(key, ${word}, ${hash}, 'g')
    where workspace = ${workspace} and key ~ ${word}`);
  await tx.execute(sql`update audit set actor = case when actor = ${ext} then ${hash} else actor end,
      object = regexp_replace(object, ${word}, ${hash}, 'g'),
      detail = replace(detail::text, to_json(${ext}::text)::text, to_json(${hash}::text)::text)::jsonb
    where workspace = ${workspace} and (actor = ${ext} or object ~ ${word} or strpos(detail::text, ${ext}) > 0)`);
  await tx
    .update(workspaces)
    .set({ trainingAllowedBy: hash })
    .where(and(eq(workspaces.id, workspace), eq(workspaces.trainingAllowedBy, ext)));
}

/** Messages of ours in which the person speaks. */
const isSaidFor = (person: number) => sql`${posts.key} ~ ${`^(better|report):\\d+:${person}$`}`;

/** Rewrites the tables that somebody was erased from, so that their pages hold nothing of it. Not in a transaction. */
export async function vacuumErased(db: Db): Promise<void> {
  await db.execute(sql`vacuum (full) example_revisions, examples, messages, questions, answers, exam_questions, version_samples, versions,
    posts, inbox, audit, people, channels, channel_approvers`);
}

const idsOf = (own: OwnExample[]): number[] => own.map(({ id }) => id);
