// Notes longer than the model has room for lose whole lines from their end, and the writer hears how many.
import { expect, test } from 'vitest';
import { fitNotes } from '../../worker/fit-notes.ts';

const notes = ['W31, Emil', ...Array.from({ length: 40 }, (_, i) => `boat ${i}`)].join('\n');
const upTo = (characters: number) => (text: string) => text.length <= characters;

test('notes that fit stay as they are', () => {
  expect(fitNotes(notes, upTo(10_000))).toEqual({ notes, leftOut: 0 });
});

test('of a long week as many whole lines stay as there is room for, and the rest is counted', () => {
  for (const room of [20, 57, 58, 59, 200]) {
    const { notes: kept, leftOut } = fitNotes(notes, upTo(room))!;
    expect(notes.startsWith(`${kept}\n`)).toBe(true);
    expect(kept.length).toBeLessThanOrEqual(room);
    expect(
      notes
        .split('\n')
        .slice(0, kept.split('\n').length + 1)
        .join('\n').length,
    ).toBeGreaterThan(room);
    expect(kept.split('\n').length + leftOut).toBe(41);
  }
});

test('week and name alone are no notes', () => {
  expect(fitNotes(notes, upTo(12))).toBeUndefined();
  expect(fitNotes('one long line', upTo(5))).toBeUndefined();
});
