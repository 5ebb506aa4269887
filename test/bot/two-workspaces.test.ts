// Two teams whose bots share one database: neither ever sees, changes or is told anything of the other, not even by a forged button.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ACTIONS } from '../../src/bot/actions.ts';
import { cardToText } from '../../src/chat/card-text.ts';
import { findPerson } from '../../src/data/people.ts';
import { until } from '../support/room.ts';
import { openTeaching, type Teaching } from '../support/teaching.ts';
import { someVersions } from '../support/versions.ts';

type Team = Teaching & { workspace: number; word: string };
let a: Team;
let b: Team;
beforeAll(async () => {
  const first = await openTeaching({ platform: 'slack', trainingAllowed: true });
  const second = await openTeaching({ platform: 'slack', trainingAllowed: true, database: first.database });
  const idOf = async ({ room }: Teaching) =>
    Number((await first.database.pool.query('select id from workspaces where team = $1', [room.state.room])).rows[0].id);
  a = { ...first, workspace: await idOf(first), word: 'aardvark' };
  b = { ...second, workspace: await idOf(second), word: 'buffalo' };
});
afterAll(async () => {
  await b?.close();
  await a?.close();
});

const query = async (text: string, values: unknown[] = []) => (await a.database.pool.query(text, values)).rows;
/** Everything that stands in the rooms of a team, by anybody. */
const room = (team: Team) =>
  [...team.room.state.messages.values()].map(({ card, markdown }) => (card ? cardToText(card) : markdown)).join('\n');
async function hears(team: Team, text: string, pattern: RegExp) {
  const said = () => [...team.room.state.messages.values()].filter(({ card }) => card && pattern.test(cardToText(card))).length;
  const before = said();
  await team.said('Ann', text);
  await until(() => said() > before, `an answer like ${pattern} to ${text}`);
}

