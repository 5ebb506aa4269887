// The spine, as a newcomer walks it: npm start, drop a file, /finetune start, the card, two answers, votes, status, Ctrl-C. Then the same
// run with its worker, its trainer and its database killed under it. Every process is the real, compiled one; only the base model is tiny.
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { ViewMessage } from '../../src/chat/local/view.ts';
import { type Db, openDatabase } from '../../src/data/database.ts';
import { isAlive } from '../../src/data/embedded/process.ts';
import { listRuns, runProgress } from '../../src/data/runs.ts';
import { liveWorkers } from '../../src/data/workers.ts';
import { harbourTeam } from '../support/harbour-team.ts';
import { type Apprentice, forgetDataDir, leftOver, newDataDir, npmStart } from '../support/npm-start.ts';
import { textOf, type Visitor, visit } from '../support/visitor.ts';

let apprentice: Apprentice;
let visitor: Visitor;
let ada: string;
let ben: string;
const dataDir = newDataDir();
const examples = JSON.stringify(harbourTeam);

vi.setConfig({ testTimeout: 180_000 });

beforeAll(async () => {
  await open();
  ada = await visitor.person('Ada');
  ben = await visitor.person('Ben');
});
afterAll(async () => {
  await apprentice.stop();
  forgetDataDir(dataDir);
});

async function open(): Promise<void> {
  apprentice = await npmStart(dataDir);
  visitor = await visit(apprentice.address);
}

/** The newest message of which `text` is true. */
async function sees(as: string, text: RegExp, timeout = 30_000): Promise<ViewMessage> {
  let found: ViewMessage | undefined;
  let all: string[] = [];
  try {
    await expect
      .poll(
        async () => {
          const messages = await visitor.messages(as);
          all = messages.map(textOf);
          found = messages.findLast(message => text.test(textOf(message)));
          return found !== undefined;
        },
        { timeout, interval: 100 },
      )
      .toBe(true);
  } catch (cause) {
    throw new Error(`nobody said ${text}; the room has:\n${all.join('\n---\n')}\n${apprentice.log('bot')}\n${apprentice.log('worker')}`, {
      cause,
    });
  }
  return found!;
}

/** Looks into the rows. */
async function look<T>(read: (db: Db) => Promise<T>): Promise<T> {
  const database = openDatabase(apprentice.databaseUrl());
  try {
    return await read(database.db);
  } finally {
    await database.close();
  }
}
const newestRun = () => look(async db => (await listRuns(db, 1, 1))[0]);
/** A run is in the middle of its training, with a checkpoint to go on from; the trainer's process. */
async function inMidRun(no: number): Promise<number> {
  let pid: number | null | undefined;
  await expect
    .poll(
      async () => {
        const run = await newestRun();
        pid = (await look(liveWorkers)).find(worker => worker.pid === apprentice.pid('worker'))?.trainerPid;
        return run.no === no && run.checkpointStep !== null && Boolean(pid);
      },
      { timeout: 60_000, interval: 50 },
    )
    .toBe(true);
  return pid!;
}

