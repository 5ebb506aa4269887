// Questions and votes: one answering worker, one vote a person, no tally before the comparison closes.
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { claimRun } from '../../src/data/claims.ts';
import { closeDueComparisons, countOpenComparisons } from '../../src/data/comparisons.ts';
import { moveRun } from '../../src/data/progress.ts';
import {
  askQuestion,
  claimQuestion,
  failQuestion,
  type NewAnswer,
  placeInQueue,
  questionById,
  questionsToWake,
  renewQuestion,
  saveAnswers,
} from '../../src/data/questions.ts';
import { finishRun } from '../../src/data/versions.ts';
import { type Choice, castVote, countVotes, firstVotes, voteOf } from '../../src/data/votes.ts';
import { type TestDatabase, testDatabase } from '../support/postgres.ts';
import { someRun } from '../support/rows.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());

let asked = 0;
const nearEnd = (question: number) => database.db.execute(sql`update questions set closes_at = now() where id = ${question}`);
const answer = (side: NewAnswer['side'], version?: number): NewAnswer => ({ side, version, text: side, tokens: 3, ms: 40, stop: 'end' });

async function someVersion() {
  const { db } = database;
  const rows = await someRun(db);
  const { claim } = (await claimRun(db, rows.run.id, 'w'))!;
  await moveRun(db, claim, 'training');
  const version = await finishRun(db, claim, { baseFingerprint: 'f', artifact: 'a', folder: 'x', rank: 8, card: {}, samples: [] });
  return { ...rows, version: version.id };
}

async function ask(rows: { workspace: number; channel: number; ada: number; version?: number }) {
  const question = { channel: rows.channel, asker: rows.ada, source: `M${++asked}`, kind: 'qa' as const, lang: 'en', seed: 7 };
  return askQuestion(database.db, rows.workspace, { ...question, turns: [{ role: 'user', content: 'Why?' }], version: rows.version });
}

async function comparison(rows: Awaited<ReturnType<typeof someVersion>>, tunedSide: 'A' | 'B' = 'B') {
  const { id } = await ask(rows);
  const { claim } = (await claimQuestion(database.db, id, 'w'))!;
  const sides = tunedSide === 'A' ? [answer('A', rows.version), answer('B')] : [answer('A'), answer('B', rows.version)];
  expect(await saveAnswers(database.db, claim, { answers: sides, comparison: true })).toBe(true);
  return id;
}

