// A thousand deeds of a team on a Slack that duplicates, shuffles, delays and loses, fails, holds back and hangs up, and on a bot that is killed
// again and again: when it is over, the database and the room agree exactly. Another seed: FAULT_SEED=7.
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type TestDatabase, testDatabase } from '../support/postgres.ts';
import { until } from '../support/room.ts';
import { type FakeSlack, openFakeSlack } from '../support/slack/fake.ts';
import { farSideOn } from '../support/slack/platform.ts';
import { examplesDisagree, isSettled, postsDisagree, privatelyDisagree, questionsDisagree, votesDisagree, wordsDisagree } from './agree.ts';
import { type BotProcess, startBotProcess } from './bot-process.ts';
import { deeds, seeded } from './deeds.ts';
import { type Laid, layGround } from './ground.ts';
import { type Done, perform } from './perform.ts';
import { slackRoom } from './slack-room.ts';
import { slackWeather } from './slack-weather.ts';

vi.setConfig({ testTimeout: 150_000, hookTimeout: 180_000 });

const SEED = Number(process.env.FAULT_SEED ?? 1);
const DEEDS = 1_000;
const KILLED_AT = [230, 560, 960];
/** So many deeds after a kill everybody waits until the bot is back: a storm that nobody is out in proves nothing. */
const BACK_AFTER = 40;
const SETTLED_WITHIN_MS = 90_000;
/** Slack gives an event up after three more tries and six minutes; half a minute of trouble is far from that. */
const RETRIES_MS = [100, 300, 1_000, 2_000, 5_000, 10_000, 10_000];

describe(`Slack under fire (seed ${SEED})`, () => {
  let database: TestDatabase;
  let slack: FakeSlack;
  let bot: BotProcess;
  let ground: Laid;
  let done: Done;
  let kills: number[];

  beforeAll(async () => {
    console.log(`FAULT_SEED=${SEED}`);
    const began = Date.now();
    const seconds = () => Math.round((Date.now() - began) / 100) / 10;
    database = await testDatabase();
    slack = await openFakeSlack({ retriesMs: RETRIES_MS, seed: SEED });
    const farSide = await farSideOn(slack, 'socket');
    bot = await startBotProcess(database.url, farSide.env);
    ground = await layGround(database, await farSide.enter(bot));

    const random = seeded(SEED);
    const { people, talks, comparisons } = ground;
    const all = deeds(random, DEEDS, { people: people.length, talks: talks.length, comparisons: comparisons.length });
    const weather = slackWeather(slack, random);
    kills = [];
    console.log(`laid at ${seconds()} s`);
    done = await perform(all, ground, async n => {
      weather.at(n);
      if (KILLED_AT.includes(n - BACK_AFTER)) await until(() => slack.socket.isOpen(), 'the bot to be back', SETTLED_WITHIN_MS);
      if (!KILLED_AT.includes(n)) return;
      await bot.kill();
      kills.push(Date.now());
    });
    weather.over();
    console.log(`stormed until ${seconds()} s`);
    await ground.finish();
    const settled = async () => slack.delivery.isIdle() && (await isSettled(database.pool));
    console.log(`finished at ${seconds()} s`);
    await until(settled, 'everything to settle', SETTLED_WITHIN_MS).catch(async error => {
      const { rows } = await database.pool.query(
        `select key, next_at - now() as in, error from inbox where done_at is null
         union all select key, next_at - now(), error from posts where sent_rev < rev`,
      );
      throw new Error(`${JSON.stringify(rows)}\n${bot.log().slice(-5_000)}`, { cause: error });
    });
  });
  afterAll(async () => {
    const code = await bot?.stop();
    await slack?.close();
    await database?.close();
    expect(code).toBe(0);
  });

  it('met every trouble', () => {
    const { calls } = slack;
    const met = calls.map(({ status, lost }) => (lost ? 'lost' : status));
    console.log(Object.fromEntries([...new Set(met)].map(what => [what, met.filter(each => each === what).length])));
    expect(kills).toHaveLength(KILLED_AT.length);
    // How many calls there are to go wrong depends on how fast the machine is, so of each kind some will do.
    const lost = calls.filter(call => call.lost).length;
    const held = calls.filter(({ status }) => status === 429).length;
    const failed = calls.filter(({ status }) => status >= 500).length;
    for (const some of [lost, held, failed]) expect(some).toBeGreaterThan(0);
    expect(lost + held + failed).toBeGreaterThan(15);
    const said = calls.filter(({ method, answer }) => method === 'chat.postMessage' && answer?.ok);
    expect(said.filter(call => call.lost || call.error).length).toBeGreaterThan(0);
    expect(slack.delivery.lost).toEqual([]);
  });

  it('every ✅ that stands is an approval once, and no other; every example says what the room shows', async () => {
    expect(await examplesDisagree(database.pool, slackRoom(slack))).toEqual([]);
  });

  it('every post is one message with the wanted text, and nothing else was said to everybody', async () => {
    expect(await postsDisagree(database.pool, slackRoom(slack))).toEqual([]);
  });

  it('everything that was told to one person was told; twice only where Slack has no way to look it up', async () => {
    // An ephemeral message is nowhere to be found again: its answer was lost, or the bot was killed before it could note it.
    const { wrong, twice, needlessly } = await privatelyDisagree(database.pool, slackRoom(slack, kills));
    expect(wrong).toEqual([]);
    console.log(`told twice: ${twice}`);
    expect(needlessly).toBe(0);
  });

  it('every question, every vote and every command was heard', async () => {
    const ids = done.asked.map(({ id }) => `${id.slice(0, -6)}.${id.slice(-6)}`);
    expect(await questionsDisagree(database.pool, ids)).toEqual([]);
    const votes = new Map(
      [...done.votes].map(([vote, choice]) => {
        const [comparison, person] = vote.split(' ');
        return [`${ground.compared[Number(comparison)]} ${person}`, choice];
      }),
    );
    expect(votes.size).toBeGreaterThan(5);
    expect(await votesDisagree(database.pool, votes)).toEqual([]);
    expect(done.words.length).toBeGreaterThan(20);
    // Slack tells whoever types that the app did not respond; they type it again, and both may have been heard.
    const typed = [...slack.team.state.messages.values()].filter(({ id }) => id.startsWith('command'));
    const words = done.words.map(said => ({ ...said, times: typed.filter(({ markdown }) => markdown.endsWith(` ${said.word}`)).length }));
    expect(await wordsDisagree(database.pool, words)).toEqual([]);
  });

  it('nothing escaped and nothing was given up', async () => {
    expect(bot.log()).not.toMatch(/"msg":"unhandled"|cannot go on|UnhandledPromiseRejection/);
    const { rows } = await database.pool.query('select key, error from inbox where error is not null');
    expect(rows).toEqual([]);
  });
});
