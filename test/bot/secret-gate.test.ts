// The secret gate: nothing becomes an example with a secret in it, whatever way it comes; whoever approved decides about the masked text.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTerminal } from '../../src/chat/local/terminal.ts';
import { openTeaching, type Teaching } from '../support/teaching.ts';

const MAIL = 'jo.kite@quay-mail.io';
const ANSWER = `Ask Jo, ${MAIL}, before noon.`;
const MASKED = 'Ask Jo, {EMAIL}, before noon.';
const CUT_KEY = '-----BEGIN RSA PRIVATE KEY-----\nMIIEowIBAAKCAQEA3f8Zk1Qp7Lw2Vn9sXc4Rt6Yu';

let t: Teaching;
beforeAll(async () => {
  t = await openTeaching();
});
afterAll(() => t?.close());

let asked = 0;
/** Ann asks, Ben answers in the thread, Ann approves. */
async function taught(answer: string, question = `Who has key number ${'abcdefghij'[asked++]}?`): Promise<string> {
  const id = await t.said('Ben', answer, { thread: await t.said('Ann', question) });
  await t.react('Ann', id);
  await t.settled();
  return id;
}
const stateOf = async (id: string) => (await t.example(id))?.state;
const textOf = async (id: string) => (await t.example(id))?.output ?? null;
const cards = (name = 'Ann') => t.told(name).filter(card => card.includes('keep-masked'));
/** Every text that Postgres holds about it, but for the events on their way (erased when done). */
async function held(secret: string): Promise<string[]> {
  const { rows } = await t.database.pool.query(
    `select 'example_revisions' as "table" from example_revisions r where r::text like $1
     union all select 'posts' from posts p where p::text like $1
     union all select 'audit' from audit a where a::text like $1`,
    [`%${secret}%`],
  );
  return rows.map(({ table }) => table);
}

test('an answer with a secret is kept only when its approver has seen it masked and agreed; the secret is stored nowhere', async () => {
  const id = await taught(ANSWER);
  expect([await stateOf(id), await textOf(id), t.receipt(id)]).toEqual(['pending', null, false]);
  expect(cards()).toHaveLength(1);
  expect(cards()[0]).toContain('e-mail address ×1');
  expect(cards()[0]).toContain(MASKED);
  await t.press('Ann', /Keep masked/);
  await t.settled();
  expect([await stateOf(id), await textOf(id), t.receipt(id)]).toEqual(['approved', MASKED, true]);
  const { rows } = await t.database.pool.query('select masked from example_revisions where output = $1', [MASKED]);
  expect(rows).toEqual([{ masked: { email: 1 } }]);
  expect(await held(MAIL)).toEqual([]);
  expect(cards()).toHaveLength(1);
});

test('[Do not keep] keeps nothing, and takes back what the same person had agreed to', async () => {
  const id = await taught('The phone of the pier is +44 20 7946 0958, ring twice.');
  await t.press('Ann', /Do not keep/);
  await t.settled();
  expect([await stateOf(id), await textOf(id)]).toEqual(['pending', null]);
  await t.press('Ann', /Keep masked/);
  await t.settled();
  expect(await stateOf(id)).toBe('approved');
  await t.press('Ann', /Do not keep/);
  await t.settled();
  expect([await stateOf(id), t.receipt(id)]).toEqual(['pending', false]);
});

test('a secret in the question is masked like one in the answer', async () => {
  const id = await taught('Yes, that one still works.', `Does ${MAIL} still read its mail?`);
  await t.press('Ann', /Keep masked/);
  await t.settled();
  expect(await t.example(id)).toMatchObject({ state: 'approved', instruction: 'Does {EMAIL} still read its mail?' });
});

test('a secret that is edited into an approved answer ends it until somebody agrees to the masked text', async () => {
  const id = await taught('Ask Jo before noon.');
  expect(await stateOf(id)).toBe('approved');
  await t.room.edit(t.person('Ben'), id, ANSWER);
  await t.settled();
  expect(await stateOf(id)).toBe('stale');
  await t.press('Ann', /Keep masked/);
  await t.settled();
  expect([await stateOf(id), await textOf(id)]).toEqual(['approved', MASKED]);
});

test('agreeing to one text agrees to no other: edited meanwhile, it is shown anew', async () => {
  const id = await taught(ANSWER);
  const before = cards().length;
  const [button] = [...t.room.state.messages.values()]
    .findLast(({ card }) => JSON.stringify(card ?? '').includes('keep-masked'))!
    .card!.parts.flatMap(part => ('buttons' in part ? part.buttons : []));
  const message = [...t.room.state.messages.values()].findLast(({ card }) => JSON.stringify(card ?? '').includes('keep-masked'))!.id;
  await t.room.edit(t.person('Ben'), id, `${ANSWER} Or ann.lee@quay-mail.io, at night.`);
  await t.settled();
  await t.room.press({ person: t.person('Ann'), message, action: button.action, value: button.value });
  await t.settled();
  expect([await stateOf(id), await textOf(id)]).toEqual(['pending', null]);
  expect(cards().length).toBe(before + 1);
  await t.press('Ann', /Keep masked/);
  await t.settled();
  expect(await textOf(id)).toBe(`${MASKED} Or {EMAIL-B}, at night.`);
});

