// Trained, compared, preferred, promoted, and taken back: the votes of four people decide who speaks, and an admin's press makes it so.
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Person } from '../support/person.ts';
import { platforms } from '../support/platforms.ts';
import { openStory, type Story } from '../support/story.ts';
import { type Compared, compare, daysPass, teach, train } from '../support/tuned.ts';

vi.setConfig({ testTimeout: 90_000 });

const QUESTIONS = ['Where is the office?', 'Can I swim here?', 'Who paints the pier?', 'What does a berth cost?', 'How deep is the water?'];
const MORE = ['Is there a shop?', 'Where do I park?', 'Who has the key?', 'When is low water?', 'Are dogs welcome?', 'Who rings the bell?'];

describe.each(platforms)('$name: a champion', platform => {
  let story: Story;
  let ada: Person;
  let ben: Person;
  let team: Person[];
  let pids: number[];
  let asked = 0;
  beforeAll(async () => {
    story = await openStory(platform);
    ada = await story.person('Ada');
    ben = await story.person('Ben');
    team = [ada, ben, await story.person('Cem'), await story.person('Dia')];
    await teach(ada);
    pids = [story.apprentice.pid('bot'), story.apprentice.pid('worker')];
  });
  afterAll(() => story?.close());

  const nextText = () => [...QUESTIONS, ...MORE][asked++ % (QUESTIONS.length + MORE.length)];

  /** The next question whose two answers are worth a vote. */
  async function comparison(): Promise<Compared> {
    for (;;) {
      const found = await compare(story, ben, nextText());
      if (found) return found;
    }
  }

  /** All four vote for that speaker, but for `against` of them. */
  async function vote({ question, shown, tuned }: Compared, speaker: 'tuned' | 'base', against = 0): Promise<void> {
    const [won, lost] = (tuned === 'A') === (speaker === 'tuned') ? ['A is better', 'B is better'] : ['B is better', 'A is better'];
    await Promise.all(team.map((person, i) => person.press(shown, i < against ? lost : won)));
    await ben.sees(/Votes so far: 4\./, { thread: question });
  }

  async function status(): Promise<string> {
    const after = await ben.say('/finetune status');
    return (await ben.sees(/Where things stand/, { after })).text;
  }

  it('is none as long as a version has forgotten too much: it takes no part, until an admin lets it', async () => {
    const card = await train(ada, 1, 'rounds=6 lr=0.01 seed=1');
    expect(card.text).toMatch(/v1 takes no part in comparisons\. It forgot too much of what the base model knows/);
    expect(await compare(story, ben, nextText())).toBeUndefined();
    await ben.press(card, 'Let v1 take part');
    await ben.sees(/Only an admin can decide that: Ada/, { privately: true });
    await ada.press(card, 'Let v1 take part');
    await ben.sees(/Ada let v1 take part all the same/);
  });

  it('is not made by twelve votes: it is said how many are missing', async () => {
    const three = [await comparison(), await comparison(), await comparison()];
    for (const each of three) await vote(each, 'tuned');
    // Nothing is counted before the close.
    expect(await status()).toMatch(/About 20 more votes/);
    await daysPass(story);
    for (const { question } of three) await ben.sees(/Closed: /, { thread: question });
    const text = await status();
    expect(text).toMatch(/About 8 more votes until I can compare v1 with the base model fairly: 12 took a side/);
    expect(text).toMatch(/v1: 12 · the base model: 0/);
    await ben.doesNotSee(/is preferred/);
  });

  it('is proposed, once, when twenty votes have taken a side and nearly all of them its', async () => {
    await vote(await comparison(), 'tuned', 1);
    await vote(await comparison(), 'tuned', 1);
    await daysPass(story);
    const { text } = await ben.sees(/v1 is preferred to the base model: it got 18 of the first 20 votes/, { privately: false });
    expect(text).toMatch(/Shall v1 answer from now on\?.*\[Make v1 the champion\]/s);
    const one = await comparison();
    await vote(one, 'tuned');
    await daysPass(story);
    await ben.sees(/Closed: /, { thread: one.question });
    expect(await status()).toMatch(/v1: 22 · the base model: 2/);
    expect(await ben.all(/Shall v1 answer from now on/)).toHaveLength(1);
  });

  it('is made by one press of an admin, at once, and then answers alone', async () => {
    const proposal = await ben.sees(/Shall v1 answer from now on/);
    await ben.press(proposal, 'Make v1 the champion');
    await ben.sees(/Only an admin can decide that: Ada/, { privately: true, after: proposal });
    await ada.press(proposal, 'Make v1 the champion');
    await ben.sees(/Ada made v1 the champion: from now on it answers alone.*One question in 5 here stays a comparison/s);
    const { rows } = await story.look(db => db.execute(sql`select state from versions`));
    expect(rows).toEqual([{ state: 'champion' }]);
    expect(await status()).toMatch(/v1, the champion; one question in 5 here is a comparison with the base model/);
  });

  it('is still compared with the base every fifth question, and can lose', async () => {
    for (let lost = 1; lost <= 2; lost++) {
      for (let alone = 1; alone <= 4; alone++) {
        expect(await compare(story, ben, nextText()), `question ${alone} after a comparison`).toBeUndefined();
      }
      const fifth = await compare(story, ben, nextText());
      expect(fifth).toBeDefined();
      await vote(fifth!, 'base');
      await daysPass(story);
      await ben.sees(/Closed: /, { thread: fifth!.question });
      expect(await status()).toContain(`v1: 22 · the base model: ${2 + lost * 4}`);
    }
  });

  it('is offered to be taken back, once, and one press of an admin does it: the base answers again, at once and without a restart', async () => {
    const offer = await ben.sees(/[Tt]he base model won the last 2 comparisons with v1, the champion: 0 : 4 · 0 : 4/, { privately: false });
    expect(offer.text).toMatch(
      /So few of them may be chance.*v1: 22 · the base model: 10.*then the base model answers again.*\[Take v1 back\]/s,
    );
    const after = await ben.say('/finetune rollback');
    await ben.sees(/Only an admin can decide that: Ada/, { privately: true, after });
    await ada.press(offer, 'Take v1 back');
    await ben.sees(/Ada took v1 back: there is no champion any more, and the base model answers again, at once/);
    const question = await ben.say(`@apprentice ${nextText()}`);
    await ben.sees(/\[Better answer\]/, { thread: question });
    const last = sql`select version, side from answers where question = (select max(id) from questions)`;
    const { rows } = await story.look(db => db.execute(last));
    expect(rows).toEqual([{ version: null, side: 'only' }]);
    expect([story.apprentice.pid('bot'), story.apprentice.pid('worker')]).toEqual(pids);
  });

  it('can be made without a vote, by an admin’s word, of any version that may speak', async () => {
    await train(ada, 2);
    await ada.say('/finetune promote v2');
    await ben.sees(/Ada made v2 the champion/);
    await ada.say('/finetune promote v1');
    await ben.sees(/Ada made v1 the champion/);
    await ada.say('/finetune rollback');
    await ben.sees(/Ada took v1 back: v2 is the champion again, at once/);
    expect(await status()).toMatch(/v2, the champion/);
  });
});
