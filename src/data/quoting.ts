// Rows in which somebody may be quoted: read one by one, and written back where `change` makes something else of them.
import { and, asc, eq, gt, inArray, sql } from 'drizzle-orm';
import type { Db } from './database.ts';
import { notify } from './notices.ts';
import type { Json } from './schema/columns.ts';
import { answers, posts, questions, versionSamples, versions } from './schema.ts';

/** `quoting`: the text holds what is to go. `without`: a JSON value with such strings emptied. */
export type Redaction = { quoting(text: string): boolean; without<T>(value: T): T };

const AT_A_TIME = 200;

/** Answers and others' questions. */
export async function redactQuestions(tx: Db, workspace: number, { quoting, without }: Redaction): Promise<void> {
  for (let after = 0; ; ) {
    const rows = await tx
      .select({ id: questions.id, turns: questions.turns, detail: questions.detail })
      .from(questions)
      .where(and(eq(questions.workspace, workspace), gt(questions.id, after)))
      .orderBy(asc(questions.id))
      .limit(AT_A_TIME);
    if (rows.length === 0) return;
    after = rows[rows.length - 1].id;
    for (const { id, turns, detail } of rows) {
      const clean = { turns: turns.map(turn => (quoting(turn.content) ? { ...turn, content: '' } : turn)), detail: without(detail) };
      if (JSON.stringify(clean) !== JSON.stringify({ turns, detail })) await tx.update(questions).set(clean).where(eq(questions.id, id));
    }
    const ids = rows.map(({ id }) => id);
    for (const { id, text } of await tx.select({ id: answers.id, text: answers.text }).from(answers).where(inArray(answers.question, ids)))
      if (quoting(text)) await tx.update(answers).set({ text: '' }).where(eq(answers.id, id));
  }
}

/** Report cards and samples. Of `gone` versions no text stays at all: what they say may be what they learned. */
export async function redactCards(tx: Db, workspace: number, gone: number[], { quoting, without }: Redaction): Promise<void> {
  const rows = await tx.select({ id: versions.id, card: versions.card }).from(versions).where(eq(versions.workspace, workspace));
  for (const { id, card } of rows) {
    const clean = withoutEmptyExam(without(gone.includes(id) ? withoutSamples(card) : card));
    if (JSON.stringify(clean) !== JSON.stringify(card)) await tx.update(versions).set({ card: clean }).where(eq(versions.id, id));
    for (const sample of await tx.select().from(versionSamples).where(eq(versionSamples.version, id)))
      if (gone.includes(id) || [sample.prompt, sample.baseText, sample.tunedText].some(quoting))
        await tx.delete(versionSamples).where(eq(versionSamples.id, sample.id));
  }
}

function withoutSamples(card: Json): Json {
  const { evaluation, exam: _, ...rest } = card as { evaluation?: Json; exam?: unknown };
  return { ...rest, ...(evaluation && { evaluation: { ...evaluation, samples: [] } }) };
}

/** A question of the exam that is gone takes with it what was answered to it. */
function withoutEmptyExam(card: Json): Json {
  const { exam } = card as { exam?: { question: string }[] };
  return exam ? { ...card, exam: exam.filter(({ question }) => question !== '') } : card;
}

/** The samples of erased revisions, whatever they say. */
export async function eraseSamplesOf(tx: Db, exampleIds: number[]): Promise<void> {
  if (exampleIds.length === 0) return;
  await tx.execute(sql`delete from version_samples where revision in
    (select id from example_revisions where example = any(${sql.param(exampleIds)}::bigint[]))`);
}

export type QuotedPost = { key: string; channel: string; body: Json };

/** Posts with `change` applied to their bodies. What everybody sees is edited; what one person was shown is changed in the row alone. */
export async function redactPosts(tx: Db, workspace: number, change: (post: QuotedPost) => Promise<Json>): Promise<void> {
  for (let after = 0; ; ) {
    const rows = await tx
      .select()
      .from(posts)
      .where(and(eq(posts.workspace, workspace), gt(posts.id, after)))
      .orderBy(asc(posts.id))
      .limit(AT_A_TIME);
    if (rows.length === 0) break;
    after = rows[rows.length - 1].id;
    for (const row of rows) {
      const body = await change(row);
      if (JSON.stringify(body) === JSON.stringify(row.body)) continue;
      const shown = row.recipient === null ? { rev: sql`${posts.rev} + 1` } : {};
      await tx
        .update(posts)
        .set({ body, ...shown })
        .where(eq(posts.id, row.id));
    }
  }
  await notify(tx, 'posts_changed', workspace);
}
