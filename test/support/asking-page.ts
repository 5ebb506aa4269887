// The bot that is asked (asking.ts), with its page in a real Chromium.
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { openDesk } from '../../src/chat/local/desk.ts';
import { openWeb } from '../../src/web/server.ts';
import { openAsking } from './asking.ts';
import { SCREENSHOTS } from './browser-looks.ts';
import { newReader, openPage, openPageBrowser } from './page.ts';

export type AskingPage = Awaited<ReturnType<typeof openAskingPage>>;

/** `end()` it in afterAll. */
export async function openAskingPage() {
  const browser = await openPageBrowser();
  const chat = await openAsking();
  const { room, folder } = chat.test;
  const web = await openWeb({ desk: openDesk(room), folder, lang: 'en', draw: async () => new Uint8Array(), onError: () => {} });
  await mkdir(SCREENSHOTS, { recursive: true });
  return {
    chat,
    /** The page as one person sees it; close its context. */
    open: async (as: string, look?: Parameters<typeof newReader>[1]): Promise<Page> =>
      openPage({ web }, await newReader(browser, look), as),
    async end() {
      await browser.close();
      await web.close();
      await chat.end();
    },
  };
}

export const inThread = (page: Page, text: string) => page.locator(`#thread-messages .message:has-text("${text}")`).last();

/** A picture for people to look at. */
export const shot = (page: Page, name: string) => page.screenshot({ path: join(SCREENSHOTS, `${name}.png`) });
