// Texts are kept for so many days once they have come to rest: then they are gone from every table, and ids and counts stay.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eraseOldTexts } from '../../src/data/retention.ts';
import { type Asking, openAsking } from '../support/asking.ts';
import { until } from '../support/room.ts';

let t: Asking;
beforeAll(async () => {
  t = await openAsking();
});
afterAll(() => t?.end());

const erase = (days = 30) => eraseOldTexts(t.database.db, t.workspace, days);
/** Time passes for every row. */
const later = async (days: number) => {
  for (const [table, columns] of [
    ['questions', ['asked_at', 'answered_at', 'closes_at', 'closed_at']],
    ['posts', ['made_at', 'sent_at']],
    ['runs', ['ended_at']],
    ['exam_questions', ['removed_at']],
  ] as const) {
    const moved = columns.map(column => `${column} = ${column} - interval '${days} days'`).join(', ');
    await t.database.pool.query(`update ${table} set ${moved}`);
  }
};
/** Tables in which the word stands. */
const holding = async (word: string) => {
  const found: string[] = [];
  for (const table of ['questions', 'answers', 'posts', 'version_samples', 'versions', 'exam_questions', 'inbox', 'audit']) {
    if (await t.one(`select 1 from ${table} t where t::text like $1`, [`%${word}%`])) found.push(table);
  }
  return found;
};

describe('texts that came to rest', () => {
  it('are there for thirty days after the close, and gone after; what is open, and what counts, stays', async () => {
    const { id: v1 } = await t.version();
    const evaluation = { samples: [{ text: 'pelican' }] };
    const exam = [{ no: 1, question: 'Where is the pelican?', base: 'A pelican?', tuned: 'On the pier, pelican.' }];
    await t.database.pool.query('update versions set card = $1', [{ evaluation, exam }]);
    await t.say('Ann', '/finetune exam add Where is the pelican?');
    await t.say('Ann', '/finetune exam add Where is the osprey?');
    await until(async () => (await t.one('select count(*)::int as n from exam_questions')).n === 2, 'the exam');
    await t.say('Ann', '/finetune exam remove 1');
    await until(() => t.one('select 1 from exam_questions where removed_at is not null'), 'the pelican to be removed');
    await t.database.pool.query(
      `insert into version_samples (version, prompt, base_text, tuned_text) values ($1, 'pelican?', 'pelican', 'pelican')`,
      [v1],
    );
    const closed = await t.ask('Ben', '@apprentice Where does the pelican nest?');
    await t.answer(closed.question, [
      [null, 'The pelican nests on the pier.'],
      [v1, 'A pelican? On the roof.'],
    ]);
    await t.press('Ann', (await t.shows(closed.question, /pier[\s\S]*A is better/)).id, 'A is better');
    await t.tells('Ann', /A was/);
    const open = await t.ask('Ben', '@apprentice Where does the heron nest?');
    await t.answer(open.question, [
      [null, 'The heron nests in the reeds.'],
      [v1, 'A heron? On the roof.'],
    ]);
    await t.shows(open.question, /reeds/);
    await t.say('Ben', `/finetune close`);
    await until(async () => (await t.one('select closed_at from questions where id = $1', [open.question])).closed_at, 'the close');
    await t.database.pool.query('update questions set closed_at = now(), closes_at = now() where id = $1', [closed.question]);
    await t.database.pool.query('update questions set closed_at = null where id = $1', [open.question]);
    await until(async () => !(await t.one('select 1 from posts where sent_rev < rev')), 'every message to be sent');

    await later(29);
    expect(await erase()).toEqual({ questions: 0, posts: 0, versions: 0, exam: 0 });
    expect((await holding('pelican')).sort()).toEqual(['answers', 'exam_questions', 'posts', 'questions', 'version_samples', 'versions']);

    await later(2);
    const erased = await erase();
    expect(erased).toMatchObject({ questions: 1, versions: 1, exam: 1 });
    expect(erased.posts).toBeGreaterThan(0);
    expect(await holding('pelican')).toEqual([]);
    expect(await holding('heron')).toContain('questions');
    // What is still asked after each run stays.
    expect(await holding('osprey')).toContain('exam_questions');
    expect(await erase()).toEqual({ questions: 0, posts: 0, versions: 0, exam: 0 });
    expect(await t.one('select first, question::int from votes')).toEqual({ first: 'A', question: closed.question });
    expect(await t.one('select count(*)::int as n from answers')).toEqual({ n: 4 });
    // The chat's own message is the team's: nobody was told to edit it.
    expect(t.all().some(({ text }) => /The pelican nests on the pier/.test(text))).toBe(true);
  });

  it('are erased by the bot itself, which says so in the audit', async () => {
    const { question } = await t.ask('Cy', '@apprentice Where does the puffin nest?');
    await t.answer(question, [[null, 'The puffin nests below the cliff.']]);
    await until(async () => !(await t.one('select 1 from posts where sent_rev < rev')), 'every message to be sent');
    await later(31);
    await t.restart();
    await until(async () => (await holding('puffin')).length === 0, 'the sweep');
    const kept = await t.one(`select actor, object, (detail ->> 'questions')::int as n from audit where verb = 'erase'`);
    expect(kept).toMatchObject({ actor: 'RETAIN_DAYS', object: 'texts' });
    expect(kept.n).toBeGreaterThanOrEqual(1);
  });

  it('but for a better answer that became an example: those are a colleague’s words, kept as every message of the chat', async () => {
    const { question } = await t.ask('Cy', '@apprentice Where does the gull nest?');
    const { id } = await t.answer(question, [[null, 'No idea.']]);
    await t.press('Ben', id, 'Better answer', { text: 'The gull nests on the mast, look up.' });
    const posted = await until(() => t.all().find(({ text }) => /gull nests on the mast/.test(text)), 'the better answer');
    await t.room.react(t.person('Ann'), posted.id, '✅', true);
    await until(() => t.one(`select 1 from examples where origin = 'correction' and state = 'approved'`), 'the example');
    await until(async () => !(await t.one('select 1 from posts where sent_rev < rev')), 'every message to be sent');
    await later(31);
    // The heron's comparison may have come to its close by now, too.
    expect((await erase()).questions).toBeGreaterThanOrEqual(1);
    expect(await holding('gull nests')).toEqual(['posts']);
    expect(await holding('No idea')).toEqual([]);
  });
});
