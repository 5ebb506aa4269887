// The page in a real Chromium, as people use it: for tests of what they see and do there.
import { existsSync } from 'node:fs';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { onTestFailed } from 'vitest';
import { compiled } from '../../src/root.ts';
import { openBrowser } from './browser.ts';
import type { TestWeb } from './web.ts';

const PATIENCE_MS = 10_000;
export const DESKTOP = { viewport: { width: 1280, height: 860 } };
export const PHONE = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true };

/** A browser for the page; refuses where the page is not compiled. */
export async function openPageBrowser(): Promise<Browser> {
  if (!existsSync(compiled('src/web/page/main'))) throw new Error('the page is not compiled: run `npx tsc -p tsconfig.build.json`');
  return openBrowser();
}

export async function newReader(browser: Browser, look: Parameters<Browser['newContext']>[0] = DESKTOP): Promise<BrowserContext> {
  const context = await browser.newContext(look);
  context.setDefaultTimeout(PATIENCE_MS);
  return context;
}

/** Opens the page, as the person named; what the browser complains of (CSP, exceptions, failed loads) goes into `complaints`. */
export async function openPage(s: Pick<TestWeb, 'web'>, context: BrowserContext, as?: string, complaints: string[] = []): Promise<Page> {
  const page = await context.newPage();
  page.on('pageerror', error => complaints.push(error.message));
  page.on('console', message => message.type() === 'error' && complaints.push(message.text()));
  onTestFailed(async () => console.error(complaints, await page.innerText('body').catch(String)));
  await page.goto(s.web.address);
  await page.waitForSelector('.welcome, .message');
  if (as) await speakAs(page, as);
  return page;
}

export async function speakAs(page: Page, name: string): Promise<void> {
  const places = page.locator('[data-key=menu]');
  if (await places.isVisible()) await places.click();
  await page.click('.speaker');
  await page.click(`#people .item:has-text("${name}")`);
  await page.waitForSelector(`.speaker:has-text("${name}")`, { state: 'attached' });
  if (await page.isVisible('#shade')) await page.keyboard.press('Escape');
}

export async function type(page: Page, text: string, where = '#composer'): Promise<void> {
  await page.fill(`${where} textarea`, text);
  await page.press(`${where} textarea`, 'Enter');
}

export const sees = (page: Page, text: string, where = '#messages') => page.waitForSelector(`${where} .message:has-text("${text}")`);
