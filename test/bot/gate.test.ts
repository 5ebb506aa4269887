// A team's own chat: nothing is learned until somebody who may has switched it on, and only where, what and by whom it may be.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { until } from '../support/room.ts';
import { openTeaching, type Teaching } from '../support/teaching.ts';

let t: Teaching;
beforeAll(async () => {
  t = await openTeaching({ platform: 'slack', trainingAllowed: true });
  await t.room.addPerson('Gus', { guest: true });
  // A guest in the room reads every channel that has no members of its own.
  await t.channel('work', '', 'open', ['Ann', 'Ben', 'Cy']);
});
afterAll(() => t?.close());

const one = async (query: string, values: unknown[] = []) => (await t.database.pool.query(query, values)).rows[0];
const audit = async (verb: string) =>
  (await t.database.pool.query('select object, detail from audit where verb = $1 order by id', [verb])).rows;
const hears = (name: string, text: string, pattern: RegExp, channel = 'work') => t.hears(name, text, pattern, channel);
const everybodyReads = (name: string, text: string, pattern: RegExp, channel = 'work') => t.everybodyReads(name, text, pattern, channel);

let n = 0;
async function answered(channel = 'work') {
  t.later(10);
  const asked = await t.said('Ann', `Where is tool ${++n} kept?`, { channel });
  return t.said('Ben', `On shelf ${n}, behind the red box.`, { channel, thread: asked });
}
async function approvedBy(name: string, id: string) {
  await t.react(name, id);
  await t.settled();
  return (await t.example(id))?.state;
}

describe('before anybody owns it', () => {
  it('a ✅ keeps nothing, no one may switch learning on or train, and the home card says what is missing', async () => {
    expect(await approvedBy('Cy', await answered())).toBeUndefined();
    await hears('Ann', '/finetune on', /Only an admin can decide that, and this workspace has none yet/);
    await hears('Ann', '/finetune start', /Only an admin/);
    await hears('Ann', '/finetune', /no owner yet.*claim code/);
    expect(await one('select count(*)::int as n from examples')).toEqual({ n: 0 });
  });

  it('the printed code makes its sender the owner, once; a wrong one and a guest with the right one do not', async () => {
    const [code] = t.codes;
    await hears('Ben', '/finetune claim 22222-22222', /not the code/);
    await hears('Gus', `/finetune claim ${code}`, /Guests cannot/, 'team');
    await hears('Ann', `/finetune claim ${code.toLowerCase()}`, /You are the owner now/);
    await hears('Ben', `/finetune claim ${code}`, /There is an owner already/);
    await t.stop();
    await t.start();
    expect(t.codes).toEqual([code]);
    const { rows } = await t.database.pool.query(`select name from people where role <> 'member'`);
    expect(rows).toEqual([{ name: 'Ann' }]);
  });
});

describe('admins', () => {
  it('are named by the owner alone; guests and whoever nobody knows cannot be one', async () => {
    await hears('Ben', '/finetune admin @Ben', /Only the owner/);
    await everybodyReads('Ann', '/finetune admin @Ben', /made \*\*Ben\*\* an admin/);
    await hears('Ann', '/finetune admin @ben', /Ben is an admin already/);
    await hears('Ann', '/finetune admin @Gus', /guest or a bot/);
    await hears('Ann', '/finetune admin @Nobody', /I know nobody called Nobody/);
    await hears('Ben', '/finetune unadmin @Ann', /Only the owner/);
    await hears('Ann', '/finetune unadmin @Ann', /is the owner and stays so/);
    await everybodyReads('Ann', '@apprentice admin @Cy', /made \*\*Cy\*\* an admin/);
    await everybodyReads('Ann', '/finetune unadmin @Cy', /took back that \*\*Cy\*\*/);
    await hears('Cy', '/finetune on', /Only an admin can decide that: Ann, Ben\./);
  });
});

