// The curve on the page: one picture that follows the reader's look and language, and the curve as it goes on.
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { newReader, openPage, openPageBrowser } from '../support/page.ts';
import { openTestWeb, type TestWeb } from '../support/web.ts';

let browser: Browser;
let s: TestWeb;
beforeAll(async () => {
  browser = await openPageBrowser();
  s = await openTestWeb();
});
afterAll(async () => {
  await browser?.close();
  await s?.close();
});

const post = (last: number) => {
  const curve = {
    train: [
      [1, 4],
      [2, last],
    ] as [number, number][],
    heldout: [],
    alt: `Training loss from 4 to ${last}.`,
  };
  return s.chat.post({ key: 'run:1', place: s.t.team, card: { title: 'Run 1', parts: [{ curve }] } });
};
const shown = (look: 'light' | 'dark') => `.curve img.${look}`;
/** The picture is there, and it is the only one. */
const sees = async (page: Page, look: 'light' | 'dark') => {
  await page.waitForFunction(image => (document.querySelector(image) as HTMLImageElement | null)?.naturalWidth, shown(look));
  expect(await page.isVisible(shown(look))).toBe(true);
  expect(await page.isVisible(shown(look === 'light' ? 'dark' : 'light'))).toBe(false);
};

it('is light or dark as the system is, until the reader switches', async () => {
  await post(2);
  for (const [system, other] of [
    ['light', 'dark'],
    ['dark', 'light'],
  ] as const) {
    const context = await newReader(browser, { colorScheme: system });
    const complaints: string[] = [];
    const page = await openPage(s, context, undefined, complaints);
    await sees(page, system);
    await page.evaluate(look => (document.documentElement.dataset.theme = look), other);
    await sees(page, other);
    expect(complaints).toEqual([]);
    await context.close();
  }
});

it('is another picture when the curve goes on, with other words for whoever does not see it', async () => {
  await post(2);
  const context = await newReader(browser);
  const page = await openPage(s, context);
  await sees(page, 'light');
  const before = await page.getAttribute(shown('light'), 'src');
  await post(1);
  await page.waitForSelector(`${shown('light')}[alt="Training loss from 4 to 1."]`);
  await page.waitForFunction(([image, old]) => document.querySelector(image)?.getAttribute('src') !== old, [
    shown('light'),
    before,
  ] as const);
  await sees(page, 'light');
  expect(await page.textContent('.curve figcaption')).toBe('Training loss from 4 to 1.');
  expect(await page.getAttribute(shown('light'), 'src')).toContain('lang=en');
  await context.close();
});
