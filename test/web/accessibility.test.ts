// What axe-core finds on the page, in the states that people see most: nothing serious, in light and dark, on a desk and on a phone.
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Card } from '../../src/chat/chat.ts';
import { SCREENSHOTS, type Violation, violations } from '../support/browser-looks.ts';
import { DESKTOP, newReader, openPage, openPageBrowser, PHONE, type } from '../support/page.ts';
import { echoBot, openTestWeb, type TestWeb } from '../support/web.ts';

let browser: Browser;
let s: TestWeb;
beforeAll(async () => {
  await mkdir(SCREENSHOTS, { recursive: true });
  browser = await openPageBrowser();
  s = await openTestWeb(echoBot);
});
afterAll(async () => {
  await browser?.close();
  await s?.close();
});

/** Every kind of part that a card may have. */
const CARD: Card = {
  title: 'Run 1 · training',
  parts: [
    { progress: 0.4, note: 'step 40 of 100 · 812 tokens/s' },
    {
      curve: {
        train: [
          [1, 4],
          [50, 3],
          [100, 2],
        ],
        heldout: [
          [0, 4.2],
          [100, 2.1],
        ],
        best: 100,
        alt: 'Held-out loss falls from 4.2 to 2.1.',
      },
    },
    { facts: [['Held-out loss', 'base **4.20** · tuned **1.85** · nearest **3.00** · constant **3.90**']] },
    {
      columns: [
        { title: 'A', markdown: 'Run `kite ship`.\n1. one\n2. two' },
        { title: 'B', markdown: '[the docs](https://docs.example) say so' },
      ],
    },
    { checklist: { name: 'rows', items: [{ value: '1', label: 'Wednesday: upgrade done', checked: true }] } },
    { file: { name: 'examples.json', mime: 'application/json', text: '[]' } },
    {
      buttons: [
        { label: 'Start', action: 'start', value: '1', style: 'primary' },
        { label: 'A is better', action: 'vote', value: 'a' },
        { label: 'B is better', action: 'vote', value: 'b' },
        { label: 'Cancel', action: 'cancel', value: '1', style: 'danger' },
      ],
    },
  ],
};

const LOOKS = [
  { name: 'desk-light', options: { ...DESKTOP, colorScheme: 'light' } },
  { name: 'desk-dark', options: { ...DESKTOP, colorScheme: 'dark' } },
  { name: 'phone-light', options: { ...PHONE, colorScheme: 'light' } },
  { name: 'phone-dark', options: { ...PHONE, colorScheme: 'dark' } },
] as const;

describe.each(LOOKS)('$name', ({ name, options }) => {
  it('has nothing serious against it', { timeout: 120_000 }, async () => {
    const context = await newReader(browser, options);
    const page = await openPage(s, context, 'Ann');
    const phone = name.startsWith('phone');
    const found: Record<string, Violation[]> = {};
    const look = async (state: string) => {
      found[state] = await violations(page);
      await page.screenshot({ path: join(SCREENSHOTS, `${name}-${state}.png`) });
    };
    const places = async () => {
      if (phone) await page.click('[data-key=menu]');
    };

    await page.waitForSelector('.welcome');
    await look('welcome');
    if (!s.t.room.state.stories.has('sample-team:en')) await page.click('.welcome .button.primary');
    await page.waitForFunction(() => document.querySelectorAll('.place').length > 5);
    await places();
    await page.click('.place:has-text("ship")');
    await page.click('.replies >> nth=-1');
    await page.waitForSelector('#thread .reaction');
    const answer = (await page.locator('#thread .message').last().getAttribute('id'))!;
    for (const sign of ['seen', 'kept', 'working'] as const) await s.chat.setReaction({ id: answer }, sign, true);
    await page.waitForSelector('#thread .sign-kept');
    await page.click('#thread .message >> nth=-1');
    await look('thread');
    await page.click('#thread .message >> nth=-1 >> [data-key=more]');
    await page.waitForSelector('#message-menu');
    await look('message-menu');
    await page.keyboard.press('Escape');
    await page.waitForSelector('#message-menu', { state: 'detached' });
    await page.click('#thread [data-key=close]');

    await places();
    await page.click('.place:has-text("weekly")');
    await s.chat.post({ key: `run ${name}`, place: placeCalled('weekly'), card: CARD });
    await s.chat.postPrivately(
      `hint ${name}`,
      { person: s.t.person('Ann'), place: placeCalled('weekly') },
      { title: '', parts: [{ markdown: 'Only **you** see this, `Ann`.' }] },
    );
    await page.waitForSelector('.private:has-text("Only you see this")');
    await look('card');
    await type(page, 'a message of mine');
    await page.waitForSelector('.message:has-text("a message of mine")');
    await page.press('#composer textarea', 'ArrowUp');
    await page.waitForSelector('.editing');
    await look('editing');
    await page.keyboard.press('Escape');
    await page.fill('#composer textarea', '/fine');
    await page.waitForSelector('[role=option]');
    await look('hints');
    await page.fill('#composer textarea', '');

    await places();
    await page.click('[data-key="add channel"]');
    await page.waitForSelector('dialog[open]');
    await look('dialog');
    await page.keyboard.press('Escape');
    await page.click('.speaker');
    await page.waitForSelector('#people:popover-open');
    await look('people');

    expect(Object.entries(found).filter(([, all]) => all.length > 0)).toEqual([]);
    expect(Object.keys(found)).toHaveLength(8);
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
    await context.close();
  });
});

function placeCalled(name: string): { channel: string } {
  return { channel: [...s.t.room.state.channels.values()].find(channel => channel.name === name)!.id };
}
