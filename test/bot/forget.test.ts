// Who is forgotten is gone: from every column, from the bot's messages, and from the versions that may speak.
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { chooseConsent } from '../../src/bot/consent/choose.ts';
import { confirmForget } from '../../src/bot/forget/confirm.ts';
import { endFarewells } from '../../src/bot/forget/farewells.ts';
import { forgetForGood } from '../../src/bot/forget/forget.ts';
import { touched } from '../../src/bot/harvest/touched.ts';
import { cardToText } from '../../src/chat/card-text.ts';
import type { Card } from '../../src/chat/chat.ts';
import { recordAudit } from '../../src/data/audit.ts';
import { promote } from '../../src/data/champions.ts';
import { approvedExamples } from '../../src/data/examples.ts';
import { keepEvent } from '../../src/data/inbox.ts';
import { findPerson } from '../../src/data/people.ts';
import { findPost, markPostSent, postsUnder, wantPost } from '../../src/data/posts.ts';
import { askQuestion, claimQuestion, saveAnswers } from '../../src/data/questions.ts';
import { startRun } from '../../src/data/runs.ts';
import { runs, versionSamples, versions } from '../../src/data/schema.ts';
import { type Looking, openLooking } from '../support/looking.ts';
import { type TestDatabase, testDatabase } from '../support/postgres.ts';
import { remains } from '../support/remains.ts';

let t: Looking;
let said = 0;
const BENS = ['Bring the Yarrow key to berth seven', 'Moor at Quillon pier after dark', 'How is the Xylem pump primed'];
const NUMBERS =
  'loss perplexity reportForm qaForm factsFound factsInvented ownerRight spansRight bleu rouge1 rouge2 rougeL generalLoss words';
const UNMEASURED = { ...Object.fromEntries(NUMBERS.split(' ').map(name => [name, null])), examples: 0 };
const sql = (text: string, values: unknown[] = []) => t.database.pool.query(text, values);
const person = async (name: string) => (await findPerson(t.bot.db, t.bot.workspace.id, t.person(name)))!;
const body = (text: string) => ({ title: '', parts: [{ markdown: text }] });
const textOf = (post: { body: object } | undefined) => post && cardToText(post.body as Card);
const postOf = async (key: string) => textOf(await findPost(t.bot.db, t.bot.workspace.id, key));
const statesOf = async () => (await sql('select no, state from versions order by no')).rows.map(({ no, state }) => `v${no} ${state}`);
const lastReply = async () => textOf((await postsUnder(t.bot.db, t.bot.workspace.id, 'reply:')).at(-1));

/** Ann asks, `name`'s words are the answer, Cy puts a ✅ on it; the bot looks. */
async function learned(text: string) {
  const ref = await t.answer(text);
  await t.react('Cy', ref.id);
  await touched(t.bot, ref);
  return ref;
}

/** A version that learned from every approved example, or from those without Ben's words. */
async function version(no: number, withBen: boolean) {
  const { db, workspace } = t.bot;
  const rows = (await approvedExamples(db, workspace.id)).filter(({ output }) => withBen || !BENS.some(text => output.includes(text)));
  const members = rows.map(({ revision }) => ({ revision, part: 'train' as const }));
  const run = await startRun(db, workspace.id, { requestedBy: (await person('Ann')).id, channel: channel(), members });
  await db
    .update(runs)
    .set({ state: 'done', endedAt: new Date(0) })
    .where(eq(runs.id, run.id));
  const samples = [{ kind: 'qa', instruction: 'Where?', input: '', reference: BENS[0], base: 'Hm', tuned: BENS[0] }];
  const card = { evaluation: { base: UNMEASURED, heldout: { qa: 1, report: 0 }, samples }, bestStep: 1, peakBytes: 1 };
  const values = {
    workspace: workspace.id,
    no,
    run: run.id,
    baseFingerprint: 'f',
    artifact: 'a',
    folder: `versions/run-${run.id}-1`,
    rank: 4,
  };
  const [made] = await db
    .insert(versions)
    .values({ ...values, card, state: 'candidate' })
    .returning();
  await db.insert(versionSamples).values({ version: made.id, prompt: 'Where?', baseText: 'Hm', tunedText: BENS[0] });
  await db.update(versions).set({ state: 'retired' }).where(eq(versions.id, made.id));
  return { id: made.id, run: run.id };
}
const channel = () => [...t.room.state.channels.values()].find(({ kind }) => kind === 'open')!.id;
const press = async (name: string, meant: string) => ({
  kind: 'action' as const,
  key: `press-${++said}`,
  at: new Date(),
  person: t.person(name),
  ref: { channel: channel(), id: 'm' },
  action: 'forget-for-good',
  value: String((await person(meant)).id),
  fields: {},
});
const asking = async (name: string, text: string) => ({
  bot: t.bot,
  person: await person(name),
  event: {
    kind: 'message' as const,
    key: `said-${++said}`,
    at: new Date(),
    person: t.person(name),
    place: { channel: channel() },
    text,
    files: [],
  },
});

