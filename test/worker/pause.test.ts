import { expect, it } from 'vitest';
import { openPause } from '../../worker/pause.ts';

/** A trainer that remembers what it was told. */
function listener() {
  const told: string[] = [];
  return { told, pause: () => void told.push('pause'), resume: () => void told.push('resume') };
}

it('the trainer stands still from the first answer to the last, once', async () => {
  const pause = openPause();
  const trainer = listener();
  pause.watch(trainer);
  let endFirst = () => {};
  const first = pause.during(() => new Promise<void>(resolve => (endFirst = resolve)));
  const second = pause.during(async () => expect(trainer.told).toEqual(['pause']));
  await second;
  expect(trainer.told).toEqual(['pause']);
  endFirst();
  await first;
  expect(trainer.told).toEqual(['pause', 'resume']);
});

it('a trainer that starts while an answer is written waits for it', async () => {
  const pause = openPause();
  const trainer = listener();
  await pause.during(async () => {
    pause.watch(trainer);
    expect(trainer.told).toEqual(['pause']);
  });
  expect(trainer.told).toEqual(['pause', 'resume']);
});

it('an answer that fails lets the trainer go on', async () => {
  const pause = openPause();
  const trainer = listener();
  pause.watch(trainer);
  await expect(pause.during(() => Promise.reject(new Error('no answer')))).rejects.toThrow('no answer');
  expect(trainer.told).toEqual(['pause', 'resume']);
});

it('a trainer that has ended is left alone', async () => {
  const pause = openPause();
  const trainer = listener();
  pause.watch(trainer)();
  await pause.during(async () => {});
  expect(trainer.told).toEqual([]);
});
