// Where a ✅ makes no example, whoever gave it hears why: once for each kind, and alone.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTeaching, type Teaching } from '../support/teaching.ts';

let t: Teaching;
beforeAll(async () => {
  t = await openTeaching();
});
afterAll(() => t?.close());

describe('a ✅ that makes no example is answered once, for that person alone:', () => {
  const told = async (name: string, id: string, pattern: RegExp) => {
    const before = t.told(name).length;
    await t.react(name, id);
    await t.settled();
    expect(t.told(name).slice(before)).toEqual([expect.stringMatching(pattern)]);
    expect(await t.example(id)).toBeUndefined();
    expect(t.receipt(id)).toBe(false);
  };
  const silent = async (name: string, id: string) => {
    const before = t.told(name).length;
    await t.react(name, id);
    await t.settled();
    expect(t.told(name)).toHaveLength(before);
  };

  it('on the question', async () => {
    const first = await t.answered();
    await told('Cy', first.asked, /This is the question/);
    await silent('Cy', (await t.answered()).asked);
    const statement = await t.answered('Try the other one.', 'The crane is broken');
    await silent('Cy', statement.asked);
    expect(await t.example(statement.asked)).toBeUndefined();
  });

  it('on one’s own answer, which anybody else’s ✅ then keeps', async () => {
    const { id } = await t.answered();
    await told('Ben', id, /Your own ✅ does not count/);
    await t.react('Ann', id);
    await t.settled();
    expect(await t.example(id)).toMatchObject({ state: 'approved' });
  });

  it('of a guest', async () => {
    await t.room.addPerson('Gus', { guest: true });
    await told('Gus', (await t.answered()).id, /Guests’ ✅ do not count/);
    await silent('Gus', (await t.answered()).id);
  });

  it('on what the bot says', async () => {
    // Whoever turns to the bot first owns it, and an owner’s ✅ would count below: not Cy.
    await t.said('Ann', '/finetune help');
    await t.settled();
    const line = [...t.room.state.messages.values()].find(({ key }) => key?.startsWith('harvest:first:'))!;
    await told('Cy', line.id, /I do not learn from what bots say/);
  });

  it('on a bare link, on what is too short, on what is too long', async () => {
    await told('Ann', (await t.answered('https://example.org/manual')).id, /this message holds none/);
    await told('Ann', (await t.answered('👍 ok')).id, /too short/);
    await told('Ann', (await t.answered('word '.repeat(1_700))).id, /too long/);
  });

  it('in a private channel and in a direct message', async () => {
    await t.channel('hidden', '', 'private');
    const asked = await t.said('Ann', 'Where is the safe?', { channel: 'hidden' });
    const id = await t.said('Ben', 'Behind the picture in the hall.', { channel: 'hidden', thread: asked });
    await told('Ann', id, /never learn from private channels/);
    const direct = [...t.room.state.channels.values()].find(
      ({ kind, members }) => kind === 'direct' && members?.includes(t.person('Ann')),
    )!;
    const said = await t.room.say(t.person('Ann'), { channel: direct.id }, 'A note to myself, not to you');
    await told('Ann', said.entry.kind === 'said' ? said.entry.message.id : '', /never learn from direct messages/);
  });

  it('where the channel’s learning is off', async () => {
    await t.channel('quiet');
    const asked = await t.said('Ann', 'Where is the broom?', { channel: 'quiet' });
    await t.settled();
    await t.database.pool.query(`update channels set learn = 'off', set_at = now() where name = 'quiet'`);
    await told(
      'Ann',
      await t.said('Ben', 'In the cupboard below the stairs.', { channel: 'quiet', thread: asked }),
      /nobody has switched on learning/,
    );
  });

  it('of somebody who is not on the list, where only listed people or admins approve', async () => {
    await t.database.pool.query(`update channels set approve = 'listed' where name = 'team'`);
    await told('Cy', (await t.answered()).id, /only certain people approve/);
    await t.database.pool.query(
      `insert into channel_approvers (channel, person) select c.id, p.id from channels c, people p where c.name = 'team' and p.name = 'Cy'`,
    );
    const { id } = await t.answered();
    await t.react('Cy', id);
    await t.settled();
    expect(await t.example(id)).toMatchObject({ state: 'approved' });
    await t.database.pool.query(`update channels set approve = 'admins' where name = 'team'`);
    await told('Cy', (await t.answered()).id, /only admins approve/);
    await t.database.pool.query(`update channels set approve = 'anyone' where name = 'team'`);
  });
});
