// A team's own chat: who may start, stop, import and see what was done; who approves; what is kept where the operator allows nothing.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Deed, mayDo } from '../../src/bot/rights/may-do.ts';
import { until } from '../support/room.ts';
import { openTeaching, type Teaching } from '../support/teaching.ts';

let t: Teaching;
beforeAll(async () => {
  t = await openTeaching({ platform: 'slack', trainingAllowed: true });
  await t.room.addPerson('Gus', { guest: true });
  await t.channel('work', '', 'open', ['Ann', 'Ben', 'Cy']);
  await t.channel('fair', '', 'external', ['Ann', 'Ben', 'Gus']);
  await hears('Ann', `/finetune claim ${t.codes[0]}`, /You are the owner/);
  await everybodyReads('Ann', '/finetune on', /switched on learning/);
});
afterAll(() => t?.close());

const rows = async (query: string) => (await t.database.pool.query(query)).rows;
const hears = (name: string, text: string, pattern: RegExp, channel = 'work') => t.hears(name, text, pattern, channel);
const everybodyReads = (name: string, text: string, pattern: RegExp, channel = 'work') => t.everybodyReads(name, text, pattern, channel);
async function drops(name: string, count: number, channel = 'work') {
  const kept = Array.from({ length: count }, (_, i) => ({ instruction: `Where is spare part ${i}?`, input: '', output: `In box ${i}.` }));
  const file = await t.room.keepFile('parts.json', 'application/json', Buffer.from(JSON.stringify(kept)));
  await t.room.say(t.person(name), { channel: t.idOf(channel) }, '', [file]);
}

let n = 0;
async function answered(by = 'Ben') {
  t.later(10);
  const asked = await t.said(by === 'Ann' ? 'Ben' : 'Ann', `Where is tool ${++n} kept?`, { channel: 'work' });
  return t.said(by, `On shelf ${n}, behind the red box.`, { channel: 'work', thread: asked });
}
async function approvedBy(name: string, id: string) {
  await t.react(name, id);
  await t.settled();
  return (await t.example(id))?.state;
}

describe('the table of who may do what', () => {
  const person = (role: 'member' | 'admin' | 'owner', guest = false) => ({ role, guest, bot: false });
  it('in a team’s chat: admins decide, the owner names them, guests do nothing', () => {
    const may = (deed: Deed) =>
      [person('member'), person('admin'), person('owner'), person('owner', true)].map(p => mayDo(p, deed, 'slack'));
    for (const deed of ['start', 'cancel', 'import', 'export', 'remove', 'on', 'off', 'approvers', 'audit'] as const) {
      expect(may(deed), deed).toEqual([false, true, true, false]);
    }
    for (const deed of ['examples', 'show'] as const) expect(may(deed), deed).toEqual([true, true, true, false]);
    expect(may('admin')).toEqual([false, false, true, false]);
  });

  it('in the local chat: everybody teaches, starts and stops; what holds for all is its owner’s', () => {
    for (const deed of ['start', 'cancel', 'import', 'export', 'remove', 'examples', 'show'] as const) {
      expect(mayDo(person('member'), deed, 'local'), deed).toBe(true);
    }
    for (const deed of ['on', 'off', 'approvers', 'audit', 'admin'] as const)
      expect(mayDo(person('member'), deed, 'local'), deed).toBe(false);
  });
});

describe('files and runs', () => {
  it('are an admin’s: a member’s file and start change nothing, and each hears who may', async () => {
    const before = t.told('Cy').length;
    await drops('Cy', 14);
    await until(
      () =>
        t
          .told('Cy')
          .slice(before)
          .some(told => /Only an admin can decide that: Ann/.test(told)),
      'the refusal',
    );
    expect(await rows('select 1 from examples')).toEqual([]);
    await drops('Ann', 14);
    await until(() => t.posts(/I keep 14 new examples/).length === 1, 'the file to be kept');
    await hears('Cy', '/finetune start', /Only an admin/);
    await hears('Cy', '/finetune export', /Only an admin/);
    await hears('Cy', '/finetune remove 1', /Only an admin/);
    await t.press('Cy', /^Start$/);
    await until(() => t.told('Cy').filter(told => /Only an admin/.test(told)).length === 5, 'the press to be refused');
    expect(await rows('select 1 from runs')).toEqual([]);
  });

  it('do not start where people from outside read; there a guest sees no example either', async () => {
    await hears('Ann', '/finetune start', /people from outside read this channel/, 'fair');
    await hears('Gus', '/finetune examples', /Guests cannot do that/, 'fair');
    await hears('Gus', '/finetune show', /Guests cannot do that/, 'fair');
    expect(await rows('select 1 from runs')).toEqual([]);
  });

  it('start and stop by an admin, and the audit says so, with counts and without a word of the examples', async () => {
    await everybodyReads('Ann', '/finetune start', /Run 1/);
    await hears('Ben', '/finetune cancel', /Only an admin/);
    await everybodyReads('Ann', '/finetune cancel', /cancelled/);
    await everybodyReads('Cy', '/finetune exam add Where is the spare wheel?', /spare wheel/);
    await hears('Cy', '/finetune audit', /Only an admin/);
    const shown = await hears('Ann', '/finetune audit', /Who did what · page 1 of 1/);
    for (const entry of [
      /Ann · `claim`/,
      /Ann · `on` · #work/,
      /Ann · `import` · examples · added 14/,
      /Ann · `start` · run 1/,
      /Ann · `cancel` · run 1/,
      /Cy · `exam-add` · exam question 1/,
    ]) {
      expect(shown).toMatch(entry);
    }
    const kept = JSON.stringify(await rows('select object, detail from audit'));
    expect(kept).not.toMatch(/spare part|In box|spare wheel/);
  });

  it('the audit turns its pages, twenty entries each', async () => {
    await t.database.pool.query(`insert into audit (workspace, actor, verb, object)
      select (select id from workspaces), 'somebody', 'filler', 'example ' || i from generate_series(1, 40) i`);
    expect(await hears('Ann', '/finetune audit', /Next page.*page 1 of 3/)).toMatch(/example 40/);
    await t.press('Ann', /^Next page$/);
    await until(() => t.told('Ann').some(told => /Previous page.*Next page.*page 2 of 3/.test(told)), 'page 2');
    await hears('Ann', '/finetune audit 9', /There is no page 9: there are 3/);
  });
});