describe('a channel', () => {
  it('is learned from once an admin has switched it on: everybody reads what, from when, by whom and how to say no', async () => {
    const early = await answered();
    t.later(10);
    await everybodyReads('Ben', '/finetune on', /Ben switched on learning.*from now on.*optout/);
    await hears('Ann', '/finetune on', /on in this channel already/);
    expect(await approvedBy('Cy', early)).toBeUndefined();
    expect(t.told('Cy').at(-1)).toMatch(/written before learning was switched on/);
    const later = await answered();
    expect(await approvedBy('Cy', later)).toBe('approved');
    await hears('Ann', '/finetune', /Learning here.*on since/);
  });

  it('that guests can read, and one that is private, shared or direct, is refused with the reason and teaches nothing', async () => {
    for (const kind of ['private', 'external', 'restricted'] as const) await t.channel(kind, '', kind, ['Ann', 'Ben', 'Cy']);
    await hears('Ben', '/finetune on', /guests can read it/, 'team');
    await hears('Ben', '/finetune on', /never learn from private channels/, 'private');
    await hears('Ben', '/finetune on', /shared with another company/, 'external');
    await hears('Ben', '/finetune on', /restricted access/, 'restricted');
    const direct = t.direct('Ben');
    await t.room.say(t.person('Ben'), { channel: direct }, '/finetune on');
    await until(() => t.told('Ben').some(told => /never learn from direct messages/.test(told)), 'the refusal');
    // Even if somebody had switched it on in the rows.
    await t.database.pool.query(`update channels set learn = 'on' where learn = 'off'`);
    for (const channel of ['team', 'private', 'external', 'restricted']) {
      expect(await approvedBy('Cy', await answered(channel)), channel).toBeUndefined();
    }
  });

  it('that a guest joins teaches nothing from that moment on', async () => {
    await t.channel('soon-shared', '', 'open', ['Ann', 'Ben', 'Cy']);
    await everybodyReads('Ben', '/finetune on', /Ben switched on learning/, 'soon-shared');
    const id = await answered('soon-shared');
    expect(await approvedBy('Cy', id)).toBe('approved');
    const [channel] = [...t.room.state.channels.values()].filter(({ name }) => name === 'soon-shared');
    channel.members!.push(t.person('Gus'));
    await t.react('Ann', id);
    await t.settled();
    expect((await t.example(id))?.state).toBe('retired');
    expect(await approvedBy('Cy', await answered('soon-shared'))).toBeUndefined();
  });

  it('that guests have come to read gives no notes to a weekly report any more', async () => {
    await t.channel('then-shared', '', 'open', ['Ann', 'Ben', 'Cy']);
    await everybodyReads('Ben', '/finetune on', /Ben switched on learning/, 'then-shared');
    await t.said('Cy', 'Painted the northern fence', { channel: 'then-shared' });
    await t.said('Cy', 'Oiled the southern gate', { channel: 'work' });
    const [channel] = [...t.room.state.channels.values()].filter(({ name }) => name === 'then-shared');
    channel.members!.push(t.person('Gus'));
    await hears('Cy', '@apprentice weekly report', /southern gate/);
    expect(t.told('Cy').join()).not.toMatch(/northern fence/);
  });

  it('that is switched off lets go of its examples, keeps nothing new, and gets the old ones back with on', async () => {
    const kept = await answered();
    expect(await approvedBy('Cy', kept)).toBe('approved');
    await hears('Cy', '/finetune off', /Only an admin/);
    const before = t.told('Cy').length;
    await everybodyReads('Ben', '/finetune off', /Ben switched off learning.*no longer count/);
    await t.settled();
    expect((await t.example(kept))?.state).toBe('retired');
    expect(t.receipt(kept)).toBe(false);
    expect(t.told('Cy')).toHaveLength(before);
    const meanwhile = await answered();
    expect(await approvedBy('Cy', meanwhile)).toBeUndefined();
    t.later(10);
    await everybodyReads('Ben', '/finetune on', /count again/);
    await t.settled();
    expect((await t.example(kept))?.state).toBe('approved');
    await t.react('Ann', meanwhile);
    await t.settled();
    expect(await t.example(meanwhile)).toBeUndefined();
    expect(await audit('off')).toHaveLength(1);
    expect((await audit('on')).length).toBeGreaterThanOrEqual(2);
  });
});
