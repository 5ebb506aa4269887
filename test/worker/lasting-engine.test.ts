// The real engine in its thread, stopped under a worker's hands.
import { expect, it } from 'vitest';
import { type Engine, openEngine } from '../../worker/engine/engine.ts';
import { openLastingEngine } from '../../worker/lasting-engine.ts';
import { GREEDY } from '../../worker/speaking.ts';
import { tinyFolder } from '../support/models.ts';

const never = new AbortController().signal;
const request = {
  prompt: [3, 4, 5],
  speakers: ['base' as const],
  sampling: GREEDY,
  stop: { tokens: [], maxTokens: 8, repeatedLine: false },
};

it('an engine that has stopped is opened again, once for all who wait, and says the same', async () => {
  const opened: Engine[] = [];
  const engine = await openLastingEngine(async () => {
    opened.push(await openEngine({ folder: tinyFolder('tiny-llama'), precision: 'f32', threads: 1 }));
    return opened.at(-1)!;
  });
  const [before] = await engine.generate(request, never);
  await opened[0].close();
  const [[first], [second]] = await Promise.all([engine.generate(request, never), engine.generate(request, never)]);
  expect(first.tokens).toEqual(before.tokens);
  expect(second.tokens).toEqual(before.tokens);
  expect(opened).toHaveLength(2);
  await engine.close();
});

it('one that cannot be opened again says why, and is tried again the next time', async () => {
  const folders = [tinyFolder('tiny-llama'), '/nowhere', tinyFolder('tiny-llama')];
  const opened: Engine[] = [];
  const engine = await openLastingEngine(async () => {
    const folder = folders.shift()!;
    opened.push(await openEngine({ folder, precision: 'f32', threads: 1 }));
    return opened.at(-1)!;
  });
  await opened[0].close();
  await expect(engine.generate(request, never)).rejects.toThrow('model.folderMissing');
  expect((await engine.generate(request, never))[0].tokens).toHaveLength(8);
  await engine.close();
});