// Holds the server between the tests, each of which has a database of its own.
let held: TestDatabase;
beforeAll(async () => {
  held = await testDatabase();
});
afterAll(() => held?.close());

beforeEach(async () => {
  t = await openLooking();
  await sql(`update channels set own_counts = false`);
  return () => t.close();
});

describe('somebody whose words were learned, quoted, shown and asked about', () => {
  let ben: { id: number; ext: string };
  beforeEach(async () => {
    const { db, workspace } = t.bot;
    await learned('Nothing special here, ask Rosa at the gate.');
    await learned(BENS[0]);
    await learned(BENS[1]);
    await sql(`update people set role = 'owner' where name = 'Ann'`);
    ben = await person('Ben');
    // A question of Ben's with its answer, and answers to others that repeat his words.
    const ann = await person('Ann');
    const { rows } = await sql(
      `insert into questions (workspace, channel, asker, source, kind, turns, lang, state, seed)
       select $1, c.id, p.asker, p.source, 'qa', p.turns::jsonb, 'en', p.state, 1 from channels c,
         (values ($2::bigint, 's1', $4, 'answering'), ($3::bigint, 's2', '[{"role":"user","content":"And the pump?"}]', 'answered')) p(asker, source, turns, state)
       where c.ext = $5 returning id::int`,
      [workspace.id, ben.id, ann.id, JSON.stringify([{ role: 'user', content: `${BENS[2]}?` }]), channel()],
    );
    for (const { id } of rows)
      await sql(`insert into answers (question, side, text, tokens, ms, stop) values ($1, 'only', $2, 1, 1, 'end')`, [id, `${BENS[1]}.`]);
    await wantPost(db, workspace.id, { key: `question:${rows[0].id}`, channel: channel(), body: body('An answer to it.') });
    await wantPost(db, workspace.id, { key: 'status:x', channel: channel(), body: body(`Ben asked: ${BENS[2].slice(0, 26)}…`) });
    await wantPost(db, workspace.id, { key: 'run:x:end', channel: channel(), body: body(`[@Ben](person:${ben.ext}), it is done.`) });
    await markPostSent(db, workspace.id, 'status:x', 1, { channel: channel(), id: 'shown' });
    await keepEvent(db, workspace.id, { key: 'e-1', kind: 'message', payload: { person: ben.ext, text: BENS[2] } });
    await recordAudit(db, {
      workspace: workspace.id,
      actor: ben.ext,
      verb: 'remove',
      object: `person ${ben.ext}`,
      detail: { by: ben.ext },
    });
  });

  it('is told first what will go, what cannot, and that nothing has happened yet', async () => {
    await version(1, true);
    await confirmForget(await asking('Ben', 'forget me'), 'me');
    const shown = await lastReply();
    expect(shown).toMatch(/cannot be undone/);
    expect(shown).toMatch(/erase 3 examples/);
    expect(shown).toMatch(/put v1 out of use/);
    expect(shown).toMatch(/backups of the database.*files that somebody exported.*quoted.*own log/);
    expect(await approvedExamples(t.bot.db, t.bot.workspace.id)).toHaveLength(3);
  });

  it('leaves nothing in any column: no text, no id, no name', async () => {
    await version(1, true);
    expect((await remains(t.database.pool, [...BENS, ben.ext, 'Ben'])).length).toBeGreaterThan(10);
    const pressed = await press('Ben', 'Ben');
    await forgetForGood(t.bot, pressed);
    // What was said to Ben about it has to reach him first.
    const farewell = `farewell:${ben.id}:${pressed.key}`;
    expect(await postOf(farewell)).toMatch(/I have forgotten you/);
    await markPostSent(t.bot.db, t.bot.workspace.id, farewell, 1);
    await endFarewells(t.bot);
    expect(await remains(t.database.pool, [...BENS, BENS[2].slice(0, 20), ben.ext, 'Ben'])).toEqual([]);
    // Others' words are there still.
    expect(await postOf('status:x')).toBe('Something stood here that I was asked to forget.');
    expect(await postOf('run:x:end')).toBe('somebody, it is done.');
    expect((await sql(`select rev from posts where key = 'status:x'`)).rows).toEqual([{ rev: 2 }]);
    expect(await remains(t.database.pool, ['And the pump?'])).toHaveLength(1);
  });

  it('leaves no piece of a text with secrets that its approver was shown masked', async () => {
    await learned('Write to keys@quay-mail.io about the Quorrel gate.');
    const shown = async () => (await postsUnder(t.bot.db, t.bot.workspace.id, 'masked:')).map(textOf);
    expect(await shown()).toEqual([expect.stringContaining('Quorrel')]);
    await forgetForGood(t.bot, await press('Ann', 'Ben'));
    expect(await shown()).toEqual([expect.not.stringContaining('Quorrel')]);
  });

  it('leaves no beginning of a message of theirs that somebody was asked about', async () => {
    const { db, workspace } = t.bot;
    const choice = (label: string) => ({ label, action: 'which-question', value: '["c","1","2"]' });
    const asked = { title: '', parts: [{ buttons: [choice('Ben: The Wexford gate is'), choice('Benno: Not mine'), choice('None')] }] };
    await wantPost(db, workspace.id, { key: 'which:1:2', channel: channel(), recipient: { person: t.person('Cy') }, body: asked });
    await forgetForGood(t.bot, await press('Ann', 'Ben'));
    expect(await postOf('which:1:2')).toBe('[…] [Benno: Not mine] [None]');
  });

  it('takes every version that learned from it out of use; the champion before it that did not answers again', async () => {
    const { db, workspace } = t.bot;
    const clean = { no: 1 };
    await sql(`update examples set state = 'retired', why = 'byHand' where no > 1`);
    // v1 learned before Ben wrote anything of his own: only the first example, made of somebody else's words.
    await sql(`update messages set author = (select id from people where name = 'Cy') where id in
      (select message from example_sources s join examples e on e.id = s.example where e.no = 1 and s.part = 'answer')`);
    await version(clean.no, false);
    await sql(`update examples set state = 'approved', why = null`);
    await version(2, true);
    const v3 = await version(3, true);
    for (const no of [1, 2, 3]) await promote(db, workspace.id, no, { by: t.person('Ann'), key: `p${no}` });
    const pressed = await press('Ann', 'Ben');
    await forgetForGood(t.bot, pressed);
    expect(await statesOf()).toEqual(['v1 champion', 'v2 quarantined', 'v3 quarantined']);
    expect((await sql(`select why from versions where id = $1`, [v3.id])).rows).toEqual([{ why: 'forgotten' }]);
    const offer = await postOf(`retrain:${ben.id}:${pressed.key}:${(await person('Ann')).id}`);
    expect(offer).toMatch(/v2, v3 had learned from them.*v1 answers again.*1 example is left/);
    expect(offer).toMatch(/Train without them/);
  });

  it('ends the run that was given it, and lets no other one begin with it', async () => {
    const { db, workspace } = t.bot;
    const members = (await approvedExamples(db, workspace.id)).map(({ revision }) => ({ revision, part: 'train' as const }));
    const run = { requestedBy: (await person('Ann')).id, channel: channel(), members };
    await startRun(db, workspace.id, run);
    await forgetForGood(t.bot, await press('Ann', 'Ben'));
    expect((await sql('select state from runs')).rows).toEqual([{ state: 'cancelled' }]);
    await expect(startRun(db, workspace.id, run)).rejects.toMatchObject({ problem: { code: 'consent.changed' } });
  });

  it('stays forgotten: a new ✅ on what stands in the chat makes no example, and their name is not written down again', async () => {
    const ref = await learned(BENS[1]);
    expect(t.receipt(ref.id)).toBe(true);
    await forgetForGood(t.bot, await press('Ann', 'Ben'));
    expect(t.receipt(ref.id)).toBe(false);
    await touched(t.bot, ref);
    await t.react('Ann', (await learned('Quite another answer of mine.')).id);
    await touched(t.bot, ref);
    expect(await approvedExamples(t.bot.db, t.bot.workspace.id)).toEqual([]);
    expect(await remains(t.database.pool, [...BENS, 'Quite another', 'Ben', ben.ext])).toEqual([]);
    expect(await t.rowsOf(ref.id)).toMatchObject([{ state: 'erased', output: '' }]);
  });

  it('may come back by their own word; what was forgotten stays so', async () => {
    const old = await learned(BENS[1]);
    const wanted = await asking('Ben', 'optin');
    await forgetForGood(t.bot, await press('Ann', 'Ben'));
    const [{ id }] = (await sql('select id::int from people where forgotten_at is not null')).rows;
    await chooseConsent({ ...wanted, person: { ...wanted.person, id, forgottenAt: new Date() } }, 'in');
    const fresh = await learned('A fresh answer after coming back.');
    await touched(t.bot, old);
    expect((await t.rowsOf(fresh.id))[0].state).toBe('approved');
    expect((await t.rowsOf(old.id))[0].state).toBe('erased');
  });

  it('is not quoted by an answer that was being written meanwhile: somebody else’s question is answered anew, and not by what learned from them', async () => {
    const { db, workspace } = t.bot;
    const v1 = await version(1, true);
    const user = (content: string) => ({ role: 'user' as const, content });
    // Said by Ben in the thread before, and nowhere kept besides.
    const turns = [user('Mind the Wexford sluice.'), user('Who has the key?')];
    const asked = { channel: 1, asker: (await person('Ann')).id, source: 's9', kind: 'qa' as const, turns, lang: 'en' };
    const question = await askQuestion(db, workspace.id, { ...asked, version: v1.id, seed: 1 });
    const held = (await claimQuestion(db, question.id, 'w'))!;
    await forgetForGood(t.bot, await press('Ann', 'Ben'));
    const quoted = { side: 'only' as const, text: BENS[0], tokens: 1, ms: 1, stop: 'end' };
    expect(await saveAnswers(db, held.claim, { answers: [quoted], comparison: false })).toBe(false);
    expect((await claimQuestion(db, question.id, 'w'))?.question).toMatchObject({ version: null, turns: turns.slice(1) });
    expect(await remains(t.database.pool, [...BENS, 'Wexford'])).toEqual([]);
  });

  it('is nobody else’s to decide but an admin’s, and never about the owner', async () => {
    await expect(forgetForGood(t.bot, await press('Cy', 'Ben'))).rejects.toMatchObject({ problem: { code: 'admin.only' } });
    await sql(`update people set role = 'admin' where name = 'Cy'`);
    await expect(forgetForGood(t.bot, await press('Cy', 'Ann'))).rejects.toMatchObject({ problem: { code: 'forget.owner' } });
    expect(await approvedExamples(t.bot.db, t.bot.workspace.id)).toHaveLength(3);
    await forgetForGood(t.bot, await press('Cy', 'Ben'));
    expect(await approvedExamples(t.bot.db, t.bot.workspace.id)).toEqual([]);
  });
});

it('an exam question of theirs goes with what was answered to it, also from the card of a version that stays', async () => {
  await learned(BENS[0]);
  const { id } = await version(1, false);
  const exam = [
    { no: 1, question: `${BENS[2]}?`, base: 'Hm', tuned: 'With vim and vinegar' },
    { no: 2, question: 'Who has the keys?', base: 'Hm', tuned: 'Rosa has' },
  ];
  await sql(`update versions set card = card || $2::jsonb where id = $1`, [id, { exam }]);
  await sql(`insert into exam_questions (workspace, no, text, added_by) values ($1, 1, $2, $3)`, [
    t.bot.workspace.id,
    `${BENS[2]}?`,
    (await person('Ben')).id,
  ]);
  await forgetForGood(t.bot, await press('Ben', 'Ben'));
  expect((await sql('select state, card from versions')).rows).toMatchObject([{ state: 'retired', card: { exam: [exam[1]] } }]);
  expect((await sql('select text from exam_questions')).rows).toEqual([{ text: '' }]);
  expect(await remains(t.database.pool, ['vim and vinegar', BENS[2]])).toEqual([]);
});
