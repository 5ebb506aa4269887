// Several processes train one run: the same curve as one alone, and they stop, fail and end as one.
import { setTimeout } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { isAlive } from '../../src/data/embedded/process.ts';
import { runFolder, someRows } from '../builtin/run-folder.ts';
import { lossesOf, of, runTrainer } from '../support/trainer.ts';
import { describeTorch, torch } from './environment.ts';

const rows = someRows(17, 5);
const two = torch(2);

describeTorch('several processes', () => {
  test('two are as one; they wait together; told to leave, they write one checkpoint, and one alone goes on from it', async () => {
    const alone = await runTrainer(torch().start, (await runFolder(rows)).folder);
    const first = await runFolder(rows);
    let [seen, whilePaused] = [0, -1];
    const both = await runTrainer(two.start, first.folder, async (event, trainer) => {
      if (event.event === 'step') seen++;
      if (event.event === 'step' && event.step === 3) {
        trainer.pause();
        // Steps that were under way when the word arrived.
        await setTimeout(500);
        const before = seen;
        await setTimeout(500);
        whilePaused = seen - before;
        trainer.resume();
      }
      if (event.event === 'step' && event.step === 8) void trainer.stop();
    });
    expect(whilePaused).toBe(0);
    expect(of(both.events, 'started')[0].device).toContain('× 2');
    expect(both.outcome.event).toBe('stopped');
    const checkpoint = of(both.events, 'checkpoint').at(-1)!;
    expect(both.outcome).toMatchObject({ step: checkpoint.step });
    const rest = await runTrainer(torch().start, (await runFolder(rows, { resume: checkpoint.folder })).folder);
    expect(rest.outcome.event).toBe('done');
    const expected = lossesOf(alone.events);
    const together = [...lossesOf(both.events), ...lossesOf(rest.events)];
    expect(new Set(together.map(([step]) => step)).size).toBe(expected.size);
    for (const [step, loss] of together) expect(Math.abs(loss / expected.get(step)! - 1)).toBeLessThan(1e-5);
    const measured = (told: typeof both) => of(told.events, 'heldout').map(({ step, loss }) => [step, Number(loss.toFixed(4))]);
    expect(measured(both)).toEqual(measured(alone).slice(0, measured(both).length));
  });

  test('what is wrong is said once, and nobody is left behind', async () => {
    const { folder } = await runFolder(rows, { settings: { learningRate: 1e30, epochs: 20 } });
    const { events, outcome } = await runTrainer(two.start, folder);
    expect(of(events, 'failed')).toHaveLength(1);
    expect(outcome).toMatchObject({ event: 'failed', kind: 'diverged' });
  });

  test('killed without warning, the starter takes the others along', async () => {
    const { folder } = await runFolder(rows, { settings: { epochs: 100_000 } });
    const { outcome } = await runTrainer(two.start, folder, (event, { pid }) => {
      if (event.event === 'step' && event.step === 3) process.kill(pid!, 'SIGKILL');
    });
    // Those that it had started may have found the time for a checkpoint.
    expect(['killed', 'stopped']).toContain(outcome.event);
    await expect.poll(() => isAlive(-outcome.pid!)).toBe(false);
  });
});
