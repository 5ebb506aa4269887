// What it depends on is missing: a model, a worker, room on the disk, the queue. One sentence each, and it goes on by itself when it is back.
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { harbourTeam } from '../support/harbour-team.ts';
import { fixture } from '../support/models.ts';
import type { Person } from '../support/person.ts';
import { platforms } from '../support/platforms.ts';
import { hasRedis, type TestRedis, testRedis } from '../support/redis.ts';
import { smallDisk } from '../support/small-disk.ts';
import { openStory, type Story } from '../support/story.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const START = '/finetune start rounds=2 seed=1';

async function teach(person: Person): Promise<void> {
  await person.drop('team.json', JSON.stringify(harbourTeam));
  await person.sees(/I keep 20 new examples/);
}

describe.each(platforms)('$name: without a model', platform => {
  const folder = mkdtempSync(join(tmpdir(), 'apprentice-model-'));
  const model = join(folder, 'talker');
  let story: Story;
  let ada: Person;
  beforeAll(async () => {
    story = await openStory(platform, { BASE_MODEL: model });
    ada = await story.person('Ada');
  });
  afterAll(async () => {
    await story?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('the terminal says what is missing, and the chat opens all the same', () => {
    expect(story.apprentice.output()).toContain(model);
    expect(story.apprentice.output()).toMatch(/Open the chat|Talk to it in/);
  });

  it('a question and a run wait, and say in one sentence why no worker can begin', async () => {
    const question = await ada.say('@apprentice How do I moor my boat?');
    await ada.sees(/as soon as a worker is at work\..*There is no model folder at/s, { thread: question });
    await teach(ada);
    const start = await ada.say(START);
    await ada.sees(/There is no model folder at/, { after: start });
  });

  it('once the model is there, both go on without a restart', async () => {
    cpSync(fixture('models', 'tiny-talker'), model, { recursive: true });
    const bot = story.apprentice.pid('bot');
    await ada.sees(/How do I moor my boat\?.*Only the base answers so far/s, { within: 90_000 });
    await ada.sees(/^Run 1 · done: v1/, { within: 90_000 });
    expect(story.apprentice.pid('bot')).toBe(bot);
  });
});

const disk = smallDisk('32m');
afterAll(() => disk?.remove());

describe.skipIf(!disk).each(platforms)('$name: a full disk', platform => {
  let story: Story;
  let ada: Person;
  const artifacts = join(disk?.folder ?? '', 'artifacts');
  const ballast = join(disk?.folder ?? '', 'ballast');
  beforeAll(async () => {
    rmSync(artifacts, { recursive: true, force: true });
    rmSync(ballast, { force: true });
    mkdirSync(artifacts);
    story = await openStory(platform, { ARTIFACTS_DIR: artifacts });
    ada = await story.person('Ada');
    await teach(ada);
  });
  afterAll(() => story?.close());

  it('ends a run with one sentence that says so, and neither bot nor worker', async () => {
    const pids = () => [story.apprentice.pid('bot'), story.apprentice.pid('worker')];
    const before = pids();
    const { bavail, bsize } = statfsSync(artifacts);
    writeFileSync(ballast, Buffer.alloc(bavail * bsize - 8_192));
    await ada.say(START);
    await ada.sees(/^Run 1 · failed.*(disk|space|room)/is, { within: 60_000 });
    expect(pids()).toEqual(before);
  });

  it('with room again, the next run is done without a restart', async () => {
    rmSync(ballast);
    await ada.say(START);
    await ada.sees(/^Run 2 · done: v1/, { within: 60_000 });
    expect(existsSync(artifacts)).toBe(true);
  });
});

describe.skipIf(!hasRedis).each(platforms)('$name: a queue that is down', platform => {
  let redis: TestRedis;
  let story: Story;
  let ada: Person;
  beforeAll(async () => {
    redis = await testRedis();
    story = await openStory(platform, { REDIS_URL: redis.url });
    ada = await story.person('Ada');
    await teach(ada);
  });
  afterAll(async () => {
    await story?.close();
    await redis?.close();
  });

  it('loses neither a start nor a question: both are done when it is back', async () => {
    const pids = () => [story.apprentice.pid('bot'), story.apprentice.pid('worker')];
    const before = pids();
    await redis.stop();
    await ada.say(START);
    await ada.sees(/^Run 1 /);
    const question = await ada.say('@apprentice How do I moor my boat?');
    await ada.sees(/How do I moor my boat\?/, { thread: question });
    await redis.start();
    await ada.sees(/^Run 1 · done: v1/, { within: 90_000 });
    await ada.sees(/How do I moor my boat\?\n.*(Only the base|Answer A|same answer|\[Better answer\])/s, {
      thread: question,
      within: 60_000,
    });
    expect(pids()).toEqual(before);
  });
});
