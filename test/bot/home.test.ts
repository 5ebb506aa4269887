// /finetune and the commands around it, in a real room on a real Postgres; only the worker is played, through the rows that it writes.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Button, Card } from '../../src/chat/chat.ts';
import { claimRun } from '../../src/data/claims.ts';
import { moveRun } from '../../src/data/progress.ts';
import { openRun } from '../../src/data/runs.ts';
import { finishRun } from '../../src/data/versions.ts';
import { readRows } from '../../src/model/alpaca.ts';
import { until } from '../support/room.ts';
import { scoresOf } from '../support/scores.ts';
import { openTalk, type Talk } from '../support/talk.ts';

const WALLS = ['north', 'south', 'west', 'east'];
const row = (i: number) => ({
  instruction: `How do I open locker ${i} of the ${WALLS[i % 4]} wall?`,
  input: '',
  output: `Turn key ${i * 7}, then press ${['red', 'blue'][i % 2]} ${i}.`,
});
const rows = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => row(from + i));

let talk: Talk;
const drop = (name: string, kept: object[]) => talk.drop('Ann', name, Buffer.from(JSON.stringify(kept)));
const says = (person: string, text: string, pattern: RegExp) => talk.after(() => talk.say(person, text), pattern);
const buttonsOf = (card: Card): Button[] => card.parts.flatMap(part => ('buttons' in part ? part.buttons : []));
const proposals = () => talk.all().filter(({ text }) => /enough for a first run|clearly more to learn from/.test(text));
const workspaceId = async () => Number((await talk.database.pool.query('select id from workspaces')).rows[0].id);

beforeAll(async () => {
  talk = await openTalk();
});
afterAll(() => talk?.end());

