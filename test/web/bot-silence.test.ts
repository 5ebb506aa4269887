// What the page says while the bot hears nothing. In a real Chromium.
import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { newReader, openPage, openPageBrowser, PHONE, speakAs, type } from '../support/page.ts';
import { echoBot, openTestWeb, type TestWeb } from '../support/web.ts';

let browser: Browser;
let s: TestWeb;
beforeAll(async () => {
  browser = await openPageBrowser();
});
afterEach(() => s?.close());
afterAll(() => browser?.close());

describe('a bot that hears nothing', () => {
  it('is said to be away on every page, in its reader’s language and in a thread, until it hears again', async () => {
    let away = true;
    s = await openTestWeb(chat => {
      const { onEvent, formFor } = echoBot(chat);
      return {
        formFor,
        async onEvent(event) {
          if (away) throw new Error('its database is away');
          return onEvent(event);
        },
      };
    });
    await s.t.room.chooseLanguage(s.t.person('Ben'), 'zh');
    const context = await newReader(browser);
    const ann = await openPage(s, context, 'Ann');
    const phone = await newReader(browser, PHONE);
    const ben = await openPage(s, phone, 'Ben');
    await type(ann, '@apprentice is anybody there?');
    await ann.waitForSelector('#main .silent:has-text("apprentice cannot be reached at the moment")', { timeout: 20_000 });
    await ben.waitForSelector('#main .silent:has-text("apprentice 暂时联系不上")');
    const { entry } = await s.t.room.say(s.t.person('Ann'), s.t.team, 'a question');
    await ben.tap(`#${entry.kind === 'said' && entry.message.id} .text`);
    await ben.tap(`#${entry.kind === 'said' && entry.message.id} [data-key=reply]`);
    await ben.waitForSelector('#thread .silent:has-text("apprentice 暂时联系不上")');

    away = false;
    await ann.waitForSelector('.message:has-text("Heard"):has-text("is anybody there?")', { timeout: 20_000 });
    await ann.waitForFunction(() => document.querySelector('#main .silent')?.textContent === '');
    await ben.waitForFunction(() => [...document.querySelectorAll('.silent')].every(({ textContent }) => textContent === ''));
    expect(await ann.isVisible('#main .silent')).toBe(false);
    await speakAs(ann, 'Ben');
    expect(await ann.innerText('#main .silent')).toBe('');
    await context.close();
    await phone.close();
  });
});
