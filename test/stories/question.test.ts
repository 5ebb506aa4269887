// Somebody asks: two answers side by side, a vote, why, and at the end everybody hears who was who.
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Person, Seen } from '../support/person.ts';
import { everyWay } from '../support/platforms.ts';
import { openStory, type Story } from '../support/story.ts';
import { teach, train } from '../support/tuned.ts';

vi.setConfig({ testTimeout: 60_000 });

const WHO = /(base model|v1)/;

describe.each(everyWay)('$name: a question', platform => {
  let story: Story;
  let ada: Person;
  let ben: Person;
  let cem: Person;
  let question: Seen;
  let asked: Seen;
  beforeAll(async () => {
    story = await openStory(platform);
    ada = await story.person('Ada');
    ben = await story.person('Ben');
    cem = await story.person('Cem');
    await teach(ada);
    await train(ada, 1);
  });
  afterAll(() => story?.close());

  it('gets 👀 and, in its thread, two answers of equal weight; nothing says who gave which', async () => {
    question = await ben.say('@apprentice How do I moor my boat?');
    await ben.seesSign(question, 'seen');
    asked = await cem.sees(/Which one is better\?/, { thread: question });
    expect(asked.text).toMatch(/^How do I moor my boat\?\nAnswer A\n.+\nAnswer B\n.+/s);
    expect(asked.text).toContain('[A is better] [B is better] [Tie] [Both bad] [Better answer]');
    expect(asked.text).not.toMatch(WHO);
  });

  it('shows below what the team itself has approved on it, and who stands behind that', () => {
    expect(asked.text).toContain('From your team: example 1, “How do I moor my boat?”, from a file · approved by Ada');
  });

  it('is voted on: the voter alone hears who was who, may say why, and may think again', async () => {
    await ben.press(asked, 'A is better');
    const ballot = await ben.sees(/Your vote: A is better.*A was .*; B was /s, { privately: true });
    expect(ballot.text).toContain('[Structure] [Wording] [Facts] [Length]');
    await ben.press(ballot, 'Facts');
    await ben.sees(/Your vote: A is better.*\[✓ Facts\]/s, { privately: true });
    await ben.press(asked, 'Both bad');
    const changed = await ben.sees(/Your vote: Both bad.*\[Facts\]/s, { privately: true });
    expect(changed.id).toBe(ballot.id);
    await cem.sees(/Votes so far: 1\./, { thread: question });
    await cem.doesNotSee(/Your vote/);
    await cem.doesNotSee(WHO, { thread: question });
  });

  it('that people still vote on is asked of nobody alone: that would tell who is who', async () => {
    const after = await cem.say('/finetune try v1 How do I moor my boat');
    await cem.sees(/would give away which is which/, { after, privately: true });
    await cem.doesNotSee(/v1 alone/);
  });

  it('is closed by who asked it, or an admin, and by nobody else', async () => {
    const after = await cem.say('@apprentice close', { thread: question });
    await cem.sees(/Only Ben, who asked, or an admin can close this comparison/, { after, privately: true });
    await ben.say('@apprentice close', { thread: question });
    const told = await cem.sees(/Ben closed this comparison: A was .*; B was /, { thread: question });
    const shown = await cem.sees(/Closed: .* Votes: 0 for A, 0 for B, 0 tie, 1 both bad/, { thread: question });
    expect(shown.id).toBe(asked.id);
    expect(shown.text).not.toContain('[A is better]');
    const who = /A was (.*?); B was (.*?)\./;
    expect(who.exec(shown.text)?.slice(1)).toEqual(who.exec(told.text)?.slice(1));
    expect(who.exec(shown.text)?.slice(1).sort()).toEqual(['the base model', 'v1, tuned on your examples']);
  });

  it('is gone on from in its thread with a mention, and not without one', async () => {
    await cem.say('And in a storm?', { thread: question });
    const follow = await ben.say('@apprentice And in winter?', { thread: question });
    await ben.sees(/^And in winter\?\nAnswer A/, { thread: question, after: follow });
    await ben.doesNotSee(/^And in a storm\?\n/);
  });

  it('needs no mention where one is alone with the bot', async () => {
    const alone = await cem.say('When is low water?', { in: 'direct' });
    await cem.sees(/^When is low water\?\nAnswer A/, { in: 'direct', thread: alone });
    await ben.doesNotSee(/When is low water/);
  });

  it('put to one version alone is answered by it, named, and not voted on', async () => {
    await cem.say('/finetune try v1 Who paints the pier?');
    const alone = await ada.sees(/^v1 alone: Who paints the pier\?/);
    await expect.poll(async () => (await ada.all(/^v1 alone: Who paints the pier\?\n\S/)).length).toBe(1);
    expect(alone.text).not.toContain('[A is better]');
    await cem.say('/finetune try base Who paints the pier?');
    await ada.sees(/^The base model alone: Who paints the pier\?/);
    const after = await cem.say('/finetune try v9 Who paints the pier?');
    await cem.sees(/v9/, { after, privately: true });
  });

  it('that both answer alike is shown once, and not put to a vote', async () => {
    // A version that has learned next to nothing speaks as the base does.
    await ada.say('/finetune start rounds=1 lr=0.000001 seed=1');
    await ada.press(await ada.sees(/^Run 2 .*\[Start\]/s), 'Start');
    await ada.sees(/^Run 2 · done: v2/);
    const same = await ada.say('@apprentice What is the capital of France?');
    const { text } = await ada.sees(/Both gave the same answer, so there is nothing to vote on/, { thread: same });
    expect(text).not.toContain('Answer A');
    expect(text).not.toContain('[A is better]');
  });
});
