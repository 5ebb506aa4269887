// Runs that cannot be done as they are: each ends with one clear sentence, or says what it leaves out. Nothing of them stays behind.
import { describe, expect, it } from 'vitest';
import { type RunRow, runProgress } from '../../src/data/runs.ts';
import { versionOfRun } from '../../src/data/versions.ts';
import type { Problem } from '../../src/problem.ts';
import { say } from '../../src/words/words.ts';
import type { Workplace } from '../../worker/workplace.ts';
import { hasFolder, teamExamples, teamRun, workedOff, workplaceOfThisFile } from '../support/workplace.ts';

const at = workplaceOfThisFile();
const short = { epochs: 1, batch: 4, replay: 0 };

async function ended(run: RunRow, place: Workplace = at.place): Promise<RunRow> {
  const row = await workedOff(place, run);
  expect(hasFolder(place, run.id)).toBe(false);
  return row;
}

describe('examples that are too long', () => {
  const long = (text: string) => teamExamples(8, 0).map(row => ({ ...row, output: text.repeat(200) + row.output }));

  it('are left out, by their numbers, and the rest is learned', async () => {
    const [first, ...others] = teamExamples(12, 0);
    const { run } = await teamRun(at.db, short, [{ ...first, output: 'moor '.repeat(400) }, ...others]);
    const row = await ended(run);
    expect(row).toMatchObject({ state: 'done', preflight: { leftOut: [1] } });
    const { warnings } = row.preflight as { warnings: Problem[] };
    const { code, values } = warnings.find(warning => warning.code === 'worker.rowsLeftOut')!;
    expect(say('en', code, values)).toMatch(/^1 example is longer than the 512 tokens that fit \(#1\)/);
  });

  it('and there are no others: nothing to train on', async () => {
    const { run } = await teamRun(at.db, short, long('moor the boat '));
    expect(await ended(run)).toMatchObject({ state: 'failed', failureCode: 'worker.nothingFits', failureValues: { most: 512 } });
  });
});

it('a language that the base cuts into pieces is warned of', async () => {
  const chinese = teamExamples(8, 0).map((row, i) => ({ ...row, lang: 'zh', output: `请先系好船头的缆绳，再系船尾，第${i}号泊位。` }));
  const { run } = await teamRun(at.db, short, chinese);
  const { preflight } = await ended(run);
  expect((preflight as { warnings: Problem[] }).warnings.map(({ code }) => code)).toContain('worker.language');
});

it('settings that a person asked for reach the trainer', async () => {
  const { run } = await teamRun(at.db, { ...short, learningRate: 2e-5, rank: 4 });
  const { settings, preflight, steps } = await ended(run);
  expect(settings).toMatchObject({ learningRate: 2e-5, rank: 4, alpha: 8, epochs: 1, batch: 4 });
  expect(steps).toBe(3);
  expect((preflight as { warnings: Problem[] }).warnings.map(({ code }) => code)).toContain('advice.rateLow');
  expect(await versionOfRun(at.db, run.id)).toMatchObject({ rank: 4 });
});

it('numbers that run away: the run says at which step, and which examples it was learning from then', async () => {
  const { run } = await teamRun(at.db, { epochs: 20, batch: 2, replay: 0, learningRate: 1e30 });
  expect(await ended(run)).toMatchObject({ state: 'failed', failureCode: 'trainer.diverged' });
  const { events } = await runProgress(at.db, run.id);
  const { examples } = events.find(({ kind }) => kind === 'failed')!.detail as { examples: number[] };
  expect(examples.length).toBeGreaterThan(0);
  expect(examples.every(no => no >= 1 && no <= 12)).toBe(true);
});

it('a machine without the memory fails before it trains, and says what would help', async () => {
  const { run } = await teamRun(at.db, { ...short, rank: 256, batch: 64 });
  const huge = { ...at.place.base.model, config: { ...at.place.base.model.config, intermediate: 2e6, layers: 200 } };
  const row = await ended(run, { ...at.place, base: { ...at.place.base, model: huge } });
  expect(row).toMatchObject({ state: 'failed', failureCode: 'preflight.short.base' });
  expect(say('en', row.failureCode!, row.failureValues!)).toMatch(/needs about [\d.]+ GB of memory and [\d.]+ GB are free\. .*BASE_MODEL=/);
});
