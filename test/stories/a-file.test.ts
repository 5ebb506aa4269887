// A team that has its answers in a file: dropped, trained on, and then asked, voted on and counted.
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { runProgress } from '../../src/data/runs.ts';
import { harbourTeam } from '../support/harbour-team.ts';
import type { Person, Seen } from '../support/person.ts';
import { platforms } from '../support/platforms.ts';
import { openStory, type Story } from '../support/story.ts';

vi.setConfig({ testTimeout: 120_000 });

describe.each(platforms)('$name: a file', platform => {
  const examples = JSON.stringify(harbourTeam);
  let story: Story;
  let ada: Person;
  let ben: Person;
  beforeAll(async () => {
    story = await openStory(platform);
    ada = await story.person('Ada');
    ben = await story.person('Ben');
  });
  afterAll(() => story?.close());

  it('dropped into the chat becomes examples; dropped again it is nothing new', async () => {
    await ada.drop('team.json', examples);
    await ben.sees(/I keep 20 new examples from team\.json: 12 answers and 8 weekly reports\./);
    await ben.drop('again.json', examples);
    await ada.sees(/20 rows were there already/);
  });

  it('that is enough for a first run is followed by the proposal of one, once', async () => {
    await ada.sees(/20 examples are enough for a first run.*\[Start\] \[Settings …\] \[Not now\]/s, { privately: false });
    await ada.say('/finetune');
    await ada.sees(/At a glance.*20 examples.*\[Start\]/s, { privately: true });
    expect(await ada.all(/are enough for a first run/)).toHaveLength(1);
  });

  it('with a broken row is refused, and says which and why', async () => {
    await ada.drop('broken.json', JSON.stringify([{ instruction: 'Who?', output: 'Rosa' }, { instruction: 'When?' }]));
    await ada.sees(/Nothing is kept from.*Row 2: it has no "output"/s);
  });

  it('is trained on with /finetune start, and the run’s one message ends as the report card', async () => {
    await ada.say('/finetune start rounds=6 lr=0.002 seed=1 replay=40');
    const begun = await ben.sees(/^Run 1/);
    const card = await ben.sees(/^Run 1 · done: v1/, { within: 90_000 });
    expect(card.id).toBe(begun.id);
    const lines = [
      /Training loss from [\d.]+ to [\d.]+/,
      /Held-out loss by round: ([\d.]+ → ){6}[\d.]+\n/,
      /Perplexity .*: base \d+ · tuned \d+/,
    ];
    for (const line of [...lines, /Example 3 of 3:/, /seed 1: you asked for it/]) expect(card.text).toMatch(line);
    await ada.sees(/@Ada run 1 is done: v1 is ready/, { after: card });
    const { id } = await story.newestRun();
    expect((await story.look(db => runProgress(db, id))).heldout).toHaveLength(7);
  });

  it('has its card explained to whoever presses [What is this?], alone', async () => {
    await ben.press(await ben.sees(/^Run 1 · done: v1/), 'What is this?');
    await ben.sees(/teacher/i, { privately: true });
    await ada.doesNotSee(/teacher/i);
  });

  it('is what a question then gets two answers from; who is who is told after the vote, to the voter alone', async () => {
    const question = await ben.say('@apprentice How do I moor my boat?');
    await ben.seesSign(question, 'seen');
    const asked = await ben.sees(/How do I moor my boat\?\nAnswer A/, { thread: question });
    expect(asked.text).toContain('[A is better] [B is better] [Tie] [Both bad]');
    expect(asked.text).not.toMatch(/base|v1/);

    await ben.press(asked, 'A is better');
    await ben.sees(/Your vote: A is better.*(A was the base model; B was v1|A was v1.*; B was the base model)/, { privately: true });
    await ada.press(asked, 'Tie');
    await ada.sees(/Your vote: Tie/, { privately: true });
    await ada.press(asked, 'Both bad');
    await ada.sees(/Your vote: Both bad/, { privately: true });
    await ada.doesNotSee(/Your vote: A is better/);
  });

  it('gives weekly reports their frame: two drafts, with the notes below', async () => {
    const notes = await ada.say('@apprentice weekly report\nW31, Emil\nboats in: 7\nanchor found HAR-12');
    const { text } = await ada.sees(/draft\n(.*\n)+Answer B/, { thread: notes });
    expect(text.split('Weekly report · W31 · Emil\nDone\n')).toHaveLength(3);
    expect(text).toMatch(/Your notes:\nW31, Emil/);
  });

  it('has its votes counted once a comparison’s 24 hours are over', async () => {
    await story.look(db => db.execute(sql`update questions set closes_at = now() where comparison`));
    const closed: Seen = await ben.sees(/Closed: A was .* Votes: 1 for A, 0 for B, 0 tie, 1 both bad/);
    expect(closed.text).toContain('How do I moor my boat?');
    await ben.say('/finetune status');
    // A vote counts as it was first given; a changed one is shown on the message only.
    await ben.sees(/(v1: 1 · the base model: 0|v1: 0 · the base model: 1) · tie: 1 · both bad: 0/);
  });

  it('is not needed to hear what it does not know or cannot do: one sentence each', async () => {
    const says = async (text: string, answer: RegExp) => {
      const after = await ben.say(text);
      const { private: onlyMine } = await ben.sees(answer, { after });
      expect(onlyMine).toBe(true);
    };
    await says('/finetune strat', /Did you mean `?\/finetune start/);
    await says('/finetune start lr=banana', /lr must be a number from .* got “banana”/);
    await says('/finetune start epochs=0', /epochs must be a whole number/);
    await says('/finetune cancel', /Nothing is running/);
    await says(`@apprentice ${'boat '.repeat(4_000)}`, /too long for me/);
  });
});
