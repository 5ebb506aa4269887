// How the page looks right now to those who use it: a desk and a phone, light and dark. Pictures for people, and what axe-core finds.
import { readFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { projectRoot } from '../../src/root.ts';

/** Where the pictures lie, for whoever wants to look at them (git ignores it). */
export const SCREENSHOTS = join(projectRoot(), '.screenshots');

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const DESK = { width: 1280, height: 860 };
const PHONE = { width: 390, height: 844 };
/** Every size and every colour is held against axe once: it takes longer than the pictures. */
const LOOKS = [
  { name: 'desk-light', size: DESK, colorScheme: 'light', axe: true },
  { name: 'desk-dark', size: DESK, colorScheme: 'dark', axe: false },
  { name: 'phone-light', size: PHONE, colorScheme: 'light', axe: false },
  { name: 'phone-dark', size: PHONE, colorScheme: 'dark', axe: true },
] as const;

export type Violation = { id: string; impact: string; where: string[] };

/** What axe-core has against the page as it is now, and is serious or critical. */
export async function violations(page: Page): Promise<Violation[]> {
  await page.evaluate(AXE);
  return page.evaluate(async () => {
    const { axe } = globalThis as unknown as { axe: { run(options: object): Promise<{ violations: AxeViolation[] }> } };
    type AxeViolation = { id: string; impact: string; nodes: { target: string[]; failureSummary: string }[] };
    const { violations } = await axe.run({ resultTypes: ['violations'] });
    return violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .map(({ id, impact, nodes }) => ({
        id,
        impact,
        where: nodes.slice(0, 3).map(({ target, failureSummary }) => `${target.join(' ')}: ${failureSummary}`),
      }));
  });
}

/**
 * Takes the four pictures NAME-LOOK.png of the page, `about` (all of the page without it) scrolled into sight, and leaves it as it was.
 * Returns what is wrong in any of the looks: what axe-core has against it, and anything that is wider than the screen.
 */
export async function lookAt(page: Page, name: string, about?: string): Promise<string[]> {
  await mkdir(SCREENSHOTS, { recursive: true });
  const wrong: string[] = [];
  for (const { name: look, size, colorScheme, axe } of LOOKS) {
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize(size);
    if (about) await page.locator(about).last().scrollIntoViewIfNeeded();
    await page.waitForFunction(() => [...document.images].every(image => image.offsetParent === null || image.complete));
    await page.screenshot({ path: join(SCREENSHOTS, `${name}-${look}.png`), animations: 'disabled' });
    for (const { id, where } of axe ? await violations(page) : []) wrong.push(`${name} ${look}: ${id} ${where.join(' | ')}`);
    const wide = await page.evaluate(() =>
      [...document.querySelectorAll<HTMLElement>('#app, .messages, .card')]
        .filter(element => element.scrollWidth > element.clientWidth + 1)
        .map(element => element.id || element.className),
    );
    if (wide.length > 0) wrong.push(`${name} ${look}: too wide: ${wide.join(', ')}`);
  }
  await page.emulateMedia({ colorScheme: 'light' });
  await page.setViewportSize(DESK);
  return wrong;
}
