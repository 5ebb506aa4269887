// A weekly report in the page: the week as a list to untick, two marked drafts, the form to edit one, the posted report. Real bot, real browser.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { detailOf } from '../../src/data/question-detail.ts';
import { claimQuestion, questionById, saveAnswers } from '../../src/data/questions.ts';
import { sharedForm } from '../../src/model/empty-sections.ts';
import { formOf } from '../../src/model/form.ts';
import type { Asking } from '../support/asking.ts';
import { type AskingPage, inThread, openAskingPage, shot } from '../support/asking-page.ts';
import { harbourTeam } from '../support/harbour-team.ts';
import { DESKTOP, PHONE } from '../support/page.ts';
import { until } from '../support/room.ts';

const form = sharedForm(
  formOf(harbourTeam.filter(({ input }) => input).map(({ output }) => ({ kind: 'report' as const, output }))).report!,
);

let at: AskingPage;
let chat: Asking;
beforeAll(async () => {
  at = await openAskingPage();
  chat = at.chat;
});
afterAll(() => at?.end());

const says = (text: string) => chat.room.say(chat.person('Ben'), { channel: chat.channel }, text);
const newest = async () => Number((await chat.one(`select coalesce(max(id), 0) as id from questions where kind = 'report'`)).id);

describe('a weekly report in the page', () => {
  it.each([
    ['desk', DESKTOP],
    ['phone', PHONE],
  ] as const)('from the week to the posted report, on a %s', async (name, look) => {
    const { id: version } = await chat.version();
    await says(`Oiled the crane HAR-7, it squeaks no more (${name}).`);
    await says('Counted 14 boats in.');
    await says(`Who has a spare umbrella (${name})?`);
    const page = await at.open('Ben', look);
    const { entry } = await says('@apprentice weekly report');
    const request = entry.kind === 'said' ? entry.message.id : '';
    const list = page.locator('#messages .message:has-text("Untick what does not belong")').last();
    await list.waitFor();
    expect(await list.locator('a').first().getAttribute('href')).toMatch(/^#m/);
    await list.locator(`label:has-text("umbrella (${name})") input`).uncheck();
    await list.scrollIntoViewIfNeeded();
    await shot(page, `week-list-${name}`);
    const before = await newest();
    await list.locator('button:has-text("Write it")').click();
    const question = await until(async () => ((await newest()) > before ? newest() : undefined), 'the draft to be wanted');
    expect(detailOf((await questionById(chat.database.db, question))!.question).input).not.toContain(`umbrella (${name})`);

    const { claim } = (await claimQuestion(chat.database.db, question, 'w'))!;
    const draft = (side: 'A' | 'B', text: string, by?: number) => ({ side, text, version: by, tokens: 3, ms: 5, stop: 'end' });
    await saveAnswers(chat.database.db, claim, {
      comparison: true,
      answers: [
        draft('A', 'Weekly report · W31 · Ben\nDone\n- Oiled the crane (HAR-9) for Wilhelmina\nNumbers\n- Boats in: 41'),
        draft('B', 'Weekly report · Ben\nDone\n- Oiled the crane (HAR-7)\nNumbers', version),
      ],
      detail: { form: { ...form } },
    });
    await page.click(`#${request} .replies`);
    const card = inThread(page, 'Weekly report · draft');
    await card.locator('button:has-text("Edit B")').waitFor();
    const shown = await card.innerText();
    for (const mark of ['⟦HAR-9⟧⚠', '⟦Wilhelmina⟧⚠', '⟦41⟧⚠', 'Anything on Numbers?', 'Your notes:']) expect(shown).toContain(mark);
    expect(shown).not.toContain('⟦HAR-7⟧⚠');
    await shot(page, `drafts-${name}`);

    await card.locator('button:has-text("Edit B")').click();
    const field = page.locator('dialog.form textarea');
    expect(await field.inputValue()).toBe('Weekly report · Ben\nDone\n- Oiled the crane (HAR-7)\nNumbers');
    // A whole report can be read without scrolling.
    expect(await field.evaluate(box => box.scrollHeight - box.clientHeight)).toBeLessThanOrEqual(0);
    await field.fill(`Weekly report · Ben\nDone\n- Oiled the crane (HAR-7), ${name}\nNumbers\n- Boats in: 14`);
    await shot(page, `edit-form-${name}`);
    await page.click('dialog.form button[type=submit]');
    const posted = inThread(page, 'Weekly report by Ben');
    await posted.waitFor();
    expect(await posted.innerText()).toContain('Boats in: 14');
    await inThread(page, 'I keep it, with its notes, as example').waitFor();
    await shot(page, `report-${name}`);
    await page.context().close();
  });
});
