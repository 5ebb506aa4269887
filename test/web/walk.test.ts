// A newcomer walks the real product in a real browser: the printed address, the sample team, a ✅, a run, its card, a question, a vote.
// What they see on the way is kept as pictures (.screenshots/), in both languages.
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, onTestFailed, vi } from 'vitest';
import { lookAt } from '../support/browser-looks.ts';
import { type Apprentice, forgetDataDir, newDataDir, npmStart } from '../support/npm-start.ts';
import { DESKTOP, newReader, openPageBrowser, sees, speakAs, type } from '../support/page.ts';

vi.setConfig({ testTimeout: 120_000 });

const SOON = { timeout: 30_000 };

const LANGUAGES = {
  en: {
    me: 'You',
    colleague: 'Lena',
    example: 'Kept as an example',
    question: 'How do I read the tide table?',
    answer: 'Run `tide today`.\n1. Take off the mast height: `tide minus MAST`\n2. Wait for low water.\nOwner: Lena, #desk',
    home: 'At a glance',
    examples: '97 examples (81 answers, 16 weekly reports)',
    start: 'Start',
    running: 'Run 1',
    training: 'Training loss from',
    done: 'Run 1 · done: v1',
    ended: 'run 1 is done',
    letIn: 'Let v1 take part',
    explain: 'What is this?',
    explained: 'What do these words mean?',
    teams: ['en'],
    better: 'A is better',
    voted: /Your vote: A is better\. (A was the base model; B was v1|A was v1.*; B was the base model)/,
    reason: 'Wording',
    report: '@apprentice weekly report\nW13, Lena\nmon: 16 parcels, 2 late PAK-315\nnext: write the runbook',
    draft: 'Your notes:',
  },
  zh: {
    me: '我',
    colleague: '小鹿',
    example: '已收为示例',
    question: '怎么看潮汐表？',
    answer: '运行 `tide today`。\n1. 减去桅杆高度：`tide minus 桅高`\n2. 等低潮。\n负责人：小鹿，#desk',
    home: '总览',
    examples: '135 条示例（111 条问答，24 份周报）',
    start: '开始',
    running: '第 1 次训练',
    training: '训练损失',
    done: '第 1 次训练 · 完成：v1',
    ended: '第 1 次训练完成',
    letIn: '让 v1 参加',
    explain: '这是什么？',
    explained: '这些词是什么意思',
    // The tiny model learns nothing from Chinese that is worth a vote: the English team joins in.
    teams: ['zh', 'en'],
    better: 'A 更好',
    voted: /你的投票：A 更好。(A 是基础模型；B 是 v1|A 是 v1.*；B 是基础模型)/,
    reason: '措辞',
    report: '@apprentice 周报\n第 13 周，小鹿\n周一：16 个包裹，2 个晚到 PAK-315\n下周：写操作手册',
    draft: '你的记录',
  },
} as const;

/** So small a model does not answer each of them in a way that is worth a vote. */
const QUESTIONS = [
  'How do I roll back a bad release?',
  'How do I restore a backup?',
  'How do I name my branch?',
  'How do I add a secret to a service?',
  'A locker is offline. What do I do?',
];

let browser: Browser;
beforeAll(async () => {
  browser = await openPageBrowser();
});
afterAll(() => browser?.close());

