// A forgetting that is broken off at any statement is all or nothing, and is made up for; several at once do not stand in each other's way.
import { afterEach, beforeEach, expect, it } from 'vitest';
import { endFarewells } from '../../src/bot/forget/farewells.ts';
import { forgetForGood } from '../../src/bot/forget/forget.ts';
import { touched } from '../../src/bot/harvest/touched.ts';
import { setConsent } from '../../src/data/consent.ts';
import { findPerson } from '../../src/data/people.ts';
import { dyingDatabase } from '../support/dying-database.ts';
import { type Looking, openLooking } from '../support/looking.ts';
import { remains } from '../support/remains.ts';

const BENS = ['Bring the Yarrow key to berth seven', 'Moor at Quillon pier after dark'];
let t: Looking;
let refs: { channel: string; id: string }[];
beforeEach(async () => {
  t = await openLooking();
  await t.database.pool.query('update channels set own_counts = false');
  refs = [];
  for (const text of BENS) {
    const ref = await t.answer(text);
    await t.react('Cy', ref.id);
    await touched(t.bot, ref);
    refs.push(ref);
  }
  await t.database.pool.query(`update people set role = 'owner' where name = 'Ann'`);
});
afterEach(() => t.close());

const person = (name: string) => findPerson(t.bot.db, t.bot.workspace.id, t.person(name));
let pressed = 0;
const press = async (by: string, meant: number) => ({
  kind: 'action' as const,
  key: `press-${++pressed}`,
  at: new Date(),
  person: t.person(by),
  ref: { channel: refs[0].channel, id: 'm' },
  action: 'forget-for-good',
  value: String(meant),
  fields: {},
});
const forget = async (by: string, meant: number, db = t.bot.db) => forgetForGood({ ...t.bot, db }, await press(by, meant));
/** Everything that was said to one person about it has arrived. */
const delivered = () => t.database.pool.query('update posts set sent_rev = rev, sent_at = now()');
const texts = async () => (await remains(t.database.pool, BENS)).length;

it.each([
  ['Ben', 1],
  ['Ann', 5],
])('asked for by %s, it leaves everything or nothing, whichever statement (or every %i-th) is the last one', async (by, step) => {
  const { id, ext } = (await person('Ben'))!;
  const before = await texts();
  expect(before).toBeGreaterThan(1);
  let broken = 1 - step;
  let done = false;
  while (!done) {
    broken += step;
    const database = dyingDatabase(t.database.url, broken);
    const outcome = await forget(by, id, database.db).catch((error: Error) => error);
    await database.close().catch(() => {});
    done = (await person('Ben')) === undefined;
    // Broken off inside, nothing has changed, and it may be confirmed again.
    if (!done) expect([outcome instanceof Error, await texts()]).toEqual([true, before]);
    expect(broken).toBeLessThan(400);
  }
  // Statement after statement of the transaction was the last one; then the tables could not be rewritten. What is left to do gets done by looking.
  expect(broken).toBeGreaterThan(40);
  const farewell = await t.database.pool.query(`select body from posts where starts_with(key, $1)`, [`farewell:${id}:`]);
  expect(JSON.stringify(farewell.rows)).toMatch(by === 'Ben' ? /I have forgotten you/ : /this person is forgotten/);
  await delivered();
  for (const at of [1, 2, 3]) {
    const database = dyingDatabase(t.database.url, at);
    await endFarewells({ ...t.bot, db: database.db }).catch(() => {});
    await database.close().catch(() => {});
  }
  await endFarewells(t.bot);
  for (const ref of refs) await touched(t.bot, ref);
  expect(await remains(t.database.pool, [...BENS, ext])).toEqual([]);
  expect((await t.database.pool.query(`select 1 from posts where key like 'farewell:%'`)).rows).toEqual([]);
  expect(refs.map(({ id: message }) => t.receipt(message))).toEqual([false, false]);
});

it('two at once, one of them twice, while somebody else opts out: all of them come to their end', async () => {
  const [ann, ben, cy] = [(await person('Ann'))!, (await person('Ben'))!, (await person('Cy'))!];
  const outcomes = await Promise.allSettled([
    forget('Ann', ben.id),
    forget('Ann', cy.id),
    forget('Ann', ben.id),
    setConsent(t.bot.db, ann, 'out'),
  ]);
  const refused = outcomes.flatMap(outcome => (outcome.status === 'rejected' ? [outcome.reason] : []));
  expect(refused).toMatchObject([{ problem: { code: 'forget.already' } }]);
  await delivered();
  await endFarewells(t.bot);
  expect([await person('Ben'), await person('Cy'), (await person('Ann'))?.consent]).toEqual([undefined, undefined, 'out']);
  expect(await remains(t.database.pool, [...BENS, ben.ext, cy.ext])).toEqual([]);
});
