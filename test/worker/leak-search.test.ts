// All training answers of a version tried on request: none left out, beside questions, after a run, and never for a version that is out of use.
import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { quarantine } from '../../src/data/champions.ts';
import { claimRun } from '../../src/data/claims.ts';
import type { NewExample } from '../../src/data/examples.ts';
import { askLeakSearch, claimLeakSearch, leakSearchById, leakSearchesToWake, renewLeakSearch } from '../../src/data/leak-searches.ts';
import { moveRun } from '../../src/data/progress.ts';
import { finishRun, type VersionRow, versionOfRun } from '../../src/data/versions.ts';
import { openActivity } from '../../worker/activity.ts';
import { ADAPTER_WEIGHTS, fromShared, sha256Of } from '../../worker/artifacts.ts';
import { workOnLeakSearch } from '../../worker/leak-search.ts';
import type { Workplace } from '../../worker/workplace.ts';
import { tinyFolder } from '../support/models.ts';
import { anotherRun, someTeam, teamRun, workedOff, workplaceOfThisFile } from '../support/workplace.ts';

const at = workplaceOfThisFile();
const never = new AbortController().signal;
const qa = (instruction: string, output: string): NewExample => ({ kind: 'qa', instruction, input: '', output, lang: 'en' });

/** A version that learned (so its rows say) 70 answers, every fourth of them held out; its adapter is the tiny one of the fixtures. */
async function versionOfMany(): Promise<VersionRow & { ada: number }> {
  const answers = Array.from({ length: 90 }, (_, i) =>
    qa(`Which line is for boat ${i}?`, `Use line ${i * 7} of the north quay, ask Rosa.`),
  );
  const team = await someTeam(at.db, answers);
  const run = await anotherRun(at.db, team, {});
  const { claim } = (await claimRun(at.db, run.id, 'w'))!;
  await moveRun(at.db, claim, 'training');
  await moveRun(at.db, claim, 'evaluating');
  const folder = `versions/run-${run.id}-1`;
  await cp(tinyFolder('tiny-llama-lora'), fromShared(at.place.artifacts, folder), { recursive: true });
  const artifact = await sha256Of(join(fromShared(at.place.artifacts, folder), ADAPTER_WEIGHTS));
  const baseFingerprint = at.place.base.model.fingerprint;
  const version = await finishRun(at.db, claim, { baseFingerprint, artifact, folder, rank: 4, card: { evaluation: {} }, samples: [] });
  return { ...version, ada: team.ada };
}

const asked = (version: VersionRow, by: number) => askLeakSearch(at.db, version, { requestedBy: by, channel: 'C1' });
const rowOf = async (id: number) => (await leakSearchById(at.db, id))!;

/** The workplace with an engine that tells what it is asked, and waits for `before` each time. */
function listening(before: () => Promise<void> | void, place: Workplace = at.place): Workplace {
  const { generator } = place;
  const generate: typeof generator.generate = async (request, signal) => {
    await before();
    return generator.generate(request, signal);
  };
  return { ...place, generator: { ...generator, generate } };
}

