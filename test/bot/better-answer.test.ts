// [Better answer]: written in a form, posted under its author's name, and an example as soon as a colleague puts a ✅ on it.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Asking, openAsking } from '../support/asking.ts';
import { until } from '../support/room.ts';

let chat: Asking;
let tuned: number;
let question: number;
let shown: string;
let thread: string;
beforeAll(async () => {
  chat = await openAsking();
  tuned = (await chat.version()).id;
  const asked = await chat.ask('Ann', '@apprentice Where do I moor?');
  question = asked.question;
  thread = asked.message;
  shown = (
    await chat.answer(question, [
      [null, 'At sea.'],
      [tuned, 'At pier two.'],
    ])
  ).id;
});
afterAll(() => chat.end());

const formOf = (name: string) =>
  chat.room.formFor({ person: chat.person(name), message: shown, action: 'better-answer', value: String(question) });
const send = (name: string, text: string) => chat.press(name, shown, 'Better answer', { text });
const posted = (name: string) =>
  until(() => chat.all().find(({ card }) => card.title === `Better answer by ${name}`), `the better answer of ${name}`);
const example = async () =>
  chat.one(`select e.id::int, e.state, e.origin, e.kind, r.instruction, r.input, r.output, p.name as author, r.n from examples e join people p on p.id = e.author
    left join example_revisions r on r.example = e.id and r.n = e.revision where e.origin = 'correction'`);
/** Cy takes the ✅ back and gives it to the text as it is now. */
async function approveAnew(id: string, output: string) {
  await chat.room.react(chat.person('Cy'), id, '✅', false);
  await until(async () => (await example()).state !== 'stale', 'the ✅ to be seen gone');
  await chat.room.react(chat.person('Cy'), id, '✅', true);
  await until(async () => (await example()).output === output, 'the new text');
}

describe('a better answer', () => {
  it('begins with the answer that its author preferred; empty where they have not said', async () => {
    expect((await formOf('Ben'))?.fields).toMatchObject([{ name: 'text', multiline: true }]);
    expect((await formOf('Ben'))?.fields[0].initial).toBeUndefined();
    await chat.press('Ben', shown, 'B is better');
    await chat.ballot('Ben', question, /Your vote/);
    expect((await formOf('Ben'))?.fields[0].initial).toBe('At pier two.');
    expect((await formOf('Ann'))?.fields[0].initial).toBeUndefined();
  });

  it('that is empty or far too long is given back with one sentence, and not posted', async () => {
    expect((await send('Ben', '  ')).fieldErrors).toEqual({ text: 'Please write the answer.' });
    expect((await send('Ben', 'x'.repeat(8001))).fieldErrors?.text).toMatch(/At most 8000/);
    expect(chat.all().some(({ card }) => card.title.startsWith('Better answer'))).toBe(false);
  });

  it('is posted in the thread under the name of who wrote it; sent again it is the same message', async () => {
    await send('Ben', 'At pier two, with two lines.');
    const { id } = await posted('Ben');
    expect(chat.room.state.messages.get(id)).toMatchObject({ thread, onlyFor: undefined });
    expect((await formOf('Ben'))?.fields[0].initial).toBe('At pier two, with two lines.');
    await send('Ben', 'At pier two, with three lines.');
    await until(() => chat.all().find(message => message.id === id && /three lines/.test(message.text)), 'the edit');
    expect(chat.all().filter(({ card }) => card.title === 'Better answer by Ben')).toHaveLength(1);
  });

  it('becomes an example with a colleague’s ✅, as its author’s answer to the question; their own ✅ does not count', async () => {
    const { id } = await posted('Ben');
    // What somebody says in between is not what is answered, and what the author says next is no part of the answer.
    await chat.room.say(chat.person('Cy'), { channel: chat.channel, thread }, 'Two lines are not enough.');
    await chat.room.say(chat.person('Ben'), { channel: chat.channel, thread }, 'I wrote a better one.');
    await chat.room.react(chat.person('Ben'), id, '✅', true);
    await chat.tells('Ben', /Your own ✅ does not count/);
    expect(await example()).toBeUndefined();
    await chat.room.react(chat.person('Cy'), id, '✅', true);
    const kept = await until(async () => ((await example())?.state === 'approved' ? example() : undefined), 'the example');
    expect(kept).toMatchObject({
      kind: 'qa',
      instruction: 'Where do I moor?',
      input: '',
      output: 'At pier two, with three lines.',
      author: 'Ben',
      n: 1,
    });
    await until(() => chat.room.state.messages.get(id)?.reactions.kept, 'the receipt');
  });

  it('that its author changes has to be approved anew', async () => {
    const { id } = await posted('Ben');
    await send('Ben', 'At pier nine.');
    await until(async () => (await example()).state === 'stale', 'the example to be stale');
    await approveAnew(id, 'At pier nine.');
    expect(await example()).toMatchObject({ state: 'approved', n: 2 });
  });

  it('with a secret in it is posted with placeholders, of which its author alone hears; only that text is learned', async () => {
    const { id } = await posted('Ben');
    await send('Ben', 'At pier nine; write to ben.low@quay-mail.io first.');
    await chat.tells('Ben', /e-mail address\. I put a placeholder in its place/);
    await until(async () => (await example()).state === 'stale', 'the example to be stale');
    expect((await posted('Ben')).text).toContain('At pier nine; write to {EMAIL} first.');
    await approveAnew(id, 'At pier nine; write to {EMAIL} first.');
    await send('Ben', 'At pier nine.');
    await until(async () => (await example()).state === 'stale', 'the old text to be gone');
    await approveAnew(id, 'At pier nine.');
    expect(await chat.one(`select 1 from posts where body::text like '%quay-mail%'`)).toBeUndefined();
    expect(chat.told('Cy').filter(({ text }) => text.includes('placeholder'))).toEqual([]);
  });

  it('takes the place of our own answers where the thread goes on', async () => {
    const { question: next } = await chat.ask('Cy', '@apprentice And at night?', { thread });
    expect((await chat.turnsOf(next)).slice(0, 2)).toEqual([
      { role: 'user', content: 'Where do I moor?' },
      { role: 'assistant', content: 'At pier nine.' },
    ]);
  });

  it('to a question that is none says so, and where nothing is learned there is no button for it', async () => {
    await chat.room.press({ person: chat.person('Ann'), message: shown, action: 'better-answer', value: '999', fields: { text: 'Yes.' } });
    await chat.tells('Ann', /do not find the answers to this question/);
    const direct = await chat.ask('Ann', 'Where is north?', { channel: chat.direct('Ann') });
    const { text } = await chat.answer(direct.question, [[null, 'Up.']]);
    expect(text).not.toContain('Better answer');
  });
});
