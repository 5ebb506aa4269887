// A run with doubts waits for a person's word before it trains: what is doubtful is said, and once started nothing is asked again.
import { describe, expect, it } from 'vitest';
import type { NewExample } from '../../src/data/examples.ts';
import { launchRun, type RunRow, requestCancel, runById, runProgress } from '../../src/data/runs.ts';
import type { Dials } from '../../src/model/dials.ts';
import type { Problem } from '../../src/problem.ts';
import { say } from '../../src/words/words.ts';
import { costDoubts } from '../../worker/doubts.ts';
import { workOnRun } from '../../worker/run.ts';
import { freshRun, hasFolder, someTeam, teamExamples, workplaceOfThisFile } from '../support/workplace.ts';

const at = workplaceOfThisFile();
const never = new AbortController().signal;
const short = { epochs: 1, batch: 4, replay: 0 };
const rowOf = async (run: RunRow) => (await runById(at.db, run.id))!;
/** But for the one that every run on the tiny base has. */
const doubtsOf = async (run: RunRow) =>
  ((await rowOf(run)).preflight as { doubts: Problem[] }).doubts.filter(({ code }) => code !== 'worker.language');
async function freshTeam(wishes: Dials, examples?: NewExample[]) {
  const team = await someTeam(at.db, examples);
  return { ...team, run: await freshRun(at.db, team, wishes) };
}

describe('a run with doubts', () => {
  it('waits, held by nobody and with no attempt counted against it; started, it goes on with the same plan and asks no more', async () => {
    const { run, workspace } = await freshTeam(short, teamExamples(8, 0));
    await workOnRun(at.place, run.id, never);
    const waiting = await rowOf(run);
    expect(waiting).toMatchObject({ state: 'waiting', leaseUntil: null, fruitless: 0, step: 0 });
    expect((await doubtsOf(run)).map(({ code, values }) => say('en', code, values))).toEqual([
      'There are only 8 examples. From about 12 on a model picks up at least how your answers look.',
    ]);
    // Nobody works on it meanwhile.
    await workOnRun(at.place, run.id, never);
    expect(await rowOf(run)).toMatchObject({ state: 'waiting', attempt: 1 });

    expect(await launchRun(at.db, workspace, run.id)).toMatchObject({ id: run.id, state: 'queued' });
    await workOnRun(at.place, run.id, never);
    const done = await rowOf(run);
    expect(done).toMatchObject({ state: 'done', settings: waiting.settings, preflight: waiting.preflight, steps: waiting.steps });
    const { events } = await runProgress(at.db, run.id);
    expect(events.map(({ kind }) => kind).filter(kind => kind !== 'evaluated')).toEqual([
      ...['claimed', 'planned', 'waiting', 'launched', 'claimed', 'training', 'started'],
      ...events.filter(({ kind }) => kind === 'checkpoint').map(({ kind }) => kind),
      ...['trained', 'evaluating', 'done'],
    ]);
    expect(await launchRun(at.db, workspace, run.id)).toBeUndefined();
  });

  it('is cancelled at once when somebody thinks better of it', async () => {
    const { run, workspace, ada } = await freshTeam(short, teamExamples(8, 0));
    await workOnRun(at.place, run.id, never);
    expect(await requestCancel(at.db, workspace, ada)).toMatchObject({ state: 'cancelled' });
    expect(await launchRun(at.db, workspace, run.id)).toBeUndefined();
    expect(hasFolder(at.place, run.id)).toBe(false);
  });

  it.each([
    ['a learning rate that is probably a slip', { ...short, learningRate: 0.05 }, 'You asked for lr=0.05. Usual here is 0.001,'],
    ['a hundred times too small a rate', { ...short, learningRate: 1e-5 }, 'You asked for lr=0.00001. Usual here is 0.001,'],
  ])('%s', async (_, wishes, said) => {
    const { run } = await freshTeam(wishes);
    await workOnRun(at.place, run.id, never);
    const doubts = await doubtsOf(run);
    expect(doubts.map(({ code, values }) => say('en', code, values))).toEqual([expect.stringContaining(said)]);
  });

  it('many examples that are too long', async () => {
    const [first, second, ...others] = teamExamples(16, 0);
    const long = { ...first, output: 'moor '.repeat(400) };
    const { run } = await freshTeam(short, [long, { ...second, output: long.output }, ...others]);
    await workOnRun(at.place, run.id, never);
    expect(await doubtsOf(run)).toEqual([{ code: 'worker.doubt.leftOut', values: { count: 2, all: 16 } }]);
  });
});

describe('what a run costs is doubtful', () => {
  const said = (facts: Parameters<typeof costDoubts>[0]) => costDoubts(facts).map(({ code, values }) => say('en', code, values));
  const free = 10e9;

  it('from two hours on', () => {
    expect(said({ minutes: 120, bytes: 0, freeBytes: free })).toEqual([]);
    expect(said({ minutes: 150, bytes: 0, freeBytes: free })).toEqual(['It will take about 2.5 hours on this machine.']);
  });

  it('when it takes more than four fifths of the free memory', () => {
    expect(said({ minutes: 1, bytes: 8e9, freeBytes: free })).toEqual([]);
    expect(said({ minutes: 1, bytes: 9e9, freeBytes: free })).toEqual([
      expect.stringContaining('about 9.0 GB of memory and 10.0 GB are free'),
    ]);
  });
});
