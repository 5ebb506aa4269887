// Who was forgotten and turns to the bot again can be forgotten again: what they said since, and the id by which they were answered.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { remains } from '../support/remains.ts';
import { until } from '../support/room.ts';
import { openTeaching, type Teaching } from '../support/teaching.ts';

let t: Teaching;
let ben: string;
beforeAll(async () => {
  t = await openTeaching({ platform: 'slack', trainingAllowed: true });
  ben = t.person('Ben');
  await t.hears('Ann', `/finetune claim ${t.codes[0]}`, /You are the owner/);
});
afterAll(() => t?.close());

const people = async () =>
  (await t.database.pool.query('select id::int, ext, name, consent, forgotten_at is not null as forgotten from people order by id')).rows;
const farewells = () => t.told('Ben').filter(told => /I have forgotten you/.test(told)).length;

async function alone(text: string) {
  await t.room.say(t.person('Ben'), { channel: t.direct('Ben') }, text);
  await t.settled();
}

async function forgetBen() {
  const before = farewells();
  await alone('/finetune forget me');
  await t.press('Ben', /^Forget for good$/);
  await until(() => farewells() > before, 'the farewell');
  await until(async () => (await remains(t.database.pool, [ben, 'Ben'])).length === 0, 'the last trace to be gone');
}

describe('somebody who asks the bot in a direct message', () => {
  it('leaves neither their name nor their id once they are forgotten, not even as the name of that chat', async () => {
    await alone('Where is the Quillon ladder?');
    expect(await remains(t.database.pool, ['Quillon'])).not.toEqual([]);
    await forgetBen();
    expect(await remains(t.database.pool, ['Quillon', ben, 'Ben'])).toEqual([]);
  });

  it('and asks once more is forgotten once more, by their own word', async () => {
    await alone('And the Zephyr hook?');
    expect(await remains(t.database.pool, ['Zephyr'])).not.toEqual([]);
    await forgetBen();
    expect(await remains(t.database.pool, ['Zephyr', ben])).toEqual([]);
  });

  it('or by an admin’s, who may not where nothing is held', async () => {
    const mention = `[@Ben](person:${ben})`;
    await t.hears('Ann', `/finetune forget ${mention}`, /forgotten already/);
    await alone('And the Xylem pump?');
    await t.hears('Ann', `/finetune forget ${mention}`, /cannot be undone/);
    await t.press('Ann', /^Forget for good$/);
    await until(async () => (await remains(t.database.pool, ['Xylem'])).length === 0, 'the question to be gone');
  });

  it('comes back as the same row, without a second vote, and can be forgotten again', async () => {
    await alone('/finetune optin');
    const [, back] = await people();
    expect(back).toMatchObject({ ext: ben, name: 'Ben', consent: 'in', forgotten: false });
    expect(await people()).toHaveLength(2);
    await alone('And the Quorrel gate?');
    await forgetBen();
    expect(await remains(t.database.pool, ['Quorrel', ben, 'Ben'])).toEqual([]);
    expect((await people())[1]).toMatchObject({ id: back.id, name: null, consent: 'out', forgotten: true });
  });
});
