// The team's own test: pinned questions that every version answers after its run, so that progress is visible on the card.
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Person, Seen } from '../support/person.ts';
import { platforms } from '../support/platforms.ts';
import { openStory, type Story } from '../support/story.ts';
import { teach, train } from '../support/tuned.ts';

vi.setConfig({ testTimeout: 60_000 });

const MOOR = 'How do I moor my boat?';
const BELL = 'Who rings the bell at night?';
const DOGS = 'Are dogs welcome?';

describe.each(platforms)('$name: the exam', platform => {
  let story: Story;
  let ada: Person;
  let ben: Person;
  let first: Seen;
  beforeAll(async () => {
    story = await openStory(platform);
    ada = await story.person('Ada');
    ben = await story.person('Ben');
    await teach(ada);
  });
  afterAll(() => story?.close());

  /** What stands below an exam's question on a card. */
  const answersTo = (card: Seen, question: string): string => {
    const [, rest = ''] = card.text.split(new RegExp(`\\d+\\. ${question.replace('?', '\\?')}\\n`));
    return rest.split(/\n\d+\. |\n(?=Settings|Next)/)[0];
  };
  const answerOf = (card: Seen, question: string, speaker: string): string | undefined =>
    new RegExp(`(?:^|\\n)${speaker}\\n([^\\n]+)`).exec(answersTo(card, question))?.[1];

  it('is what people pin to it; everybody hears of a change, the list comes to who asks', async () => {
    await ada.say(`/finetune exam add ${MOOR}`);
    await ben.sees(/Ada put question 1 on the exam/, { privately: false });
    await ben.say(`/finetune exam add ${BELL}`);
    await ada.sees(/Ben put question 2 on the exam/, { privately: false });
    const asked = await ben.say('/finetune exam');
    const list = await ben.sees(/Your exam: 2 of at most 10 questions/, { after: asked, privately: true });
    expect(list.text).toContain(`${MOOR} · from Ada`);
    expect(list.text).toContain(`${BELL} · from Ben`);
  });

  it('is sat by the base and the first version after their run; both answers stand on the card', async () => {
    first = await train(ada, 1);
    expect(first.text).toContain('Your exam.');
    for (const question of [MOOR, BELL]) {
      for (const speaker of ['base', 'v1']) expect(answerOf(first, question, speaker), `${speaker}: ${question}`).toBeTruthy();
    }
    expect(answerOf(first, MOOR, 'v1')).not.toBe(answerOf(first, MOOR, 'base'));
  });

  it('shows the next version beside the last, word for word as that one answered, and the base below', async () => {
    const second = await train(ada, 2, 'rounds=12 lr=0.002 seed=2');
    for (const question of [MOOR, BELL]) {
      expect(answerOf(second, question, 'v1')).toBe(answerOf(first, question, 'v1'));
      expect(answerOf(second, question, 'v2')).toBeTruthy();
      expect(answersTo(second, question)).toContain(`The base model: ${answerOf(first, question, 'base')}`);
    }
    expect(answerOf(second, MOOR, 'v2')).not.toBe(answerOf(second, MOOR, 'v1'));
  });

  it('drops what is taken off, and compares a new question with the base, since no version before was asked it', async () => {
    await ben.say('/finetune exam remove 2');
    await ada.sees(/Ben took question 2 off the exam/, { privately: false });
    await ben.say(`/finetune exam add ${DOGS}`);
    await ada.sees(/Ben put question 3 on the exam/);
    const third = await train(ada, 3);
    expect(third.text).not.toContain(BELL);
    expect(answerOf(third, MOOR, 'v2')).toBeTruthy();
    expect(answerOf(third, DOGS, 'base')).toBeTruthy();
    expect(answerOf(third, DOGS, 'v3')).toBeTruthy();
    expect(answerOf(third, DOGS, 'v2')).toBeUndefined();
    expect(first.text).toContain(BELL);
  });

  it('is not what a guest pins to it', async () => {
    const gus = await story.guest('Gus');
    const after = await gus.say('/finetune exam add May I come in?');
    await gus.sees(/guests cannot/i, { after, privately: true });
    const asked = await ben.say('/finetune exam');
    await ben.sees(/Your exam: 2 of at most 10 questions/, { after: asked, privately: true });
  });
});
