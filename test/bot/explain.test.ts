// [What is this?]: the words of the card told as a school, with the run's own figures.
import { describe, expect, it } from 'vitest';
import { explanation } from '../../src/bot/card/explain.ts';
import { cardToText } from '../../src/chat/card-text.ts';

const run = { no: 3, steps: 92, settings: { learningRate: 1e-3, epochs: 4, batch: 4 } };
const progress = {
  steps: [],
  heldout: [
    { step: 0, loss: 4.2 },
    { step: 46, loss: 1.85 },
  ],
  events: [{ kind: 'started', detail: { trainable: 4_884_480 } }],
};
const of = { run, progress } as unknown as Parameters<typeof explanation>[1];

describe('what the words mean', () => {
  it('all of them, by the comparison with a school', () => {
    const text = cardToText(explanation('en'));
    for (const word of ['school', 'pupil', 'teacher', 'lesson plan', 'Loss', 'Learning rate', 'Rounds', 'Batch', 'Weights']) {
      expect(text).toContain(word);
    }
    expect(text).not.toMatch(/\{\w+\}|explain\.|In run/);
  });

  it('with the figures of the run: a loss is a chance for the right next piece', () => {
    const text = cardToText(explanation('en', of));
    // e^-4.2 and e^-1.85
    expect(text).toContain('In run 3 it went from 4.20 to 1.85: the right next piece got a chance of about 1.5 % before, and 16 % now.');
    expect(text).toContain('Run 3 used 0.001.');
    expect(text).toContain('Run 3 made 4.');
    expect(text).toContain('took 4 at a time, which made 92 steps');
    expect(text).toContain('holds 4,884,480 numbers');
  });

  it('in Chinese, too', () => {
    const text = cardToText(explanation('zh', of));
    expect(text).toContain('第 3 次训练里，它从 4.20 降到 1.85');
    expect(text).not.toMatch(/\{\w+\}|explain\.|pupil/);
  });
});
