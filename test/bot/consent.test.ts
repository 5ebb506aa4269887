// The author's word about their own words: told once and alone, waited for, and obeyed.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Bot, knownChannel } from '../../src/bot/bot.ts';
import { chooseConsent } from '../../src/bot/consent/choose.ts';
import { mine } from '../../src/bot/consent/mine.ts';
import { consentRule } from '../../src/bot/consent/rule.ts';
import { exportExamples } from '../../src/bot/examples/export-examples.ts';
import { touched } from '../../src/bot/harvest/touched.ts';
import { home } from '../../src/bot/home.ts';
import { putQuestion } from '../../src/bot/question/put-question.ts';
import { FIRST_RUN, proposeLater, proposeRun } from '../../src/bot/run/propose.ts';
import { startRunFor } from '../../src/bot/run/start-run.ts';
import { status } from '../../src/bot/status.ts';
import { cardToText } from '../../src/chat/card-text.ts';
import type { Card } from '../../src/chat/chat.ts';
import { withoutConsent } from '../../src/data/consent.ts';
import { approvedExamples } from '../../src/data/examples.ts';
import { findPerson } from '../../src/data/people.ts';
import { findPost, postsUnder } from '../../src/data/posts.ts';
import { startRun } from '../../src/data/runs.ts';
import { type Looking, openLooking } from '../support/looking.ts';

let t: Looking;
/** As it is where there is a team to guard: everything but the name of the platform is the local chat. */
let elsewhere: Bot;
beforeAll(async () => {
  t = await openLooking();
  const workspace = { ...t.bot.workspace, trainingAllowedAt: new Date() };
  elsewhere = { ...t.bot, workspace, chat: { ...t.bot.chat, platform: 'elsewhere' } };
});
afterAll(() => t?.close());

let said = 0;
/** Ann asks, Ben answers, Cy puts a ✅ on it; the bot looks. */
async function approved(bot: Bot = t.bot) {
  const ref = await t.answer(`Take key ${++said}, please.`);
  await t.react('Cy', ref.id);
  await touched(bot, ref);
  return { ref, look: () => touched(bot, ref), state: async () => (await t.rowsOf(ref.id))[0]?.state };
}
const person = async (name: string) => (await findPerson(t.bot.db, t.bot.workspace.id, t.person(name)))!;
const told = async (name: string) => (await findPost(t.bot.db, t.bot.workspace.id, `consent:${(await person(name)).id}`))!;
const textOf = (post: { body: object }) => cardToText(post.body as Card);
const message = async (name: string, text: string) => ({
  kind: 'message' as const,
  key: `said-${++said}`,
  at: new Date(),
  person: t.person(name),
  place: { channel: t.room.state.channels.keys().next().value! },
  text,
  files: [],
});
const asking = async (bot: Bot, name: string, text = '') => ({ bot, person: await person(name), event: await message(name, text) });
/** The last thing that was answered to somebody. */
const answered = async () => textOf((await postsUnder(t.bot.db, t.bot.workspace.id, 'reply:')).at(-1)!);
const choose = async (name: string, what: 'in' | 'out', bot: Bot = t.bot) => chooseConsent(await asking(bot, name), what);
const waiting = (bot: Bot) => withoutConsent(bot.db, bot.workspace.id, consentRule(bot));
const sql = (text: string, values: unknown[] = []) => t.database.pool.query(text, values);

it('everybody whose words are kept is told once, alone, by whom, and how to say no; whoever approved is not', async () => {
  const { ref, look } = await approved();
  await look();
  await approved();
  const ben = await told('Ben');
  expect(ben.recipient).toMatchObject({ person: t.person('Ben') });
  expect(textOf(ben)).toMatch(/Cy put a ✅ on this, so I keep what you wrote .*as an example/);
  expect(textOf(ben)).toMatch(/No thanks/);
  expect(JSON.stringify(ben.body)).toContain(`#${ref.id}`);
  expect(textOf(await told('Ann'))).toMatch(/what you wrote/);
  expect(await postsUnder(t.bot.db, t.bot.workspace.id, 'consent:')).toHaveLength(2);
  expect(await waiting(t.bot)).toEqual(new Set());
});