describe.each(['en', 'zh'] as const)('%s: a walk through the product', lang => {
  const words = LANGUAGES[lang];
  const dataDir = newDataDir();
  const complaints: string[] = [];
  let apprentice: Apprentice;
  let page: Page;
  beforeAll(async () => {
    apprentice = await npmStart(dataDir, { LANGUAGE: lang });
    const context = await newReader(browser, { ...DESKTOP, locale: lang });
    page = await context.newPage();
    page.on('pageerror', error => complaints.push(error.message));
    page.on('console', message => message.type() === 'error' && complaints.push(message.text()));
  });
  afterAll(async () => {
    await page?.context().close();
    await apprentice?.stop();
    forgetDataDir(dataDir);
  });

  /** One station: what is wrong with how it looks. */
  const station = (name: string, about?: string) => lookAt(page, `${lang}-${name}`, about);
  const card = (text: string): Locator => page.locator(`.message:has(.card):has-text("${text}")`).last();
  const press = (within: Locator, label: string) => within.locator(`.button:has-text("${label}")`).first().click();

  it('the printed address opens the chat; one press brings the sample team in', async () => {
    explainFailures();
    await page.goto(apprentice.address);
    await page.waitForSelector('.welcome');
    expect(await station('welcome')).toEqual([]);
    await page.click(`.welcome [data-key="team ${lang}"]`);
    await page.click('.place:has-text("ship") >> nth=0');
    await page.waitForSelector('.message .replies');
    await page.click('.message .replies >> nth=-1');
    await page.waitForSelector(`#thread .sign-kept:has-text("${words.example}")`, SOON);
    expect(await station('thread')).toEqual([]);
  });

  it('a ✅ on a colleague’s answer gets its receipt', async () => {
    explainFailures();
    await page.click('#thread [data-key=close]');
    await page.click('.place >> nth=0');
    for (const team of words.teams.slice(1)) {
      await page.click(`.welcome [data-key="team ${team}"]`);
      await page.waitForSelector('.place:has-text("weekly-")');
      await page.click('.place >> nth=0');
    }
    await type(page, words.question);
    await sees(page, words.question);
    await speakAs(page, words.colleague);
    await page.hover(`.message:has-text("${words.question}")`);
    await page.click(`.message:has-text("${words.question}") [data-key=reply]`);
    await type(page, words.answer, '#thread');
    await sees(page, 'tide today', '#thread');
    await speakAs(page, words.me);
    const answer = page.locator('#thread .message:has-text("tide today")');
    await answer.hover();
    await answer.locator('[data-key=approve]').click();
    await answer.locator('.sign-kept').waitFor(SOON);
    expect(await station('receipt')).toEqual([]);
    await page.click('#thread [data-key=close]');
  });

  it('/finetune says where things stand, and its [Start] starts a run whose curve can be watched', async () => {
    explainFailures();
    await type(page, '/finetune');
    await card(words.home).waitFor(SOON);
    // The last ✅ of the team may still be on their way.
    for (let tries = 0; tries < 30 && !(await card(words.home).innerText()).includes(words.examples); tries++) {
      await page.waitForTimeout(500);
      await type(page, '/finetune');
    }
    expect(await card(words.home).innerText()).toContain(words.examples);
    expect(await station('home')).toEqual([]);
    await type(page, '/finetune start rounds=6 lr=0.01 seed=1 replay=60');
    await card(words.running).waitFor(SOON);
    await page.waitForFunction(
      ([start, training]) =>
        [...document.querySelectorAll('.message')].some(
          message => message.textContent?.includes(training) || [...message.querySelectorAll('.button')].some(b => b.textContent === start),
        ),
      [words.start, words.training],
      SOON,
    );
    expect(await station('run-begins')).toEqual([]);
  });

  it('the run’s message becomes the report card, which explains itself', async () => {
    explainFailures();
    const launch = page.locator('.message:has(.card)').last().locator(`.button:text-is("${words.start}")`);
    if (await launch.isVisible()) await launch.click();
    await card(words.training)
      .locator('.curve img')
      .first()
      .waitFor({ ...SOON, state: 'attached' });
    expect(await station('training')).toEqual([]);
    await card(words.done).waitFor({ timeout: 90_000 });
    await page.waitForSelector(`.message:has(.mention):has-text("${words.ended}")`, SOON);
    for (const [name, part] of Object.entries({ top: '.title', curve: '.curve', scores: '.facts', sample: '.columns', end: '.buttons' })) {
      expect(await station(`card-${name}`, `.message:has-text("${words.done}") ${part}`)).toEqual([]);
    }
    await press(card(words.done), words.explain);
    await card(words.explained).waitFor(SOON);
    expect(await station('explained')).toEqual([]);
    // So small a model forgets easily; an admin may let it take part all the same.
    const letIn = card(words.done).locator(`.button:has-text("${words.letIn}")`);
    if (await letIn.isVisible()) {
      await letIn.click();
      await letIn.waitFor({ ...SOON, state: 'detached' });
    }
  });

  it('a question gets two answers; whoever votes hears who was who', async () => {
    explainFailures();
    const better = page.locator(`#thread .button:has-text("${words.better}")`);
    for (const question of QUESTIONS) {
      await type(page, `@apprentice ${question}`);
      await page.click(`#messages .message:has(.mention):has-text("${question}") .replies`);
      await page.waitForSelector(`#thread .message:has(.card):has-text("${question}") .buttons`, SOON);
      if (await better.isVisible()) break;
      await page.click('#thread [data-key=close]');
    }
    expect(await station('answers', '#thread .buttons')).toEqual([]);
    await better.click();
    await page.waitForSelector('#thread .message.private .buttons', SOON);
    expect(await page.locator('#thread .message.private').last().innerText()).toMatch(words.voted);
    await page.click(`#thread .message.private .button:has-text("${words.reason}")`);
    await page.waitForSelector(`#thread .message.private .button[aria-pressed=true]:has-text("✓ ${words.reason}")`, SOON);
    expect(await station('voted', '#thread .message')).toEqual([]);
    await page.click('#thread [data-key=close]');
  });

  it('a weekly report comes as two drafts above the notes', async () => {
    explainFailures();
    await type(page, words.report);
    await page.locator('.message:has-text("PAK-315") .replies').last().click();
    await sees(page, words.draft, '#thread');
    expect(await station('report', '#thread .columns')).toEqual([]);
    expect(complaints).toEqual([]);
  });

  const explainFailures = () =>
    onTestFailed(async () => {
      await page.screenshot({ path: `.screenshots/failed-${lang}.png` }).catch(() => {});
      console.error(complaints, await page.innerText('body').catch(String), apprentice.log('bot'), apprentice.log('worker'));
    });
});