describe('/finetune and the commands around it', () => {
  it('with nothing there yet says how to teach, to that person alone, and offers no start', async () => {
    const home = await says('Ann', '/finetune', /At a glance/);
    expect(home.to).toBe('Ann');
    expect(home.text).toMatch(/0 examples .* 12 more for a first run at 12[\s\S]*Last run +none yet[\s\S]*Next: put a ✅/);
    expect(buttonsOf(home.card).map(({ action }) => action)).toEqual(['explain']);
    expect((await says('Ann', '/finetune examples', /No examples yet/)).to).toBe('Ann');
    await says('Ann', '/finetune export', /nothing to export yet/);
    await says('Ann', '/finetune show', /There is no version yet/);
  });

  it('a first run is proposed once there are twelve, once only, and no more after [Not now]', async () => {
    await talk.after(() => drop('eleven.json', rows(0, 11)), /I keep 11 new examples/);
    const proposal = await talk.after(() => drop('more.json', rows(11, 13)), /13 examples are enough for a first run/);
    expect(proposal.to).toBeUndefined();
    expect(buttonsOf(proposal.card).map(({ label, action }) => [label, action])).toEqual([
      ['Start', 'start-run'],
      ['Settings …', 'start-with'],
      ['Not now', 'not-now'],
    ]);
    await talk.press('Ben', 'Not now');
    const settled = await until(
      () => talk.all().find(({ id, text }) => id === proposal.id && /Not now, says Ben/.test(text)),
      'no buttons',
    );
    expect(buttonsOf(settled.card)).toEqual([]);
    await talk.after(() => drop('again.json', rows(13, 16)), /I keep 3 new examples/);
    await says('Ann', '/finetune status', /16 \(16 answers, 0 weekly reports\)/);
    expect(proposals().map(({ text }) => /Not now, says Ben/.test(text))).toEqual([true]);
  });

  it('the home card shows the meter, what is wrong with the data, and the buttons that make sense now', async () => {
    const twice = { ...row(3), output: `${row(3).output} ` };
    const other = { ...row(4), output: 'Ask the keeper for the green card.' };
    await talk.after(() => drop('odd.json', [other, { ...twice, instruction: 'how do I open locker 3 of the east wall' }]), /I keep 2 new/);
    const home = await says('Ben', '/finetune', /At a glance/);
    expect(home.to).toBe('Ben');
    expect(home.card.parts.find(part => 'progress' in part)?.progress).toBeCloseTo(0.18);
    expect(home.text).toMatch(/18 examples .* 100 are a usual start/);
    expect(home.text).toMatch(
      /probably said twice: 1 \(#4 = #18\) · same question, probably different answers: 1 \(#5 ≠ #17\) · English 18\. `\/finetune remove 18`/,
    );
    expect(buttonsOf(home.card).map(({ action }) => action)).toEqual(['start-run', 'start-with', 'show-examples', 'explain']);
  });

  it('examples come ten a page, newest first, with buttons to turn', async () => {
    const first = await says('Ann', '/finetune examples', /Examples · page 1 of 2/);
    expect(first.to).toBe('Ann');
    expect(first.text).toMatch(/#18 how do I open locker 3.*\n.*answer · file from Ann/);
    expect(first.text).not.toMatch(/#8 /);
    const second = await talk.after(() => talk.press('Ann', 'Next page'), /page 2 of 2/);
    expect(second.to).toBe('Ann');
    expect(second.text).toMatch(/#8 How do I open locker 7[\s\S]*#1 How do I open locker 0/);
    expect(buttonsOf(second.card).map(({ label }) => label)).toEqual(['Previous page', 'Export all']);
    await says('Ann', '/finetune examples 9', /There is no page 9: there are 2/);
  });

  it('an example taken out is learned from no more, shows no words any more, and whoever did it is in the audit', async () => {
    const done = await says(
      'Ann',
      '/finetune remove 18',
      /Example 18 \(“how do I open locker 3 of the east wall”\) is out[\s\S]*drop its row/,
    );
    expect(done.to).toBe('Ann');
    await says('Ann', '/finetune remove 18', /Example 18 does not count as it is/);
    await says('Ann', '/finetune remove 99', /There is no example 99/);
    await says('Ann', '/finetune remove', /It goes like this: `\/finetune remove 12`/);
    await says('Ann', '/finetune examples', /#18 \(not shown\)\n.*does not count/);
    const { rows: audit } = await talk.database.pool.query(`select actor, object from audit where verb = 'remove'`);
    expect(audit).toEqual([{ actor: talk.test.person('Ann'), object: 'example 18' }]);
  });

  it('an export holds exactly the approved examples, and dropped again it brings nothing new', async () => {
    const exported = await says('Ben', '/finetune export', /Your 17 examples/);
    expect(exported.to).toBe('Ben');
    const files = exported.card.parts.flatMap(part => ('file' in part ? [part.file] : []));
    expect(files.map(({ name }) => name)).toEqual(['apprentice.json', 'dataset_info.json']);
    const expected = [...rows(0, 16), { ...row(4), output: 'Ask the keeper for the green card.' }];
    expect(readRows(files[0].text).rows).toEqual(expected.map(kept => ({ ...kept, kind: 'qa' })));
    await talk.after(
      () => talk.drop('Ann', 'back.json', Buffer.from(files[0].text)),
      /I keep 0 new examples[\s\S]*17 rows were there already/,
    );
  });

  it('a finished run is on the home card with a link, its card can be shown again, and list names runs and versions', async () => {
    await talk.say('Ann', '/finetune start');
    await talk.sees(/Run 1 /);
    const running = await says('Ben', '/finetune', /run 1 is going on/);
    expect(buttonsOf(running.card).map(({ action }) => action)).toEqual(['cancel-run', 'show-examples', 'explain']);
    const run = (await openRun(talk.database.db, await workspaceId()))!;
    // Twice as many, but a run is open: nothing is proposed.
    await talk.after(() => drop('many.json', rows(20, 50)), /I keep 30 new examples/);
    expect(proposals()).toHaveLength(1);
    const { claim } = (await claimRun(talk.database.db, run.id, 'w'))!;
    await moveRun(talk.database.db, claim, 'training');
    await moveRun(talk.database.db, claim, 'evaluating');
    const evaluation = { base: scoresOf(4), tuned: scoresOf(2), heldout: { qa: 4, report: 0 }, samples: [] };
    await finishRun(talk.database.db, claim, {
      baseFingerprint: 'f',
      artifact: 'a',
      folder: 'x',
      rank: 4,
      card: { evaluation },
      samples: [],
    });
    await talk.sees(/Run 1 · done: v1/);
    const home = await says('Ben', '/finetune', /run 1: done/);
    const message = [...talk.test.room.state.messages.values()].find(({ key }) => key === `run:${run.id}`)!;
    expect(JSON.stringify(home.card)).toContain(message.id);
    expect(home.text).toMatch(/v1 answers next to the base[\s\S]*The last one learned from 17 examples; now there are 47/);
    const card = await talk.after(() => talk.press('Ben', 'Show v1'), /Run 1 · done: v1[\s\S]*4\.00 → 2\.00/);
    expect(card.to).toBe('Ben');
    await says('Ben', '/finetune show v7', /There is no v7; the newest is v1/);
    const list = await says('Ben', '/finetune list', /v1 +held-out loss 4\.00 → 2\.00[\s\S]*run 1 +done: v1 · 17 examples/);
    expect(list.to).toBeUndefined();
    const { rows: taught } = await talk.database.pool.query(
      `select e.no from dataset_members m join example_revisions r on r.id = m.revision join examples e on e.id = r.example
       where m.part = 'train' order by e.no limit 1`,
    );
    await says('Ben', `/finetune remove ${taught[0].no}`, /is out[\s\S]*Versions that learned from it before stay as they are: v1\./);
  });

  it('with twice as many examples as the last run learned from, a new run is proposed, once', async () => {
    await talk.after(() => drop('one.json', rows(50, 51)), /v1 learned from 17 examples, and now there are 47/);
    await talk.after(() => drop('two.json', rows(51, 52)), /I keep 1 new/);
    await says('Ann', '/finetune status', /Where things stand/);
    expect(proposals()).toHaveLength(2);
  });

  it('[Start] on the proposal starts the run, and the proposal then says which', async () => {
    const proposal = proposals()[1];
    await talk.after(() => talk.press('Ben', 'Start'), /Run 2 /);
    const taken = await until(() => talk.all().find(({ id, text }) => id === proposal.id && /Run 2 was started/.test(text)), 'it is taken');
    expect(buttonsOf(taken.card)).toEqual([]);
  });

  it('the language of a channel, then of the workspace, is set where everybody sees it, and holds after a restart', async () => {
    const set = await says('Ann', '/finetune language zh', /Ann 让我在这里说中文/);
    expect(set.to).toBeUndefined();
    await says('Ben', '/finetune', /总览[\s\S]*条示例[\s\S]*数据质量/);
    await says('Ben', '/finetune help', /怎么和我一起工作[\s\S]*\/finetune remove 12/);
    await talk.restart();
    await says('Ben', '/finetune 状态', /现在的情况/);
    await says('Ben', '/finetune 语言 英文', /Ben asked me to speak English in this channel/);
    await says('Ann', '/finetune language workspace zh', /Ann 让我在所有没有单独设置语言的地方说中文/);
    await talk.restart();
    const { rows: kept } = await talk.database.pool.query('select w.lang as workspace, c.lang as channel from workspaces w, channels c');
    expect(kept).toContainEqual({ workspace: 'zh', channel: 'en' });
    await says('Ann', '/finetune', /At a glance/);
  });
});
