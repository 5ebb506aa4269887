// A whole run by chat with TRAINER=torch: taught, started, watched, voted into being v1, and asked.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Platform, platforms } from '../support/platforms.ts';
import { openStory, type Story } from '../support/story.ts';
import { compare, teach, train } from '../support/tuned.ts';
import { describeTorch, torch } from './environment.ts';

const local = platforms.find(({ name }) => name === 'local') as Platform;

describeTorch('a run by chat', () => {
  let story: Story;
  beforeAll(async () => {
    story = await openStory(local, { TRAINER: 'torch', TORCH_PYTHON: torch().start.program });
  });
  afterAll(() => story?.close());

  test('the team teaches, torch trains, and v1 answers beside the base', async () => {
    const ada = await story.person('Ada');
    await teach(ada);
    await train(ada, 1, 'rounds=6 seed=1');
    const run = await story.newestRun();
    expect(run).toMatchObject({ state: 'done', trainer: 'torch' });
    const curve = await story.curve();
    expect(curve).toHaveLength(run.steps!);
    expect(curve.at(-1)!.loss).toBeLessThan(0.85 * curve[0].loss);
    const compared = await compare(story, ada, 'How do I moor my boat?');
    expect(compared).toBeDefined();
    expect(compared!.a).not.toBe(compared!.b);
  });
});