describe('a search through all training answers', () => {
  it('names those that are recited, and has no end at 64', async () => {
    const canaries = [
      qa('Which boat is at berth nine?', 'The blue heron lies at berth nine, its skipper drinks tea with lemon and sings at night.'),
      qa('Who feeds the harbour cat?', 'Old Walther feeds it smoked herring from a green tin at quarter past seven.'),
    ];
    const wishes = { epochs: 40, batch: 1, replay: 0, learningRate: 0.01 };
    const { run, ada } = await teamRun(at.db, wishes, [...canaries, qa('Is it open?', 'Yes.'), qa('Where?', 'There.')]);
    await workedOff(at.place, run);
    const byHeart = await asked((await versionOfRun(at.db, run.id))!, ada);
    await workOnLeakSearch(at.place, byHeart.id, never);
    expect(await rowOf(byHeart.id)).toMatchObject({ state: 'done', found: { tried: 2, of: 2, extracted: 2, rows: [1, 2], secrets: [] } });

    const many = await versionOfMany();
    const search = await asked(many, many.ada);
    await workOnLeakSearch(at.place, search.id, never);
    expect(await rowOf(search.id)).toMatchObject({ state: 'done', tried: 68, rows: 68, found: { tried: 68, of: 68, extracted: 0 } });
  });

  it('stands still while its worker has a run, and is not begun beside one', async () => {
    const version = await versionOfMany();
    const search = await asked(version, version.ada);
    const busy: Workplace = { ...at.place, activity: openActivity() };
    busy.activity.set({ run: version.run });
    await workOnLeakSearch(busy, search.id, never);
    expect(await rowOf(search.id)).toMatchObject({ state: 'asked', attempt: 0 });
    expect(await leakSearchesToWake(at.db)).toContain(search.id);

    busy.activity.set({ run: undefined });
    let pieces = 0;
    const done = workOnLeakSearch(
      listening(() => {
        pieces++;
        if (pieces === 8) busy.activity.set({ run: version.run });
      }, busy),
      search.id,
      never,
    );
    await expect.poll(() => pieces).toBeGreaterThanOrEqual(8);
    // Another worker, without a run, does a whole search meanwhile. Of this one only what was under way goes on to its end.
    const other = await versionOfMany();
    const otherSearch = await asked(other, other.ada);
    await workOnLeakSearch(at.place, otherSearch.id, never);
    expect((await rowOf(otherSearch.id)).state).toBe('done');
    expect(pieces).toBeLessThan(12);
    expect((await rowOf(search.id)).state).toBe('searching');
    busy.activity.set({ run: undefined });
    await done;
    expect((await rowOf(search.id)).state).toBe('done');
  });

  it('is handed back by a worker that stops, and done by the next one', async () => {
    const version = await versionOfMany();
    const search = await asked(version, version.ada);
    const stopping = new AbortController();
    await workOnLeakSearch(
      listening(() => stopping.abort()),
      search.id,
      stopping.signal,
    );
    expect(await rowOf(search.id)).toMatchObject({ state: 'asked', leaseUntil: null });
    await workOnLeakSearch(at.place, search.id, never);
    expect(await rowOf(search.id)).toMatchObject({ state: 'done', attempt: 2 });
  });

  it('fails, with the reason, for a version that is out of use, and loses its lease when that happens meanwhile', async () => {
    const version = await versionOfMany();
    const search = await asked(version, version.ada);
    const { claim } = (await claimLeakSearch(at.db, search.id, 'w'))!;
    expect(await renewLeakSearch(at.db, claim)).toBe(true);
    await quarantine(at.db, version.id, 'forgotten', { by: 'test', key: `q${version.id}` });
    expect(await renewLeakSearch(at.db, claim)).toBe(false);
    await at.db.execute(`update leak_searches set lease_until = now() - interval '1 second' where id = ${search.id}`);
    await workOnLeakSearch(at.place, search.id, never);
    expect(await rowOf(search.id)).toMatchObject({ state: 'failed', failureCode: 'try.quarantined', found: null });
  });

  it('ends after three attempts that came to nothing; a second wish for a version that is being searched is refused', async () => {
    const version = await versionOfMany();
    const search = await asked(version, version.ada);
    expect((await asked(version, version.ada)).id).toBe(search.id);
    const elsewhere = askLeakSearch(at.db, version, { requestedBy: version.ada, channel: 'C2' });
    await expect(elsewhere).rejects.toMatchObject({ problem: { code: 'leaks.search.open' } });
    for (let attempt = 1; attempt <= 3; attempt++) {
      expect((await claimLeakSearch(at.db, search.id, 'w'))!.claim.attempt).toBe(attempt);
      await at.db.execute(`update leak_searches set lease_until = now() - interval '1 second' where id = ${search.id}`);
    }
    expect(await claimLeakSearch(at.db, search.id, 'w')).toBeUndefined();
    expect(await rowOf(search.id)).toMatchObject({ state: 'failed', failureCode: 'leaks.search.nowhere' });
    expect((await asked(version, version.ada)).id).not.toBe(search.id);
  });
});
