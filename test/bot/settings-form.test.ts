// [Settings …]: a run's settings as a form, from the home card, the proposal and a run that waits. The worker is played by the test.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Button, Form } from '../../src/chat/chat.ts';
import { formCard } from '../../src/chat/feishu/face/form.ts';
import { formView, submissionOf } from '../../src/chat/slack/face/view.ts';
import { type Claim, claimRun } from '../../src/data/claims.ts';
import { moveRun, planRun } from '../../src/data/progress.ts';
import { listRuns, openRun, type RunRow } from '../../src/data/runs.ts';
import { dialNames, dialWords } from '../../src/model/dials.ts';
import { recipe } from '../../src/model/recipe.ts';
import { checkCard } from '../support/feishu/card.ts';
import { until } from '../support/room.ts';
import { type Heard, openTalk, type Talk } from '../support/talk.ts';

const rows = Array.from({ length: 18 }, (_, i) => ({
  instruction: `How do I open locker ${i} of the ${['north', 'south', 'west', 'east'][i % 4]} wall?`,
  output: `Turn key ${i * 7}, then press ${['red', 'blue'][i % 2]} ${i}.`,
}));

let talk: Talk;
let workspace: number;
beforeAll(async () => {
  talk = await openTalk();
  workspace = Number((await talk.database.pool.query('select id from workspaces')).rows[0].id);
  await talk.after(() => talk.drop('Ann', 'rows.json', Buffer.from(JSON.stringify(rows))), /enough for a first run/);
});
afterAll(() => talk?.end());

const settingsOn = ({ card }: Heard): Button | undefined =>
  card.parts.flatMap(part => ('buttons' in part ? part.buttons : [])).find(({ action }) => action === 'start-with');
const openForm = (name: string, message: Heard): Promise<Form | undefined> => {
  const { action, value, form } = settingsOn(message)!;
  expect(form).toBe(true);
  return talk.test.room.formFor({ person: talk.test.person(name), message: message.id, action, value });
};
const initials = ({ fields }: Form): Record<string, string> => Object.fromEntries(fields.map(({ name, initial = '' }) => [name, initial]));
const send = async (name: string, { id }: Heard, form: Form, typed: Record<string, string>) => {
  const { action, value } = form;
  const fields = { ...initials(form), ...typed };
  return (await talk.test.room.press({ person: talk.test.person(name), message: id, action, value, fields })).heard;
};
const shown = (pattern: RegExp) => until(() => talk.all().findLast(({ text }) => pattern.test(text)), String(pattern));
const home = (name: string) => talk.after(() => talk.say(name, '/finetune'), /At a glance/);
const runNow = (): Promise<RunRow | undefined> => openRun(talk.database.db, workspace);

/** What the worker plans where nothing else was asked for. */
async function plan(run: RunRow): Promise<Claim> {
  const { claim } = (await claimRun(talk.database.db, run.id, 'w'))!;
  const { settings, reasons, replay, steps } = recipe({
    examples: { qa: 14, report: 0 },
    parameters: 1.35e8,
    seed: 0,
    asked: run.wishes,
  });
  const preflight = {
    replay,
    minutes: 6,
    guessed: true,
    bytes: 2e9,
    freeBytes: 6e9,
    lossPerCharacter: 1.2,
    warnings: [],
    doubts: [{ code: 'worker.doubt.long', values: { hours: '9.0' } }],
  };
  await planRun(talk.database.db, claim, { base: 'tiny', baseFingerprint: 'f', settings, reasons, preflight, steps });
  return claim;
}

