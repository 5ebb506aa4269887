// What a ✅ on a weekly report learns from, and what it takes to keep an answer whose question cannot be found.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTeaching, type Teaching } from '../support/teaching.ts';

let t: Teaching;
beforeAll(async () => {
  t = await openTeaching();
});
afterAll(() => t?.close());

const lastTold = (name: string) => t.told(name).at(-1) ?? '';

describe('a weekly report', () => {
  it('learns from the notes in its thread and from the request', async () => {
    t.later(10);
    const asked = await t.said('Ann', 'Weekly report, please.');
    await t.said('Ben', 'W12, Ben\nmon: crane oiled HAR-7', { thread: asked });
    t.later(5);
    const id = await t.said('Ben', 'Weekly report · W12 · Ben\nDone\n- Oiled the crane (HAR-7)', { thread: asked });
    await t.react('Ann', id);
    await t.settled();
    expect(await t.example(id)).toMatchObject({
      kind: 'report',
      state: 'approved',
      instruction: 'Weekly report, please.',
      input: 'W12, Ben\nmon: crane oiled HAR-7',
    });
    // What each of them is told of it by name: a report is no answer.
    await t.hears('Ben', '/finetune mine', /your weekly report · your notes · /);
    await t.hears('Ann', '/finetune mine', /your request for it · /);
  });

  it('pasted right after its notes is still a report of its own', async () => {
    t.later(10);
    const asked = await t.said('Ann', 'Ben, your weekly report please');
    await t.said('Ben', 'tue: fuel dock open again', { thread: asked });
    const id = await t.said('Ben', 'Weekly report\nDone\n- Fuel dock opened', { thread: asked });
    await t.react('Ann', id);
    await t.settled();
    expect(await t.example(id)).toMatchObject({
      kind: 'report',
      input: 'tue: fuel dock open again',
      output: 'Weekly report\nDone\n- Fuel dock opened',
    });
  });

  it('without notes in a thread learns from what its author wrote in that channel during the week', async () => {
    await t.channel('weekly', 'Weekly reports of the harbour office');
    await t.said('Cy', 'mon: two boats in', { channel: 'weekly' });
    t.later(24 * 60);
    await t.said('Ben', 'something of mine', { channel: 'weekly' });
    await t.said('Cy', 'tue: crane squeaks', { channel: 'weekly' });
    t.later(24 * 60);
    const id = await t.said('Cy', 'Done\n- Counted two boats\n- Crane squeaks', { channel: 'weekly' });
    await t.react('Ann', id);
    await t.settled();
    const example = await t.example(id);
    expect(example).toMatchObject({ kind: 'report', state: 'approved', instruction: 'Write my weekly report.' });
    expect(example?.input).toMatch(/^W\d+, Cy\nmon: two boats in\ntue: crane squeaks$/);
  });

  it('without any notes is not kept, and the approver hears why', async () => {
    await t.channel('reports', '周报');
    const id = await t.said('Ben', 'Done\n- Everything', { channel: 'reports' });
    await t.react('Ann', id);
    await t.settled();
    expect(await t.example(id)).toBeUndefined();
    expect(lastTold('Ann')).toMatch(/no notes behind it/);
  });
});

describe('an answer whose question nobody can see', () => {
  it('is kept with the question that the approver names, asked once and privately', async () => {
    await t.channel('chatter');
    const asked = await t.said('Ann', 'My engine does not start', { channel: 'chatter' });
    await t.said('Cy', 'Nice weather today', { channel: 'chatter' });
    t.later(5);
    const id = await t.said('Ben', 'Call the tow boat, then put out the anchor.', { channel: 'chatter' });
    await t.react('Ann', id);
    await t.settled();
    expect(await t.example(id)).toBeUndefined();
    expect(lastTold('Ann')).toMatch(/Which message does it answer.*Cy: Nice weather.*Ann: My engine.*None of these/);
    expect(asked).toBeTruthy();
    await t.press('Ann', /My engine/);
    await t.settled();
    expect(await t.example(id)).toMatchObject({ state: 'approved', instruction: 'My engine does not start' });
    expect(t.receipt(id)).toBe(true);
  });

  it('is not kept when it answers none of them', async () => {
    t.later(5);
    const id = await t.said('Ben', 'Just do it as always.', { channel: 'chatter' });
    await t.react('Ann', id);
    await t.settled();
    await t.press('Ann', /None of these/);
    await t.settled();
    expect(await t.example(id)).toBeUndefined();
    expect(lastTold('Ann')).toMatch(/Then I keep nothing/);
  });
});
