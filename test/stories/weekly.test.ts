// The weekly report: from notes, from what one wrote during the week, or not at all; marked where it says what the notes do not, corrected
// by its author, posted, and learned.
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Person, Seen } from '../support/person.ts';
import { platforms } from '../support/platforms.ts';
import { openStory, type Story } from '../support/story.ts';
import { teach, train } from '../support/tuned.ts';

vi.setConfig({ testTimeout: 60_000 });

const NOTES = 'W31, Emil\nboats in: 7\nanchor found HAR-12';

describe.each(platforms)('$name: a weekly report', platform => {
  let story: Story;
  let emil: Person;
  let rosa: Person;
  let request: Seen;
  let draft: Seen;
  beforeAll(async () => {
    story = await openStory(platform);
    emil = await story.person('Emil');
    rosa = await story.person('Rosa');
    await teach(emil);
    await train(emil, 1);
  });
  afterAll(() => story?.close());

  it('from notes is two drafts side by side with the team’s headings, to be voted on, and the notes below', async () => {
    request = await emil.say(`@apprentice weekly report\n${NOTES}`);
    draft = await rosa.sees(/^Weekly report · draft\n/, { thread: request });
    draft = await rosa.sees(/Answer A.*Answer B.*\[Edit A\] \[Edit B\]/s, { thread: request });
    expect(draft.text.split('Weekly report · W31 · Emil\nDone\n')).toHaveLength(3);
    expect(draft.text).toContain('Headings by the program, sentences by the model');
    expect(draft.text).toContain('[A is better] [B is better] [Tie] [Both bad]');
    expect(draft.text).toMatch(/Your notes:\s+W31, Emil\s+boats in: 7\s+anchor found HAR-12/);
  });

  it('says of every number, ticket, date, link and name that the notes lack that it is not there, and of no other', async () => {
    // What a larger model would make up. Our own, guarded while it writes, makes up words only.
    const invented = ['41', 'HAR-99', '3 June', 'https://harbour.example/x', 'Quentin'];
    const line = `\n- Met ${invented[4]} on ${invented[2]} about ${invented[1]} with ${invented[0]} guests: ${invented[3]}\n- Anchor found (HAR-12)\n- Boats in: 7`;
    await story.look(db => db.execute(sql`update answers set text = text || ${line} where question = (select max(id) from questions)`));
    const shown = await rosa.sees(/Quentin/, { thread: request });
    const said = shown.text.split('Your notes:')[0];
    for (const made of invented) expect(said.split(`⟦${made}`), made).toHaveLength(3);
    expect(said).toContain('⟧⚠ stands around what I do not find in your notes');
    const unmarked = said.replace(/⟦[^⟧]*⟧⚠/g, '');
    for (const made of invented) expect(unmarked).not.toContain(made);
    const numbers = unmarked.match(/\d+/g)!.filter(number => !/\b(31|7|12)\b/.test(number));
    // The sentence that counts the marks.
    expect(numbers).toEqual([/(\d+) places to check/.exec(said)![1]]);
    for (const line of ['Anchor found (HAR-12)', 'Boats in: 7']) expect(unmarked.split(line)).toHaveLength(3);
  });

  it('is corrected and posted by who asked for it, and by nobody else; what they posted is learned, with its notes', async () => {
    await rosa.press(draft, 'Edit A');
    await rosa.sees(/Only Emil, whose report this is, can edit and post it/, { privately: true });
    const { text } = await emil.open(draft, 'Edit A');
    expect(text).toMatch(/^Weekly report · W31 · Emil\nDone\n/);
    expect(text).not.toMatch(/[⟦⟧⚠]/);
    const corrected = 'Weekly report · W31 · Emil\nDone\n- Found the anchor (HAR-12)\nNumbers\n- Boats in: 7';
    await emil.fill(draft, 'Edit A', { text: corrected });
    const posted = await rosa.sees(/^Weekly report by Emil\n/, { thread: request });
    expect(posted.text).toContain('Found the anchor (HAR-12)');
    await emil.sees(/I keep it, with its notes, as example/, { privately: true });
    await story.aDayPasses();
    const after = await emil.say('/finetune export');
    const { files } = await emil.sees(/Your \d+ examples?/, { after, privately: true });
    const rows = JSON.parse(files.find(({ name }) => !name.startsWith('dataset_info'))!.text) as Record<string, string>[];
    expect(rows).toContainEqual(expect.objectContaining({ input: NOTES, output: corrected }));
  });

  it('without notes is offered from one’s own week, to oneself alone, each message with its link, and written from what stays ticked', async () => {
    const said = [];
    for (const text of ['Painted the winter hall.', 'Lunch was good today.', 'Fitted the blue hose HAR-14.'])
      said.push(await rosa.say(text));
    const asked = await rosa.say('@apprentice weekly report');
    const list = await rosa.sees(/here is what you wrote this week/, { privately: true });
    for (const text of ['Painted the winter hall', 'Lunch was good today', 'Fitted the blue hose'])
      expect(list.text).toMatch(new RegExp(`\\[x\\] .*${text}`));
    for (const { id } of said) expect(list.links.some(link => link.includes(id))).toBe(true);
    await emil.doesNotSee(/here is what you wrote this week/);
    await emil.doesNotSee(/Weekly report · draft/, { thread: asked });

    await rosa.press(list, 'Write it', { untick: /Lunch/ });
    const written = await emil.sees(/Your notes:/, { thread: asked });
    expect(written.text).toMatch(/Your notes:\s+W\d+, Rosa\s+Painted the winter hall\.\s+Fitted the blue hose HAR-14\./);
    expect(written.text).not.toContain('Lunch');
    // Where a press is answered with a word of its own, too, the list says so all the same.
    const answered = async () => (await rosa.all(/I am writing a draft from 2 messages/, { privately: true })).map(({ id }) => id);
    await expect.poll(answered, { timeout: 30_000 }).toContain(list.id);
  });

  it('with nothing written this week is not invented: it asks for three notes, and takes them', async () => {
    const cem = await story.person('Cem');
    const asked = await cem.say('@apprentice weekly report');
    await cem.sees(/I need your notes.*with three notes on the lines below/s, { privately: true });
    await rosa.doesNotSee(/Weekly report/, { thread: asked });
    const again = await cem.say('@apprentice 周报\n周一：修好了吊车 HAR-7\n进港船只：14\n买了新缆绳');
    const { text } = await rosa.sees(/Your notes:/, { thread: again });
    expect(text).toMatch(/修好了吊车 HAR-7/);
  });
});
