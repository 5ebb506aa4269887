// The curve as a picture: every character has its glyph, both looks are drawn, and what is drawn depends on the losses.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { curveWords } from '../../src/bot/run/curve.ts';
import { CURVE_FONT, drawCurve } from '../../src/bot/run/draw-curve.ts';
import type { Curve } from '../../src/chat/chat.ts';
import { charactersOf } from '../support/font.ts';

const curve = (points: number, more: Partial<Curve> = {}): Curve => ({
  train: Array.from({ length: points }, (_, i): [number, number] => [i + 1, 1 + 3 * Math.exp(-i / 40)]),
  heldout: [
    [0, 4.1],
    [points, 1.5],
  ],
  best: points,
  alt: 'falls',
  ...more,
});
/** Width and height as the PNG's header tells them. */
const sizeOf = (png: Uint8Array) => {
  const bytes = Buffer.from(png);
  expect(bytes.subarray(0, 8).toString('latin1')).toBe('\x89PNG\r\n\x1a\n');
  return [bytes.readUInt32BE(16), bytes.readUInt32BE(20)];
};
const drawn = async (...args: Parameters<typeof drawCurve>) => Buffer.from(await drawCurve(...args)).toString('base64');

describe('the curve as a picture', () => {
  it('the font has every character of the words in both languages, and the figures', () => {
    const known = charactersOf(readFileSync(CURVE_FONT));
    const needed = [...Object.values(curveWords('en')), ...Object.values(curveWords('zh')), '0123456789.,-−e'].join('');
    expect(needed.length).toBeGreaterThan(40);
    expect([...needed].filter(character => !known.has(character))).toEqual([]);
  });

  it.each([1, 3, 200])('%i points become a PNG, light and dark, English and Chinese', async points => {
    const pictures = await Promise.all(
      (['en', 'zh'] as const).flatMap(lang => (['light', 'dark'] as const).map(look => drawCurve(curve(points), curveWords(lang), look))),
    );
    for (const picture of pictures) expect(sizeOf(picture)).toEqual([1120, 600]);
    expect(new Set(pictures.map(picture => Buffer.from(picture).toString('base64'))).size).toBe(4);
  });

  it('shows words, losses and the kept round: without each of them it is another picture', async () => {
    const words = curveWords('zh');
    const whole = await drawn(curve(20), words, 'light');
    expect(await drawn(curve(20), words, 'light')).toBe(whole);
    expect(await drawn(curve(20), { ...words, train: '' }, 'light')).not.toBe(whole);
    expect(await drawn(curve(20, { best: undefined }), words, 'light')).not.toBe(whole);
    expect(await drawn(curve(20, { heldout: [] }), words, 'light')).not.toBe(whole);
    expect(await drawn(curve(20), { ...words, train: '训训训' }, 'light')).not.toBe(
      await drawn(curve(20), { ...words, train: '练练练' }, 'light'),
    );
  });

  it('a loss that is no number is left out', async () => {
    const broken = curve(20, { heldout: [[0, Number.NaN]] });
    expect(await drawn(broken, curveWords('en'), 'light')).toBe(await drawn(curve(20, { heldout: [] }), curveWords('en'), 'light'));
  });
});
