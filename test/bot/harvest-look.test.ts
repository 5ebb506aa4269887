// A look that fails is made up for, and what nobody told the bot of is found before a run.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { lookAtWaiting, lookBeforeRun } from '../../src/bot/harvest/look.ts';
import { touched } from '../../src/bot/harvest/touched.ts';
import { startInbox } from '../../src/bot/inbox.ts';
import { keepEvent, nextEvents } from '../../src/data/inbox.ts';
import { databaseNow } from '../../src/data/messages.ts';
import { type Looking, openLooking } from '../support/looking.ts';
import { until } from '../support/room.ts';

let t: Looking;
beforeAll(async () => {
  t = await openLooking();
});
afterAll(() => t?.close());

const stateOf = async (id: string) => (await t.rowsOf(id))[0]?.state;
const minutesPass = (minutes: number) =>
  t.database.pool.query(
    `update messages set looked_at = looked_at - interval '1 minute' * $1, dirty_at = dirty_at - interval '1 minute' * $1`,
    [minutes],
  );

it('a receipt that could not be shown, or taken back, is shown later; the example counts meanwhile', async () => {
  const ref = await t.answer('It hangs on the hook beside the door.');
  const away = { ...t.bot, chat: { ...t.bot.chat, setReaction: () => Promise.reject(new Error('the chat is away')) } };
  for (const on of [true, false]) {
    await t.react('Ann', ref.id, on);
    await expect(touched(away, ref)).rejects.toThrow('the chat is away');
    expect([await stateOf(ref.id), t.receipt(ref.id)]).toEqual([on ? 'approved' : 'retired', !on]);
    await minutesPass(1);
    expect(await lookAtWaiting(t.bot, '2000-01-01')).toBe(true);
    expect(t.receipt(ref.id)).toBe(on);
    expect(await lookAtWaiting(t.bot, '2000-01-01')).toBe(false);
  }
});

it('a message that cannot be looked at keeps nobody from the others, and is tried again', async () => {
  const [bad, good] = [await t.answer('Below the mat, as always.'), await t.answer('In the drawer of the desk.')];
  for (const ref of [bad, good]) {
    await t.react('Ann', ref.id);
    await touched(t.bot, ref);
    await t.edit(ref.id, 'Somewhere else now.');
  }
  const reported: unknown[] = [];
  const { fetchMessage } = t.bot.chat;
  const chat = {
    ...t.bot.chat,
    fetchMessage: (at: { id: string }) => (at.id === bad.id ? Promise.reject(new Error('no')) : fetchMessage(at)),
  };
  const since = await databaseNow(t.bot.db);
  const limping = { ...t.bot, chat, report: (problem: unknown) => void reported.push(problem) };
  while (await lookAtWaiting(limping, since));
  expect([await stateOf(good.id), await stateOf(bad.id)]).toEqual(['stale', 'approved']);
  expect(reported.length).toBeGreaterThan(0);
  await minutesPass(1);
  while (await lookAtWaiting(t.bot, '2000-01-01'));
  expect(await stateOf(bad.id)).toBe('stale');
});

it('before a run it looks at what was touched, and at what it has not looked at for an hour', async () => {
  const [told, untold] = [await t.answer('Behind the picture.'), await t.answer('On top of the shelf.')];
  for (const ref of [told, untold]) {
    await t.react('Ann', ref.id);
    await touched(t.bot, ref);
    await t.edit(ref.id, 'It was moved to the hall.');
  }
  await t.database.pool.query('update messages set dirty_at = now() where ext = $1', [told.id]);
  await lookBeforeRun(t.bot);
  expect([await stateOf(told.id), await stateOf(untold.id)]).toEqual(['stale', 'approved']);
  await minutesPass(61);
  await lookBeforeRun(t.bot);
  expect(await stateOf(untold.id)).toBe('stale');
});

it('before a run it looks at everything where nobody tells of an edit', async () => {
  const ref = await t.answer('Below the white bench.');
  await t.react('Ann', ref.id);
  await touched(t.bot, ref);
  await t.edit(ref.id, 'It was moved to the attic.');
  await lookBeforeRun({ ...t.bot, chat: { ...t.bot.chat, editsAreSilent: true } });
  expect(await stateOf(ref.id)).toBe('stale');
});

