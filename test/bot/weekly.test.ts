// A weekly report from the request to the example: notes at hand, else the week as a list to untick, else a word that notes are needed.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cardToText } from '../../src/chat/card-text.ts';
import type { Card, Form } from '../../src/chat/chat.ts';
import { detailOf } from '../../src/data/question-detail.ts';
import { claimQuestion, questionById, saveAnswers } from '../../src/data/questions.ts';
import { until } from '../support/room.ts';
import { openTeaching, type Teaching } from '../support/teaching.ts';

let t: Teaching;
beforeAll(async () => {
  t = await openTeaching();
  await t.channel('crane');
});
afterAll(() => t?.close());

const one = async (query: string, values: unknown[] = []) => (await t.database.pool.query(query, values)).rows[0];
const newestQuestion = async () => Number((await one(`select coalesce(max(id), 0)::int as id from questions where kind = 'report'`)).id);

/** `act` has the bot want a draft; its question. */
async function asked(act: () => Promise<unknown>): Promise<number> {
  const before = await newestQuestion();
  await act();
  return until(async () => ((await newestQuestion()) > before ? newestQuestion() : undefined), 'a draft to be wanted');
}
const detail = async (id: number) => detailOf((await questionById(t.database.db, id))!.question);

/** The worker has written one draft. */
async function drafted(id: number, text: string) {
  const { claim } = (await claimQuestion(t.database.db, id, 'w'))!;
  await saveAnswers(t.database.db, claim, { answers: [{ side: 'only', text, tokens: 3, ms: 5, stop: 'end' }], comparison: false });
  return until(() => shown(`question:${id}`, /Edit/), 'the draft');
}

type Shown = { id: string; text: string; card: Card };
const all = (): (Shown & { key?: string; to?: string })[] =>
  [...t.room.state.messages.values()].flatMap(({ id, card, key, onlyFor }) =>
    card ? [{ id, card, key, text: cardToText(card), to: onlyFor }] : [],
  );
const shown = (key: string, pattern: RegExp) => all().find(message => message.key === key && pattern.test(message.text));
const privately = (name: string, pattern: RegExp) =>
  until(() => all().findLast(({ to, text }) => to === t.person(name) && pattern.test(text)), `${name} to be told ${pattern}`);
const listOf = (name: string) => privately(name, /Untick/);

function button({ card }: Shown, label: string) {
  return card.parts.flatMap(part => ('buttons' in part ? part.buttons : [])).find(each => each.label === label)!;
}
async function press(name: string, message: Shown, label: string, fields?: Record<string, string>) {
  const { action, value } = button(message, label);
  return (await t.room.press({ person: t.person(name), message: message.id, action, value, fields })).heard;
}
async function formOf(name: string, message: Shown, label: string): Promise<Form | undefined> {
  const { action, value } = button(message, label);
  return t.room.formFor({ person: t.person(name), message: message.id, action, value });
}
const itemsOf = ({ card }: Shown) => card.parts.flatMap(part => ('checklist' in part ? part.checklist.items : []));

describe('notes at hand', () => {
  it('below the request are the notes, and so is what stands behind its colon', async () => {
    const below = await asked(() => t.said('Ann', '@apprentice weekly report\nmon: oiled the crane\nboats in: 14'));
    expect(await detail(below)).toMatchObject({ instruction: 'weekly report', input: 'mon: oiled the crane\nboats in: 14' });
    const behind = await asked(() => t.said('Ann', '@apprentice 周报：修好了吊车'));
    expect(await detail(behind)).toMatchObject({ instruction: '周报', input: '修好了吊车' });
    expect((await detail(behind)).head?.name).toBe('Ann');
  });

  it('may be as long as a long week', async () => {
    const lines = Array.from({ length: 700 }, (_, i) => `moored boat ${i}`).join('\n');
    const id = await asked(() => t.said('Ann', `@apprentice weekly report\n${lines}`));
    expect((await detail(id)).input).toBe(lines);
    await t.said('Ann', `@apprentice weekly report\n${lines}\n${lines}`);
    await privately('Ann', /at most 20000 characters/);
  });

  it('in the thread are what the asker wrote there, and nobody else; not what was said to the bot', async () => {
    const root = await t.said('Ann', 'Oiled the crane HAR-7.');
    await t.said('Ben', 'Well done!', { thread: root });
    await t.said('Ann', '@apprentice what is HAR-7?', { thread: root });
    await t.said('Ann', 'Counted 14 boats.', { thread: root });
    const id = await asked(() => t.said('Ann', '@apprentice weekly report', { thread: root }));
    expect((await detail(id)).input).toBe('Oiled the crane HAR-7.\nCounted 14 boats.');
  });
});

