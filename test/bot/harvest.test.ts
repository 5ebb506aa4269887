// What becomes of a ✅, as people see it: receipts, edits, ✅ taken back, and a private word where it makes no example.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { retireExample } from '../../src/data/example-states.ts';
import { until } from '../support/room.ts';
import { openTeaching, type Teaching } from '../support/teaching.ts';

let t: Teaching;
beforeAll(async () => {
  t = await openTeaching();
});
afterAll(() => t?.close());

/** An answer in a thread, approved by Ann and kept. */
async function kept(answer?: string) {
  const said = await t.answered(answer);
  await t.react('Ann', said.id);
  await t.settled();
  return said;
}

const lastTold = (name: string) => t.told(name).at(-1) ?? '';

describe('a ✅ on an answer', () => {
  it('makes an example of it and its question, with a receipt; the first time everybody hears what that means', async () => {
    const { id, question, answer } = await kept();
    expect(await t.example(id)).toMatchObject({ kind: 'qa', state: 'approved', instruction: question, input: '', output: answer });
    expect(t.receipt(id)).toBe(true);
    const lines = () => [...t.room.state.messages.values()].filter(({ card }) => JSON.stringify(card ?? '').includes('teaches me'));
    expect(lines()).toHaveLength(1);
    expect(JSON.stringify(lines()[0].card)).toMatch(/Take the ✅ back and I let go of it\. 11 more/);
    await kept();
    expect(lines()).toHaveLength(1);
  });

  it('taken back takes the receipt back, and given again brings both again', async () => {
    const { id } = await kept();
    await t.react('Ann', id, false);
    await t.settled();
    expect(await t.example(id)).toMatchObject({ state: 'retired', why: 'approvalsGone' });
    expect(t.receipt(id)).toBe(false);
    await t.react('Ann', id);
    await t.settled();
    expect(await t.example(id)).toMatchObject({ state: 'approved', why: null, revisions: 1 });
    expect(t.receipt(id)).toBe(true);
  });

  it('stands for the text that was approved: an edit waits for a new ✅, and the approver is told once', async () => {
    const { id } = await kept('The key hangs on hook 4.');
    await t.room.edit(t.person('Ben'), id, 'The key hangs on hook 5.');
    await t.settled();
    expect(await t.example(id)).toMatchObject({ state: 'stale', output: 'The key hangs on hook 4.' });
    expect(t.receipt(id)).toBe(false);
    const before = t.told('Ann').length;
    expect(lastTold('Ann')).toMatch(/approved.*was edited/);
    expect(lastTold('Ben')).toMatch(/Your answer.*was edited/);
    await t.room.edit(t.person('Ben'), id, 'The key hangs on hook 6.');
    await t.settled();
    expect(t.told('Ann')).toHaveLength(before);
    await t.react('Ann', id, false);
    await t.settled();
    await t.react('Ann', id);
    await t.settled();
    expect(await t.example(id)).toMatchObject({ state: 'approved', output: 'The key hangs on hook 6.', revisions: 2 });
    expect(t.receipt(id)).toBe(true);
  });

  it('of another person after the edit approves the new text, too; and so does one press by whoever approved before', async () => {
    const first = await kept('Ring the bell 1 time.');
    await t.room.edit(t.person('Ben'), first.id, 'Ring the bell 2 times.');
    await t.settled();
    await t.react('Cy', first.id);
    await t.settled();
    expect(await t.example(first.id)).toMatchObject({ state: 'approved', output: 'Ring the bell 2 times.' });

    const second = await kept('Knock 1 time.');
    await t.room.edit(t.person('Ben'), second.id, 'Knock 2 times.');
    await t.settled();
    await t.press('Ann', /Approve the new text/);
    await t.settled();
    expect(await t.example(second.id)).toMatchObject({ state: 'approved', output: 'Knock 2 times.' });
    expect(lastTold('Ann')).toMatch(/I keep the new text/);
  });

  it('an edit that is undone needs no new ✅', async () => {
    const { id } = await kept('Door 7, second floor.');
    await t.room.edit(t.person('Ben'), id, 'Door 8, second floor.');
    await t.settled();
    await t.room.edit(t.person('Ben'), id, 'Door 7, second floor.');
    await t.settled();
    expect(await t.example(id)).toMatchObject({ state: 'approved', revisions: 1 });
  });

  it('survives a full stop and white space: the new text is kept silently', async () => {
    const { id } = await kept('Ask Rosa  in the office');
    await t.room.edit(t.person('Ben'), id, 'Ask Rosa in the office.');
    await t.settled();
    expect(await t.example(id)).toMatchObject({ state: 'approved', output: 'Ask Rosa in the office.', revisions: 2 });
    await t.react('Ann', id, false);
    await t.settled();
    expect(await t.example(id)).toMatchObject({ state: 'retired' });
  });

  it('an edited question makes the example stale as well', async () => {
    const { id, asked } = await kept();
    await t.room.edit(t.person('Ann'), asked, 'Where is the other key?');
    await t.settled();
    expect(await t.example(id)).toMatchObject({ state: 'stale' });
  });

  it('on a deleted answer, or one to a deleted question, is learned from no more', async () => {
    const [first, second] = [await kept(), await kept()];
    await t.room.remove(t.person('Ben'), first.id);
    await t.room.remove(t.person('Ann'), second.asked);
    await t.settled();
    expect(await t.example(first.id)).toMatchObject({ state: 'retired', why: 'sourceGone' });
    expect(await t.example(second.id)).toMatchObject({ state: 'retired', why: 'sourceGone' });
    expect(t.receipt(second.id)).toBe(false);
  });

  it('on any part of an answer typed as several messages keeps all of it', async () => {
    t.later(10);
    const asked = await t.said('Ann', 'How do I leave for winter?');
    const parts = [];
    for (const text of ['Three things.', '1. Empty the tanks.', '2. Lock the hall.'])
      parts.push(await t.said('Ben', text, { thread: asked }));
    t.later(3);
    await t.said('Ben', 'Unrelated, later.', { thread: asked });
    await t.react('Ann', parts[1]);
    await t.settled();
    const example = await t.example(parts[0]);
    expect(example).toMatchObject({ state: 'approved', output: 'Three things.\n1. Empty the tanks.\n2. Lock the hall.' });
    expect((await t.example(parts[2]))?.id).toBe(example?.id);
    expect(parts.map(t.receipt)).toEqual([true, true, true]);
  });

  it('that went on after it was kept is kept whole as soon as somebody approves of the later part', async () => {
    const { id, asked } = await kept('First shut the valve.');
    const more = await t.said('Ben', 'Then call Rosa.', { thread: asked });
    await t.settled();
    expect(await t.example(id)).toMatchObject({ state: 'approved', output: 'First shut the valve.' });
    await t.react('Ann', more);
    await t.settled();
    expect(await t.example(more)).toMatchObject({ state: 'approved', output: 'First shut the valve.\nThen call Rosa.', revisions: 2 });
    expect([id, more].map(t.receipt)).toEqual([true, true]);
    expect((await t.example(id))?.id).toBe((await t.example(more))?.id);
  });

  it('mentions are learned as @Name, and a call to the bot is not', async () => {
    t.later(10);
    const asked = await t.said('Ann', '@apprentice who has the crane today, @Ben or @Cy?');
    const id = await t.said('Ben', 'Today @Cy has it, ask in the hall.', { thread: asked });
    await t.react('Ann', id);
    await t.settled();
    expect(await t.example(id)).toMatchObject({
      instruction: 'who has the crane today, @Ben or @Cy?',
      output: 'Today @Cy has it, ask in the hall.',
    });
  });

  it('ten touches at once, and one told twice, are still one example', async () => {
    const { id } = await t.answered();
    await Promise.all(Array.from({ length: 10 }, (_, i) => t.react('Ann', id, i % 2 === 1)));
    await t.settled();
    expect(await t.example(id)).toMatchObject({ state: 'approved', revisions: 1 });
  });

  it('needs as many people as the channel says; until then no text is kept', async () => {
    await t.database.pool.query(`update channels set needed = 2 where name = 'team'`);
    const { id } = await t.answered('Two people know this.');
    await t.react('Ann', id);
    await t.settled();
    expect(await t.example(id)).toMatchObject({ state: 'pending', output: null, revisions: 0 });
    expect(t.receipt(id)).toBe(false);
    await t.react('Cy', id);
    await t.settled();
    expect(await t.example(id)).toMatchObject({ state: 'approved', output: 'Two people know this.' });
    await t.react('Ann', id, false);
    await t.settled();
    expect(await t.example(id)).toMatchObject({ state: 'pending' });
    await t.database.pool.query(`update channels set needed = 1 where name = 'team'`);
  });

  it('an example removed by hand stays away although its ✅ stand, until one is given anew', async () => {
    const { id } = await kept();
    const { no } = (await t.example(id))!;
    const workspace = Number((await t.database.pool.query('select id from workspaces')).rows[0].id);
    expect(await retireExample(t.database.db, workspace, no)).toBe(true);
    await t.settled();
    await until(() => !t.receipt(id), 'the receipt to go');
    await t.room.react(t.person('Cy'), id, '👍', true);
    await t.settled();
    expect(await t.example(id)).toMatchObject({ state: 'retired', why: 'byHand' });
    await t.react('Ann', id, false);
    await t.settled();
    await t.react('Ann', id);
    await t.settled();
    expect(await t.example(id)).toMatchObject({ state: 'approved', why: null });
    expect(t.receipt(id)).toBe(true);
  });

  it('what happened while the bot was away is found when it is back', async () => {
    const gone = await kept();
    const edited = await kept('Slot 1.');
    const missed = await t.answered();
    await t.stop();
    await t.react('Ann', missed.id);
    const told = new Map(t.room.state.unheard);
    await t.room.edit(t.person('Ben'), edited.id, 'Slot 2.');
    await t.react('Ann', gone.id, false);
    // Not every place tells the bot afterwards what it missed; this one forgets the edit and the ✅ taken back.
    for (const n of t.room.state.unheard.keys()) if (!told.has(n)) t.room.state.unheard.delete(n);
    await t.start();
    await until(async () => (await t.example(gone.id))?.state === 'retired', 'the look after the start');
    await until(async () => (await t.example(edited.id))?.state === 'stale', 'the look after the start');
    await t.settled();
    expect(await t.example(missed.id)).toMatchObject({ state: 'approved' });
    expect(t.receipt(gone.id)).toBe(false);
  });
});
