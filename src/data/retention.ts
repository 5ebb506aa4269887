// Texts that nobody needs any more: what was asked, answered, posted and sampled is erased some days after it came to rest. Ids and counts stay.
import { and, eq, inArray, isNotNull, lt, ne, sql } from 'drizzle-orm';
import type { Db } from './database.ts';
import { answers, examQuestions, posts, questions, runs, versionSamples, versions } from './schema.ts';

/** How many rows lost their text. */
export type Erased = { questions: number; posts: number; versions: number; exam: number };

/** What a question's detail says besides people's words. */
const DETAIL_KEPT = ['leftOut', 'against', 'alone', 'tried', 'near', 'warning'];

/**
 * Erases what came to rest more than `days` days ago: questions and their answers since they were closed (answered, where nobody votes;
 * asked, where they failed), posts since they were last sent, samples and exam answers since their run ended, exam questions since they were removed. A person's words in a post of ours that an
 * example stands on stay, as every message of the chat does: the look at that example needs them.
 */
export async function eraseOldTexts(db: Db, workspace: number, days: number): Promise<Erased> {
  const since = sql`now() - interval '1 day' * ${days}`;
  return db.transaction(async tx => ({
    questions: await eraseQuestions(tx, workspace, since),
    posts: await erasePosts(tx, workspace, since),
    versions: await eraseSamples(tx, workspace, since),
    exam: await eraseExam(tx, workspace, since),
  }));
}

type Moment = ReturnType<typeof sql>;

async function eraseQuestions(tx: Db, workspace: number, since: Moment): Promise<number> {
  const atRest = sql`coalesce(${questions.closedAt}, ${questions.closesAt}, ${questions.answeredAt}, ${questions.askedAt})`;
  const kept = sql`(select coalesce(jsonb_object_agg(key, value), '{}') from jsonb_each(${questions.detail})
    where key in (${sql.join(
      DETAIL_KEPT.map(key => sql`${key}`),
      sql`, `,
    )}))`;
  const erased = await tx
    .update(questions)
    .set({ turns: [], detail: kept })
    .where(
      and(
        eq(questions.workspace, workspace),
        inArray(questions.state, ['answered', 'failed']),
        sql`(not ${questions.comparison} or ${questions.closedAt} is not null)`,
        sql`${atRest} < ${since}`,
        sql`${questions.turns} <> '[]'::jsonb`,
      ),
    )
    .returning({ id: questions.id });
  const ids = erased.map(({ id }) => id);
  if (ids.length > 0) await tx.update(answers).set({ text: '' }).where(inArray(answers.question, ids));
  return ids.length;
}

/** The rows alone: the platform is not told, so the message stays there as the team's own. */
async function erasePosts(tx: Db, workspace: number, since: Moment): Promise<number> {
  const nothing = { title: '', parts: [] };
  const source = sql`exists (select 1 from messages m join channels c on c.id = m.channel join example_sources s on s.message = m.id
    join examples e on e.id = s.example where c.workspace = ${posts.workspace} and m.ext = ${posts.remoteId} and e.state <> 'erased')`;
  const erased = await tx
    .update(posts)
    .set({ body: nothing })
    .where(
      and(
        eq(posts.workspace, workspace),
        sql`${posts.sentRev} >= ${posts.rev}`,
        sql`coalesce(${posts.sentAt}, ${posts.madeAt}) < ${since}`,
        sql`${posts.body} <> ${JSON.stringify(nothing)}::jsonb`,
        sql`not ${source}`,
      ),
    )
    .returning({ id: posts.id });
  return erased.length;
}

/** A version's samples stand in rows of their own and on its card; so do, there alone, its answers to the exam. */
async function eraseSamples(tx: Db, workspace: number, since: Moment): Promise<number> {
  const old = tx
    .select({ id: versions.id })
    .from(versions)
    .innerJoin(runs, eq(runs.id, versions.run))
    .where(and(eq(versions.workspace, workspace), isNotNull(runs.endedAt), lt(runs.endedAt, since)));
  await tx
    .update(versions)
    .set({ card: sql`jsonb_set(${versions.card}, '{evaluation,samples}', '[]')` })
    .where(and(inArray(versions.id, old), sql`${versions.card} #> '{evaluation,samples}' <> '[]'::jsonb`));
  const examined = await tx
    .update(versions)
    .set({ card: sql`${versions.card} - 'exam'` })
    .where(and(inArray(versions.id, old), sql`${versions.card} ? 'exam'`))
    .returning({ version: versions.id });
  const erased = await tx
    .update(versionSamples)
    .set({ prompt: '', baseText: '', tunedText: '' })
    .where(and(inArray(versionSamples.version, old), ne(versionSamples.prompt, '')))
    .returning({ version: versionSamples.version });
  return new Set([...examined, ...erased].map(({ version }) => version)).size;
}

/** Those that stand in the exam are still asked; of the others only the number stays. */
async function eraseExam(tx: Db, workspace: number, since: Moment): Promise<number> {
  const erased = await tx
    .update(examQuestions)
    .set({ text: '' })
    .where(and(eq(examQuestions.workspace, workspace), lt(examQuestions.removedAt, since), ne(examQuestions.text, '')))
    .returning({ id: examQuestions.id });
  return erased.length;
}