describe('answering', () => {
  test('whoever reads a question while it is answered sees it without its answers or with all of them, never half', async () => {
    const rows = await someVersion();
    const torn: unknown[] = [];
    for (let i = 0; i < 30; i++) {
      const { id } = await ask(rows);
      const { claim } = (await claimQuestion(database.db, id, 'w'))!;
      let saving = true;
      const reading = (async () => {
        while (saving) {
          const { question, answers } = (await questionById(database.db, id))!;
          if ((question.state === 'answered') !== (answers.length === 2)) torn.push([question.state, answers.length]);
        }
      })();
      await saveAnswers(database.db, claim, { answers: [answer('A'), answer('B', rows.version)], comparison: true });
      saving = false;
      await reading;
    }
    expect(torn).toEqual([]);
  });

  const askedBefore = (question: number, minutes: number) =>
    database.db.execute(sql`update questions set asked_at = now() - interval '1 minute' * ${minutes} where id = ${question}`);

  test('ten minutes after it was asked a question is not taken up any more, and an answer that comes then is not given', async () => {
    const rows = await someVersion();
    const late = { state: 'failed', failureCode: 'engine.answerTooLate', failureValues: { minutes: 10 } };
    const [waiting, inTime] = [await ask(rows), await ask(rows)];
    await askedBefore(waiting.id, 11);
    await askedBefore(inTime.id, 9);
    expect(await claimQuestion(database.db, waiting.id, 'w')).toBeUndefined();
    expect((await questionById(database.db, waiting.id))!.question).toMatchObject({ ...late, attempt: 0 });
    const { claim } = (await claimQuestion(database.db, inTime.id, 'w'))!;
    await askedBefore(inTime.id, 11);
    expect(await saveAnswers(database.db, claim, { answers: [answer('A'), answer('B', rows.version)], comparison: true })).toBe(false);
    expect(await questionById(database.db, inTime.id)).toMatchObject({ question: late, answers: [] });
  });

  test('the questions of an exam have all the time they need', async () => {
    const rows = await someVersion();
    const { id } = await ask(rows);
    await database.db.execute(sql`update questions set kind = 'exam' where id = ${id}`);
    await askedBefore(id, 300);
    const { claim } = (await claimQuestion(database.db, id, 'w'))!;
    expect(await saveAnswers(database.db, claim, { answers: [answer('only')], comparison: false })).toBe(true);
  });

  test('the place in the queue counts the open questions asked before, whoever asked them', async () => {
    const place = ({ id }: { id: number }) => placeInQueue(database.db, { id });
    const others = await place({ id: 2 ** 40 });
    const [first, second, third] = [await ask(await someVersion()), await ask(await someVersion()), await ask(await someVersion())];
    expect([await place(first), await place(second), await place(third)]).toEqual([others, others + 1, others + 2]);
    const { claim } = (await claimQuestion(database.db, first.id, 'w'))!;
    expect(await place(third)).toBe(others + 2);
    await saveAnswers(database.db, claim, { answers: [answer('only')], comparison: false });
    expect([await place(second), await place(third)]).toEqual([others, others + 1]);
  });

  test('the same message asked twice is one question', async () => {
    const rows = await someVersion();
    const first = await ask(rows);
    asked--;
    expect((await ask(rows)).id).toBe(first.id);
  });

  test('two workers: one answers, the one that lost it writes nothing', async () => {
    const { db } = database;
    const rows = await someVersion();
    const { id } = await ask(rows);
    const claims = await Promise.all(['w1', 'w2'].map(worker => claimQuestion(db, id, worker)));
    const [first] = claims.filter(claim => claim !== undefined);
    expect(claims).toContain(undefined);
    expect(await renewQuestion(db, first.claim)).toBe(true);
    await db.execute(sql`update questions set lease_until = now() - interval '1 second' where id = ${id}`);
    expect(await questionsToWake(db)).toContain(id);
    const second = (await claimQuestion(db, id, 'w3'))!;
    expect(await renewQuestion(db, first.claim)).toBe(false);
    expect(await saveAnswers(db, first.claim, { answers: [answer('only')], comparison: false })).toBe(false);
    expect(await failQuestion(db, first.claim, { code: 'late', values: {} })).toBe(false);
    expect(await saveAnswers(db, second.claim, { answers: [answer('B', rows.version), answer('A')], comparison: true })).toBe(true);
    const { question, answers } = (await questionById(db, id))!;
    expect(question).toMatchObject({ state: 'answered', attempt: 2, worker: 'w3', leaseUntil: null });
    expect(answers.map(({ side, version }) => [side, version])).toEqual([
      ['A', null],
      ['B', rows.version],
    ]);
  });

  test('three attempts that broke off: failed, with the reason', async () => {
    const { db } = database;
    const { id } = await ask(await someVersion());
    for (let i = 0; i < 3; i++) {
      expect(await claimQuestion(db, id, 'w')).toBeDefined();
      await db.execute(sql`update questions set lease_until = now() - interval '1 second' where id = ${id}`);
    }
    expect(await claimQuestion(db, id, 'w')).toBeUndefined();
    expect((await questionById(db, id))!.question).toMatchObject({ state: 'failed', failureCode: 'questionGotNowhere' });
  });
});

