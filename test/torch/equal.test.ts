// Both trainers are one trainer: same start, same rows, same curve, and each one's adapter speaks through the other's loader.
import { realpathSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openModelFolder } from '../../src/model/folder.ts';
import type { RunFile, TrainingRow } from '../../src/model/settings.ts';
import { builtinTrainer } from '../../worker/choose-trainer.ts';
import { openLocalEngine } from '../../worker/engine/local.ts';
import type { TrainerEvent } from '../../worker/trainer.ts';
import { runFolder, someRows } from '../builtin/run-folder.ts';
import { type TinyModel, tinyFolder } from '../support/models.ts';
import { lossesOf, of, runTrainer, type Told } from '../support/trainer.ts';
import { describeTorch, runAll, runPython } from './environment.ts';

/** 21 steps: three rounds of seven, the last step of a round smaller than the others. */
const rows = someRows(26, 6);

async function tinyRun(name: TinyModel, change: Partial<Omit<RunFile, 'settings'>> = {}, settings: Partial<RunFile['settings']> = {}) {
  const { fingerprint } = await openModelFolder(tinyFolder(name));
  return runFolder(rows, { base: realpathSync(tinyFolder(name)), fingerprint, ...change, settings });
}

/** The largest relative difference between two curves of steps; they must have the same steps. */
function apart(a: TrainerEvent[], b: TrainerEvent[]): number {
  const [one, other] = [lossesOf(a), lossesOf(b)];
  expect([...one.keys()]).toEqual([...other.keys()]);
  return Math.max(...[...one].map(([step, loss]) => Math.abs(loss - other.get(step)!) / loss));
}

const heldout = ({ events }: Told) => of(events, 'heldout').map(({ loss }) => loss);
const published = ({ outcome }: Told) => outcome as Extract<Told['outcome'], { event: 'done' }>;

/** What our own engine makes of an adapter on the held-out rows. */
async function engineLoss(base: string, folder: string, fingerprint: string, all: TrainingRow[]): Promise<number> {
  const engine = await openLocalEngine({ folder: base, precision: 'f32', threads: 1 });
  try {
    const asked = all
      .filter(({ part }) => part === 'heldout')
      .map(({ ids, answer }) => ({ prompt: ids.slice(0, answer), answer: ids.slice(answer) }));
    const scored = await engine.score(asked, { name: 'v1', folder, rank: 4, fingerprint }, new AbortController().signal);
    const sum = (of: 'loss' | 'tokens') => scored.reduce((total, one) => total + one[of], 0);
    return sum('loss') / sum('tokens');
  } finally {
    await engine.close();
  }
}

describeTorch('equality', () => {
  test('the same curve as the builtin trainer’s, and adapters that the other’s loader opens', async () => {
    const [a, b] = [await tinyRun('tiny-llama'), await tinyRun('tiny-llama')];
    const builtin = await runTrainer(builtinTrainer.start, a.folder);
    const [ours] = await runAll(b.folder);
    expect(of(ours.events, 'step')).toHaveLength(21);
    expect(apart(builtin.events, ours.events)).toBeLessThan(1e-3);
    for (const what of ['learningRate', 'epoch', 'tokens'] as const) {
      const told = ({ events }: Told) => of(events, 'step').map(event => event[what]);
      for (const [i, value] of told(ours).entries()) expect(value).toBeCloseTo(told(builtin)[i], 9);
    }
    expect(published(ours).bestStep).toBe(published(builtin).bestStep);
    for (const [i, loss] of heldout(ours).entries()) expect(Math.abs(loss / heldout(builtin)[i] - 1)).toBeLessThan(1e-3);

    const best = (run: Told) => of(run.events, 'heldout').find(({ step }) => step === published(run).bestStep)!.loss;
    expect(await engineLoss(b.run.base, published(ours).folder, b.run.fingerprint, rows)).toBeCloseTo(best(ours), 4);
    const peft = await runPython('peft_scores.py', a.run.base, published(builtin).folder, join(a.folder, 'rows.jsonl'));
    expect(JSON.parse(peft)).toBeCloseTo(best(builtin), 4);
  });

  test.each(['tiny-qwen2', 'tiny-qwen3'] as const)('the same for %s; packed, split and recomputed it is the same curve', async name => {
    const settings = { epochs: 1 };
    const folderOf = async (torch?: RunFile['torch'], checkpointing = false) =>
      (await tinyRun(name, { torch }, { ...settings, checkpointing })).folder;
    const builtin = await runTrainer(builtinTrainer.start, await folderOf());
    const [plain, ...others] = await runAll(
      await folderOf(),
      await folderOf({ packing: true }),
      await folderOf({ packing: true, tokens: 20 }, true),
      await folderOf({ attention: 'eager', tokens: 40 }),
    );
    expect(apart(builtin.events, plain.events)).toBeLessThan(1e-3);
    for (const { events } of others) expect(apart(plain.events, events)).toBeLessThan(1e-5);
  });

  test('a run goes on from the other trainer’s checkpoint', async () => {
    const a = await tinyRun('tiny-llama');
    const begun = await runTrainer(builtinTrainer.start, a.folder);
    const there = of(begun.events, 'checkpoint').find(({ step }) => step === 15)!;
    const b = await tinyRun('tiny-llama', { resume: there.folder });
    const [whole, continued] = await runAll((await tinyRun('tiny-llama')).folder, b.folder);
    expect(of(continued.events, 'started')[0].resumedAt).toBe(15);
    const rest = whole.events.filter(event => event.event !== 'step' || event.step > 15);
    expect(apart(rest, continued.events)).toBeLessThan(1e-3);

    const back = of(continued.events, 'checkpoint').find(({ step }) => step === 20)!;
    const c = await tinyRun('tiny-llama', { resume: back.folder });
    const home = await runTrainer(builtinTrainer.start, c.folder);
    expect(of(home.events, 'started')[0].resumedAt).toBe(20);
    expect(home.outcome.event).toBe('done');
  });
});
