// The page in a real Chromium, by people who type, press, drop and look.
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, BrowserContext } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { SCREENSHOTS } from '../support/browser-looks.ts';
import { newReader, openPage, openPageBrowser, PHONE, sees, speakAs, type } from '../support/page.ts';
import { echoBot, openTestWeb, type TestWeb } from '../support/web.ts';

let browser: Browser;
let s: TestWeb;
let context: BrowserContext;
/** What the browser complained of: CSP violations, exceptions, failed loads. */
let complaints: string[];

beforeAll(async () => {
  browser = await openPageBrowser();
});
afterAll(() => browser?.close());
beforeEach(async () => {
  complaints = [];
  s = await openTestWeb(echoBot);
  context = await newReader(browser);
});
afterEach(async () => {
  await context.close();
  await s.close();
});

const open = (as?: string, where = context) => openPage(s, where, as, complaints);

describe('the page', () => {
  it('what one person says stands at once in another one’s tab, and the bot answers both', async () => {
    const ann = await open('Ann');
    const ben = await open('Ben');
    await type(ann, 'hello **all** <img src=x onerror=alert(1)>');
    const message = await sees(ben, 'hello all <img src=x onerror=alert(1)>');
    expect(await message.$eval('.by b', name => name.textContent)).toBe('Ann');
    expect(await message.$eval('.text', text => text.innerHTML)).toBe(
      '<p>hello <strong>all</strong> &lt;img src=x onerror=alert(1)&gt;</p>',
    );
    await type(ben, '@apprentice how do I ship?');
    for (const page of [ann, ben]) await sees(page, 'how do I ship?');
    for (const page of [ann, ben]) await page.waitForSelector('.card .title:has-text("Heard")');
    expect(await ann.inputValue('#composer textarea')).toBe('');
    expect(complaints).toEqual([]);
  });

  it('a button is pressed by whoever speaks, and the message changes in place for everybody', async () => {
    const ann = await open('Ann');
    await type(ann, '@apprentice count');
    const ben = await open('Ben');
    const before = await (await ben.waitForSelector('.message:has(.card)')).getAttribute('id');
    await ben.click('.button:has-text("Count")');
    for (const page of [ann, ben]) await page.waitForSelector('.card .title:has-text("Pressed 1")');
    expect(await (await ann.waitForSelector('.message:has(.card)')).getAttribute('id')).toBe(before);
    expect(await ann.locator('.message:has(.card)').count()).toBe(1);
    expect(complaints).toEqual([]);
  });

  it('a file dropped anywhere goes into the message, to the bot, and back out', async () => {
    const page = await open('Ann');
    await page.evaluate(() => {
      const transfer = new DataTransfer();
      transfer.items.add(new File(['[{"instruction":"a","output":"b"}]'], 'rows.json', { type: 'application/json' }));
      for (const kind of ['dragenter', 'dragover', 'drop']) {
        document.body.dispatchEvent(new DragEvent(kind, { dataTransfer: transfer, bubbles: true, cancelable: true }));
      }
    });
    await page.waitForSelector('.chip:has-text("rows.json"):not(.busy)');
    expect(await page.isVisible('#drop')).toBe(false);
    await page.press('#composer textarea', 'Enter');
    await sees(page, 'rows.json: 34 bytes');
    const [download] = await Promise.all([page.waitForEvent('download'), page.click('a.file')]);
    expect(download.suggestedFilename()).toBe('rows.json');
    expect(await page.locator('.chip').count()).toBe(0);
  });

  it('a new person is added and speaks; who is spoken as survives a reload', async () => {
    const page = await open();
    await page.click('.speaker');
    await page.fill('#people input', 'ann');
    await page.press('#people input', 'Enter');
    await page.waitForSelector('#people .problem:has-text("already called ann")');
    await page.fill('#people input', 'Mei Lin');
    await page.press('#people input', 'Enter');
    await page.waitForSelector('.speaker:has-text("Mei Lin")');
    await type(page, 'I am new here');
    expect(await (await sees(page, 'I am new here')).$eval('.by b', name => name.textContent)).toBe('Mei Lin');
    await page.reload();
    await page.waitForSelector('.speaker:has-text("Mei Lin")');
    await sees(page, 'I am new here');
  });

  it('private messages are marked and are nobody else’s', async () => {
    const ann = await open('Ann');
    const ben = await open('Ben');
    await s.chat.postPrivately('p', { person: s.t.person('Ann'), place: s.t.team }, { title: '', parts: [{ markdown: 'psst' }] });
    await ann.waitForSelector('.message.private:has-text("Only you see this"):has-text("psst")');
    await type(ann, 'after');
    await sees(ben, 'after');
    expect(await ben.locator('.message:has-text("psst")').count()).toBe(0);
  });

  it('a command is one quiet line for whoever typed it, and nothing for others', async () => {
    const ann = await open('Ann');
    const ben = await open('Ben');
    await type(ann, '/finetune status');
    await ann.waitForSelector('.message.command:has-text("only you see this"):has-text("/finetune status")');
    await type(ann, 'after');
    await sees(ben, 'after');
    expect(await ben.locator('.command').count()).toBe(0);
    await ann.reload();
    await ann.waitForSelector('.message.command:has-text("/finetune status")');
  });

  it('of a choice, the button that this reader pressed shows it, through every change of the message', async () => {
    const page = await open('Ann');
    const ask = (title: string) =>
      s.chat.post({
        key: 'q',
        place: s.t.team,
        card: {
          title,
          parts: [{ buttons: ['A', 'B'].map(value => ({ label: `${value} is better`, action: 'vote', value })) }],
        },
      });
    await ask('first look');
    await page.click('.button:has-text("B is better")');
    await page.waitForSelector('.button[aria-pressed=true]:has-text("B is better")');
    await page.click('.button:has-text("A is better")');
    await page.waitForSelector('.button[aria-pressed=true]:has-text("A is better")');
    await ask('second look');
    await page.waitForSelector('.title:has-text("second look")');
    expect(await page.$$eval('.card .button', all => all.map(button => button.getAttribute('aria-pressed')))).toEqual(['true', 'false']);
    await speakAs(page, 'Ben');
    await page.waitForSelector('.title:has-text("second look")');
    expect(await page.locator('.button[aria-pressed=true]').count()).toBe(0);
  });

  it('two answers in a thread stand below each other, a long command wraps and a block scrolls', async () => {
    const page = await open('Ann');
    const { id: root } = await s.chat.post({ key: 'root', place: s.t.team, card: { title: '', parts: [{ markdown: 'root' }] } });
    const long = 'deploy --to '.repeat(20);
    await s.chat.post({
      key: 'two',
      place: { ...s.t.team, thread: root },
      card: {
        title: 'Two',
        parts: [
          {
            columns: [
              { title: 'A', markdown: `Run \`${long.replaceAll(' ', '-')}\`` },
              { title: 'B', markdown: `\`\`\`\n${long}\n\`\`\`` },
            ],
          },
          { facts: [['Loss', `base **4.20** · tuned **1.85** · ${'a rival with a long name **3.00** · '.repeat(3)}last **9 %**`]] },
        ],
      },
    });
    await page.click('.replies');
    const [a, b] = await page.locator('#thread .column').all();
    const [first, second] = [(await a.boundingBox())!, (await b.boundingBox())!];
    expect(second.y).toBeGreaterThan(first.y);
    expect(first.width).toBeGreaterThan(300);
    for (const column of [a, b]) expect(await column.evaluate(box => box.scrollWidth - box.clientWidth)).toBeLessThanOrEqual(0);
    expect(await b.locator('pre').evaluate(pre => pre.scrollWidth - pre.clientWidth)).toBeGreaterThan(100);
    expect(await page.locator('#thread .facts dd .pieces').allInnerTexts()).toEqual([
      expect.stringMatching(/^base 4\.20\s+tuned 1\.85$/),
      expect.stringMatching(/^a rival[\s\S]*last\s+9 %$/),
    ]);
    expect(complaints).toEqual([]);
  });

  it('threads open beside, are written in by keyboard, and close with Escape', async () => {
    const page = await open('Ann');
    await type(page, 'root');
    await (await sees(page, 'root')).hover();
    await page.click('[data-key=reply]');
    await page.waitForSelector('#thread .message:has-text("root")');
    await page.keyboard.type('first line');
    await page.keyboard.press('Shift+Enter');
    await page.keyboard.type('second line');
    await page.keyboard.press('Enter');
    await page.waitForSelector('#thread .message:has-text("second line")');
    expect(await page.$eval('#thread .message:has-text("second line") .text', text => text.innerHTML)).toBe(
      '<p>first line<br>second line</p>',
    );
    await page.keyboard.press('Escape');
    await page.waitForSelector('#thread', { state: 'hidden' });
    await page.waitForSelector('#messages .replies:has-text("1 reply")');
    expect(await page.locator('#messages .message:has-text("second line")').count()).toBe(0);
    expect(await page.evaluate(() => (document.activeElement as HTMLElement).dataset.key)).toBe('replies');
  });

  it('who reads the newest messages goes on reading them when a thread opens beside, and who reads older ones those', async () => {
    const page = await open('Ann');
    const line = 'a line that needs the whole width of the page, or two lines where a thread stands beside it. ';
    for (let i = 1; i <= 8; i++) await s.t.room.say(s.t.person('Ben'), s.t.team, `${i}: ${line.repeat(6)}`);
    await sees(page, '8: a line');
    const list = page.locator('#messages');
    const below = () => list.evaluate(box => box.scrollHeight - box.scrollTop - box.clientHeight);
    const openThread = async (at: string) => {
      await page
        .locator(`#messages .message:has-text("${at}: a line") [data-key=reply]`)
        .evaluate(button => (button as HTMLElement).click());
      await page.waitForSelector(`#thread .message:has-text("${at}: a line")`);
    };
    await openThread('8');
    await expect.poll(below).toBeLessThanOrEqual(1);
    await page.keyboard.press('Escape');
    await expect.poll(below).toBeLessThanOrEqual(1);
    await list.evaluate(box => (box.scrollTop = 0));
    await openThread('1');
    expect(await below()).toBeGreaterThan(500);
  });

  it('commands and names are suggested and chosen with the arrows', async () => {
    const page = await open('Ann');
    await page.focus('#composer textarea');
    await page.keyboard.type('/f');
    await page.waitForSelector('[role=option][aria-selected=true]:has-text("/finetune start")');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    expect(await page.inputValue('#composer textarea')).toBe('/finetune status');
    await page.keyboard.press('Enter');
    await page.waitForSelector('.card:has-text("/finetune status")');
    await page.keyboard.type('ask @be');
    await page.waitForSelector('[role=option]:has-text("@Ben")');
    await page.keyboard.press('Tab');
    expect(await page.inputValue('#composer textarea')).toBe('ask @Ben ');
  });

  it('a command that is whole is sent by Enter, whatever is suggested below it', async () => {
    const page = await open('Ann');
    await page.focus('#composer textarea');
    await page.keyboard.type('/finetune');
    await page.waitForSelector('[role=option]:has-text("/finetune start")');
    expect(await page.locator('[role=option][aria-selected=true]').count()).toBe(0);
    await page.keyboard.press('Enter');
    await page.waitForSelector('.message.command:has-text("/finetune")');
    expect(await page.innerText('.message.command .text')).toBe('/finetune');
    await page.keyboard.type('/finetune');
    await page.keyboard.press('Tab');
    expect(await page.inputValue('#composer textarea')).toBe('/finetune start');
    // It is also how another one begins: /finetune examples.
    await page.fill('#composer textarea', '/finetune exam');
    await page.waitForSelector('[role=option]:has-text("/finetune examples")');
    await page.press('#composer textarea', 'Enter');
    await page.waitForSelector('.message.command:has-text("/finetune exam")');
    expect(await page.innerText('.message.command .text >> nth=-1')).toBe('/finetune exam');
  });

  it('a message that is refused stays where it was typed, the sentence above it', async () => {
    const page = await open('Ann');
    await page.fill('#composer textarea', 'x'.repeat(100_000));
    await page.press('#composer textarea', 'Enter');
    await page.waitForSelector('#composer .problem:has-text("A message may have 40000 characters")');
    expect((await page.inputValue('#composer textarea')).length).toBe(100_000);
    expect(await page.locator('.message').count()).toBe(0);
  });

  it('a form is filled in, sent back with what is wrong, and answered privately', async () => {
    const page = await open('Ann');
    await type(page, '@apprentice form');
    await page.click('.button:has-text("Why?")');
    await page.click('dialog .button.primary');
    await page.waitForSelector('dialog .problem:has-text("Say why.")');
    // However long the form is: the field that it is about has the focus, so it is in sight.
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('field-why');
    await page.fill('dialog input', 'because');
    await page.press('dialog input', 'Enter');
    await page.waitForSelector('.message.private:has-text("noted: because")');
    await page.waitForSelector('dialog', { state: 'detached' });
  });

  it('a server that goes away and comes back is found again, and nothing said meanwhile is missed', async () => {
    const page = await open('Ann');
    await type(page, 'before');
    await sees(page, 'before');
    s = await s.restart();
    await s.t.room.say(s.t.person('Ben'), s.t.team, 'meanwhile');
    await sees(page, 'meanwhile');
    expect(await page.locator('.message').count()).toBe(2);
    await page.waitForSelector('#notice', { state: 'hidden' });
  });

  it('a card is drawn with all its parts, a bar moves without taking the focus', async () => {
    const page = await open('Ann');
    const run = (progress: number) =>
      s.chat.post({
        key: 'run:1',
        place: s.t.team,
        card: {
          title: 'Run 1',
          parts: [
            { progress, note: `step ${progress * 100}` },
            {
              curve: {
                train: [
                  [1, 4],
                  [2, 3],
                  [3, 2],
                ],
                heldout: [
                  [0, 4.2],
                  [3, 2.1],
                ],
                best: 3,
                alt: 'Held-out loss falls from 4.2 to 2.1.',
              },
            },
            { facts: [['Perplexity', '66.7 → **6.4**']] },
            {
              columns: [
                { title: 'A', markdown: 'one' },
                { title: 'B', markdown: 'two' },
              ],
            },
            { buttons: [{ label: 'Cancel', action: 'cancel', value: '1', style: 'danger' }] },
          ],
        },
      });
    await run(0.25);
    await page.focus('.button:has-text("Cancel")');
    await run(0.5);
    await page.waitForSelector('.note:has-text("step 50")');
    expect(await page.$eval('progress', bar => (bar as HTMLProgressElement).value)).toBe(0.5);
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Cancel');
    expect(await page.getAttribute('.curve img.light', 'alt')).toBe('Held-out loss falls from 4.2 to 2.1.');
    await page.waitForFunction(() => (document.querySelector('.curve img.light') as HTMLImageElement).naturalWidth === 1120);
    expect(await page.isVisible('.curve img.dark')).toBe(false);
    expect(await page.textContent('.facts dd')).toBe('66.7 → 6.4');
    const [a, b] = await page.locator('.column').all();
    const [left, right] = [(await a.boundingBox())!, (await b.boundingBox())!];
    expect(left.y).toBe(right.y);
    await page.setViewportSize({ width: 390, height: 844 });
    const below = (await b.boundingBox())!;
    expect(below.y).toBeGreaterThan((await a.boundingBox())!.y);
    expect(complaints).toEqual([]);
  });

  it('in Chinese, on a phone, in the dark: everything is within reach', async () => {
    const folder = SCREENSHOTS;
    await mkdir(folder, { recursive: true });
    const phone = await newReader(browser, { ...PHONE, colorScheme: 'dark', locale: 'zh-CN' });
    const page = await open('Ben', phone);
    await page.click('[data-key=menu]');
    await page.click('[data-key=language]');
    await page.waitForSelector('[data-key=language]:has-text("English")');
    await page.click('#shade', { position: { x: 380, y: 400 } });
    await page.waitForSelector('#sidebar', { state: 'hidden' });
    await type(page, '@apprentice 你好');
    await sees(page, '你好');
    const composer = (await (await page.waitForSelector('#composer .box')).boundingBox())!;
    expect(composer.y + composer.height).toBeLessThanOrEqual(844);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
    expect(await page.getAttribute('html', 'lang')).toBe('zh-CN');
    await page.screenshot({ path: join(folder, 'phone-dark-zh.png') });
    await phone.close();
  });
});
