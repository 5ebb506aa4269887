// Where groups are private by default, whoever runs into that hears who can change it and where; in the local words where there are none.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTeaching, type Teaching } from '../support/teaching.ts';

describe.each(['feishu', 'lark'])('a private group of %s', platform => {
  let t: Teaching;
  beforeAll(async () => {
    t = await openTeaching({ platform, trainingAllowed: true });
    await t.channel('ours', '', 'private', ['Ann', 'Ben', 'Cy']);
    await t.hears('Ann', `/finetune claim ${t.codes[0]}`, /You are the owner now/);
  });
  afterAll(() => t?.close());

  it('cannot be switched on: the refusal and the home card say how it is made public', async () => {
    await t.hears('Ann', '/finetune on', /never learn from private groups.*make it public.*group settings.*`\/finetune on` again/, 'ours');
    await t.hears('Ann', '/finetune', /Learning here.*this group is private.*make it public/, 'ours');
  });

  it('has no example in it: who puts a ✅ hears the same, once', async () => {
    const asked = await t.said('Ann', 'Where is the tool kept?', { channel: 'ours' });
    const said = [
      await t.said('Ben', 'On shelf two, behind the red box.', { channel: 'ours', thread: asked }),
      await t.said('Ben', 'And the spare one is in the van.', { channel: 'ours', thread: asked }),
    ];
    for (const id of said) await t.react('Cy', id);
    await t.settled();
    const told = t.told('Cy').filter(text => /✅ is fine here/.test(text));
    expect(told).toHaveLength(1);
    expect(told[0]).toMatch(/owner has made it public \(group settings → group management\).*an admin has said `\/finetune on`/);
    expect(await t.rows()).toEqual([]);
  });

  it('is learned from as soon as it is public and somebody has switched it on', async () => {
    t.room.state.channels.get(t.idOf('ours'))!.kind = 'open';
    await t.everybodyReads('Ann', '/finetune on', /Ann switched on learning/, 'ours');
    const asked = await t.said('Ann', 'And where are the keys?', { channel: 'ours' });
    const id = await t.said('Ben', 'They hang beside the door of the workshop.', { channel: 'ours', thread: asked });
    await t.react('Cy', id);
    await t.settled();
    expect((await t.example(id))?.state).toBe('approved');
  });
});
