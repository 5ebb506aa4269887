// The curve of a card as a picture from the server: for those who may, in the look and language asked for, drawn once.
import { afterEach, beforeEach, expect, it } from 'vitest';
import { curveWords } from '../../src/bot/run/curve.ts';
import { drawCurve } from '../../src/bot/run/draw-curve.ts';
import type { Curve } from '../../src/chat/chat.ts';
import { openTestWeb, type TestWeb } from '../support/web.ts';

let s: TestWeb;
let drawn: string[];
beforeEach(async () => {
  drawn = [];
  s = await openTestWeb(undefined, {
    draw: (curve, lang, look) => {
      drawn.push(`${lang} ${look}`);
      return drawCurve(curve, curveWords(lang), look);
    },
  });
});
afterEach(() => s.close());

const curve = (last: number): Curve => ({
  train: [
    [1, 4],
    [2, last],
  ],
  heldout: [[0, 4.2]],
  alt: 'It falls.',
});
const post = async (last: number) => {
  const card = { title: 'Run 1', parts: [{ markdown: 'Look:' }, { curve: curve(last) }] };
  const { id } = await s.chat.post({ key: 'run:1', place: s.t.team, card });
  return id;
};
const get = (path: string, cookie = `apprentice_${s.web.port}=${s.web.token}`) =>
  fetch(`http://127.0.0.1:${s.web.port}${path}`, { headers: { cookie } });
const bytes = async (path: string) => Buffer.from(await (await get(path)).arrayBuffer()).toString('base64');

it('gives the picture in the look and language asked for, to be kept by the browser', async () => {
  const id = await post(2);
  const answer = await get(`/pictures/${id}/1.png?look=dark&lang=zh&v=1`);
  expect(answer.headers.get('content-type')).toBe('image/png');
  expect(answer.headers.get('cache-control')).toContain('immutable');
  expect(Buffer.from(await answer.arrayBuffer()).toString('base64')).toBe(
    Buffer.from(await drawCurve(curve(2), curveWords('zh'), 'dark')).toString('base64'),
  );
  await get(`/pictures/${id}/1.png`);
  expect(drawn).toEqual(['zh dark', 'en light']);
});

it('draws it once, and again when the card has another curve', async () => {
  const id = await post(2);
  const first = await bytes(`/pictures/${id}/1.png?look=light`);
  expect(await bytes(`/pictures/${id}/1.png?look=light`)).toBe(first);
  expect(drawn).toEqual(['en light']);
  await post(1);
  expect(await bytes(`/pictures/${id}/1.png?look=light&v=2`)).not.toBe(first);
  expect(drawn).toEqual(['en light', 'en light']);
});

it('a picture that could not be drawn is tried anew', async () => {
  await s.close();
  let tries = 0;
  s = await openTestWeb(undefined, {
    draw: async () => {
      if (++tries === 1) throw new Error('no memory');
      return new Uint8Array([1]);
    },
  });
  const id = await post(2);
  expect((await get(`/pictures/${id}/1.png`)).status).toBe(500);
  expect((await get(`/pictures/${id}/1.png`)).status).toBe(200);
});

it('nothing for strangers, and nothing where there is no curve', async () => {
  const id = await post(2);
  expect((await get(`/pictures/${id}/1.png`, 'apprentice=no')).status).toBe(401);
  for (const path of [`${id}/0.png`, `${id}/9.png`, 'nobody/1.png', `${id}/x.png`])
    expect((await get(`/pictures/${path}`)).status).toBe(404);
  expect(drawn).toEqual([]);
});
