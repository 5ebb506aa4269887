// Voting on two answers: one vote a person, changeable, who was who only after it; and what everybody hears at the close.
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { viewOf } from '../../src/chat/local/view.ts';
import { firstVotes } from '../../src/data/votes.ts';
import { type Asking, openAsking } from '../support/asking.ts';
import { until } from '../support/room.ts';

let chat: Asking;
let tuned: { id: number; no: number };
beforeAll(async () => {
  chat = await openAsking();
  tuned = await chat.version();
});
afterAll(() => chat.end());

/** A comparison whose side A is the base. */
async function comparison(name: string, text: string) {
  const { question, message } = await chat.ask(name, `@apprentice ${text}`);
  const { id } = await chat.answer(question, [
    [null, `Perhaps: ${text}`],
    [tuned.id, `Surely: ${text}`],
  ]);
  await chat.shows(question, /Which one is better/);
  return { question, thread: message, id };
}
const votes = async (question: number) =>
  (
    await chat.database.pool.query(
      'select p.name, first, now, reasons from votes v join people p on p.id = v.person where question = $1 order by 1',
      [question],
    )
  ).rows;
const closes = (question: number) =>
  chat.database.db.execute(sql`update questions set closes_at = now() - interval '1 month' where id = ${question}`);

describe('a vote', () => {
  it('of five people in one second: each has one, one changes theirs, the guest’s counts nowhere, and who comes late hears who was who', async () => {
    await chat.room.addPerson('Dee');
    await chat.room.addPerson('Late');
    const { question, id } = await comparison('Ann', 'How do I moor?');
    const pressed: [string, string][] = [
      ['Ann', 'B is better'],
      ['Ben', 'B is better'],
      ['Cy', 'Tie'],
      ['Dee', 'Both bad'],
      ['Gus', 'A is better'],
    ];
    await Promise.all(pressed.map(([name, label]) => chat.press(name, id, label)));
    await chat.press('Ben', id, 'A is better');
    await chat.ballot('Ben', question, /Your vote: A is better/);
    await chat.shows(question, /Votes so far: 4\./);
    expect(await votes(question)).toEqual([
      { name: 'Ann', first: 'B', now: 'B', reasons: [] },
      { name: 'Ben', first: 'B', now: 'A', reasons: [] },
      { name: 'Cy', first: 'tie', now: 'tie', reasons: [] },
      { name: 'Dee', first: 'bad', now: 'bad', reasons: [] },
      { name: 'Gus', first: 'A', now: 'A', reasons: [] },
    ]);
    expect((await chat.tells('Gus', /Guests’ votes do not count/)).text).toContain('A was the base model');
    await closes(question);
    await chat.shows(question, new RegExp(`Closed: A was the base model; B was v${tuned.no}.*Votes: 1 for A, 1 for B, 1 tie, 1 both bad`));
    expect((await firstVotes(chat.database.db, tuned.id, null)).map(({ choice }) => choice).sort()).toEqual([
      'bad',
      'tie',
      'tuned',
      'tuned',
    ]);
  });

  it('is kept and shown in one private message, however often it changes', async () => {
    const { id, question } = await comparison('Ann', 'How do I row?');
    const before = chat.told('Ann').length;
    for (const label of ['A is better', 'Tie', 'B is better']) await chat.press('Ann', id, label);
    await chat.ballot('Ann', question, /Your vote: B is better/);
    expect(chat.told('Ann')).toHaveLength(before + 1);
    expect(await votes(question)).toMatchObject([{ first: 'A', now: 'B' }]);
  });

  it('gets its reasons in one tap each; pressed again they go, and with another vote they go, too', async () => {
    const { id, question } = await comparison('Ann', 'How do I sail?');
    await chat.press('Ann', id, 'B is better');
    const mine = await chat.ballot('Ann', question, /Your vote: B[\s\S]*\[Structure\] \[Wording\] \[Facts\] \[Length\]/);
    for (const reason of ['Facts', 'Length']) await chat.press('Ann', mine.id, reason);
    await chat.ballot('Ann', question, /\[Wording\] \[✓ Facts\] \[✓ Length\]/);
    await chat.press('Ann', mine.id, '✓ Length');
    await chat.ballot('Ann', question, /\[✓ Facts\] \[Length\]/);
    expect(await votes(question)).toMatchObject([{ reasons: ['facts'] }]);
    await chat.press('Ann', id, 'A is better');
    await chat.ballot('Ann', question, /Your vote: A[\s\S]*\[Facts\]/);
    expect(await votes(question)).toMatchObject([{ first: 'B', now: 'A', reasons: [] }]);
    await chat.press('Ann', mine.id, 'Wording');
    await chat.ballot('Ann', question, /\[✓ Wording\]/);
    await closes(question);
    await chat.shows(question, /Closed/);
    await chat.press('Ann', mine.id, 'Facts');
    await chat.tells('Ann', /This comparison is closed/);
    expect(await votes(question)).toMatchObject([{ reasons: ['wording'] }]);
    // The verdict counts her first vote, and why she changed it is no reason for that.
    const counted = (await firstVotes(chat.database.db, tuned.id, null)).find(first => first.question === question);
    expect(counted).toMatchObject({ choice: 'tuned', reasons: [] });
  });

  it('that comes a month later is not taken, and hears who was who', async () => {
    const { id, question } = await comparison('Ann', 'How do I knot?');
    await closes(question);
    // Pressed on the message as it stood there before.
    await chat.room.press({ person: chat.person('Late'), message: id, action: 'vote', value: `${question}:A` });
    await chat.tells('Late', /closed, so votes no longer count\. A was the base model; B was v/);
    expect(await votes(question)).toEqual([]);
    for (const value of [`${question}:C`, '999999:A', 'x'])
      await chat.room.press({ person: chat.person('Cy'), message: id, action: 'vote', value });
    await chat.tells('Cy', /vote/);
    expect(await votes(question)).toEqual([]);
  });
});

