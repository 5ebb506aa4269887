// The loop with the real model: the sample team's ✅ make the examples, a run learns their form, and the reports that no example contains
// are written by base and tuned, greedily. Fixed key and seed, so that the same reports are kept aside each time.
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { datasetRows } from '../../src/data/datasets.ts';
import { questionById } from '../../src/data/questions.ts';
import { questions } from '../../src/data/schema.ts';
import { versionOfRun } from '../../src/data/versions.ts';
import type { Scores, VersionCard } from '../../src/model/report-card.ts';
import type { Person } from '../support/person.ts';
import { platforms } from '../support/platforms.ts';
import { realModel } from '../support/real-model.ts';
import { openStory, type Story } from '../support/story.ts';

const MINUTE_MS = 60_000;
vi.setConfig({ testTimeout: 40 * MINUTE_MS, hookTimeout: 3 * MINUTE_MS });

const model = await realModel();

/** The model is the same wherever it is spoken to: told once. */
const once = platforms.filter(({ page }) => page);

describe.skipIf(!model).each(once)('$name: the loop with the real model', platform => {
  let story: Story;
  let ada: Person;
  beforeAll(async () => {
    story = await openStory(platform, { BASE_MODEL: model!, PRECISION: 'int8', THREADS: '2' });
    ada = await story.person('Ada');
  });
  afterAll(() => story?.close());

  it('the sample team’s ✅ on answers and reports become 96 examples', async () => {
    await story.place.sampleTeam('en');
    await expect
      .poll(
        async () => {
          const after = await ada.say('/finetune');
          return (await ada.sees(/At a glance.*\d+ examples/s, { after })).text;
        },
        { timeout: 2 * MINUTE_MS, interval: 2_000 },
      )
      .toMatch(/96 examples \(80 answers, 16 weekly reports\)/);
  });

  it('a run says beforehand what it will do, and then writes the team’s reports: their form, and far fewer invented facts', async () => {
    await ada.say('/finetune start seed=1');
    const preflight = await ada.sees(/^Run 1 /);
    expect(preflight.text).toMatch(/80 examples|16 are kept aside/);
    await ada.sees(/^Run 1 · done: v1/, { within: 35 * MINUTE_MS });

    const run = await story.newestRun();
    const version = (await story.look(db => versionOfRun(db, run.id)))!;
    const { base, tuned, heldout } = (version.card as unknown as VersionCard).evaluation;
    const [before, after] = [base, tuned!].map(reports);
    console.info(JSON.stringify({ heldout, before, after }));
    expect(heldout.report).toBeGreaterThanOrEqual(4);
    expect(after.form).toBeGreaterThanOrEqual(0.6);
    expect(after.form - before.form).toBeGreaterThanOrEqual(0.4);
    expect(after.invented).toBeLessThanOrEqual(before.invented / 2);

    const rows = await story.look(db => datasetRows(db, run.dataset));
    const learned = new Set(rows.filter(({ part }) => part === 'train').map(({ output }) => output));
    for (const row of rows.filter(({ part }) => part === 'heldout')) expect(learned.has(row.output)).toBe(false);
  });

  it('a question then gets two answers; with the adapter’s file deleted, the base’s alone', async () => {
    const asked = await ada.say('@apprentice How do I roll back a bad release?');
    await ada.sees(/Answer A.*Answer B/s, { thread: asked, within: 3 * MINUTE_MS });

    const version = (await story.look(async db => versionOfRun(db, (await story.newestRun()).id)))!;
    rmSync(join(story.dataDir, 'artifacts', version.folder, 'adapter_model.safetensors'));
    const again = await ada.say('@apprentice How do I roll back a bad release?');
    await ada.sees(/The adapter of v1 is no longer on disk/, { thread: again, within: 3 * MINUTE_MS });
    const answers = await story.look(async db => {
      const [newest] = await db
        .select({ id: questions.id })
        .from(questions)
        .orderBy(questions.id)
        .then(rows => rows.slice(-1));
      return (await questionById(db, newest.id))!.answers;
    });
    expect(answers.map(({ side, version }) => ({ side, version }))).toEqual([{ side: 'only', version: null }]);
    expect(answers[0].text).not.toBe('');
  });
});

/** What the bars are about; a score that does not apply is a failure. */
const reports = ({ reportForm, factsInvented }: Scores) => ({ form: reportForm ?? Number.NaN, invented: factsInvented ?? Number.NaN });
