// Every transition of runs and questions that the design does not name is refused by the function that would make it, and changes nothing.
// Those of examples are in example-states.test.ts, those of versions in champions.test.ts.
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Claim, cancelRun, claimRun, failRun } from '../../src/data/claims.ts';
import { closeComparisons } from '../../src/data/comparisons.ts';
import { askAnew, eraseQuestions } from '../../src/data/forget.ts';
import { moveRun } from '../../src/data/progress.ts';
import {
  askQuestion,
  claimQuestion,
  failLateQuestions,
  failQuestion,
  type QuestionClaim,
  releaseQuestion,
  saveAnswers,
} from '../../src/data/questions.ts';
import { cancelUnlaunched, launchRun, type RunState, requestCancel, runById } from '../../src/data/runs.ts';
import { OPEN_RUN_STATES, QUESTION_STATES, questions, RUN_STATES, runs } from '../../src/data/schema.ts';
import { finishRun } from '../../src/data/versions.ts';
import { type TestDatabase, testDatabase } from '../support/postgres.ts';
import { someRun, someWorkspace } from '../support/rows.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());

type Change = { from: readonly string[]; to: string; held: boolean; change(row: Row): Promise<unknown> };
type Row = { workspace: number; ada: number; id: number; claim: Claim & QuestionClaim };

const cases = (changes: Record<string, Change>, states: readonly string[]) =>
  Object.entries(changes).flatMap(([name, change]) => states.map(state => ({ name, state, ...change, may: change.from.includes(state) })));

describe('a run', () => {
  const version = { baseFingerprint: 'f', artifact: 'a', folder: 'x', rank: 4, card: {}, samples: [] };
  const worker = (from: RunState[], to: 'waiting' | 'queued' | 'training' | 'evaluating'): Change => ({
    from,
    to,
    held: true,
    change: ({ claim }) => moveRun(database.db, claim, to),
  });
  const CHANGES: Record<string, Change> = {
    wait: worker(['checking'], 'waiting'),
    queue: worker(['checking'], 'queued'),
    train: worker(['checking', 'queued', 'training'], 'training'),
    evaluate: worker(['training', 'evaluating'], 'evaluating'),
    finish: {
      from: ['training', 'evaluating'],
      to: 'done',
      held: true,
      change: ({ claim }) => finishRun(database.db, claim, version),
    },
    fail: {
      from: OPEN_RUN_STATES,
      to: 'failed',
      held: true,
      change: ({ claim }) => failRun(database.db, claim, { code: 'x', values: {} }),
    },
    'cancel by the worker': { from: OPEN_RUN_STATES, to: 'cancelled', held: true, change: ({ claim }) => cancelRun(database.db, claim) },
    'cancel by a person': {
      from: OPEN_RUN_STATES,
      to: 'cancelled',
      held: false,
      change: ({ workspace, ada }) => requestCancel(database.db, workspace, ada),
    },
    launch: { from: ['waiting'], to: 'queued', held: false, change: ({ workspace, id }) => launchRun(database.db, workspace, id) },
    'give up waiting': {
      from: ['waiting'],
      to: 'cancelled',
      held: false,
      async change({ id }) {
        await database.pool.query(`insert into run_events (run, attempt, kind, at) values ($1, 1, 'waiting', now() - interval '2 hours')`, [
          id,
        ]);
        return (await cancelUnlaunched(database.db)).find(run => run.id === id);
      },
    },
  };

  test.each(cases(CHANGES, RUN_STATES))('$name when it is $state: $may', async ({ state, to, held, change, may }) => {
    const { db } = database;
    const { workspace, ada, run } = await someRun(db);
    const leaseUntil = held ? new Date(Date.now() + 20_000) : null;
    await db
      .update(runs)
      .set({ state: state as RunState, attempt: 1, leaseUntil })
      .where(eq(runs.id, run.id));
    const claim = { run: run.id, attempt: 1, question: 0 };
    const changed = await change({ workspace, ada, id: run.id, claim }).catch(() => undefined);
    expect(changed !== undefined).toBe(may);
    expect((await runById(db, run.id))!.state).toBe(may ? to : state);
  });

  test.each(RUN_STATES)('is claimed only while there is work for a worker: %s', async state => {
    const { db } = database;
    const { run } = await someRun(db);
    await db.update(runs).set({ state }).where(eq(runs.id, run.id));
    const claimed = await claimRun(db, run.id, 'w');
    expect(claimed !== undefined).toBe(['checking', 'queued', 'training', 'evaluating'].includes(state));
    expect((await runById(db, run.id))!.state).toBe(state);
  });
});

