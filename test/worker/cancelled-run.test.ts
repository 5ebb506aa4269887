// `/finetune cancel` works at any moment: the run is cancelled and nothing of it stays, neither folder nor adapter nor version.
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { requestCancel, runById } from '../../src/data/runs.ts';
import { versionOfRun } from '../../src/data/versions.ts';
import type { Generator } from '../../worker/engine/generator.ts';
import { atWork, hasFolder, teamRun, workedOff, workplaceOfThisFile } from '../support/workplace.ts';

const at = workplaceOfThisFile();
const rowOf = async (id: number) => (await runById(at.db, id))!;
/** `before`: so many of the kind come first. */
type Moment = { asks: 'generate' | 'score'; of: 'base' | 'tuned'; before: number };

async function expectNothingLeft(run: number): Promise<void> {
  expect(await rowOf(run)).toMatchObject({ state: 'cancelled', leaseUntil: null });
  expect(await versionOfRun(at.db, run)).toBeUndefined();
  expect(hasFolder(at.place, run)).toBe(false);
  const versions = join(at.place.artifacts, 'versions');
  expect(existsSync(versions) ? readdirSync(versions).filter(name => name.startsWith(`run-${run}-`)) : []).toEqual([]);
}

/** The real engine; `cancel` is called when the moment has come. */
function cancelledAt(moment: Moment, cancel: () => Promise<unknown>): Generator {
  const { generator } = at.place;
  let seen = 0;
  const look = async (asks: Moment['asks'], speakers: unknown[]) => {
    const of = speakers.every(speaker => speaker === 'base') ? 'base' : 'tuned';
    if (asks === moment.asks && of === moment.of && seen++ === moment.before) await cancel();
  };
  return {
    ...generator,
    async generate(request, signal) {
      await look('generate', request.speakers);
      return generator.generate(request, signal);
    },
    async score(rows, speaker, signal) {
      await look('score', [speaker]);
      return generator.score(rows, speaker, signal);
    },
  };
}

describe('a run is cancelled', () => {
  it.each<[string, Moment, string]>([
    ['while the base answers general questions', { asks: 'generate', of: 'base', before: 0 }, 'training'],
    ['while the examples are looked at', { asks: 'score', of: 'base', before: 0 }, 'queued'],
    ['while the version is tried out', { asks: 'generate', of: 'tuned', before: 1 }, 'evaluating'],
    [
      'while the last numbers of the card are made, just before the version is published',
      { asks: 'score', of: 'tuned', before: 3 },
      'evaluating',
    ],
  ])('%s', async (_, moment, state) => {
    const { run, workspace, ada } = await teamRun(at.db, { epochs: 1, batch: 4, replay: 2 });
    const found: (string | undefined)[] = [];
    const generator = cancelledAt(moment, async () => void found.push((await requestCancel(at.db, workspace, ada))?.state));
    await workedOff({ ...at.place, generator }, run);
    expect(found).toEqual([state]);
    await expectNothingLeft(run.id);
  });

  it('while it trains: the trainer is gone at once', async () => {
    const { run, workspace, ada } = await teamRun(at.db, { epochs: 40, batch: 2, replay: 0 });
    const work = atWork(at.place, run);
    await expect.poll(async () => (await rowOf(run.id)).checkpointStep, { timeout: 30_000, interval: 20 }).not.toBeNull();
    const { trainerPid } = at.place.activity.now;
    await requestCancel(at.db, workspace, ada);
    await work;
    expect(() => process.kill(trainerPid!, 0)).toThrow();
    await expectNothingLeft(run.id);
  });
});
