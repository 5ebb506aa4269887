// A run from start to version: real Postgres, the real trainer program, the real engine, on a tiny base.
import { join } from 'node:path';
import { eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { runProgress } from '../../src/data/runs.ts';
import { versionSamples } from '../../src/data/schema.ts';
import { versionOfRun } from '../../src/data/versions.ts';
import { readAdapterExtra } from '../../src/model/adapter.ts';
import type { VersionCard } from '../../src/model/report-card.ts';
import { sha256Of } from '../../worker/artifacts.ts';
import { hasFolder, teamRun, workedOff, workplaceOfThisFile } from '../support/workplace.ts';

const at = workplaceOfThisFile();

describe('a run', () => {
  it('becomes a version: settings with reasons, every step, held-out losses, an adapter with its form, a card', async () => {
    const { run } = await teamRun(at.db, { epochs: 2, batch: 2, replay: 40 });
    const { place } = at;
    const done = await workedOff(place, run);
    expect(done.failureCode).toBeNull();
    expect(done.state).toBe('done');
    expect(done).toMatchObject({ base: 'tiny-llama', baseFingerprint: place.base.model.fingerprint, attempt: 1 });
    expect(done.settings).toMatchObject({ epochs: 2, batch: 2, learningRate: 1e-3 });
    expect(done.reasons!.length).toBeGreaterThan(8);

    const { steps, heldout } = await runProgress(at.db, run.id);
    expect(steps.map(({ step }) => step)).toEqual(Array.from({ length: done.steps! }, (_, i) => i + 1));
    expect(heldout.map(({ epoch }) => epoch)).toEqual([0, 1, 2]);
    expect(heldout[2].loss).toBeLessThan(heldout[0].loss);

    const version = (await versionOfRun(at.db, run.id))!;
    const folder = join(place.artifacts, version.folder);
    expect(await sha256Of(join(folder, 'adapter_model.safetensors'))).toBe(version.artifact);
    expect(readAdapterExtra(folder)).toMatchObject({ form: { report: { sections: expect.any(Array) } } });
    expect(version.state).toBe('candidate');
    const { evaluation, hardest } = version.card as unknown as VersionCard & {
      evaluation: { base: { loss: number }; tuned: { loss: number } };
    };
    expect(evaluation.base.loss).toBeCloseTo(heldout[0].loss, 4);
    expect(evaluation.tuned.loss).toBeCloseTo(Math.min(...heldout.map(({ loss }) => loss)), 4);
    const samples = await at.db.select().from(versionSamples).where(eq(versionSamples.version, version.id));
    expect(samples.every(({ revision }) => revision !== null)).toBe(true);
    // The five hardest of the twelve, the hardest first, on average harder than what was held out to measure all.
    expect(hardest).toHaveLength(5);
    expect(hardest!.map(({ loss }) => loss)).toEqual(hardest!.map(({ loss }) => loss).sort((a, b) => b - a));
    expect(hardest![0].loss).toBeGreaterThan(evaluation.tuned.loss);
    for (const { no, part } of hardest!) expect(part).toBe(no % 4 === 0 ? 'heldout' : 'train');
    // Nothing of the run stays but the version.
    expect(hasFolder(place, run.id)).toBe(false);
  });
});
