// A comparison shows two answers of equal weight, and nothing that tells which is which before the close.
import { describe, expect, it } from 'vitest';
import { type QuestionFacts, questionCard } from '../../src/bot/question/comparison.ts';
import { whoWasWho } from '../../src/bot/question/sides.ts';
import type { Card } from '../../src/chat/chat.ts';

const facts = (more: Partial<QuestionFacts> = {}): QuestionFacts => ({
  id: 7,
  question: 'How do I ship?',
  comparison: true,
  answers: [
    { side: 'B', text: 'Run it.', version: 3 },
    { side: 'A', text: 'It depends.' },
  ],
  ...more,
});
const buttonsOf = (card: Card) => card.parts.flatMap(part => ('buttons' in part ? part.buttons : []));

describe('comparison', () => {
  it('puts A before B whatever order the rows have, with four buttons of the same kind', () => {
    const card = questionCard('en', facts());
    const columns = card.parts.flatMap(part => ('columns' in part ? part.columns : []));
    expect(columns.map(column => column.markdown)).toEqual(['It depends.', 'Run it.']);
    expect(buttonsOf(card).map(button => button.value)).toEqual(['7:A', '7:B', '7:tie', '7:bad']);
  });

  it('tells nothing: swapping the speakers changes neither text nor buttons', () => {
    const swapped = facts({
      answers: [
        { side: 'A', text: 'It depends.', version: 3 },
        { side: 'B', text: 'Run it.' },
      ],
    });
    expect(questionCard('en', swapped)).toEqual(questionCard('en', facts()));
    expect(JSON.stringify(questionCard('en', facts()))).not.toMatch(/v3|base|tuned/i);
  });

  it('identical answers and answers that never end are not put to a vote', () => {
    const same = facts({
      comparison: false,
      answers: [
        { side: 'A', text: 'Yes.' },
        { side: 'B', text: 'Yes. ', version: 3 },
      ],
    });
    expect(buttonsOf(questionCard('en', same))).toEqual([]);
    expect(JSON.stringify(questionCard('en', same))).toContain('same answer');
    expect(buttonsOf(questionCard('en', facts({ comparison: false })))).toEqual([]);
  });

  it('after the close it says who was who and how people voted', () => {
    const card = questionCard('en', facts({ closed: { A: 1, B: 4, tie: 0, bad: 2 } }));
    expect(buttonsOf(card)).toEqual([]);
    expect(JSON.stringify(card)).toContain('A was the base model; B was v3');
    expect(whoWasWho('zh', facts().answers).b).toContain('v3');
  });

  it('a report is a draft with the notes below it', () => {
    const card = questionCard('en', facts({ draft: { notes: 'W14, Mara\nmon: upgrade', leftOut: 0, known: [], year: 2026 } }));
    expect(card.title).toBe('Weekly report · draft');
    expect(JSON.stringify(card.parts.at(-1))).toContain('> mon: upgrade');
  });
});
