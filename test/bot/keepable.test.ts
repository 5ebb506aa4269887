// Whatever people hand to the bot is kept without secrets: questions, what was said before them, notes, exam questions, reports, labels.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Asking, openAsking } from '../support/asking.ts';
import { remains } from '../support/remains.ts';
import { until } from '../support/room.ts';

const CUT_KEY = '-----BEGIN RSA PRIVATE KEY-----\nMIIEowIBAAKCAQEA3f8Zk1Qp7Lw2Vn9sXc4Rt6Yu';
const HOST = 'quay-mail.io';

let t: Asking;
beforeAll(async () => {
  t = await openAsking();
});
afterAll(() => t?.end());

/** Nothing with that in it is held anywhere, but for events on their way (erased when they are done). */
async function nowhere(...texts: string[]) {
  await until(async () => !(await t.one('select 1 from inbox where done_at is null')), 'every event to be done');
  expect(await remains(t.database.pool, texts)).toEqual([]);
}
const toldOf = (name: string, pattern: RegExp) => t.told(name).filter(({ text }) => pattern.test(text));
const detailOf = async (question: number) => (await t.one('select detail from questions where id = $1', [question])).detail;
const newestReport = async () => Number((await t.one(`select coalesce(max(id), 0)::int as id from questions where kind = 'report'`)).id);
async function report(act: () => Promise<unknown>): Promise<number> {
  const before = await newestReport();
  await act();
  return until(async () => ((await newestReport()) > before ? newestReport() : undefined), 'a draft to be wanted');
}
const say = async (name: string, text: string, thread?: string): Promise<string> => {
  const { entry } = await t.room.say(t.person(name), { channel: t.channel, ...(thread && { thread }) }, text);
  return entry.kind === 'said' ? entry.message.id : '';
};

it('a question is asked of the worker with placeholders; its asker alone hears that, once a kind', async () => {
  const { question } = await t.ask('Ben', `@apprentice Does jo@${HOST} get the bill, or ann@${HOST}?`);
  expect((await t.turnsOf(question)).at(-1)?.content).toBe('Does {EMAIL} get the bill, or {EMAIL-B}?');
  await t.tells('Ben', /e-mail address\. I put a placeholder in its place/);
  await t.shows(question, /Does \{EMAIL\} get the bill/);
  await t.ask('Ben', `@apprentice And what of rosa@${HOST}?`);
  await t.ask('Ben', '@apprentice Who answers at 203.0.113.77?');
  await t.tells('Ben', /IP address\. I put a placeholder/);
  expect(toldOf('Ben', /placeholder/)).toHaveLength(2);
  expect(toldOf('Ann', /placeholder/)).toEqual([]);
  await nowhere(HOST, '203.0.113.77');
});

it('what was said in the thread before it goes with the same placeholders, and stays away where it cannot be masked', async () => {
  const root = await say('Cy', `The list has jo@${HOST} on it.`);
  await say('Cy', `Its key:\n${CUT_KEY}`, root);
  const { question } = await t.ask('Ben', `@apprentice Is jo@${HOST} there, too?`, { thread: root });
  expect(await t.turnsOf(question)).toEqual([
    { role: 'user', content: 'The list has {EMAIL} on it.' },
    { role: 'user', content: 'Is {EMAIL} there, too?' },
  ]);
  await nowhere(HOST, 'MIIEowIBAAKCAQEA');
});

it('a question with half of a private key in it is refused with the reason, and kept nowhere', async () => {
  const { id: before } = await t.one('select max(id) as id from questions');
  await t.say('Ben', `@apprentice What is this?\n${CUT_KEY}`);
  await t.tells('Ben', /private key in it that was cut off/);
  expect((await t.one('select max(id) as id from questions')).id).toBe(before);
  await nowhere('MIIEowIBAAKCAQEA');
});

it('a question for one speaker, and one for the exam, are masked alike', async () => {
  await t.version();
  const { question } = await t.ask('Ben', `/finetune try v1 Is cy@${HOST} right?`);
  expect((await t.turnsOf(question)).at(-1)?.content).toBe('Is {EMAIL} right?');
  await t.say('Ben', `/finetune exam add Who reads desk@${HOST}?`);
  await until(() => t.all().find(({ to, text }) => !to && /Who reads \{EMAIL\}\?/.test(text)), 'the exam question');
  expect(await t.one('select text from exam_questions')).toEqual({ text: 'Who reads {EMAIL}?' });
  await nowhere(HOST);
});

it('notes of a report are masked, and so is the report that its author edits and posts', async () => {
  const question = await report(() => t.say('Ben', `@apprentice weekly report\nwrote to jo@${HOST}\noiled the crane`));
  expect(await detailOf(question)).toMatchObject({ input: 'wrote to {EMAIL}\noiled the crane' });
  const { id } = await t.answer(question, [[null, 'Weekly report\n- Oiled the crane.']]);
  await t.press('Ben', id, 'Edit', { text: `Weekly report\n- Oiled the crane, wrote to jo@${HOST}, called +44 20 7946 0958.` });
  const posted = await until(() => t.all().find(({ card }) => card.title === 'Weekly report by Ben'), 'the report');
  expect(posted.text).toContain('Oiled the crane, wrote to {EMAIL}, called {PHONE}.');
  await t.tells('Ben', /phone number\. I put a placeholder/);
  await nowhere(HOST, '7946 0958');
});

it('a report that cannot be masked keeps its form open, with the reason at the field', async () => {
  const [{ id, card }] = t.all().filter(({ text }) => /Oiled the crane[\s\S]*Edit/.test(text));
  const { action, value } = card.parts.flatMap(part => ('buttons' in part ? part.buttons : [])).find(({ label }) => label === 'Edit')!;
  const { heard } = await t.room.press({ person: t.person('Ben'), message: id, action, value, fields: { text: `It is\n${CUT_KEY}` } });
  expect((await heard).fieldErrors?.text).toMatch(/private key in it that was cut off/);
  await nowhere('MIIEowIBAAKCAQEA');
});

it('the list of a week shows its messages masked, before they are cut', async () => {
  await say('Cy', `Moved the long list of everybody who has a berth to jo.kite.harbour@${HOST} today.`);
  await say('Cy', `Found this:\n${CUT_KEY}`);
  await t.say('Cy', '@apprentice weekly report');
  const list = await t.tells('Cy', /Untick/);
  const labels = list.card.parts.flatMap(part => ('checklist' in part ? part.checklist.items.map(({ label }) => label) : []));
  expect(labels.some(label => /Moved the long list of everybody who has a berth to \{EMAI/.test(label))).toBe(true);
  expect(labels.some(label => label.includes('(a secret that I do not show)'))).toBe(true);
  await nowhere('jo.kite', 'MIIEowIBAAKCAQEA');
});

it('the buttons that ask what an answer answers show the questions masked', async () => {
  await say('Ann', `Who has the mail of jo@${HOST}?`);
  await say('Ann', 'And who has the key of pier nine?');
  const answer = await say('Ben', 'Rosa has it, ask her before noon.');
  await t.room.react(t.person('Cy'), answer, '✅', true);
  const which = await t.tells('Cy', /Who has the mail of/);
  expect(which.text).toContain('Ann: Who has the mail of {EMAIL}?');
  await nowhere(HOST);
});