test('another’s ✅ on it counts for nothing until they have seen the masked text, too', async () => {
  const id = await taught(ANSWER);
  await t.press('Ann', /Keep masked/);
  await t.settled();
  await t.react('Cy', id);
  await t.react('Ann', id, false);
  await t.settled();
  expect(await stateOf(id)).toBe('pending');
  expect(cards('Cy')).toHaveLength(1);
  await t.press('Cy', /Keep masked/);
  await t.settled();
  expect(await stateOf(id)).toBe('approved');
});

test('where two ✅ are needed, each has to have seen the masked text', async () => {
  await t.database.pool.query(`update channels set needed = 2 where name = 'team'`);
  const id = await taught(ANSWER);
  await t.press('Ann', /Keep masked/);
  await t.settled();
  expect(await stateOf(id)).toBe('pending');
  expect(t.told('Ann').at(-1)).toContain('It needs somebody else’s, too');
  await t.react('Cy', id);
  await t.settled();
  expect(await stateOf(id)).toBe('pending');
  await t.press('Cy', /Keep masked/);
  await t.settled();
  expect([await stateOf(id), await textOf(id)]).toEqual(['approved', MASKED]);
  await t.database.pool.query(`update channels set needed = 1 where name = 'team'`);
});

test('what was kept before the gate knew it for a secret is masked at the next look, and nobody is asked again', async () => {
  const id = await taught(ANSWER);
  await t.press('Ann', /Keep masked/);
  await t.settled();
  const { id: example } = (await t.example(id))!;
  await t.database.pool.query('update example_revisions set output = $2, masked = null where example = $1', [example, ANSWER]);
  const before = cards().length;
  await t.react('Cy', id);
  await t.settled();
  expect([await stateOf(id), await textOf(id), cards().length]).toEqual(['approved', MASKED, before]);
  // Nor does the earlier text keep it.
  expect(await held(MAIL)).toEqual([]);
  const { rows } = await t.database.pool.query('select output, masked from example_revisions where example = $1 order by n', [example]);
  expect(rows).toEqual([
    { output: MASKED, masked: { email: 1 } },
    { output: MASKED, masked: { email: 1 } },
  ]);
});

test('what cannot be masked is refused with the reason', async () => {
  const before = cards().length;
  const id = await taught(`Put this into the file:\n${CUT_KEY}`);
  expect(await t.example(id)).toBeUndefined();
  expect(t.told('Ann').filter(card => card.includes('private key in it that was cut off'))).toHaveLength(1);
  expect(cards()).toHaveLength(before);
  expect(await held('MIIEowIBAAKCAQEA')).toEqual([]);
});

test('a file goes through the same gate row by row: counted, shown to whoever dropped it, taken back with one press', async () => {
  const rows = [
    { instruction: 'Who opens the shed on Sundays?', output: 'Emil does, at eight.' },
    { instruction: 'Who opens the shed on Sundays?', output: 'Emil does, at eight.' },
    { instruction: 'How do I reach the office?', output: 'Write to office@quay-mail.io, or to desk@quay-mail.io.' },
    { instruction: 'Which key is it?', output: `This one:\n${CUT_KEY}` },
    { instruction: 'Who has the list?', output: 'Ask rosa@quay-mail.io.' },
  ];
  const terminal = openTerminal(t.room, () => {});
  await terminal.drop('Cy', 'team.json', Buffer.from(JSON.stringify(rows)));
  terminal.close();
  await t.settled();
  const kept = async (state: string) => (await t.rows()).filter(row => row.state === state).map(({ output }) => output);
  const masked = ['Write to {EMAIL}, or to {EMAIL-B}.', 'Ask {EMAIL}.'];
  expect(await kept('approved')).toEqual(expect.arrayContaining(['Emil does, at eight.', ...masked]));
  const said = JSON.stringify([...t.room.state.messages.values()].findLast(({ key }) => key?.startsWith('import:'))!.card);
  expect(said).toContain('I keep 3 new examples');
  expect(said).toContain('In 2 of them');
  expect(said).toContain('e-mail address ×3');
  expect(said).toMatch(/1 row of the file I do not keep:.*Row 4: This has a private key/);
  const shown = t.told('Cy').filter(card => card.includes('drop-imported'));
  expect(shown).toHaveLength(1);
  expect(shown[0]).toContain('Ask {EMAIL}.');
  expect(await held('quay-mail')).toEqual([]);
  await t.press('Cy', /Do not keep these/);
  await t.settled();
  expect(await kept('retired')).toEqual(expect.arrayContaining(masked));
  expect(await kept('approved')).toContain('Emil does, at eight.');
});