it('before a run the next messages are fetched while one is looked at, each once, and what cannot be fetched is heard of', async () => {
  const refs: { id: string }[] = [];
  for (let i = 0; i < 6; i++) {
    const ref = await t.answer(`It lies in drawer number ${i}.`);
    await t.react('Ann', ref.id);
    await touched(t.bot, ref);
    await t.edit(ref.id, `It was moved to box number ${i}.`);
    refs.push(ref);
  }
  let [most, now, channels] = [0, 0, 0];
  const asked = new Map<string, number>();
  const chat = {
    ...t.bot.chat,
    editsAreSilent: true as const,
    async fetchMessage(at: { id: string }) {
      asked.set(at.id, (asked.get(at.id) ?? 0) + 1);
      most = Math.max(most, ++now);
      await new Promise(resolve => setTimeout(resolve, 5));
      return t.bot.chat.fetchMessage(at).finally(() => now--);
    },
    channel(id: string) {
      channels++;
      return t.bot.chat.channel(id);
    },
  };
  await lookBeforeRun({ ...t.bot, chat });
  for (const { id } of refs) expect([await stateOf(id), asked.get(id)]).toEqual(['stale', 1]);
  expect(most).toBeGreaterThan(2);
  expect(channels).toBeLessThan(refs.length);
  const broken = {
    ...chat,
    fetchMessage: (at: { id: string }) => (at.id === refs[4].id ? Promise.reject(new Error('away')) : chat.fetchMessage(at)),
  };
  await expect(lookBeforeRun({ ...t.bot, chat: broken })).rejects.toThrow('away');
});

it('ten touches of one message that wait are one look', async () => {
  const ref = await t.answer('Inside the blue box.');
  await t.react('Ann', ref.id);
  for (let i = 0; i < 10; i++) await keepEvent(t.bot.db, t.bot.workspace.id, { key: `t${i}`, kind: 'touched', payload: { ref } });
  let fetched = 0;
  const { fetchMessage } = t.bot.chat;
  const fetchMessageCounted: typeof fetchMessage = at => {
    if (at.id === ref.id) fetched++;
    return fetchMessage(at);
  };
  const inbox = startInbox({ ...t.bot, chat: { ...t.bot.chat, fetchMessage: fetchMessageCounted } });
  await until(async () => (await nextEvents(t.bot.db, t.bot.workspace.id)).length === 0, 'the touches to be handled');
  await inbox.stop();
  expect(fetched).toBe(1);
  expect(await stateOf(ref.id)).toBe('approved');
});

it('every ✅ that makes an example, and what ends one, is on record: who, which and how many, and no text', async () => {
  const { rows: before } = await t.database.pool.query('select max(id) as id from audit');
  const ref = await t.answer('Below the loose stone.');
  const { rows: none } = await t.database.pool.query('select count(*)::int as n from examples');
  const look = () => touched(t.bot, ref);
  await t.react('Ann', ref.id);
  await look();
  await look();
  await t.react('Cy', ref.id);
  await look();
  await t.edit(ref.id, 'Above the loose stone, rather.');
  await look();
  await t.react('Ann', ref.id, false);
  await look();
  await t.react('Ann', ref.id);
  await look();
  await t.react('Ann', ref.id, false);
  await look();
  const { rows } = await t.database.pool.query('select * from audit where id > $1 order by id', [before[0].id ?? 0]);
  const [{ id, no }] = await t.rowsOf(ref.id);
  expect(no).toBe(none[0].n + 1);
  expect(rows.map(({ actor, verb, object, detail }) => [actor, verb, object, detail])).toEqual([
    [t.person('Ann'), 'keep', `example ${no}`, { ids: { example: id }, approvals: 1 }],
    ['chat', 'let-go', `example ${no}`, { ids: { example: id }, approvals: 0 }],
    [t.person('Ann'), 'keep', `example ${no}`, { ids: { example: id }, approvals: 1 }],
    [t.person('Ann'), 'let-go', `example ${no}`, { ids: { example: id }, approvals: 0 }],
  ]);
  expect(JSON.stringify(rows)).not.toContain('loose stone');
});
