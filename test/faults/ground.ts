// Where a fault story happens: a team that talks, answers that may be approved of, comparisons that may be voted on, and a worker whom the test plays.
import { setTimeout as sleep } from 'node:timers/promises';
import { type Claim, claimRun, renewLease } from '../../src/data/claims.ts';
import type { Db } from '../../src/data/database.ts';
import { approvedExamples, importExamples } from '../../src/data/examples.ts';
import { moveRun, recordSteps } from '../../src/data/progress.ts';
import { claimQuestion, questionsToWake, saveAnswers } from '../../src/data/questions.ts';
import { startRun } from '../../src/data/runs.ts';
import { finishRun } from '../../src/data/versions.ts';
import type { Place } from '../support/person.ts';
import type { TestDatabase } from '../support/postgres.ts';
import { until } from '../support/room.ts';
import { someExamples } from '../support/rows.ts';
import { scoresOf } from '../support/scores.ts';
import type { Ground, Talk } from './perform.ts';

const NAMES = ['Ada', 'Ben', 'Cem', 'Dia'];
const TALKS = 8;
const COMPARISONS = 3;
const PATIENCE_MS = 30_000;
const STEP_EVERY_MS = 200;

/** `compared`: the questions behind the comparisons, in their order. `finish`: the run that went on all the time is through. */
export type Laid = Ground & { compared: number[]; finish(): Promise<void> };

/** Everybody has come in and talked; from here on a run trains and a worker answers whatever is asked, until `finish`. */
export async function layGround({ db, pool }: TestDatabase, place: Place): Promise<Laid> {
  const people: string[] = [];
  for (const name of NAMES) people.push(await place.person(name));
  const talks: Talk[] = [];
  for (let n = 0; n < TALKS; n++) {
    const [asker, author] = [people[n % people.length], people[(n + 1) % people.length]];
    const question = await place.say(asker, {}, `Where is the key of berth ${n}?`, []);
    const answer = await place.say(author, { thread: question }, `The key of berth ${n} hangs on hook ${n}.`, []);
    talks.push({ asker, author, question, answer });
  }
  const one = async (query: string, values: unknown[] = []) => (await pool.query(query, values)).rows[0];
  const workspace = Number((await one('select id from workspaces')).id);
  const { id: requestedBy } = await one('select id::int from people where ext = $1', [people[0]]);
  const { ext: channel } = await one(`select ext from channels where learn = 'on'`);
  await importExamples(db, workspace, requestedBy, someExamples(6));
  const begin = async () => {
    const members = (await approvedExamples(db, workspace)).map(({ revision }) => ({ revision, part: 'train' as const }));
    const run = await startRun(db, workspace, { requestedBy, channel, members });
    const { claim } = (await claimRun(db, run.id, 'w'))!;
    await pool.query('update runs set steps = 10 where id = $1', [run.id]);
    await moveRun(db, claim, 'training');
    return claim;
  };
  const end = async (claim: Claim) => {
    await moveRun(db, claim, 'evaluating');
    const evaluation = { base: scoresOf(3), tuned: scoresOf(2), heldout: { qa: 4, report: 0 }, samples: [] };
    const made = { baseFingerprint: 'f', folder: 'x', rank: 4, card: { evaluation }, samples: [] };
    return finishRun(db, claim, { ...made, artifact: `a${claim.run}` });
  };
  const version = await end(await begin());

  const comparisons: Ground['comparisons'] = [];
  const compared: number[] = [];
  for (let n = 0; n < COMPARISONS; n++) {
    const asked = await place.say(people[0], {}, `@apprentice How do I moor boat ${n}?`, []);
    const question = await until(
      async () => Number((await one('select max(id) as id from questions where id > $1', [compared.at(-1) ?? 0])).id),
      `question ${n}`,
      PATIENCE_MS,
    );
    await answer(db, question, [undefined, version.id]);
    const shown = async () =>
      (await place.messages(people[0])).find(({ thread, text }) => thread === asked.id && /Which one is better/.test(text));
    comparisons.push(await until(shown, `comparison ${n}`, PATIENCE_MS));
    compared.push(question);
  }

  let over = false;
  const run = await begin();
  const working = (async () => {
    for (let loss = 9; !over; loss *= 0.99) {
      await renewLease(db, run);
      const step = { step: 1, epoch: 1, loss, learningRate: 1e-3, gradNorm: 1, tokens: 100, ms: 50, bytes: 1 };
      await recordSteps(db, run, [step]);
      for (const id of await questionsToWake(db)) await answer(db, id, [undefined]);
      await sleep(STEP_EVERY_MS);
    }
  })();
  return {
    place,
    people,
    talks,
    comparisons,
    compared,
    async finish() {
      await until(async () => (await questionsToWake(db)).length === 0, 'the last answer', PATIENCE_MS);
      over = true;
      await working;
      await end(run);
    },
  };
}

/** As a worker answers: the base alone, or two speakers. */
async function answer(db: Db, question: number, versions: (number | undefined)[]): Promise<void> {
  const taken = await claimQuestion(db, question, 'w');
  if (!taken) return;
  const sides = versions.length === 1 ? (['only'] as const) : (['A', 'B'] as const);
  const answers = versions.map((version, i) => {
    const text = `${version === undefined ? 'Perhaps' : 'Surely'} with line ${question}.`;
    return { version, side: sides[i], text, tokens: 3, ms: 5, stop: 'end' as const };
  });
  await saveAnswers(db, taken.claim, { comparison: versions.length > 1, answers });
}