describe('without notes', () => {
  it('and with nothing written this week the bot asks for three notes, and writes nothing', async () => {
    const before = await newestQuestion();
    await t.said('Cy', '@apprentice weekly report');
    await privately('Cy', /nothing that you wrote this week.*three notes/);
    expect(await newestQuestion()).toBe(before);
  });

  it('the asker alone sees what they wrote this week in open channels, each with its link, ticked', async () => {
    await t.said('Ben', 'Too old to be of this week.');
    t.later(8 * 24 * 60);
    await t.said('Ben', 'Painted the hall.\nTwice, with the blue paint that was left from the regatta in spring.');
    await t.said('Ann', 'Not by Ben.');
    await t.said('Ben', 'Moved 3 anchors.', { channel: 'crane' });
    await t.channel('secret', '', 'private');
    await t.said('Ben', 'Said in private.', { channel: 'secret' });
    await t.said('Ben', '@apprentice how heavy is an anchor?');
    await t.database.pool.query(`update channels set learn = 'off', set_at = now() where name = 'crane'`);
    await t.said('Ben', '@apprentice weekly report');
    expect(itemsOf(await listOf('Ben'))).toHaveLength(1);
    await t.database.pool.query(`update channels set learn = 'on' where name = 'crane'`);
    await t.said('Ben', '@apprentice weekly report');
    const list = await until(
      () => all().findLast(({ to, card }) => to === t.person('Ben') && itemsOf({ card } as Shown).length === 2),
      'the list',
    );
    expect(itemsOf(list).map(({ label, checked }) => [label, checked])).toEqual([
      ['1. Painted the hall. Twice, with the blue paint that was left…', true],
      ['2. Moved 3 anchors.', true],
    ]);
    const links = list.card.parts.flatMap(part => ('markdown' in part ? [part.markdown] : [])).at(-1)!;
    expect(links).toMatch(/^#team: \[1\]\(#m\w+\)\n#crane: \[2\]\(#m\w+\)$/);
    expect(all().filter(({ text, to }) => text.includes('Moved 3 anchors') && to !== t.person('Ben'))).toEqual([]);
  });

  it('[Write it] writes from what is still ticked, as it reads now, and the list is erased', async () => {
    const list = await listOf('Ben');
    const [painted, moved] = itemsOf(list).map(({ value }) => value);
    await t.room.edit(t.person('Ben'), painted.split('/')[1], 'Painted the hall green.');
    const id = await asked(() => press('Ben', list, 'Write it', { notes: painted }));
    const { input, notes, instruction } = await detail(id);
    expect(input).toMatch(/^W\d+, Ben\nPainted the hall green\.$/);
    expect(notes).toEqual([{ channel: painted.split('/')[0], id: painted.split('/')[1] }]);
    expect(instruction).toBe('weekly report');
    await privately('Ben', /writing a draft from 1 message\./);
    const { rows } = await t.database.pool.query(`select body::text from posts where key like 'week:%' and body::text like '%Moved 3%'`);
    expect(rows).toHaveLength(0);
    expect(moved).toBeDefined();
    await press('Ben', list, 'Write it', { notes: moved }).catch(() => {});
    await privately('Ben', /answered already/);
  });

  it('nothing ticked is nothing to write from; a message deleted meanwhile is none; [Cancel] erases the list', async () => {
    const gone = await t.said('Ben', 'Broke a lamp.');
    await t.said('Ben', '@apprentice 周报');
    const list = await until(() => all().findLast(({ to, text }) => to === t.person('Ben') && text.includes('Broke a lamp')), 'the list');
    await press('Ben', list, 'Write it', { notes: '' });
    await privately('Ben', /Nothing is ticked/);
    await t.room.remove(t.person('Ben'), gone);
    await press('Ben', list, 'Write it', { notes: itemsOf(list).at(-1)!.value });
    await privately('Ben', /None of these messages can be used/);
    await press('Ben', list, 'Cancel');
    await until(() => /the list is gone/.test(all().find(({ id }) => id === list.id)!.text) || undefined, 'the end of the list');
    const kept = await t.database.pool.query(`select body::text from posts where body::text like '%Broke a lamp%'`);
    expect(kept.rows).toEqual([]);
  });

  it('of a week of many messages the newest thirty are shown, and it is said that there are more', async () => {
    for (let i = 1; i <= 33; i++) await t.said('Cy', `Counted boat ${i}.`);
    await t.said('Cy', '@apprentice weekly report');
    const list = await listOf('Cy');
    expect(itemsOf(list).map(({ label }) => label.slice(label.indexOf('.') + 2))[0]).toBe('Counted boat 4.');
    expect(itemsOf(list)).toHaveLength(30);
    expect(list.text).toContain('3 older ones');
    const id = await asked(() => press('Cy', list, 'Write it'));
    expect((await detail(id)).input?.split('\n')).toHaveLength(31);
  });

  it('a list that nobody answers does not stay longer than a day', async () => {
    await t.said('Ben', 'Lost the key of locker 9.');
    await t.said('Ben', '@apprentice weekly report');
    await until(() => all().findLast(({ text }) => text.includes('Lost the key')), 'the list');
    await t.database.pool.query(`update posts set made_at = now() - interval '25 hours' where body::text like '%Lost the key%'`);
    await t.said('Cy', '@apprentice weekly report');
    await until(async () => {
      const { rows } = await t.database.pool.query(`select 1 from posts where body::text like '%Lost the key%'`);
      return rows.length === 0;
    }, 'the list to be erased');
  });
});

describe('the draft', () => {
  const request = '@apprentice weekly report\nmon: oiled the crane HAR-7\nboats in: 14';
  const draft = 'Weekly report\nDone\n- Oiled the crane (HAR-7)\nNumbers\n- Boats in: 15';

  it('is marked, opens for its asker alone, and what they post stands in the thread and is an example with their ✅', async () => {
    let message = '';
    const id = await asked(async () => (message = await t.said('Ann', request)));
    const card = await drafted(id, draft);
    expect(card.text).toContain('⟦15⟧⚠');
    await press('Ben', card, 'Edit');
    await privately('Ben', /Only Ann, whose report this is/);
    await expect(formOf('Ben', card, 'Edit')).rejects.toMatchObject({
      problem: { code: 'weekly.edit.not-yours', values: { name: 'Ann' } },
    });
    await press('Ben', card, 'Edit', { text: 'By Ben.' });

    const form = (await formOf('Ann', card, 'Edit'))!;
    expect(form.fields).toMatchObject([{ name: 'text', multiline: true, initial: draft }]);
    expect(form.fields[0].label).toMatch(/To check: the number 15 is not in your notes\.$/);
    expect(await press('Ann', card, 'Edit', { text: ' ' })).toMatchObject({ fieldErrors: { text: 'Please write the report.' } });
    await press('Ann', card, 'Edit', { text: draft.replace('15', '⟦14⟧⚠') });
    const posted = await until(() => all().find(({ text }) => text.startsWith('Weekly report by Ann')), 'the report');
    expect(posted.text).not.toMatch(/[⟦⟧⚠]/u);
    expect(all().filter(({ text }) => text.includes('By Ben.'))).toEqual([]);
    expect(t.message(posted.id).thread).toBe(message);
    const told = await privately('Ann', /I keep it, with its notes, as example/);
    expect(told.text).toMatch(/remove \d+/);
    const example = await t.example(posted.id);
    expect(example).toMatchObject({
      kind: 'report',
      state: 'approved',
      instruction: 'weekly report',
      input: 'mon: oiled the crane HAR-7\nboats in: 14',
      output: draft.replace('15', '14'),
    });
    const { rows } = await t.database.pool.query(
      `select e.origin, p.name, a.counts from examples e join approvals a on a.example = e.id join people p on p.id = a.person where e.id = $1`,
      [example!.id],
    );
    expect(rows).toEqual([{ origin: 'report_edit', name: 'Ann', counts: true }]);
  });

  it('edited again is the same message and the same example, in its new words', async () => {
    const posted = all().find(({ text }) => text.startsWith('Weekly report by Ann'))!;
    const card = all().findLast(({ text }) => text.includes('⟦15⟧⚠'))!;
    const form = (await formOf('Ann', card, 'Edit'))!;
    expect(form.fields[0].initial).toBe(draft.replace('15', '14'));
    await press('Ann', card, 'Edit', { text: `${form.fields[0].initial}\nNext\n- Paint` });
    await until(() => all().find(({ id, text }) => id === posted.id && text.includes('Paint')), 'the edited report');
    await t.settled();
    expect(await t.example(posted.id)).toMatchObject({ state: 'approved', output: expect.stringMatching(/Next\n- Paint$/), revisions: 2 });
  });

  it('removed by hand it stays removed, and a note that is deleted takes it with it', async () => {
    const posted = all().find(({ text }) => text.startsWith('Weekly report by Ann'))!;
    const { no } = (await t.example(posted.id))!;
    await t.said('Ann', `@apprentice remove ${no}`);
    await privately('Ann', /learn/);
    await t.settled();
    expect(await t.example(posted.id)).toMatchObject({ state: 'retired', why: 'byHand' });

    const note = await t.said('Cy', 'Repaired pump 5.', { channel: 'crane' });
    const root = await t.said('Cy', 'My week.', { channel: 'crane' });
    await t.said('Cy', 'Sold the old buoy.', { channel: 'crane', thread: root });
    const id = await asked(() => t.said('Cy', '@apprentice weekly report', { channel: 'crane', thread: root }));
    const card = await drafted(id, 'Weekly report\n- Sold the old buoy.');
    await press('Cy', card, 'Edit', { text: 'Weekly report\n- Sold the buoy.' });
    const report = await until(() => all().find(({ text }) => text.startsWith('Weekly report by Cy')), 'the report');
    await privately('Cy', /I keep it/);
    const sources = await t.database.pool.query(
      `select m.ext from example_sources s join messages m on m.id = s.message where s.part = 'notes' and s.example = $1`,
      [(await t.example(report.id))!.id],
    );
    expect(sources.rows.map(({ ext }) => ext)).not.toContain(note);
    await t.room.remove(t.person('Cy'), root);
    await t.settled();
    expect(await t.example(report.id)).toMatchObject({ state: 'retired', why: 'sourceGone' });
  });

  it('from a week is kept with the notes of all channels, and with week and name above them', async () => {
    t.later(8 * 24 * 60);
    await t.said('Ben', 'Fixed gate 2.');
    const winch = await t.said('Ben', 'Greased winch 4.', { channel: 'crane' });
    await t.said('Ben', '@apprentice weekly report');
    const list = await until(() => all().findLast(({ text }) => text.includes('Greased winch')), 'the list');
    const id = await asked(() => press('Ben', list, 'Write it'));
    const card = await drafted(id, 'Weekly report\n- Fixed gate 2.');
    await press('Ben', card, 'Edit', { text: 'Weekly report\n- Fixed gate 2, greased winch 4.' });
    const report = await until(() => all().find(({ text }) => text.startsWith('Weekly report by Ben')), 'the report');
    await privately('Ben', /I keep it, with its notes/);
    const example = (await t.example(report.id))!;
    expect(example.input).toMatch(/^W\d+, Ben\nFixed gate 2\.\nGreased winch 4\.$/);
    expect(example.input).toBe((await detail(id)).input);
    // Looked at again nothing is found to have changed.
    await t.react('Ann', report.id);
    await t.settled();
    expect(await t.example(report.id)).toMatchObject({ state: 'approved', revisions: 1 });
    await t.room.edit(t.person('Ben'), winch, 'Greased winch 5.');
    await t.settled();
    expect(await t.example(report.id)).toMatchObject({ state: 'stale' });
  });

  it('asked for in a direct message is posted there, and not learned', async () => {
    const direct = [...t.room.state.channels.values()].find(
      ({ kind, members }) => kind === 'direct' && members?.includes(t.person('Ben')),
    )!;
    const id = await asked(() => t.room.say(t.person('Ben'), { channel: direct.id }, 'weekly report\nfixed gate 2'));
    const card = await drafted(id, 'Weekly report\n- Fixed gate 2.');
    await press('Ben', card, 'Edit', { text: 'Weekly report\n- Fixed gate 2 alone.' });
    await privately('Ben', /posted\. I do not learn from it: this is no channel/);
    const { rows } = await t.database.pool.query(`select 1 from example_revisions where output like '%alone%'`);
    expect(rows).toEqual([]);
  });

  it('is not learned where somebody does not want that, and its author hears why', async () => {
    await t.database.pool.query(`update people set consent = 'out' where name = 'Cy'`);
    const id = await asked(() => t.said('Cy', '@apprentice weekly report\nmended the net'));
    const card = await drafted(id, 'Weekly report\n- Mended the net.');
    await press('Cy', card, 'Edit', { text: 'Weekly report\n- Mended the big net.' });
    await privately('Cy', /posted\. I do not learn from it for now/);
    const { rows } = await t.database.pool.query(`select 1 from example_revisions where output like '%big net%'`);
    expect(rows).toEqual([]);
  });
});

it('whoever reads Chinese is asked and told in Chinese; the report stands in the channel’s language', async () => {
  await t.room.chooseLanguage(t.person('Ben'), 'zh');
  t.later(8 * 24 * 60);
  await t.said('Ben', '@apprentice 周报');
  await privately('Ben', /没有找到你这周写的内容/);
  await t.said('Ben', '修好了 2 号闸门。');
  await t.said('Ben', '@apprentice 周报');
  const list = await until(() => all().findLast(({ text }) => text.includes('取消勾选')), 'the list');
  const id = await asked(() => press('Ben', list, '写周报'));
  expect((await detail(id)).input).toMatch(/\n修好了 2 号闸门。$/);
  await privately('Ben', /正在根据 1 条消息写草稿/);
  const card = await drafted(id, '周报\n1. 修好了 3 号闸门。');
  const form = (await formOf('Ben', card, 'Edit'))!;
  expect(form).toMatchObject({ title: '你的周报', submit: '发布' });
  expect(form.fields[0].label).toContain('请核对');
  await press('Ben', card, 'Edit', { text: '周报\n1. 修好了 2 号闸门。' });
  await until(() => all().find(({ text }) => text.startsWith('Weekly report by Ben') && text.includes('闸门')), 'the report');
});

it('where guests read along only what they can read anyway is offered', async () => {
  await t.room.addPerson('Gus', { guest: true });
  await t.said('Ben', 'Said only beside the crane.', { channel: 'crane' });
  await t.said('Ben', 'Said in front of guests.');
  const before = new Set(all().map(({ id }) => id));
  await t.said('Ben', '@apprentice weekly report');
  const list = await until(() => all().find(({ id, card }) => !before.has(id) && itemsOf({ card } as Shown).length > 0), 'the list');
  expect(list.text).toContain('in front of guests');
  expect(list.text).not.toContain('beside the crane');
});
