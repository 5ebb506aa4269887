// What makes the page a small chat of its own: reactions, edits, channels, threads, unread marks, addresses, the sample team. In a real Chromium.
import { readFile } from 'node:fs/promises';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { newReader, openPage, openPageBrowser, PHONE, sees, speakAs, type } from '../support/page.ts';
import { until } from '../support/room.ts';
import { echoBot, openTestWeb, type TestWeb } from '../support/web.ts';

let browser: Browser;
let s: TestWeb;
let context: BrowserContext;
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
const say = async (name: string, text: string, place: { channel: string; thread?: string } = s.t.team) => {
  const { entry } = await s.t.room.say(s.t.person(name), place, text);
  return entry.kind === 'said' ? entry.message.id : '';
};
const message = (id: string) => s.t.room.state.messages.get(id)!;
const go = (page: Page, channel: string) => page.click(`.place:has-text("${channel}")`);

describe('the page', () => {
  it('a ✅ is one press, is seen by everybody, and is taken back by the next press', async () => {
    const id = await say('Ann', 'a good answer');
    const ben = await open('Ben');
    const ann = await open('Ann', await newReader(browser));
    await ben.hover(`#${id}`);
    await ben.click(`#${id} [data-key=approve]`);
    const chip = await ann.waitForSelector(`#${id} .reaction[data-key="reaction ✅"]:has-text("1")`);
    expect(await chip.getAttribute('aria-pressed')).toBe('false');
    expect(await chip.getAttribute('title')).toBe('Ben');
    await chip.click();
    await ben.waitForSelector(`#${id} .reaction:has-text("2")`);
    expect(message(id).reactions).toEqual({ '✅': [s.t.person('Ben'), s.t.person('Ann')] });
    await s.chat.setReaction({ id }, 'kept', true);
    await ben.waitForSelector(`#${id} .sign-kept:has-text("Kept as an example")`);
    await ben.click(`#${id} [data-key=approve]`);
    await ann.waitForSelector(`#${id} .reaction:has-text("1")`);
    expect(message(id).reactions['✅']).toEqual([s.t.person('Ann')]);
    await ann.context().close();
    expect(complaints).toEqual([]);
  });

  it('another reaction comes from the menu of the message, by keyboard alone', async () => {
    const id = await say('Ann', 'we shipped it');
    const page = await open('Ben');
    await page.focus(`#${id} [data-key=more]`);
    await page.keyboard.press('Enter');
    await page.waitForSelector('#message-menu');
    expect(await page.locator('#message-menu').innerText()).not.toContain('Delete');
    for (let i = 0; i < 2; i++) await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.waitForSelector(`#${id} .reaction:has-text("🎉")`);
    expect(message(id).reactions).toEqual({ '🎉': [s.t.person('Ben')] });
    expect(await page.locator('#message-menu').count()).toBe(0);
  });

  it('ArrowUp in an empty composer changes the last message of one’s own; Escape leaves it as it was', async () => {
    const page = await open('Ann');
    await type(page, 'ask @Ben firts');
    await sees(page, 'firts');
    await say('Ben', 'what about it?');
    await sees(page, 'what about it?');
    await page.press('#composer textarea', 'ArrowUp');
    expect(await page.inputValue('.editing textarea')).toBe('ask @Ben firts');
    await page.keyboard.press('Escape');
    await page.waitForSelector('.editing', { state: 'detached' });
    await page.keyboard.press('ArrowUp');
    await page.fill('.editing textarea', 'ask @Ben first');
    await say('Ben', 'still there?');
    await sees(page, 'still there?');
    expect(await page.inputValue('.editing textarea')).toBe('ask @Ben first');
    await page.keyboard.press('Enter');
    await page.waitForSelector('.message:has-text("ask @Ben first"):has-text("(edited)") .mention');
    expect(await page.locator('.editing').count()).toBe(0);
    expect(await page.evaluate(() => document.activeElement?.closest('#composer') !== null)).toBe(true);
  });

  it('a message of one’s own is deleted after a question; where others replied, a line stays', async () => {
    const [alone, root] = [await say('Ann', 'never mind'), await say('Ann', 'who knows?')];
    await say('Ben', 'I do', { ...s.t.team, thread: root });
    const page = await open('Ann');
    const remove = async (id: string) => {
      await page.hover(`#${id}`);
      await page.click(`#${id} [data-key=more]`);
      await page.click('#message-menu .item.danger');
      await page.click('dialog .button.primary');
    };
    await remove(alone);
    await page.waitForSelector(`#${alone}`, { state: 'detached' });
    await remove(root);
    await page.waitForSelector(`#${root}.gone:has-text("This message was deleted") .replies`);
    expect([message(alone).deleted, message(root).deleted]).toEqual([true, true]);
    await page.reload();
    await page.waitForSelector(`#${root}.gone`);
    expect(await page.locator(`#${alone}`).count()).toBe(0);
  });

  it('a new channel opens for everybody; its name is refused where it is taken', async () => {
    const ann = await open('Ann');
    const ben = await open('Ben', await newReader(browser));
    await ann.click('[data-key="add channel"]');
    await ann.fill('dialog #field-name', 'team');
    await ann.press('dialog #field-name', 'Enter');
    await ann.waitForSelector('dialog .problem:has-text("already a channel #team")');
    await ann.fill('dialog #field-name', 'Night Shift');
    await ann.fill('dialog #field-purpose', 'Weekly reports');
    await ann.press('dialog #field-purpose', 'Enter');
    await ann.waitForSelector('#head:has-text("night-shift"):has-text("Weekly reports")');
    await type(ann, 'anybody awake?');
    await sees(ann, 'anybody awake?');
    await ben.waitForSelector('.place.unread:has-text("night-shift")');
    await go(ben, 'night-shift');
    await sees(ben, 'anybody awake?');
    expect(await ben.locator('.place.unread').count()).toBe(0);
    await ben.context().close();
  });

  it('what is new elsewhere is marked, and the line stands where the reader left off, also after a reload and a change of person', async () => {
    const { id: other } = await s.t.room.addChannel(s.t.person('Ann'), { name: 'other', purpose: '' });
    await say('Ben', 'old news', { channel: other });
    const page = await open('Ann');
    await go(page, 'other');
    await sees(page, 'old news');
    await go(page, 'team');
    await say('Ben', 'first', { channel: other });
    await say('Ben', 'second', { channel: other });
    await page.waitForSelector('.place.unread:has-text("other"):has-text("2 new")');
    expect(await page.title()).toBe('(2) Apprentice');
    await page.reload();
    await page.waitForSelector('.place.unread:has-text("other")');
    await go(page, 'other');
    await sees(page, 'second');
    expect(await page.locator('.new-line + .message').innerText()).toContain('first');
    expect(await page.title()).toBe('Apprentice');
    await speakAs(page, 'Ben');
    await say('Ann', 'for Ben', { channel: other });
    await sees(page, 'for Ben');
    await speakAs(page, 'Ann');
    await sees(page, 'for Ben');
    expect(await page.locator('.unread, .new-line').count()).toBe(0);
  });

  it('a direct message and a reply in one’s own thread are marked with what is waiting', async () => {
    const root = await say('Ann', 'how do I ship?');
    await say('Ben', 'another thing');
    const page = await open('Ann');
    const direct = [...s.t.room.state.channels.values()].find(channel => channel.members?.includes(s.t.person('Ann')))!.id;
    await s.chat.post({ key: 'dm', place: { channel: direct }, card: { title: '', parts: [{ markdown: 'your words were used' }] } });
    await page.waitForSelector('.place.unread:has-text("apprentice") .calls:has-text("1")');
    await say('Ben', 'with kite', { ...s.t.team, thread: root });
    await page.waitForSelector(`#${root} .news:has-text("1 new")`);
    await page.click(`#${root} .replies`);
    await page.waitForSelector('#thread .new-line + .message:has-text("with kite")');
    await page.waitForSelector(`#${root} .news`, { state: 'detached' });
    await go(page, 'apprentice');
    await sees(page, 'your words were used');
    expect(await page.locator('.place.unread').count()).toBe(0);
  });

  it('an address leads to its message: in the channel or in the thread, from a card too', async () => {
    const { id: other } = await s.t.room.addChannel(s.t.person('Ann'), { name: 'other', purpose: '' });
    const root = await say('Ann', 'root', { channel: other });
    const answer = await say('Ben', 'the answer', { channel: other, thread: root });
    await s.chat.post({ key: 'list', place: s.t.team, card: { title: 'Examples', parts: [{ markdown: `1. [the answer](#${answer})` }] } });
    const page = await open('Ann');
    await page.click(`.card a:has-text("the answer")`);
    await page.waitForSelector(`#thread #${answer}.flash`);
    expect(await page.innerText('#head h2')).toContain('other');
    await page.goto(`${new URL(s.web.address).origin}/#${root}`);
    await page.reload();
    await page.waitForSelector(`#messages #${root}.flash`);
    expect(await page.isVisible('#thread')).toBe(false);
    await page.evaluate(() => {
      location.hash = '#m0';
    });
    await page.waitForSelector('#notice:has-text("This message is not here")');
    expect(complaints).toEqual([]);
  });

  it('the sample team comes with one press: people, channels, answers with their ✅; the other language is a second team', async () => {
    const page = await open('Ann');
    await page.click('.welcome .button.primary');
    await page.waitForSelector('.place:has-text("weekly")');
    await page.waitForSelector('.message:has-text("How do I ship a service to production?") .replies');
    await page.click('.message:has-text("How do I ship a service to production?") .replies');
    await page.waitForSelector('#thread .message:has-text("kite ship") .reaction:has-text("1")');
    expect(await page.locator('#sidebar [data-key^=team]').count()).toBe(0);
    await go(page, 'team');
    expect(await page.locator('.welcome [data-key="team en"]').count()).toBe(0);
    await page.click('.welcome [data-key="team zh"]');
    await page.waitForSelector('.place:has-text("weekly-zh")');
    await speakAs(page, '唐木');
    await page.waitForSelector('[data-key=language]:has-text("English")');
    expect(await page.getAttribute('html', 'lang')).toBe('zh-CN');
    expect(complaints).toEqual([]);
  });

  it('the language that somebody picks is theirs, and the bot is told', async () => {
    const page = await open('Ben');
    await page.click('[data-key=language]');
    await page.waitForSelector('#sidebar h2:has-text("频道")');
    await until(() => s.t.room.state.people.get(s.t.person('Ben'))?.lang === 'zh', 'the language to be kept');
    expect((await s.chat.person(s.t.person('Ben'))).lang).toBe('zh');
    const elsewhere = await open('Ben', await newReader(browser));
    await elsewhere.waitForSelector('#sidebar h2:has-text("频道")');
    await elsewhere.context().close();
  });

  it('the ticks of a card travel with the press of its button', async () => {
    const page = await open('Ann');
    const fields: Record<string, string>[] = [];
    s.t.room.watch(entry => entry.kind === 'pressed' && fields.push(entry.fields));
    const items = ['mon', 'tue', 'wed'].map(value => ({ value, label: value, checked: value !== 'tue' }));
    const buttons = [{ label: 'Write it', action: 'write', value: '1' }];
    await s.chat.post({
      key: 'c',
      place: s.t.team,
      card: { title: 'Your week', parts: [{ checklist: { name: 'notes', items } }, { buttons }] },
    });
    await page.uncheck('input[value=mon]');
    await page.check('input[value=tue]');
    await page.click('.button:has-text("Write it")');
    await until(() => fields.length > 0, 'the press');
    expect(fields).toEqual([{ notes: 'tue,wed' }]);
  });

  it('a file on a card is kept by a press on its name', async () => {
    const page = await open('Ann');
    const file = { name: 'examples.json', mime: 'application/json', text: '[{"instruction":"怎么发布？"}]' };
    await s.chat.post({ key: 'export', place: s.t.team, card: { title: 'Your examples', parts: [{ file }] } });
    const [download] = await Promise.all([page.waitForEvent('download'), page.click('button.file:has-text("examples.json")')]);
    expect(download.suggestedFilename()).toBe('examples.json');
    expect(await readFile(await download.path(), 'utf8')).toBe(file.text);
    expect(complaints).toEqual([]);
  });

  it('what is sent before the room has come is said all the same, by whom the page opens as', async () => {
    const page = await context.newPage();
    let release = () => {};
    const held = new Promise<void>(resolve => {
      release = resolve;
    });
    await page.route(/\/live\?/, async route => {
      await held;
      await route.continue();
    });
    await page.goto(s.web.address, { waitUntil: 'commit' });
    await page.waitForSelector('#composer textarea');
    await type(page, 'early bird');
    await page.keyboard.type(' and more');
    release();
    await sees(page, 'early bird');
    const [said] = s.t.room.state.messages.values();
    expect(said).toMatchObject({ markdown: 'early bird', author: s.t.person('Ann'), channel: s.t.team.channel });
    await page.waitForFunction(() => document.querySelector<HTMLTextAreaElement>('#composer textarea')?.value === ' and more');
  });

  it('a draft stays with its channel', async () => {
    const { id } = await s.t.room.addChannel(s.t.person('Ann'), { name: 'other', purpose: '' });
    const page = await open('Ann');
    await page.fill('#composer textarea', 'half a thought');
    await go(page, 'other');
    expect(await page.inputValue('#composer textarea')).toBe('');
    await type(page, 'said elsewhere');
    await sees(page, 'said elsewhere');
    await go(page, 'team');
    expect(await page.inputValue('#composer textarea')).toBe('half a thought');
    expect([...s.t.room.state.messages.values()].map(({ channel, markdown }) => [channel, markdown])).toEqual([[id, 'said elsewhere']]);
  });

  it('far up in the channel, what comes below is pointed to, and one’s own message is followed', async () => {
    for (let i = 0; i < 40; i++) await say('Ben', `line ${i}`);
    const page = await open('Ann');
    await sees(page, 'line 39');
    await page.evaluate(() => document.getElementById('messages')!.scrollTo(0, 0));
    await page.waitForFunction(() => document.getElementById('messages')!.scrollTop === 0);
    await say('Ben', 'news below');
    await page.click('.to-end:has-text("New messages")');
    await page.waitForFunction(() => {
      const box = document.getElementById('messages')!;
      return box.scrollHeight - box.scrollTop - box.clientHeight < 4;
    });
    await page.evaluate(() => document.getElementById('messages')!.scrollTo(0, 0));
    await type(page, 'mine');
    await page.waitForFunction(() => {
      const box = document.getElementById('messages')!;
      return box.scrollTop > 0 && box.scrollHeight - box.scrollTop - box.clientHeight < 4;
    });
  });

  it('on a phone ✅ is always there and a tap shows the rest', async () => {
    const id = await say('Ann', 'a good answer');
    const phone = await newReader(browser, PHONE);
    const page = await open('Ben', phone);
    expect(await page.isVisible(`#${id} [data-key=approve]`)).toBe(true);
    expect(await page.isVisible(`#${id} [data-key=reply]`)).toBe(false);
    await page.tap(`#${id} .text`);
    await page.waitForSelector(`#${id} [data-key=reply]`);
    await page.tap(`#${id} [data-key=approve]`);
    await page.waitForSelector(`#${id} .reaction:has-text("1")`);
    await page.tap('[data-key=menu]');
    await page.tap('.place:has-text("apprentice")');
    await page.waitForSelector('#sidebar', { state: 'hidden' });
    expect(await page.innerText('#head h2')).toContain('apprentice');
    await phone.close();
  });
});
