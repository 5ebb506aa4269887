// Two people press at the same time, and somebody changes their mind: one run at a time, and none that was stopped leaves anything behind.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { isAlive } from '../../src/data/embedded/process.ts';
import { listRuns } from '../../src/data/runs.ts';
import { versionOfRun } from '../../src/data/versions.ts';
import { harbourTeam } from '../support/harbour-team.ts';
import type { Person } from '../support/person.ts';
import { everyWay } from '../support/platforms.ts';
import { openStory, type Story } from '../support/story.ts';

vi.setConfig({ testTimeout: 120_000 });

const LONG = '/finetune start rounds=50 batch=1 seed=1';

describe.each(everyWay)('$name: starting and stopping', platform => {
  let story: Story;
  let ada: Person;
  let ben: Person;
  beforeAll(async () => {
    story = await openStory(platform);
    ada = await story.person('Ada');
    ben = await story.person('Ben');
    await ada.drop('team.json', JSON.stringify(harbourTeam));
    await ben.sees(/I keep 20 new examples/);
  });
  afterAll(() => story?.close());

  /** Adapters and checkpoints that lie in the folder of artifacts. */
  const artifacts = () =>
    readdirSync(join(story.dataDir, 'artifacts'), { recursive: true }).filter(name => /safetensors/.test(String(name)));

  it('two starts at the same moment are one run; whoever came second hears so', async () => {
    await Promise.all([ada.say(LONG), ben.say(LONG)]);
    const refusals = async () => [...(await ada.all(/Run 1 is still going/)), ...(await ben.all(/Run 1 is still going/))];
    await expect.poll(refusals, { timeout: 30_000 }).toHaveLength(1);
    expect((await refusals())[0].private).toBe(true);
    await ada.sees(/^Run 1 ·/);
    expect(await ada.all(/^Run \d+ ·/)).toHaveLength(1);
    expect(await story.look(db => listRuns(db, 1))).toHaveLength(1);
  });

  it('anybody can stop it in the middle; the message says who, and the trainer is gone', async () => {
    const trainer = await story.inMidRun(1);
    await ben.say('/finetune cancel');
    await ada.sees(/^Run 1 · cancelled.*Stopped by Ben/s);
    await expect.poll(() => isAlive(trainer)).toBe(false);
    const { step, steps } = await story.newestRun();
    expect(step).toBeLessThan(steps!);
    expect(artifacts()).toEqual([]);
  });

  it('stopped while it is being tried out and published, it leaves no version and no file', async () => {
    await ada.say('/finetune start rounds=2 seed=1');
    const worker = story.apprentice.pid('worker');
    await story.look(async db => {
      const newest = async () => (await listRuns(db, 1, 1))[0];
      const isTriedOut = async () => {
        const { no, state } = await newest();
        return no === 2 && state === 'evaluating';
      };
      await expect.poll(isTriedOut, { timeout: 60_000, interval: 5 }).toBe(true);
      // The worker stands still, so that the wish surely comes before the end.
      process.kill(worker, 'SIGSTOP');
      try {
        expect(await isTriedOut()).toBe(true);
        await ben.say('/finetune cancel');
        // Where it stands still inside of a transaction the wish has to wait for that, too.
        const wished = async () => (await newest()).cancelAt !== null;
        for (const until = Date.now() + 3_000; !(await wished()) && Date.now() < until; ) await sleep(50);
      } finally {
        process.kill(worker, 'SIGCONT');
      }
      await ada.sees(/^Run 2 · cancelled.*Stopped by Ben/s);
      expect(await versionOfRun(db, (await newest()).id)).toBe(undefined);
    });
    expect(artifacts()).toEqual([]);
    expect(story.apprentice.pid('worker')).toBe(worker);
  });

  it('the next start, with settings from a form, is not disturbed by any of that; a wrong value comes back at its field', async () => {
    await ben.say('/finetune');
    const home = await ben.sees(/At a glance.*\[Settings …\]/s, { privately: true });
    const picked = await ben.open(home, 'Settings …');
    expect(picked).toMatchObject({ rank: '16', alpha: '32' });
    await expect(ben.fill(home, 'Settings …', { rounds: 'two' })).rejects.toThrow(/rounds must be a whole number from 1 to 50, got “two”/);
    await ben.fill(home, 'Settings …', { rounds: '2', seed: '1' });
    await ada.sees(/^Run 3 · done: v1/, { within: 90_000 });
    expect((await story.newestRun()).wishes).toEqual({ epochs: 2, seed: 1 });
    expect(artifacts()).toHaveLength(1);
  });
});