describe('the spine', () => {
  it('a file dropped into the chat becomes examples; dropped again it is nothing new', async () => {
    await visitor.drop(ada, 'team.json', examples);
    expect(textOf(await sees(ben, /I keep/))).toContain('I keep 20 new examples from team.json: 12 answers and 8 weekly reports.');
    await visitor.drop(ben, 'again.json', examples);
    await sees(ada, /20 rows were there already/);
  });

  it('a file with a broken row is refused, and says which and why', async () => {
    await visitor.drop(ada, 'broken.json', JSON.stringify([{ instruction: 'Who?', output: 'Rosa' }, { instruction: 'When?' }]));
    expect(textOf(await sees(ada, /Nothing is kept from/))).toMatch(/Row 2: it has no "output"/);
  });

  it('/finetune start trains, and the run’s one message ends as the report card', async () => {
    await visitor.say(ada, '/finetune start rounds=6 lr=0.01 seed=1');
    const begun = await sees(ada, /^Run 1/);
    const card = await sees(ada, /^Run 1 · done: v1/, 120_000);
    expect(card.id).toBe(begun.id);
    const text = textOf(card);
    for (const line of [/Held-out loss/i, /loss/i, /Perplexity/i, /BLEU/, /ROUGE/]) expect(text).toMatch(line);
    expect(card.parts.some(part => 'curve' in part && part.curve.heldout.length === 7)).toBe(true);
    await sees(ada, /run 1 is done: v1 is ready/);
  });

  it('a question gets two answers in one message; who is who is told after the vote, to the voter alone', async () => {
    await visitor.say(ben, '@apprentice How do I moor my boat?');
    const asked = await sees(ben, /How do I moor my boat\?\nAnswer A/);
    expect(textOf(asked)).toContain('[A is better] [B is better] [Tie] [Both bad]');
    expect(textOf(asked)).not.toMatch(/base|v1/);

    await visitor.press(ben, asked, 'A is better');
    const told = textOf(await sees(ben, /Your vote: A is better/));
    expect(told).toMatch(/A was the base model; B was v1|A was v1.*; B was the base model/);
    expect((await visitor.messages(ada)).map(textOf).some(text => text.includes('Your vote'))).toBe(false);
    await visitor.press(ada, asked, 'Tie');
    await sees(ada, /Your vote: Tie/);
    await visitor.press(ada, asked, 'Both bad');
    await sees(ada, /Your vote: Both bad/);
  });

  it('a weekly report comes as two drafts in the team’s frame, with the notes below', async () => {
    await visitor.say(ada, '@apprentice weekly report\nW31, Emil\nboats in: 7\nanchor found HAR-12');
    const text = textOf(await sees(ada, /draft\n(.*\n)+Answer B/));
    expect(text.split('Weekly report · W31 · Emil\nDone\n')).toHaveLength(3);
    expect(text).toMatch(/Your notes:\nW31, Emil/);
  });

  it('status counts a comparison once its 24 hours are over', async () => {
    await visitor.say(ben, '/finetune status');
    expect(textOf(await sees(ben, /Where things stand/))).toMatch(/Votes \(closed comparisons\): none yet\n.*comparisons: [12] /);
    await look(db => db.execute(sql`update questions set closes_at = now() where comparison`));
    await sees(ben, /Closed: A was .* Votes: 1 for A, 0 for B, 0 tie, 1 both bad/);
    await visitor.say(ben, '/finetune status');
    // A vote counts as it was first given; a changed one is shown on the message only.
    await sees(ben, /(tuned 1 · base 0|tuned 0 · base 1) · tie 1 · both bad 0/);
  });

  it('what it does not know, cannot do or cannot read, it says in one sentence', async () => {
    const says = async (text: string, answer: RegExp) => {
      await visitor.say(ben, text);
      await sees(ben, answer);
    };
    await says('/finetune strat', /Did you mean `?\/finetune start/);
    await says('/finetune start lr=banana', /lr must be a number from .* got “banana”/);
    await says('/finetune start epochs=0', /epochs must be a whole number/);
    await says('/finetune cancel', /Nothing is running/);
    await says(`@apprentice ${'boat '.repeat(4_000)}`, /too long for me/);
  });
});

/** Some hundred steps: long enough to be in the middle of it. */
const LONG = '/finetune start rounds=50 batch=1';
const goesOn = (check: () => Promise<unknown>) => expect.poll(check, { timeout: 60_000, interval: 100 }).toBe(true);
const curveIsWhole = async () => {
  const { id, steps } = await newestRun();
  const told = await look(db => runProgress(db, id));
  expect(told.steps.map(({ step }) => step)).toEqual(Array.from({ length: steps! }, (_, i) => i + 1));
  return told;
};

describe('a run', () => {
  it('whose worker and then whose trainer is killed goes on from its checkpoint, in the same message', async () => {
    await visitor.say(ada, LONG);
    await inMidRun(2);
    process.kill(apprentice.pid('worker'), 'SIGKILL');
    await goesOn(async () => (await newestRun()).attempt === 2);
    process.kill(await inMidRun(2), 'SIGKILL');
    await sees(ada, /^Run 2 · done: v2/, 120_000);
    const { events } = await curveIsWhole();
    const starts = events.filter(({ kind }) => kind === 'started').map(({ detail }) => Number(detail.resumedAt));
    expect((await newestRun()).attempt).toBe(3);
    for (const resumedAt of starts.slice(1)) expect(resumedAt).toBeGreaterThan(0);
    expect((await visitor.messages(ada)).filter(message => /^Run 2/.test(textOf(message)))).toHaveLength(1);
  });

  it('whose database is killed is not disturbed, and neither are bot and worker', async () => {
    const pids = [apprentice.pid('bot'), apprentice.pid('worker')];
    await visitor.say(ada, LONG);
    await inMidRun(3);
    process.kill(apprentice.pid('postgres'), 'SIGKILL');
    await sees(ada, /^Run 3 · done: v3/, 120_000);
    await curveIsWhole();
    expect((await newestRun()).attempt).toBe(1);
    expect([apprentice.pid('bot'), apprentice.pid('worker')]).toEqual(pids);
  });

  it('can be stopped by anybody', async () => {
    await visitor.say(ada, LONG);
    const trainer = await inMidRun(4);
    await visitor.say(ben, '/finetune start');
    await sees(ben, /Run 4 is still going/);
    await visitor.say(ben, '/finetune cancel');
    expect(textOf(await sees(ada, /^Run 4 · cancelled/))).toContain('Stopped by Ben');
    expect(isAlive(trainer)).toBe(false);
  });

  it('survives Ctrl-C in the middle: nothing is left running, and the next start ends it', async () => {
    await visitor.say(ada, LONG);
    const trainer = await inMidRun(5);
    expect(await apprentice.stop()).toBe(0);
    expect(leftOver(dataDir)).toEqual([]);
    expect(isAlive(trainer)).toBe(false);
    await open();
    await sees(ada, /^Run 5 · done: v4/, 120_000);
    await curveIsWhole();
    await sees(ada, /run 5 is done: v4 is ready/);
  });
});