describe('two teams in one database', () => {
  it('have a claim code, an owner, and a switch of their own', async () => {
    expect(a.codes[0]).not.toBe(b.codes[0]);
    await hears(b, `/finetune claim ${a.codes[0]}`, /not the code/);
    for (const team of [a, b]) {
      await hears(team, `/finetune claim ${team.codes[0]}`, /You are the owner now/);
      if (team === a) await hears(b, '/finetune on', /this workspace has none yet/);
    }
    await hears(a, '/finetune on', /Ann switched on learning/);
    await hears(b, '/finetune', /off; an admin can say/);
    await hears(b, '/finetune on', /Ann switched on learning/);
  });

  it('number their examples, versions and runs apart; lists, counts and audit hold one’s own alone', async () => {
    for (const team of [a, b]) {
      for (const i of [1, 2]) {
        team.later(10);
        const asked = await team.said('Ann', `Where does the ${team.word} ${i} sleep?`);
        const answer = await team.said('Ben', `The ${team.word} sleeps in stable ${i}.`, { thread: asked });
        await team.react('Cy', answer);
        await team.settled();
        expect(await team.example(answer)).toMatchObject({ state: 'approved', no: i });
      }
    }
    const ann = (await findPerson(a.database.db, a.workspace, a.person('Ann')))!;
    await someVersions(a.database.db, { workspace: a.workspace, ada: ann.id }, ['candidate']);
    await hears(b, '/finetune examples', /Examples · page 1 of 1/);
    await hears(b, '/finetune list', /No run yet/);
    await hears(b, '/finetune show v1', /no version yet/);
    await hears(b, '/finetune promote v1', /no version yet/);
    await hears(b, '/finetune remove 3', /There is no example 3/);
    await hears(b, '/finetune try v1 Where?', /no version yet/);
    await hears(b, '/finetune audit', /Who did what · page 1 of 1/);
    await hears(b, '/finetune export', /Nothing to export yet: 2 examples wait/);
    // A day after their authors were told, without a no.
    await query(`update posts set sent_at = sent_at - interval '25 hours' where key like 'consent:%'`);
    await hears(b, '/finetune export', /Your 2 examples/);
    await hears(b, '/finetune', /2 examples/);
    expect(await query('select state from versions')).toEqual([{ state: 'candidate' }]);
  });

  it('ask at the same time, and each question stands in one room', async () => {
    for (const team of [a, b]) await team.said('Ben', `@apprentice Does the ${team.word} swim?`);
    await until(async () => (await query('select 1 from questions')).length === 2, 'both questions');
    for (const team of [a, b]) await team.settled();
    for (const { workspace } of [a, b]) {
      const keys = await query(
        `select p.key from posts p where p.workspace = $1 and p.key like 'question:%' and not exists
           (select 1 from questions q where q.workspace = $1 and p.key = 'question:' || q.id)`,
        [workspace],
      );
      expect(keys).toEqual([]);
    }
  });

  it('reach nothing of each other with a forged button', async () => {
    const [run] = await query('select id from runs where workspace = $1', [a.workspace]);
    const [question] = await query('select id from questions where workspace = $1', [a.workspace]);
    const [example] = await query('select id from examples where workspace = $1', [a.workspace]);
    await query(`update runs set state = 'waiting' where id = $1`, [run.id]);
    await query(`update questions set state = 'answered', comparison = true, closes_at = now() + interval '1 day' where id = $1`, [
      question.id,
    ]);
    for (const side of ['A', 'B']) {
      await query(
        `insert into answers (question, side, text, tokens, ms, stop, version) values ($1, $2, 'aardvark', 1, 1, 'end',
           case when $2 = 'B' then (select id from versions) end)`,
        [question.id, side],
      );
    }
    // A draft, too: it is a question of another kind.
    const [report] = await query(
      `insert into questions (workspace, channel, asker, source, kind, turns, lang, state, seed)
       select workspace, channel, asker, 'draft', 'report', '[{"role":"user","content":"aardvark"}]', 'en', 'answered', 1 from questions where id = $1 returning id`,
      [question.id],
    );
    await query(`insert into answers (question, side, text, tokens, ms, stop) values ($1, 'only', 'aardvark', 1, 1, 'end')`, [report.id]);
    const cy = (await findPerson(a.database.db, a.workspace, a.person('Cy')))!;
    const [{ ext: place }] = await query('select ext from channels where workspace = $1', [a.workspace]);
    const [{ answer }] = await query('select m.ext as answer from examples e join messages m on m.id = e.answer where e.id = $1', [
      example.id,
    ]);
    const mine = () =>
      query(
        `select (select jsonb_agg(r) from runs r where workspace = $1) as runs, (select jsonb_agg(q) from questions q where workspace = $1) as asked,
           (select jsonb_agg(e) from examples e where workspace = $1) as examples, (select jsonb_agg(v) from versions v) as versions,
           (select jsonb_agg(p) from people p where workspace = $1) as people, (select jsonb_agg(p) from approvals p) as approvals,
           (select count(*) from votes) as votes, (select count(*) from audit where workspace = $1) as audit`,
        [a.workspace],
      );
    const before = await mine();
    const [at] = [...b.room.state.messages.values()].filter(({ card, onlyFor }) => card && !onlyFor);
    const forged: [string, string, Record<string, string>?][] = [
      ['vote', `${question.id}:A`],
      ...['structure', 'wording', 'facts', 'length'].map((reason): [string, string] => [`reason-${reason}`, `${question.id}:${reason}`]),
      ['better-answer', String(question.id), { text: 'A better answer of the other team.' }],
      ['edit-report', `${report.id}:only`, { text: 'A report of the other team.' }],
      ['approve-edit', String(example.id)],
      ['keep-masked', `${example.id}:0123456789abcdef`],
      ['drop-masked', `${example.id}:0123456789abcdef`],
      ['drop-imported', '1-9'],
      ['which-question', JSON.stringify([place, answer, ''])],
      ['weekly-write', JSON.stringify([place, 'draft'])],
      ['weekly-cancel', JSON.stringify([place, 'draft'])],
      ['not-now', 'propose:0'],
      ['start-with', `${run.id}`],
      ['start-run', ''],
      ['forget-for-good', String(cy.id)],
      ['forget-not', ''],
      ['cancel-run', String(run.id)],
      ['launch-run', String(run.id)],
      ['show-rows', String(run.id)],
      ['explain', `run:${run.id}`],
      ['show-version', '1'],
      ['make-champion', '1'],
      ['take-back', '1'],
      ['unblock', '1'],
      ['show-examples', '1'],
      ['show-audit', '1'],
    ];
    // These say nothing but who presses.
    const alone = ['consent', 'forget', 'export'];
    expect([...forged.map(([action]) => action), ...alone].sort()).toEqual(Object.keys(ACTIONS).sort());
    for (const [action, value, fields] of forged) {
      await b.room.press({ person: b.person('Ann'), message: at.id, action, value, fields });
    }
    await b.settled();
    expect(await mine()).toEqual(before);
  });

  it('and after all of that, no room and no row of one holds a word of the other', async () => {
    for (const [team, other] of [
      [a, b],
      [b, a],
    ]) {
      expect(room(team)).toContain(team.word);
      expect(room(team)).not.toContain(other.word);
      for (const table of ['posts', 'inbox', 'questions', 'audit']) {
        const rows = await query(`select 1 from ${table} t where workspace = $1 and t::text like $2`, [team.workspace, `%${other.word}%`]);
        expect(rows, table).toEqual([]);
      }
      const channels = [...other.room.state.channels.keys()];
      for (const table of ['posts', 'runs', 'channels'])
        expect(
          await query(`select 1 from ${table} where workspace = $1 and ${table === 'channels' ? 'ext' : 'channel'} = any($2)`, [
            team.workspace,
            channels,
          ]),
          table,
        ).toEqual([]);
      const people = await query('select ext from people where workspace = $1 and ext = any($2)', [
        team.workspace,
        [...other.room.state.people.keys()],
      ]);
      expect(people).toEqual([]);
    }
  });
});
