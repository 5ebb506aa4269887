// Looks at messages, people who say no, and examples that are removed by hand, all in the same moment: nobody waits for the other for ever.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { touched } from '../../src/bot/harvest/touched.ts';
import { setConsent } from '../../src/data/consent.ts';
import { retireExample } from '../../src/data/example-states.ts';
import { findPerson } from '../../src/data/people.ts';
import { type Looking, openLooking } from '../support/looking.ts';

let t: Looking;
beforeAll(async () => {
  t = await openLooking();
});
afterAll(() => t?.close());

it('no deadlock, in forty rounds', async () => {
  const refs = [await t.answer('Take the red key.'), await t.answer('Take the blue key.')];
  for (const ref of refs) {
    await t.react('Ann', ref.id);
    await touched(t.bot, ref);
  }
  const { db, workspace } = t.bot;
  const ben = (await findPerson(db, workspace.id, t.person('Ben')))!;
  const [{ no }] = await t.rowsOf(refs[0].id);
  for (let round = 0; round < 40; round++) {
    const all = await Promise.allSettled([
      touched(t.bot, refs[0]),
      setConsent(db, ben, round % 2 ? 'in' : 'out'),
      touched(t.bot, refs[1]),
      retireExample(db, workspace.id, no),
    ]);
    expect(all.filter(({ status }) => status === 'rejected')).toEqual([]);
  }
});
