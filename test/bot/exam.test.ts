// The team's exam: what stands on it, who may change it, and how a report card shows its answers beside the last version's.
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { versions } from '../../src/data/schema.ts';
import type { ExamAnswer } from '../../src/model/report-card.ts';
import { type Asking, openAsking } from '../support/asking.ts';
import { scoresOf } from '../support/scores.ts';

let chat: Asking;
beforeAll(async () => {
  chat = await openAsking();
});
afterAll(() => chat.end());

const says = (person: string, text: string, pattern: RegExp) => chat.after(() => chat.say(person, text), pattern);
const evaluation = { base: scoresOf(4), tuned: scoresOf(4), heldout: { qa: 8, report: 0 }, samples: [] };

/** A finished run's version that has sat this exam; a second one makes the first one retire. */
async function examined(exam: ExamAnswer[], state?: 'quarantined') {
  const { id, no } = await chat.version();
  const set = { card: { evaluation, exam }, ...(state && { state }) };
  await chat.database.db.update(versions).set(set).where(eq(versions.id, id));
  return no;
}
const moor = (tuned: string): ExamAnswer => ({ no: 1, question: 'How do I moor?', base: 'With a rope.', tuned });

describe('the exam', () => {
  it('begins empty, and says how to begin, to whoever asks', async () => {
    const empty = await says('Ann', '/finetune exam', /no questions yet\. Pin up to 10/);
    expect(empty.to).toBe('Ann');
  });

  it('takes questions of more than one line, tells everybody, and lists them with whom they are from', async () => {
    const added = await says('Ann', '/finetune exam add How do I moor?', /Ann put question 1 on the exam: “How do I moor\?”/);
    expect(added.to).toBeUndefined();
    await says('Ben', '@apprentice 考题 添加 怎么停船？\n晚上呢？', /Ben put question 2 on the exam: “怎么停船？\n晚上呢？”/);
    const { text, to } = await says('Cy', '/finetune exam', /Your exam: 2 of at most 10 questions/);
    expect(to).toBe('Cy');
    expect(text).toMatch(/1 +How do I moor\? · from Ann[\s\S]*2 +怎么停船/);
  });

  it('the same question again is that question, and an eleventh finds no room', async () => {
    await says('Ben', '/finetune exam add How do I moor?', /question 1 on the exam/);
    for (let no = 3; no <= 10; no++) await says('Ann', `/finetune exam add Number ${no}?`, new RegExp(`question ${no} on the exam`));
    const full = await says('Ben', '/finetune exam add One more?', /The exam has 10 questions, and that is the most/);
    expect(full.to).toBe('Ben');
  });

  it('loses a question by its number; the others keep theirs, and the number is not given again', async () => {
    await says('Ben', '/finetune exam remove 3', /Ben took question 3 off the exam: “Number 3\?”/);
    await says('Ben', '/finetune exam remove 3', /no question 3 on the exam/);
    await says('Ann', '/finetune exam add Another?', /question 11 on the exam/);
    const { text } = await says('Cy', '/finetune exam', /Your exam: 10 of at most 10/);
    expect(text).not.toContain('Number 3?');
  });

  it('is the team’s own: a guest changes nothing; a page of text is no question; anything else gets the usage', async () => {
    for (const what of ['add May I?', 'remove 1']) await says('Gus', `/finetune exam ${what}`, /Guests cannot do that/);
    await says('Ann', `/finetune exam add ${'word '.repeat(120)}`, /at most 500 characters, this has 599/);
    await says('Ann', '/finetune exam tomorrow', /goes like this: .*exam \[add QUESTION \| remove 3\]/);
    await says('Cy', '/finetune exam', /Your exam: 10 of at most 10/);
  });
});

describe('the exam on a report card', () => {
  const columnsOf = ({ card }: Awaited<ReturnType<typeof says>>) =>
    card.parts.flatMap(part => ('columns' in part ? [part.columns.map(({ title, markdown }) => [title, markdown])] : []));

  it('stands beside the base for the first version, then beside the last version, with the base below', async () => {
    await examined([moor('Use two lines.')]);
    const first = await says('Ann', '/finetune show v1', /Your exam/);
    expect(columnsOf(first)).toEqual([
      [
        ['base', 'With a rope.'],
        ['v1', 'Use two lines.'],
      ],
    ]);
    const fresh = { no: 2, question: 'And in a storm?', base: 'No idea.', tuned: 'Double them.' };
    await examined([moor('Use two lines.\nAsk: Rosa'), fresh]);
    const second = await says('Ann', '/finetune show v2', /Your exam/);
    expect(columnsOf(second)).toEqual([
      [
        ['v1', 'Use two lines.'],
        ['v2', 'Use two lines.\nAsk: Rosa'],
      ],
      [
        ['base', 'No idea.'],
        ['v2', 'Double them.'],
      ],
    ]);
    expect(second.text).toMatch(/1\. How do I moor\?[\s\S]*The base model: With a rope\.[\s\S]*2\. And in a storm\?/);
  });

  it('leaves out a version that must not speak any more, and one that was asked something else under that number', async () => {
    await examined([moor('Said by somebody who took it back.')], 'quarantined');
    await examined([{ ...moor('Nothing.'), question: 'How do I cast off?' }]);
    await examined([moor('')]);
    const { text, card, ...heard } = await says('Ann', '/finetune show v5', /Your exam/);
    expect(columnsOf({ text, card, ...heard })[0]).toEqual([
      ['v2', 'Use two lines.\nAsk: Rosa'],
      ['v5', '(This answer is empty.)'],
    ]);
    expect(text).not.toContain('took it back');
  });
});
