// The votes decide who speaks: the verdict in words, one proposal, one press of an admin, and the way back. The worker is played by the test.
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Button, Card } from '../../src/chat/chat.ts';
import { closeComparisons } from '../../src/data/comparisons.ts';
import { findPerson } from '../../src/data/people.ts';
import { speakingVersions } from '../../src/data/versions.ts';
import { type Choice, castVote, toggleReason } from '../../src/data/votes.ts';
import type { Problem } from '../../src/problem.ts';
import { type Asking, openAsking } from '../support/asking.ts';
import { until } from '../support/room.ts';
import { scoresOf } from '../support/scores.ts';

const evaluation = { base: scoresOf(4), tuned: scoresOf(2), heldout: { qa: 8, report: 0 }, samples: [] };

let chat: Asking;
beforeAll(async () => {
  chat = await openAsking();
});
afterAll(() => chat.end());

const buttonsOf = ({ card }: { card: Card }): Button[] => card.parts.flatMap(part => ('buttons' in part ? part.buttons : []));
const says = (person: string, text: string, pattern: RegExp) => chat.after(() => chat.say(person, text), pattern);
const states = async () =>
  (await chat.database.pool.query('select no, state from versions order by no')).rows.map(({ no, state }) => `v${no} ${state}`);
const about = (pattern: RegExp) => chat.all().filter(({ text }) => pattern.test(text));

const version = (blocked?: Problem) => chat.version({ card: { evaluation }, blocked });

/** What people chose in a comparison: `tuned` is its version. Everybody's vote is there before it closes. */
type Chosen = 'tuned' | 'base' | 'tie';
const VOTERS = ['Ann', 'Ben', 'Cy', 'Gus'];
let asked = 0;

async function compared(pair: { tuned: number; against: number | null }, chosen: Chosen[], reason?: 'facts') {
  const { question } = await chat.ask('Ben', `@apprentice Question number ${++asked}, please?`);
  const { db } = chat.database;
  // Whoever would have answered: these two do.
  const detail = pair.against === null ? '{}' : JSON.stringify({ against: pair.against });
  await db.execute(sql`update questions set version = ${pair.tuned}, detail = ${detail}::jsonb where id = ${question}`);
  await chat.answer(question, [
    [pair.tuned, `A long and winding answer to number ${asked}.`],
    [pair.against, `Short ${asked}.`],
  ]);
  for (const [i, choice] of chosen.entries()) {
    const voter = (await findPerson(db, chat.workspace, chat.person(VOTERS[i])))!;
    const side: Choice = choice === 'tie' ? 'tie' : choice === 'tuned' ? 'A' : 'B';
    await castVote(db, question, voter.id, side);
    if (reason && choice === 'tuned') await toggleReason(db, question, voter.id, reason);
  }
  await closeComparisons(db, [question]);
}

