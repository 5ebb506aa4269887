// None of the answers is good: somebody writes a better one, and a colleague's ✅ makes it what the next run learns.
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Person, Seen } from '../support/person.ts';
import { platforms } from '../support/platforms.ts';
import { openStory, type Story } from '../support/story.ts';
import { teach, train } from '../support/tuned.ts';

vi.setConfig({ testTimeout: 60_000 });

const BETTER = 'Ring the bell twice.\n1. Wait at the red buoy.\n2. The guard waves you in.\nAsk: Rosa, berth 4';

describe.each(platforms)('$name: a better answer', platform => {
  let story: Story;
  let ada: Person;
  let ben: Person;
  let question: Seen;
  let asked: Seen;
  let posted: Seen;
  beforeAll(async () => {
    story = await openStory(platform);
    ada = await story.person('Ada');
    ben = await story.person('Ben');
    await teach(ada);
    await train(ada, 1);
    question = await ada.say('@apprentice How do I come in at night?');
    asked = await ben.sees(/Which one is better\?/, { thread: question });
  });
  afterAll(() => story?.close());

  /** What is learned besides the file, as anybody can read it: rows of the exported file. */
  async function learned(): Promise<{ instruction: string; output: string }[]> {
    const after = await ada.say('/finetune export');
    const told = await ada.sees(/Your \d+ examples?/, { after, privately: true });
    const file = told.files.find(({ name }) => !name.startsWith('dataset_info'))!;
    const rows = JSON.parse(file.text) as { instruction: string; output: string }[];
    return rows.filter(({ instruction }) => /at night/.test(instruction));
  }

  it('is written in a form: empty before one has voted, and from what one voted for after it', async () => {
    expect(await ben.open(asked, 'Better answer')).toEqual({ text: '' });
    await ben.press(asked, 'B is better');
    await ben.sees(/Your vote: B is better/, { privately: true });
    const { text } = await ben.open(asked, 'Better answer');
    expect(asked.text.replace(/\s+/g, ' ')).toContain(`Answer B ${text.replace(/\s+/g, ' ')}`);
    await expect(ben.fill(asked, 'Better answer', { text: '  ' })).rejects.toThrow(/Please write the answer/);
  });

  it('stands in the thread under the name of who wrote it, and tells nobody who gave the answers', async () => {
    await ben.fill(asked, 'Better answer', { text: BETTER });
    posted = await ada.sees(/^Better answer by Ben\n/, { thread: question });
    expect(posted.text).toContain('Ring the bell twice.');
    expect(posted.text).not.toMatch(/base model|v1/);
  });

  it('is no example by one’s own ✅, and is one by a colleague’s', async () => {
    await ben.react(posted);
    await ben.sees(/Your own ✅ does not count/, { privately: true });
    expect(await learned()).toEqual([]);
    await ada.react(posted);
    await ada.seesSign(posted, 'kept');
    await story.aDayPasses();
    expect(await learned()).toEqual([expect.objectContaining({ instruction: 'How do I come in at night?', output: BETTER })]);
  });

  it('that is written anew is the same message, and needs a new ✅', async () => {
    const changed = BETTER.replace('twice', 'thrice');
    expect((await ben.open(asked, 'Better answer')).text).toBe(BETTER);
    await ben.fill(asked, 'Better answer', { text: changed });
    expect((await ada.sees(/^Better answer by Ben\nRing the bell thrice/)).id).toBe(posted.id);
    await ada.seesSign(posted, 'kept', false);
    await expect.poll(learned, { timeout: 10_000 }).toEqual([]);
    await ada.press(await ada.sees(/An answer that you approved was edited/, { privately: true }), 'Approve the new text');
    await ada.seesSign(posted, 'kept');
    await expect.poll(learned, { timeout: 10_000 }).toEqual([expect.objectContaining({ output: changed })]);
  });

  it('is shown below the next question like it, with its link and who approved it', async () => {
    const next = await ben.say('@apprentice How do I come in at night, again?');
    const { text, links } = await ada.sees(/Which one is better\?|nothing to vote on/, { thread: next });
    expect(text).toMatch(/From your team: “?How do I come in at night\?”? · approved by Ada/);
    expect(links.some(link => link.includes(posted.id))).toBe(true);
  });
});