describe('settings as a form', () => {
  it('stands beside [Start] on the proposal and the home card, filled in with what I would pick', async () => {
    expect(settingsOn(await shown(/enough for a first run/))?.label).toBe('Settings …');
    const form = (await openForm('Ann', await home('Ann')))!;
    expect(form.fields.map(({ name }) => name)).toEqual(dialNames());
    expect(initials(form)).toMatchObject({ lr: '', rounds: '8', batch: '4', rank: '16', alpha: '32', warmup: '0.1', seed: '' });
    expect(form.fields.find(({ name }) => name === 'rounds')?.label).toBe(
      'Rounds: how often it goes through all examples. I would take 8.',
    );
    expect(form.fields.find(({ name }) => name === 'lr')?.label).toMatch(/how big a step .* Empty: I choose\.$/);
    // Slack's modal and Feishu's card have room for all of it, and bring it back.
    const carried = { message: 'om_1', action: 'start-with', value: '' };
    const card = formCard(form, carried, 'en') as Record<string, unknown>;
    expect(() => checkCard({ uploads: new Map() } as never, card)).not.toThrow();
    const view = formView(form, 'carried');
    const values = Object.fromEntries(view.blocks.map(({ block_id = '' }) => [block_id, { text: { value: '3' } }]));
    const sent = submissionOf({ ...view, blocks: view.blocks as { block_id?: string }[], state: { values } });
    expect(sent).toMatchObject({ action: 'start-with', value: form.value, fields: { lr: '3', checkpointing: '3' } });
  });

  it('a wrong value comes back at its field with one sentence each, and nothing is started', async () => {
    const at = await home('Ann');
    const form = (await openForm('Ann', at))!;
    const { fieldErrors } = await send('Ann', at, form, { lr: 'fast', rounds: '2.5', checkpointing: 'maybe' });
    expect(fieldErrors).toEqual({
      lr: 'lr must be a number from 1e-7 to 0.1, got “fast”; leave it out and I choose it.',
      rounds: 'rounds must be a whole number from 1 to 50, got “2.5”; leave it out and I choose it.',
      checkpointing: 'checkpointing must be on or off, got “maybe”.',
    });
    expect(await listRuns(talk.database.db, workspace)).toEqual([]);
  });

  it('what was changed is asked for, what was left or emptied stays my choice; another run at the same time is refused', async () => {
    const at = await home('Ann');
    const form = (await openForm('Ann', at))!;
    const bens = await home('Ben');
    const late = (await openForm('Ben', bens))!;
    expect((await send('Ann', at, form, { lr: '２e-3', rounds: '', rank: '8' })).fieldErrors).toBeUndefined();
    await shown(/Run 1 · looking/);
    expect((await runNow())?.wishes).toEqual({ learningRate: 2e-3, rank: 8 });
    await shown(/Run 1 was started/);
    await expect(openForm('Ann', at)).rejects.toThrow(/runIsOpen/);
    expect((await talk.after(() => send('Ben', bens, late, { rank: '4' }), /run 1 is still/i)).to).toBe('Ben');
    expect(await listRuns(talk.database.db, workspace)).toHaveLength(1);
  });

  it('on a run that waits it begins with the plan, and what is sent takes the place of that run in one step', async () => {
    const first = (await runNow())!;
    const claim = await plan(first);
    await moveRun(talk.database.db, claim, 'waiting');
    const waiting = await shown(/Run 1 · waiting for your \[Start\][\s\S]*\[Start\] \[Settings …\] \[Cancel\]/);
    const form = (await openForm('Ben', waiting))!;
    expect(initials(form)).toMatchObject({ lr: '0.002', rank: '8', alpha: '16', seed: '0', checkpointing: 'off' });
    expect(form.submit).toBe('Start with these');
    await send('Ben', waiting, form, { rank: '4', seed: '0' });
    await shown(/Run 1 · cancelled[\s\S]*Stopped by Ben[\s\S]*Run 2 takes its place, with other settings/);
    await shown(/Run 2 · looking/);
    expect((await runNow())?.wishes).toEqual({ learningRate: 2e-3, rank: 4 });
    await talk.after(() => send('Ann', waiting, form, { rank: '2' }), /This run waits no more/);
    await expect(openForm('Ann', waiting)).rejects.toThrow(/waits-no-more/);
    expect((await listRuns(talk.database.db, workspace)).map(({ no, state }) => [no, state])).toEqual([
      [2, 'checking'],
      [1, 'cancelled'],
    ]);
  });

  it('a new run that is refused leaves the one that waits as it was', async () => {
    const second = (await runNow())!;
    await moveRun(talk.database.db, await plan(second), 'waiting');
    const waiting = await shown(/Run 2 · waiting for your \[Start\]/);
    const form = (await openForm('Ben', waiting))!;
    await talk.database.pool.query(`update examples set state = 'retired'`);
    await talk.after(() => send('Ben', waiting, form, { rank: '64' }), /a run needs at least 4/);
    expect((await runNow())?.state).toBe('waiting');
    await talk.database.pool.query(`update examples set state = 'approved'`);
    await talk.press('Ben', 'Start');
    await expect.poll(async () => (await runNow())?.state).toBe('queued');
  });

  it('where no form was opened, one sentence says how to write it', async () => {
    await talk.after(() => talk.press('Ben', 'start-with'), /did not open the form.*`?\/finetune start lr=1e-3 rounds=4/);
    expect(await listRuns(talk.database.db, workspace)).toHaveLength(2);
  });

  it('what the form carries is read back as it was', () => {
    const dials = { learningRate: 1e-7, epochs: 3, warmup: 0.05, checkpointing: false };
    expect(dialWords(dials)).toEqual(['lr=1e-7', 'rounds=3', 'warmup=0.05', 'checkpointing=off']);
  });
});
