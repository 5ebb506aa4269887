// Each process is killed with SIGKILL in the middle of a run. The run goes on, in the same message, with the same curve, and nothing is said twice.
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { isAlive } from '../../src/data/embedded/process.ts';
import { runProgress } from '../../src/data/runs.ts';
import { harbourTeam } from '../support/harbour-team.ts';
import type { Person, Seen } from '../support/person.ts';
import { platforms } from '../support/platforms.ts';
import { openStory, type Story } from '../support/story.ts';

vi.setConfig({ testTimeout: 180_000 });

/** Some hundred steps, the same each time: long enough to be in the middle of it. */
const LONG = '/finetune start rounds=50 batch=1 seed=1';
const GOES_ON = /(goes|went) on from step (\d+)/;
/** The promise: after this, the thread says so. A dead worker's lease ends after 20 s, and every 5 s somebody looks. */
const SOON = 30_000;

describe.each(platforms)('$name: a run in whose middle', platform => {
  let story: Story;
  let ada: Person;
  let undisturbed: Awaited<ReturnType<Story['curve']>>;

  beforeAll(async () => {
    story = await openStory(platform);
    ada = await story.person('Ada');
    await ada.drop('team.json', JSON.stringify(harbourTeam));
    await ada.sees(/I keep 20 new examples/);
    await ada.say(LONG);
    await isDone(1);
    undisturbed = await story.curve();
    expect(undisturbed.map(({ step }) => step)).toEqual(undisturbed.map((_, i) => i + 1));
  }, 180_000);
  afterAll(() => story?.close());

  const isDone = (no: number) => ada.sees(new RegExp(`^Run ${no} · done: v${no}`), { within: 120_000 });
  const begins = async (no: number): Promise<{ asked: Seen; message: Seen; trainer: number }> => {
    const asked = await ada.say(LONG);
    const trainer = await story.inMidRun(no);
    return { asked, message: await ada.sees(new RegExp(`^Run ${no} `)), trainer };
  };
  /** What is left of a kill: nothing but, perhaps, a line that says so. */
  async function endsAsIfNothingHadHappened(no: number, message: Seen): Promise<void> {
    expect((await isDone(no)).id).toBe(message.id);
    // Not "is ready": so small a base, so long a run, and it forgets too much to be compared.
    await ada.sees(new RegExp(`@Ada run ${no} is done`), { after: message });
    expect(await ada.all(new RegExp(`^Run ${no} `))).toHaveLength(1);
    expect(await ada.all(new RegExp(`run ${no} is done`))).toHaveLength(1);
    expect(await story.curve()).toEqual(undisturbed);
  }
  /** The steps at which each attempt but the first began. */
  async function resumedAt(): Promise<number[]> {
    const { id } = await story.newestRun();
    const { events } = await story.look(db => runProgress(db, id));
    const begun = events.filter(({ kind }) => kind === 'started').map(({ detail }) => Number(detail.resumedAt));
    return begun.slice(1);
  }

  it('the trainer is killed goes on from its checkpoint, and says so', async () => {
    const { asked, message, trainer } = await begins(2);
    process.kill(trainer, 'SIGKILL');
    const told = await ada.sees(GOES_ON, { after: asked, within: SOON });
    await endsAsIfNothingHadHappened(2, message);
    expect(await resumedAt()).toEqual([Number(GOES_ON.exec(told.text)![2])]);
  });

  it('the worker is killed goes on from its checkpoint on the next one, and says so', async () => {
    const { asked, message } = await begins(3);
    process.kill(story.apprentice.pid('worker'), 'SIGKILL');
    const told = await ada.sees(GOES_ON, { after: asked, within: SOON });
    await endsAsIfNothingHadHappened(3, message);
    expect(await resumedAt()).toEqual([Number(GOES_ON.exec(told.text)![2])]);
  });

  it('the bot is killed trains on, and its message is kept up to date by the next bot', async () => {
    const { message } = await begins(4);
    const bot = story.apprentice.pid('bot');
    process.kill(bot, 'SIGKILL');
    await endsAsIfNothingHadHappened(4, message);
    expect(story.apprentice.pid('bot')).not.toBe(bot);
    expect(await resumedAt()).toEqual([]);
  });

  it('the database is killed is not disturbed, and neither are bot and worker', async () => {
    const { message } = await begins(5);
    const pids = [story.apprentice.pid('bot'), story.apprentice.pid('worker')];
    process.kill(story.apprentice.pid('postgres'), 'SIGKILL');
    await endsAsIfNothingHadHappened(5, message);
    expect(await resumedAt()).toEqual([]);
    expect([story.apprentice.pid('bot'), story.apprentice.pid('worker')]).toEqual(pids);
  });

  it('npm start itself is killed goes on with the next start, and its old children are gone', async () => {
    const { asked, message } = await begins(6);
    const children = [story.apprentice.pid('bot'), story.apprentice.pid('worker')];
    await story.apprentice.kill();
    await story.begin();
    ada = await story.person('Ada');
    for (const pid of children) expect(isAlive(pid)).toBe(false);
    await ada.sees(GOES_ON, { after: asked, within: SOON });
    await endsAsIfNothingHadHappened(6, message);
  });

  it('somebody presses Ctrl-C is ended by the next start', async () => {
    const { message } = await begins(7);
    expect(await story.apprentice.stop()).toBe(0);
    await story.begin();
    ada = await story.person('Ada');
    await endsAsIfNothingHadHappened(7, message);
    expect(await resumedAt()).toHaveLength(1);
  });
});