describe('a question', () => {
  const answer = { side: 'only' as const, text: 'a', tokens: 1, ms: 1, stop: 'end' };
  const CHANGES: Record<string, Change> = {
    claim: { from: ['asked', 'answering'], to: 'answering', held: false, change: ({ id }) => claimQuestion(database.db, id, 'w') },
    answer: {
      from: ['answering'],
      to: 'answered',
      held: true,
      change: ({ claim }) => saveAnswers(database.db, claim, { answers: [answer], comparison: false }),
    },
    'hand back': { from: ['answering'], to: 'asked', held: true, change: ({ claim }) => releaseQuestion(database.db, claim) },
    fail: {
      from: ['answering'],
      to: 'failed',
      held: true,
      change: ({ claim }) => failQuestion(database.db, claim, { code: 'x', values: {} }),
    },
    'begin anew when somebody was forgotten': {
      from: ['answering'],
      to: 'asked',
      held: true,
      change: ({ workspace }) => askAnew(database.db, workspace, []),
    },
    'be erased with who asked it': {
      from: ['asked', 'answering'],
      to: 'failed',
      held: false,
      change: ({ ada }) => eraseQuestions(database.db, ada),
    },
    'be too late': {
      from: ['asked', 'answering'],
      to: 'failed',
      held: false,
      async change({ id }) {
        await database.pool.query(`update questions set asked_at = now() - interval '1 hour' where id = $1`, [id]);
        return failLateQuestions(database.db);
      },
    },
  };

  async function asked(state: (typeof QUESTION_STATES)[number], held: boolean) {
    const { db } = database;
    const { workspace, ada, channel } = await someWorkspace(db);
    const question = await askQuestion(db, workspace, {
      channel,
      asker: ada,
      source: 'm1',
      kind: 'qa',
      turns: [{ role: 'user', content: 'Where?' }],
      lang: 'en',
      seed: 1,
    });
    await db
      .update(questions)
      .set({ state, attempt: 1, leaseUntil: held ? new Date(Date.now() + 20_000) : null })
      .where(eq(questions.id, question.id));
    return { workspace, ada, id: question.id, claim: { run: 0, attempt: 1, question: question.id } };
  }
  const stateOf = async (id: number) => (await database.db.select().from(questions).where(eq(questions.id, id)))[0];

  test.each(cases(CHANGES, QUESTION_STATES))('to $name when it is $state: $may', async ({ state, to, held, change, may }) => {
    const row = await asked(state as (typeof QUESTION_STATES)[number], held);
    await change(row);
    expect((await stateOf(row.id)).state).toBe(may ? to : state);
  });

  test('of an earlier attempt can be neither answered, failed nor handed back', async () => {
    const row = await asked('answering', true);
    const late = { ...row, claim: { ...row.claim, attempt: 0 } };
    for (const name of ['answer', 'fail', 'hand back']) await CHANGES[name].change(late);
    expect((await stateOf(row.id)).state).toBe('answering');
  });

  test('is closed once, and only where it is a comparison', async () => {
    const { db } = database;
    const row = await asked('answered', false);
    expect(await closeComparisons(db, [row.id])).toEqual([]);
    await db.update(questions).set({ comparison: true }).where(eq(questions.id, row.id));
    expect(await closeComparisons(db, [row.id])).toEqual([row.id]);
    const { closedAt } = await stateOf(row.id);
    expect(await closeComparisons(db, [row.id])).toEqual([]);
    expect((await stateOf(row.id)).closedAt).toEqual(closedAt);
  });
});