describe('votes', () => {
  test('one vote a person, however often and from wherever it comes; changeable, and the first one is kept', async () => {
    const { db } = database;
    const rows = await someVersion();
    const id = await comparison(rows);
    await Promise.all([1, 2, 3, 4].map(() => castVote(db, id, rows.ada, 'A')));
    expect(await countVotes(db, id)).toBe(1);
    expect(await castVote(db, id, rows.ada, 'tie')).toMatchObject({ first: 'A', now: 'tie' });
    await castVote(db, id, rows.bo, 'B');
    expect(await countVotes(db, id)).toBe(2);
    expect(await voteOf(db, id, rows.ada)).toMatchObject({ first: 'A', now: 'tie' });
  });

  test('no vote where there is nothing to compare, and none after the 24 hours, closed already or not', async () => {
    const { db } = database;
    const rows = await someVersion();
    const { id: single } = await ask(rows);
    await expect(castVote(db, single, rows.ada, 'A')).rejects.toMatchObject({ problem: { code: 'notAComparison' } });
    await expect(castVote(db, 999_999, rows.ada, 'A')).rejects.toMatchObject({ problem: { code: 'notAComparison' } });
    const id = await comparison(rows);
    await castVote(db, id, rows.ada, 'A');
    await nearEnd(id);
    for (const choice of ['A', 'B'] as const)
      await expect(castVote(db, id, rows.ada, choice)).rejects.toMatchObject({ problem: { code: 'comparisonIsClosed' } });
    expect(await closeDueComparisons(db)).toEqual([id]);
    expect(await closeDueComparisons(db)).toEqual([]);
    await expect(castVote(db, id, rows.bo, 'B')).rejects.toMatchObject({ problem: { code: 'comparisonIsClosed' } });
    expect(await countVotes(db, id)).toBe(1);
  });

  test('the first votes count by who spoke, not by side, and only on closed comparisons', async () => {
    const { db } = database;
    const rows = await someVersion();
    const vote = async (tunedSide: 'A' | 'B', ...choices: Choice[]) => {
      const id = await comparison(rows, tunedSide);
      for (const [i, choice] of choices.entries()) await castVote(db, id, i === 0 ? rows.ada : rows.bo, choice);
      return id;
    };
    const closed = [await vote('A', 'A', 'B'), await vote('B', 'B', 'tie'), await vote('B', 'A', 'bad'), await vote('A')];
    await castVote(db, closed[2], rows.ada, 'B');
    await vote('B', 'B', 'B');
    expect(await firstVotes(db, rows.version, null)).toEqual([]);
    expect(await countOpenComparisons(db, rows.workspace)).toBe(5);
    for (const id of closed) await nearEnd(id);
    await closeDueComparisons(db);
    const chosen = (await firstVotes(db, rows.version, null)).map(({ choice }) => choice);
    expect(chosen.sort()).toEqual(['bad', 'base', 'base', 'tie', 'tuned', 'tuned']);
    expect(await countOpenComparisons(db, rows.workspace)).toBe(1);
  });

  test('the verdict hears first votes on closed comparisons alone, as who was preferred, with the lengths of both answers', async () => {
    const { db } = database;
    const rows = await someVersion();
    const first = await comparison(rows, 'A');
    const second = await comparison(rows, 'B');
    const open = await comparison(rows, 'B');
    await castVote(db, first, rows.ada, 'A');
    await castVote(db, first, rows.ada, 'B');
    await castVote(db, first, rows.bo, 'tie');
    await castVote(db, second, rows.ada, 'A');
    await castVote(db, open, rows.ada, 'B');
    await db.execute(sql`update answers set text = 'longer' where question = ${first} and version is not null`);
    for (const id of [second, first]) {
      await nearEnd(id);
      await closeDueComparisons(db);
    }
    const heard = await firstVotes(db, rows.version, null);
    expect(
      heard.map(({ question, person, choice, tunedLength, baseLength }) => [question, person, choice, tunedLength, baseLength]),
    ).toEqual([
      [second, rows.ada, 'base', 1, 1],
      [first, rows.ada, 'tuned', 6, 1],
      [first, rows.bo, 'tie', 6, 1],
    ]);
    expect(await firstVotes(db, rows.version, 999_999)).toEqual([]);
  });
});
