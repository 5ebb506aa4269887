// Somebody starts it for the first time, asks something, and leaves with Ctrl-C.
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { leftOver, listens } from '../support/npm-start.ts';
import { platforms } from '../support/platforms.ts';
import { openStory, type Story } from '../support/story.ts';

vi.setConfig({ testTimeout: 120_000 });

describe.each(platforms)('$name: the first start', platform => {
  let story: Story;
  beforeAll(async () => {
    story = await openStory(platform);
  });
  afterAll(() => story?.close());

  it('ends in an address, and the first question gets an answer from the base model', async () => {
    const ada = await story.person('Ada');
    const question = await ada.say('@apprentice How do I moor my boat?');
    await ada.seesSign(question, 'seen');
    await ada.sees(/How do I moor my boat\?.*Only the base answers so far/s, { thread: question });
  });

  it.runIf(platform.page)('a page opened without the token is told in one sentence how to get in, and shows nothing', async () => {
    const { origin } = new URL(story.apprentice.address);
    for (const address of [origin, `${origin}/?token=guessed`]) {
      const { status, text } = await fetch(address, { redirect: 'manual' }).then(async r => ({ status: r.status, text: await r.text() }));
      expect(status).toBe(401);
      expect(text).toMatch(/token|address/);
      expect(text).not.toContain('Ada');
    }
    expect((await fetch(`${origin}/live?as=`)).status).toBe(401);
    expect((await fetch(story.apprentice.address, { redirect: 'manual' })).status).toBe(303);
  });

  it('Ctrl-C leaves no process and no port, and what was said is there at the next start', async () => {
    const ports = [story.apprentice.address, story.apprentice.databaseUrl()].map(url => Number(new URL(url).port));
    for (const port of ports) expect(await listens(port)).toBe(true);
    expect(leftOver(story.dataDir).length).toBeGreaterThanOrEqual(4);
    expect(await story.apprentice.stop()).toBe(0);
    expect(leftOver(story.dataDir)).toEqual([]);
    for (const port of ports) expect(await listens(port)).toBe(false);

    await story.begin();
    const ben = await story.person('Ben');
    await ben.sees(/Only the base answers so far/);
  });
});
