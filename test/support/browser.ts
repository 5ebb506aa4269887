// A real Chromium from npm, headless: nothing needs to be installed beside `npm ci`.
import chromium from '@sparticuz/chromium';
import { type Browser, chromium as launcher } from 'playwright-core';

/** Not the package's own arguments: they switch web security off (no Origin, no CORS) and hang at the second context. */
const ARGUMENTS = ['--no-sandbox', '--no-zygote', '--disable-gpu', '--disable-dev-shm-usage', '--font-render-hinting=none'];

/** The caller closes it. */
export async function openBrowser(): Promise<Browser> {
  return launcher.launch({ executablePath: await chromium.executablePath(), args: ARGUMENTS, headless: true, timeout: 30_000 });
}