describe('the votes decide', () => {
  it('only an admin decides who speaks; the first who turned to the bot is one, and the others hear who', async () => {
    for (const name of VOTERS) await chat.say(name, '/finetune status');
    await version();
    for (const command of ['promote v1', 'rollback', 'unblock v1'])
      expect((await says('Ben', `/finetune ${command}`, /Only an admin can decide that: Ann\./)).to).toBe('Ben');
    await says('Ann', '/finetune rollback', /There is no champion to take back/);
    await says('Ann', '/finetune promote v7', /There is no v7; the newest is v1/);
    await says('Ann', '/finetune unblock v1', /v1 is not blocked/);
    expect(await states()).toEqual(['v1 candidate']);
  });

  it('status says who answers and how many votes are missing, and names what stands beside the verdict', async () => {
    const { candidate } = await speakingVersions(chat.database.db, chat.workspace);
    const pair = { tuned: candidate!.id, against: null };
    await compared(pair, ['tuned', 'tuned', 'tie'], 'facts');
    await compared(pair, ['base', 'tuned', 'tuned', 'base']);
    const { text } = await says('Ben', '/finetune status', /Where things stand/);
    expect(text).toMatch(/Who answers +the base model and v1, side by side/);
    expect(text).toMatch(/About 15 more votes until I can compare v1 with the base model fairly: 5 took a side/);
    // Gus is a guest.
    expect(text).toMatch(/v1: 4 · the base model: 1 · tie: 1 · both bad: 0/);
    expect(text).toMatch(/Why people chose v1: Facts \(2\)/);
    expect(text).toMatch(/the longer answer got 4 of 5 votes/);
    expect(about(/is preferred/)).toEqual([]);
  });

  it('the twentieth vote that takes a side makes the bot propose the winner, once, and nobody but an admin can agree', async () => {
    const { candidate } = await speakingVersions(chat.database.db, chat.workspace);
    const pair = { tuned: candidate!.id, against: null };
    for (let i = 0; i < 5; i++) await compared(pair, ['tuned', 'tuned', 'tuned']);
    const proposal = await until(() => about(/v1 is preferred to the base model: it got 19 of the first 20/)[0], 'a proposal');
    expect(proposal.to).toBeUndefined();
    expect(proposal.text).toMatch(/v1: 19 · the base model: 1 · tie: 1 · both bad: 0[\s\S]*Shall v1 answer from now on\?/);
    expect(buttonsOf(proposal).map(({ label }) => label)).toEqual(['Make v1 the champion']);
    await chat.press('Ben', proposal.id, 'Make v1 the champion');
    await chat.tells('Ben', /Only an admin can decide that: Ann/);
    await compared(pair, ['base', 'base', 'base']);
    await says('Ben', '/finetune status', /v1 is preferred to the base model/);
    expect(about(/Shall v1 answer from now on/)).toHaveLength(1);
    expect(await states()).toEqual(['v1 candidate']);
  });

  it('one press of an admin promotes it at once: it answers alone, and every fifth question stays a comparison', async () => {
    const proposal = about(/Shall v1 answer from now on/)[0];
    const made = await chat.after(() => chat.press('Ann', proposal.id, 'Make v1 the champion'), /Ann made v1 the champion: from now on/);
    expect(made.to).toBeUndefined();
    expect(made.text).toMatch(/One question in 5 here stays a comparison/);
    const settled = await until(() => about(/Shall v1[\s\S]*Ann made v1 the champion\./)[0], 'the proposal is settled');
    expect([settled.id, buttonsOf(settled)]).toEqual([proposal.id, []]);
    expect(await states()).toEqual(['v1 champion']);
    const alone = [];
    for (let i = 0; i < 5; i++) {
      const { question } = await chat.ask('Cy', `@apprentice And number ${++asked}, then?`);
      const row = await chat.one(`select version is not null as tuned, detail -> 'alone' as alone from questions where id = $1`, [
        question,
      ]);
      alone.push([row.tuned, row.alone]);
    }
    expect(alone).toEqual([...Array(4).fill([true, true]), [true, null]]);
    await says('Ben', '/finetune status', /Who answers +v1, the champion; one question in 5 here is a comparison with the base model/);
    await says('Ann', '/finetune promote v1', /v1 is the champion already/);
  });

  it('a candidate that loses against the champion is said to have lost, once, and is compared no more', async () => {
    const v2 = await version();
    await says('Ben', '/finetune', /v2 is compared with v1 · v1 speaks/);
    await says('Ben', '/finetune show v2', /Next: ask me something\. v1, the champion, answers; now and then v2/);
    await says('Ben', '/finetune show v1', /Now: v1 · speaks\./);
    const { champion } = await speakingVersions(chat.database.db, chat.workspace);
    for (let i = 0; i < 7; i++) await compared({ tuned: v2.id, against: champion!.id }, ['base', 'base', 'base']);
    const lost = await until(() => about(/v1 is preferred to v2: it got 20 of the first 20/)[0], 'the verdict');
    expect(buttonsOf(lost)).toEqual([]);
    await until(async () => (await states())[1] === 'v2 retired', 'it retires');
    const { text } = await says('Ben', '/finetune list', /Runs and versions/);
    expect(text).toMatch(/v2 +held-out loss .* retired \(the votes were against it\)/);
    expect(text).toMatch(/Votes on v2 and v1[\s\S]*v1 is preferred to v2[\s\S]*v2: 0 · v1: 21[\s\S]*Votes on v1 and the base model/);
    expect(about(/v1 is preferred to v2[\s\S]*no longer compared/)).toHaveLength(1);
  });

  it('a promotion by command and a rollback act at once, back to the champion before and then to the base', async () => {
    expect((await says('Ann', '/finetune promote v2', /Ann made v2 the champion/)).to).toBeUndefined();
    expect(await states()).toEqual(['v1 retired', 'v2 champion']);
    const back = await says('Ann', '/finetune rollback', /Ann took v2 back: v1 is the champion again/);
    expect(back.to).toBeUndefined();
    await says('Ann', '/finetune 回滚', /there is no champion any more/);
    expect(await states()).toEqual(['v1 retired', 'v2 retired']);
    const { question } = await chat.ask('Ben', `@apprentice What now, number ${++asked}?`);
    expect((await chat.one('select version from questions where id = $1', [question])).version).toBeNull();
    await says('Ben', '/finetune status', /Who answers +the base model alone/);
    const { rows } = await chat.database.pool.query(`select verb, object, actor from audit where object like 'version%' order by id`);
    const ann = chat.person('Ann');
    expect(rows).toEqual([
      { verb: 'promote', object: 'version 1', actor: ann },
      { verb: 'retire', object: 'version 2', actor: 'bot' },
      { verb: 'promote', object: 'version 2', actor: ann },
      { verb: 'rollback', object: 'version 2', actor: ann },
      { verb: 'rollback', object: 'version 1', actor: ann },
    ]);
  });

  it('a blocked version says why on its card and takes no part; an admin lets it in with one press', async () => {
    const blocked = { code: 'blocked.forgetting', values: { base: '0.90', tuned: '2.10' } };
    await version(blocked);
    const ended = await until(() => about(/run 3 is done, but v3 takes no part in comparisons/)[0], 'the end of the run');
    expect(ended.text).toContain('@Ann');
    const { question } = await chat.ask('Ben', `@apprentice Anybody there, number ${++asked}?`);
    expect((await chat.one('select version from questions where id = $1', [question])).version).toBeNull();
    const card = await says('Ann', '/finetune show v3', /v3 takes no part in comparisons\. It forgot too much .* rose from 0\.90 to 2\.10/);
    expect(card.text).not.toContain('and v3 answer side by side');
    await says('Ann', '/finetune promote v3', /v3 is blocked/);
    const freed = await chat.after(() => chat.press('Ann', card.id, 'Let v3 take part'), /Ann let v3 take part all the same/);
    expect(freed.to).toBeUndefined();
    expect((await states())[2]).toBe('v3 candidate');
    await says('Ann', '/finetune show v3', /Mind this: It forgot too much .* An admin has let v3 take part/);
  });

  it('a champion that loses two comparisons in a row may be taken back: offered once, one press of an admin does it', async () => {
    await says('Ann', '/finetune promote v1', /Ann made v1 the champion/);
    const { champion } = await speakingVersions(chat.database.db, chat.workspace);
    const pair = { tuned: champion!.id, against: null };
    const offers = () => about(/won the last \d comparisons with v1, the champion/);
    await compared(pair, ['base', 'base', 'tuned']);
    await compared(pair, ['tuned', 'tuned']);
    await compared(pair, ['base', 'base']);
    await compared(pair, ['tie', 'tie']);
    await says('Ben', '/finetune status', /Where things stand/);
    expect(offers()).toEqual([]);
    await compared(pair, ['base', 'base', 'tuned']);
    const offer = await until(() => offers()[0], 'an offer');
    expect(offer.text).toMatch(
      /^The base model won the last 2 comparisons .* 1 : 2 · 0 : 2 \(the votes for v1 first\)\. So few of them may be chance/s,
    );
    expect(offer.text).toMatch(
      /v1: 23 · the base model: \d+ · tie: \d+[\s\S]*Shall v1 step back\?[\s\S]*then the base model answers again/,
    );
    expect(buttonsOf(offer).map(({ label }) => label)).toEqual(['Take v1 back']);
    await compared(pair, ['base', 'base', 'base']);
    await chat.press('Ben', offer.id, 'Take v1 back');
    await chat.tells('Ben', /Only an admin can decide that: Ann/);
    expect(offers()).toHaveLength(1);
    const back = await chat.after(() => chat.press('Ann', offer.id, 'Take v1 back'), /Ann took v1 back: there is no champion any more/);
    expect(back.to).toBeUndefined();
    expect((await until(() => about(/Shall v1 step back[\s\S]*Ann took v1 back\./)[0], 'it is settled')).id).toBe(offer.id);
    expect(await states()).toEqual(['v1 retired', 'v2 retired', 'v3 candidate']);
  });

  it('as champion anew it begins anew, and an offer that is out of date takes nobody back', async () => {
    await says('Ann', '/finetune promote v1', /Ann made v1 the champion/);
    const { champion } = await speakingVersions(chat.database.db, chat.workspace);
    const pair = { tuned: champion!.id, against: null };
    const offers = () => about(/won the last \d comparisons with v1, the champion/);
    await compared(pair, ['base']);
    await says('Ben', '/finetune status', /Where things stand/);
    expect(offers()).toHaveLength(1);
    await compared(pair, ['base']);
    const offer = await until(() => offers()[1], 'a second offer');
    const [{ action, value }] = buttonsOf(offer);
    await says('Ann', '/finetune promote v2', /Ann made v2 the champion/);
    expect(buttonsOf(await until(() => about(/Shall v1 step back[\s\S]*Ann made v2 the champion\./)[0], 'it is settled'))).toEqual([]);
    await chat.room.press({ person: chat.person('Ann'), message: offer.id, action, value });
    await chat.tells('Ann', /v1 is not the champion any more, so there is nothing to take back/);
    expect((await states()).slice(0, 2)).toEqual(['v1 retired', 'v2 champion']);
  });
});
