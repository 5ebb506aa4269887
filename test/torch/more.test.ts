// What only the torch trainer can do: preferences, bases in few bits, and advice when the memory does not suffice.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { fingerprint } from '../../src/model/fingerprint.ts';
import type { RunFile } from '../../src/model/settings.ts';
import { say } from '../../src/words/words.ts';
import { runFolder, someRows } from '../builtin/run-folder.ts';
import { copyOf, editJson } from '../support/models.ts';
import { lossesOf, of, type Told } from '../support/trainer.ts';
import { describeTorch, runAll, runPython } from './environment.ts';

const FEW: RunFile['torch'][] = [{ quantize: '4bit' }, { quantize: '8bit' }, { dtype: 'bf16' }];

describeTorch('preferences, few bits, little memory', () => {
  test('it learns to prefer an answer to a rejected one: from ln 2 down, on rows it never saw as well', async () => {
    // The rejected answer is the question as it was asked.
    const pairs = someRows(16, 4).map(row => ({ ...row, rejected: [...row.ids.slice(1, row.answer - 1), 2] }));
    const folderOf = async (torch: RunFile['torch'], settings: Partial<RunFile['settings']> = {}) =>
      (await runFolder(pairs, { settings: { epochs: 5, ...settings }, torch: { beta: 0.5, ...torch } })).folder;
    const [{ events, outcome }, split] = await runAll(
      await folderOf({}),
      await folderOf({ packing: true, tokens: 30 }, { checkpointing: true }),
    );
    expect(outcome.event).toBe('done');
    const losses = [...lossesOf(events).values()];
    for (const [step, loss] of lossesOf(split.events)) expect(Math.abs(loss / losses[step - 1] - 1)).toBeLessThan(1e-5);
    expect(lossesOf(split.events).size).toBe(losses.length);
    expect(losses[0]).toBeCloseTo(Math.log(2), 6);
    expect(losses.at(-1)!).toBeLessThan(0.5);
    const heldout = of(events, 'heldout').map(({ loss }) => loss);
    expect(heldout[0]).toBeCloseTo(Math.log(2), 6);
    expect(heldout.at(-1)!).toBeLessThan(heldout[0]);
  });

  test('pairs go through padded also where rows are packed, so padding counts', async () => {
    const parts: [pairs: number, tokens: number][] = JSON.parse(await runPython('pair_parts.py', '160'));
    expect(parts.reduce((sum, [pairs]) => sum + pairs, 0)).toBe(8);
    expect(parts.length).toBeGreaterThan(1);
    for (const [, tokens] of parts) expect(tokens).toBeLessThanOrEqual(160);
  });

  test('rows without a rejected answer among others that have one are refused', async () => {
    const [one, other] = someRows(2, 0);
    const [{ outcome }] = await runAll((await runFolder([{ ...one, rejected: [5, 2] }, other])).folder);
    expect(outcome).toMatchObject({ event: 'failed', kind: 'input', code: 'torch.rowsWithoutRejected', rows: [2] });
  });

  test('a base in few bits: the curve falls, near the one in full precision', async () => {
    const folderOf = async (torch?: RunFile['torch']) => (await runFolder(someRows(16, 4), { torch })).folder;
    const [full, ...few] = await runAll(await folderOf(), ...(await Promise.all(FEW.map(folderOf))));
    const heldout = ({ events }: Told) => of(events, 'heldout').map(({ loss }) => loss);
    for (const told of few) {
      expect(told.outcome.event).toBe('done');
      const [first, last] = [heldout(told)[0], heldout(told).at(-1)!];
      // The base itself is another one, a little.
      expect(first).not.toBe(heldout(full)[0]);
      expect(Math.abs(first / heldout(full)[0] - 1)).toBeLessThan(0.1);
      expect(last).toBeLessThan(first);
    }
  });

  test('more memory than there is: the smallest change that would help', async () => {
    // An adapter of half a terabyte.
    const huge = { settings: { rank: 500_000_000 } };
    const { folder: opens } = await runFolder(someRows(4, 0), huge);

    // Rows so long that the attention of one alone takes hundreds of gigabytes: two at once are tried, then one.
    const base = copyOf('tiny-llama');
    editJson(join(base, 'config.json'), { max_position_embeddings: 1_000_000 });
    const ids = Array.from({ length: 300_000 }, (_, i) => 20 + (i % 12));
    const long = Array.from({ length: 2 }, () => ({ ids, answer: 10, part: 'train' as const }));
    const of = {
      base,
      fingerprint: await fingerprint(base, [join(base, 'model.safetensors')]),
      torch: { attention: 'eager' as const, tokens: 1_000_000 },
    };
    const [opening, step] = await runAll(opens, (await runFolder(long, of)).folder);
    expect(opening.outcome).toMatchObject({ event: 'failed', kind: 'memory', code: 'torch.memorySmaller' });
    expect(step.outcome).toMatchObject({ event: 'failed', kind: 'memory', code: 'torch.memoryCheckpointing' });
    expect(say('en', 'torch.memoryCheckpointing')).toContain('checkpointing');
  });

  test('few bits are advised where they save something: on a GPU, when recomputing does not suffice', async () => {
    type Advice = [gpu: boolean, training: boolean, checkpointing: boolean, bits: string | null, code: string];
    const advice: Advice[] = JSON.parse(await runPython('advice.py'));
    expect(advice).toHaveLength(16);
    for (const [gpu, training, checkpointing, bits, code] of advice) {
      const expected = training && !checkpointing ? 'Checkpointing' : gpu && !bits ? 'Quantize' : training ? 'Shorter' : 'Smaller';
      expect(code).toBe(`torch.memory${expected}`);
    }
  });

  test('a base whose file ends too early, or that lacks a tensor, is refused rather than made up', async () => {
    const cut = copyOf('tiny-llama');
    const weights = join(cut, 'model.safetensors');
    writeFileSync(weights, readFileSync(weights).subarray(0, 100_000));
    const lacking = copyOf('tiny-llama');
    editJson(join(lacking, 'config.json'), { num_hidden_layers: 3 });

    const folderOf = async (base: string) => {
      const name = await fingerprint(base, [join(base, 'model.safetensors')]);
      return (await runFolder(someRows(4, 0), { base, fingerprint: name })).folder;
    };
    const [early, less] = await runAll(await folderOf(cut), await folderOf(lacking));
    expect(early.outcome).toMatchObject({ event: 'failed', kind: 'input', code: 'torch.baseBroken' });
    expect(less.outcome).toMatchObject({ event: 'failed', kind: 'input', code: 'torch.baseTensor' });
  });
});
