// Somebody is forgotten while the bot looks at what they wrote: at whichever of its questions to the chat that falls, nothing of them is kept.
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Bot } from '../../src/bot/bot.ts';
import { knownPerson } from '../../src/bot/bot.ts';
import { chooseConsent } from '../../src/bot/consent/choose.ts';
import { endFarewells } from '../../src/bot/forget/farewells.ts';
import { forgetForGood } from '../../src/bot/forget/forget.ts';
import { forgottenExt } from '../../src/bot/forget/identity.ts';
import { touched } from '../../src/bot/harvest/touched.ts';
import type { Chat } from '../../src/chat/chat.ts';
import { setConsent } from '../../src/data/consent.ts';
import { findPerson } from '../../src/data/people.ts';
import { type Looking, openLooking } from '../support/looking.ts';
import { remains } from '../support/remains.ts';

let t: Looking;
beforeAll(async () => {
  t = await openLooking();
});
afterAll(() => t?.close());

const WORDS = 'The Yarrow key hangs in the Quillon box.';
const ben = async () => (await findPerson(t.bot.db, t.bot.workspace.id, t.person('Ben')))!;
let pressed = 0;

async function forgetBen(): Promise<void> {
  const { id } = await ben();
  const event = { kind: 'action' as const, key: `forget-${++pressed}`, at: new Date(), ref: { channel: 'c', id: 'm' }, fields: {} };
  await forgetForGood(t.bot, { ...event, action: 'forget-for-good', person: t.person('Ben'), value: String(id) });
}

/** Ben begins anew, as somebody who was never forgotten. */
async function benComesBack(): Promise<void> {
  const person = await knownPerson(t.bot, t.person('Ben'));
  const event = { kind: 'message' as const, key: `back-${++pressed}`, at: new Date(), person: t.person('Ben'), text: '', files: [] };
  const place = { channel: [...t.room.state.channels.values()].find(({ kind }) => kind === 'open')!.id };
  await chooseConsent({ bot: t.bot, person, event: { ...event, place } }, 'in');
}

/** A look that asks the chat: before its `at`-th question is answered, `meanwhile` happens. Gives how many it asked. */
async function lookWith(ref: { channel: string; id: string }, at: number, meanwhile: () => Promise<void>): Promise<number> {
  let asked = 0;
  const chat = Object.fromEntries(
    Object.entries(t.bot.chat).map(([name, value]) => {
      if (!['fetchMessage', 'person', 'channel'].includes(name)) return [name, value];
      const ask = value as (...args: unknown[]) => Promise<unknown>;
      return [
        name,
        async (...args: unknown[]) => {
          const answer = await ask(...args);
          if (++asked === at) await meanwhile();
          return answer;
        },
      ];
    }),
  ) as unknown as Chat;
  const bot: Bot = { ...t.bot, chat };
  await touched(bot, ref);
  return asked;
}

it.each([
  ['that makes a new example', false],
  ['at one that is there', true],
])('a look %s', async (_, known) => {
  let fell = 0;
  for (let at = 1; ; at++) {
    await benComesBack();
    const ref = await t.answer(WORDS);
    await t.react('Cy', ref.id);
    if (known) await touched(t.bot, ref);
    const asked = await lookWith(ref, at, forgetBen);
    if (asked < at) break;
    fell++;
    await t.database.pool.query('update posts set sent_rev = rev, sent_at = now()');
    await endFarewells(t.bot);
    expect(await remains(t.database.pool, ['Yarrow', 'Quillon', t.person('Ben')])).toEqual([]);
    expect(
      (
        await t.database.pool.query(
          `select 1 from messages m join people p on p.id = m.author where p.forgotten_at is not null and m.text_hmac <> ''`,
        )
      ).rows,
    ).toEqual([]);
    await t.remove(ref.id);
  }
  expect(fell).toBeGreaterThan(2);
});

it('a no that falls into a look lets nothing of theirs become an example that is learned', async () => {
  for (let at = 1; ; at++) {
    await setConsent(t.bot.db, await ben(), 'in');
    const ref = await t.answer(WORDS);
    await t.react('Cy', ref.id);
    const asked = await lookWith(ref, at, async () => void (await setConsent(t.bot.db, await ben(), 'out')));
    if (asked < at) break;
    expect((await t.rowsOf(ref.id)).map(({ state }) => state)).not.toContain('approved');
    await t.remove(ref.id);
  }
});

it('a person who is looked up at that very moment is not written down again', async () => {
  const before = await ben();
  await t.database.pool.query(`create function forget_now() returns trigger language plpgsql as $$ begin
      update people set ext = (select value from forgotten_as), name = null, forgotten_at = now() where ext = new.ext and forgotten_at is null;
      return new; end $$`);
  await t.database.pool.query('create table forgotten_as (value text)');
  await t.database.pool.query('insert into forgotten_as values ($1)', [forgottenExt(t.bot, before.ext)]);
  await t.database.pool.query('create trigger forget_now before insert on people for each row execute function forget_now()');
  expect(await knownPerson(t.bot, before.ext)).toMatchObject({ id: before.id, name: null });
  expect(await findPerson(t.bot.db, t.bot.workspace.id, before.ext)).toBeUndefined();
});