describe('where there is a team to guard', () => {
  beforeAll(() => sql(`update channels set learn = 'on', set_at = now()`));

  it('words wait until their author was told, the message has arrived, and a day has passed', async () => {
    const { ref } = await approved(elsewhere);
    const [{ id }] = await t.rowsOf(ref.id);
    expect((await waiting(elsewhere)).has(id)).toBe(true);
    await sql(`update posts set sent_at = now() where key like 'consent:%'`);
    expect((await waiting(elsewhere)).has(id)).toBe(true);
    // Everybody behind it counts: Ann, whose question it answers, was told an hour too late.
    await sql(`update posts set sent_at = now() - interval '25 hours' where key like 'consent:%'`);
    await sql(`update posts set sent_at = now() - interval '23 hours' where key = $1`, [`consent:${(await person('Ann')).id}`]);
    expect((await waiting(elsewhere)).has(id)).toBe(true);
    await sql(`update posts set sent_at = now() - interval '25 hours' where key like 'consent:%'`);
    expect((await waiting(elsewhere)).has(id)).toBe(false);
  });

  it('with CONSENT=ask a day of silence is no yes', async () => {
    const ask: Bot = { ...elsewhere, consent: 'ask' };
    const { ref } = await approved(ask);
    const [{ id }] = await t.rowsOf(ref.id);
    await choose('Ann', 'in', ask);
    expect((await waiting(ask)).has(id)).toBe(true);
    await choose('Ben', 'in', ask);
    expect((await waiting(ask)).has(id)).toBe(false);
    await sql(`update people set consent = 'unset'`);
  });

  it('a run is not started on words that wait; whoever asked hears what it waits for', async () => {
    for (let i = 0; i < 4; i++) await approved(elsewhere);
    await sql(`update posts set sent_at = null where key like 'consent:%'`);
    await sql(`update people set role = 'owner' where name = 'Cy'`);
    await expect(startRunFor(await asking(elsewhere, 'Cy'), [])).rejects.toMatchObject({
      problem: { code: 'consent.waiting', values: { ready: 0 } },
    });
    expect((await sql('select 1 from runs')).rows).toEqual([]);
    await expect(exportExamples(await asking(elsewhere, 'Cy'))).rejects.toMatchObject({ problem: { code: 'consent.export' } });
  });

  it('words that wait are neither counted on the home card nor worth a proposal; once they may be learned, both', async () => {
    const { channel } = (await asking(elsewhere, 'Cy')).event.place;
    const proposal = () => findPost(t.bot.db, t.bot.workspace.id, 'propose:first');
    while ((await approvedExamples(t.bot.db, t.bot.workspace.id)).length < FIRST_RUN) await approved(elsewhere);
    await sql(`update posts set sent_at = null where key like 'consent:%'`);
    const { length } = await approvedExamples(t.bot.db, t.bot.workspace.id);
    await home(await asking(elsewhere, 'Cy'));
    expect(await answered()).toMatch(new RegExp(`\\b0 examples[\\s\\S]*${length} more wait for the people who wrote them`));
    const asked = await asking(elsewhere, 'Cy');
    await status(asked);
    const shown = await findPost(t.bot.db, t.bot.workspace.id, `status:${asked.event.key}`);
    expect(textOf(shown!)).toMatch(new RegExp(`Examples +0 \\(0 answers, 0 weekly reports\\) · ${length} more wait for their authors`));
    await proposeRun(elsewhere, channel);
    expect(await proposal()).toBeUndefined();
    await sql(`update posts set sent_at = now() - interval '25 hours' where key like 'consent:%'`);
    await home(await asking(elsewhere, 'Cy'));
    expect(await answered()).toMatch(new RegExp(`\\b${length} examples`));
    expect(await answered()).not.toMatch(/more wait/);
    // No further ✅ is needed for it.
    await proposeLater(elsewhere);
    expect(textOf((await proposal())!)).toContain(`${length} examples are enough for a first run`);
  });

  it('a question takes along when an author’s words may help to answer it', async () => {
    const { channel } = await knownChannel(elsewhere, (await asking(elsewhere, 'Cy')).event.place.channel);
    const rules = [];
    for (const bot of [elsewhere, { ...elsewhere, consent: 'ask' as const }, t.bot]) {
      const asked = await asking(bot, 'Cy');
      await putQuestion(asked, channel, { kind: 'qa', turns: [{ role: 'user', content: 'Where?' }], detail: {} });
      rules.push((await sql('select detail from questions order by id desc limit 1')).rows[0].detail.consent);
    }
    expect(rules).toEqual(['told', 'asked', 'free']);
  });
});

it('who says no is learned from no more, nobody else hears of it, and their yes brings everything back', async () => {
  const { look, state } = await approved();
  const before = await postsUnder(t.bot.db, t.bot.workspace.id, '');
  await choose('Ben', 'out');
  expect(await state()).toBe('retired');
  expect(await answered()).toMatch(/I learn no more from what you wrote/);
  const later = await approved();
  await look();
  expect(await state()).toBe('retired');
  expect(await later.state()).toBeUndefined();
  expect((await postsUnder(t.bot.db, t.bot.workspace.id, '')).length).toBe(before.length + 1);

  await choose('Ben', 'in');
  await look();
  expect(await state()).toBe('approved');
});

it('a question that somebody asked is theirs, too: their no ends the example of whoever answered it', async () => {
  const { look, state } = await approved();
  await choose('Ann', 'out');
  expect(await state()).toBe('retired');
  await choose('Ann', 'in');
  await look();
  expect(await state()).toBe('approved');
});

it('a run is not opened on rows that were retired while it was being prepared', async () => {
  for (let i = 0; i < 4; i++) await approved();
  const rows = await approvedExamples(t.bot.db, t.bot.workspace.id);
  const members = rows.map(({ revision }) => ({ revision, part: 'train' as const }));
  await choose('Ben', 'out');
  const start = startRun(t.bot.db, t.bot.workspace.id, { requestedBy: (await person('Cy')).id, channel: 'c', members });
  await expect(start).rejects.toMatchObject({ problem: { code: 'consent.changed' } });
  await choose('Ben', 'in');
});

it('what is held about somebody is shown to them: their examples with links, and what they said about it', async () => {
  const { ref, look } = await approved();
  await look();
  const [{ no }] = await t.rowsOf(ref.id);
  await mine(await asking(t.bot, 'Ben'));
  const shown = await answered();
  expect(shown).toMatch(/You said that I may learn/);
  expect(shown).toMatch(new RegExp(`#${no}.* your answer · .*learned by no version`));
  await mine(await asking(t.bot, 'Cy'));
  expect(await answered()).toMatch(/No example holds a word of yours/);
});