describe('who approves', () => {
  it('is the channel’s: anyone, admins or a list; a ✅ is judged when it is given, and stays what it was', async () => {
    await hears('Cy', '/finetune approvers', /Everybody here but guests approves\. One ✅ makes an example\. One’s own ✅ does not count/);
    await hears('Cy', '/finetune approvers anyone', /Only an admin/);
    const early = await answered();
    expect(await approvedBy('Cy', early)).toBe('approved');
    await everybodyReads('Ann', '/finetune approvers @Ben, @Ann', /Only these people approve: Ann and Ben/);
    expect(await approvedBy('Cy', await answered())).toBeUndefined();
    expect(await approvedBy('Ann', await answered())).toBe('approved');
    await everybodyReads('Ann', '/finetune approvers admins', /Only admins approve/);
    const id = await answered('Cy');
    expect(await approvedBy('Ben', id)).toBeUndefined();
    expect(await approvedBy('Ann', id)).toBe('approved');
    // Looked at again under another rule, what was approved under the first one stands.
    await t.room.edit(t.person('Ben'), early, `${t.message(early).markdown} `);
    await t.settled();
    expect((await t.example(early))?.state).toBe('approved');
    await hears('Ann', '/finetune approvers @Gus', /guest or a bot/);
    await everybodyReads('Ann', '/finetune approvers anyone', /Everybody here but guests approves/);
    expect(JSON.stringify(await rows(`select detail from audit where verb = 'approvers' order by id limit 1`))).toMatch(
      /"listed":\[\d+,\d+\]/,
    );
  });

  it('may take two, which holds at once; and one’s own may count', async () => {
    const id = await answered();
    expect(await approvedBy('Cy', id)).toBe('approved');
    await everybodyReads('Ann', '/finetune approvers needed 2', /It takes 2 ✅.*holds at once/);
    await t.settled();
    expect((await t.example(id))?.state).toBe('pending');
    expect(await approvedBy('Ann', id)).toBe('approved');
    await everybodyReads('Ann', '/finetune approvers needed 1', /One ✅ makes an example/);
    expect(await approvedBy('Ben', await answered())).toBeUndefined();
    await everybodyReads('Ann', '/finetune approvers own yes', /One’s own ✅ counts/);
    expect(await approvedBy('Ben', await answered())).toBe('approved');
  });
});

describe('somebody who joins a channel that is learned from', () => {
  it('is told once what happens there and how to say no; in other channels nothing', async () => {
    await t.room.addPerson('Dee');
    const dee = t.person('Dee');
    await t.joined('work', 'Dee');
    await until(() => t.told('Dee').some(told => /Welcome.*✅.*optout/.test(told)), 'the welcome');
    await t.joined('work', 'Dee');
    await t.joined('team', 'Dee');
    await t.settled();
    expect(t.told('Dee')).toHaveLength(1);
    expect(dee).toBeTruthy();
  });
});

describe('where the operator allows no training', () => {
  it('the bot answers and keeps nothing, and says so; allowed again, what was kept counts again', async () => {
    const kept = await answered();
    expect(await approvedBy('Cy', kept)).toBe('approved');
    await t.stop();
    await t.start(false);
    expect(await approvedBy('Cy', await answered())).toBeUndefined();
    await until(async () => (await t.example(kept))?.state === 'retired', 'the start’s looks');
    await hears('Ann', '/finetune', /not allowed: I answer and keep nothing \(TRAINING_ALLOWED is not set\)/);
    await hears('Ann', '/finetune on', /TRAINING_ALLOWED/);
    await hears('Ann', '/finetune start', /TRAINING_ALLOWED/);
    await drops('Ann', 3);
    await until(
      () => t.told('Ann').filter(told => /whoever runs me has not allowed training/.test(told)).length === 3,
      'the file to be refused',
    );
    await t.said('Cy', '@apprentice Where is the ladder?', { channel: 'work' });
    await until(async () => (await rows('select 1 from questions')).length === 1, 'the question');
    await t.stop();
    await t.start(true);
    await t.settled();
    await until(async () => (await t.example(kept))?.state === 'approved', 'the example to count again');
    const said = await rows(`select verb from audit where actor = 'TRAINING_ALLOWED' order by id`);
    expect(said.map(({ verb }) => verb)).toEqual(['allow-training', 'forbid-training', 'allow-training']);
  });
});
