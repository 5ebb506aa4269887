// The life of one example: a ✅ makes it, an edit puts it on hold, a ✅ brings it back, and what is taken back, removed or deleted is gone.
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Person, Seen } from '../support/person.ts';
import { platforms } from '../support/platforms.ts';
import { openStory, type Story } from '../support/story.ts';

vi.setConfig({ testTimeout: 60_000 });

describe.each(platforms)('$name: one example', platform => {
  let story: Story;
  let ada: Person;
  let ben: Person;
  let question: Seen;
  let answer: Seen;
  beforeAll(async () => {
    story = await openStory(platform);
    ada = await story.person('Ada');
    ben = await story.person('Ben');
    question = await ada.say('How do I moor my boat in a storm?');
    answer = await ben.say('Use double lines.\n1. Tie the bow twice: `moor bow`\n2. Take down the sails.\nAsk: Rosa, berth 4', {
      thread: question,
    });
  });
  afterAll(() => story?.close());

  /** What is learned now, as anybody can read it: the rows of the exported file. */
  async function learned(): Promise<{ instruction: string; output: string }[]> {
    const after = await ben.say('/finetune export');
    const told = await ben.sees(/Your \d+ examples?|nothing to export yet/, { after, privately: true });
    const file = told.files.find(({ name }) => !name.startsWith('dataset_info'));
    return file ? JSON.parse(file.text) : [];
  }

  it('begins with a ✅: a receipt on the message, and the first time in a channel a line for everybody', async () => {
    await ada.react(answer);
    await ada.seesSign(answer, 'kept');
    await ben.sees(/A ✅ on a good answer .* Take the ✅ back and I let go of it\. 11 more, and a first training run makes sense/, {
      privately: false,
    });
    await story.aDayPasses();
    expect(await learned()).toEqual([
      expect.objectContaining({ instruction: question.text, output: expect.stringMatching(/^Use double lines\.\n1\. Tie the bow twice/) }),
    ]);
  });

  it('is not made of a question, nor by one’s own ✅; whoever gave it is told, alone', async () => {
    await ben.react(question);
    await ben.sees(/This is the question\. Put the ✅ on the answer/, { privately: true });
    const other = await ben.say('Or go to the winter hall: `hall reserve`, then empty the tanks.', {
      thread: await ada.say('And in winter?'),
    });
    await ben.react(other);
    await ben.sees(/Your own ✅ does not count/, { privately: true });
    await ada.doesNotSee(/This is the question|does not count/);
    expect(await learned()).toHaveLength(1);
  });

  it('that is edited is learned no more until the new text has a ✅; author and approver hear of it', async () => {
    await ben.edit(answer, 'Use triple lines.\n1. Tie the bow thrice: `moor bow`\n2. Go ashore.\nAsk: Emil, berth 1');
    await ada.seesSign(answer, 'kept', false);
    await ben.sees(/Your answer was an approved example and was edited/, { privately: true });
    const told = await ada.sees(/An answer that you approved was edited/, { privately: true });
    expect(await learned()).toEqual([]);

    await ada.press(told, 'Approve the new text');
    await ada.seesSign(answer, 'kept');
    expect(await learned()).toEqual([expect.objectContaining({ output: expect.stringMatching(/^Use triple lines\./) })]);
  });

  it('whose edit changes nothing but punctuation stays, with the new text', async () => {
    await ben.edit(answer, 'Use triple lines!\n1. Tie the bow thrice: `moor bow`\n2. Go ashore.\nAsk: Emil, berth 1');
    await expect.poll(async () => (await learned()).map(({ output }) => output.split('\n')[0])).toEqual(['Use triple lines!']);
    await ada.seesSign(answer, 'kept');
    expect(await ada.all(/An answer that you approved was edited/)).toHaveLength(1);
  });

  it('is let go of with its ✅, and is back with it', async () => {
    await ada.unreact(answer);
    await ada.seesSign(answer, 'kept', false);
    expect(await learned()).toEqual([]);
    await ada.react(answer);
    await ada.seesSign(answer, 'kept');
    expect(await learned()).toHaveLength(1);
  });

  it('that somebody removes by its number stays away, although its ✅ stands, until one is given anew', async () => {
    const after = await ben.say('/finetune remove 1');
    await ben.sees(/Example 1 .* is out.*\n.*take the ✅ off its message and put it on again/, { after, privately: true });
    await ada.seesSign(answer, 'kept', false);
    expect(await learned()).toEqual([]);
    await ada.unreact(answer);
    // What is taken off and put on again within one look was never off.
    const standing = () => story.look(db => db.execute(sql`select 1 from approvals where withdrawn_at is null`));
    await expect.poll(async () => (await standing()).rows, { timeout: 20_000 }).toEqual([]);
    await ada.react(answer);
    await ada.seesSign(answer, 'kept');
    expect(await learned()).toHaveLength(1);
  });

  it('survives a restart of the bot, with what happened while it was away', async () => {
    process.kill(story.apprentice.pid('bot'), 'SIGKILL');
    await expect
      .poll(
        () =>
          ada.unreact(answer).then(
            () => 'taken back',
            () => 'away',
          ),
        { timeout: 30_000 },
      )
      .toBe('taken back');
    await ada.seesSign(answer, 'kept', false);
    expect(await learned()).toEqual([]);
    await ada.react(answer);
    await ada.seesSign(answer, 'kept');
  });

  it('ends with its message', async () => {
    await ben.remove(answer);
    await expect.poll(learned, { timeout: 20_000 }).toEqual([]);
    await ada.doesNotSee(/Use triple lines/);
  });
});