describe('who is who', () => {
  it('stands in no byte that is sent to anybody before their vote, and in no row of buttons, order or id', async () => {
    const asked: { question: number; message: string }[] = [];
    for (const kind of ['bowline', 'reef', 'sheet', 'clove']) asked.push(await chat.ask('Ann', `@apprentice What is a ${kind} knot?`));
    for (const [i, { question }] of asked.entries()) {
      const sides: [number | null, string][] = [
        [null, 'FIRST'],
        [tuned.id, 'OTHER'],
      ];
      await chat.answer(question, i % 2 === 0 ? sides : [sides[1], sides[0]]);
      await chat.shows(question, /Which one is better/);
    }
    const seen = (name: string) =>
      asked.map(({ question }) => {
        const id = chat.room.state.keys.get(`question:${question}`)!;
        const { no, at, reactions, thread, ...rest } = viewOf(chat.room, chat.person(name), 0, false).messages.find(
          known => known.id === id,
        )!;
        return JSON.stringify({ ...rest, id: '' })
          .replaceAll(/bowline|reef|sheet|clove/g, 'KIND')
          .replaceAll(/"value":"\d+/g, '"value":"QUESTION')
          .replaceAll(/FIRST|OTHER/g, 'WORDS');
      });
    // Whichever side the version is on, the bytes are the same but for the two texts.
    expect(new Set(seen('Ben')).size).toBe(1);
    expect(seen('Ben')[0]).toContain('QUESTION:A');
    const threads = new Set(asked.map(({ message }) => message));
    const everything = (name: string) =>
      JSON.stringify(viewOf(chat.room, chat.person(name), 0, false).messages.filter(({ thread }) => thread && threads.has(thread)));
    expect(everything('Ann')).not.toMatch(/base|tuned|v\d\b|version/i);
    await chat.press('Ann', chat.room.state.keys.get(`question:${asked[0].question}`)!, 'Tie');
    await chat.ballot('Ann', asked[0].question, /A was the base model/);
    expect(everything('Ann')).toMatch(/base/);
    for (const name of ['Ben', 'Cy', 'Gus']) expect(everything(name)).not.toMatch(/base|tuned|v\d\b|version/i);
  });
});

describe('the same question once more', () => {
  it('while people vote on it has the same two on the same sides, champion or not, and closes with it', async () => {
    const first = await comparison('Ann', 'How do I row backwards?');
    await chat.database.db.execute(sql`update versions set state = 'champion' where id = ${tuned.id}`);
    const rows = (id: number) => chat.one('select version::int, detail, seed from questions where id = $1', [id]);
    const alone = await chat.ask('Ben', '@apprentice How do I row sideways?');
    expect((await rows(alone.question)).detail).toMatchObject({ alone: true });
    const again = await chat.ask('Ben', '@apprentice how do I row BACKWARDS');
    const { version, detail, seed } = await rows(again.question);
    expect(detail).toMatchObject({ twin: first.question });
    expect(detail).not.toHaveProperty('alone');
    expect({ version, seed }).toEqual({ version: tuned.id, seed: (await rows(first.question)).seed });
    await chat.answer(again.question, [
      [null, 'Perhaps'],
      [tuned.id, 'Surely'],
    ]);
    await closes(first.question);
    await chat.shows(first.question, /Closed/);
    await chat.shows(again.question, /Closed/);
    const later = await chat.ask('Ben', '@apprentice How do I row backwards?');
    expect((await rows(later.question)).detail).not.toHaveProperty('twin');
    await chat.database.db.execute(sql`update versions set state = 'candidate' where id = ${tuned.id}`);
  });
});

describe('/finetune close', () => {
  it('by who asked closes the comparisons of the thread at once, and everybody hears who was who', async () => {
    const { question, thread } = await comparison('Ben', 'How do I splice?');
    await chat.say('Ben', '@apprentice close', thread);
    await chat.shows(question, /Closed: A was the base model; B was v/);
    const said = await until(
      () => chat.all().find(({ text }) => /Ben closed this comparison: A was the base model/.test(text)),
      'the word',
    );
    expect(chat.room.state.messages.get(said.id)).toMatchObject({ thread, onlyFor: undefined });
    expect((await chat.after(() => chat.say('Ben', '@apprentice close', thread), /no open comparison here/)).to).toBe('Ben');
  });

  it('is refused to others, and outside a thread closes the newest that one asked', async () => {
    const { question, thread } = await comparison('Ben', 'How do I anchor?');
    const later = await comparison('Cy', 'How do I tack?');
    const refused = await chat.after(() => chat.say('Cy', '/finetune close', thread), /Only Ben, who asked, or an admin/);
    expect(refused.to).toBe('Cy');
    await chat.say('Cy', '/finetune close');
    await chat.shows(later.question, /Closed/);
    expect((await chat.shows(question, /anchor/)).text).toContain('Which one is better');
    await chat.database.db.execute(sql`update people set role = 'admin' where name = 'Cy'`);
    await chat.say('Cy', '/finetune close', thread);
    await chat.shows(question, /Closed/);
  });
});
