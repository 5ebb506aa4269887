// Comparing in the page: two answers next to each other, a vote and its reason, a better answer in a form. Real bot, real browser.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Asking } from '../support/asking.ts';
import { type AskingPage, inThread, openAskingPage, shot } from '../support/asking-page.ts';
import { DESKTOP, PHONE } from '../support/page.ts';

let at: AskingPage;
let chat: Asking;
beforeAll(async () => {
  at = await openAskingPage();
  chat = at.chat;
});
afterAll(() => at?.end());

describe('a comparison in the page', () => {
  it('is voted on, says why, and is answered better, on a desk and on a phone', async () => {
    const { id, no } = await chat.version();
    for (const [name, look] of [
      ['desk', DESKTOP],
      ['phone', PHONE],
    ] as const) {
      const { question, message } = await chat.ask('Ann', `@apprentice How do I moor in a storm (${name})?`);
      await chat.answer(question, [
        [null, 'Mooring a boat in a storm depends on many things, such as the boat, the harbour and the wind.'],
        [id, 'Use double lines.\n1. Two at the bow, two at the stern.\n2. Put fenders out.\nAsk: Rosa, berth 4'],
      ]);
      const page = await at.open('Ben', look);
      await page.click(`#${message} .replies`);
      const card = inThread(page, 'Answer A');
      await card.waitFor();
      await shot(page, `comparison-${name}`);
      await card.locator('button:has-text("B is better")').click();
      const mine = inThread(page, 'Your vote: B is better');
      await mine.waitFor();
      expect(await mine.innerText()).toContain(`B was v${no}`);
      await mine.locator('button:has-text("Structure")').click();
      await mine.locator('button:has-text("✓ Structure")').waitFor();
      await shot(page, `voted-${name}`);
      await card.locator('button:has-text("Better answer")').click();
      const field = page.locator('dialog.form textarea');
      expect(await field.inputValue()).toContain('Use double lines.');
      await field.fill(' ');
      await page.click('dialog.form button[type=submit]');
      await page.waitForSelector('dialog.form .problem:has-text("Please write the answer.")');
      await field.fill(`Use double lines, and stay ashore (${name}).`);
      await shot(page, `better-form-${name}`);
      await page.click('dialog.form button[type=submit]');
      const better = inThread(page, `stay ashore (${name})`);
      await better.waitFor();
      await shot(page, `better-${name}`);
      await page.context().close();
    }
  });

  it('tells others nothing of who is who, in no byte of the page', async () => {
    const page = await at.open('Cy');
    await page.click('.replies >> nth=-1');
    const comparison = inThread(page, 'Answer A');
    await comparison.waitFor();
    expect(await page.innerHTML('#thread-messages')).not.toMatch(/base|tuned|\bv\d/i);
    await page.context().close();
  });
});
