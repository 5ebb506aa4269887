// Answers in 8 bits: how the weights are rounded, the file that keeps them, and what they say.
import { readdirSync, statSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openModelFolder } from '../../src/model/folder.ts';
import { emptyCache } from '../../worker/engine/cache.ts';
import { openDecoding } from '../../worker/engine/decoding.ts';
import { BLOCK, int8Layout, quantise } from '../../worker/engine/int8.ts';
import { int8File } from '../../worker/engine/int8-file.ts';
import { stackLora } from '../../worker/engine/lora-stack.ts';
import { seededRandom } from '../../worker/engine/random.ts';
import { copyOf, type TinyModel, tinyFolder, tinyLogits } from '../support/models.ts';

test('a weight is off by half a step of its block at most; the last block is filled up with zeros', () => {
  const random = seededRandom(1);
  const inputs = 70;
  const weights = Float32Array.from({ length: 3 * inputs }, () => random() - 0.5);
  const { quants, scales } = quantise(weights, inputs);
  const blocks = Math.ceil(inputs / BLOCK);
  expect([quants.length, scales.length]).toEqual([3 * blocks * BLOCK, 3 * blocks]);
  quants.forEach((quant, i) => {
    const row = Math.floor(i / (blocks * BLOCK));
    const column = i % (blocks * BLOCK);
    const scale = scales[Math.floor(i / BLOCK)];
    const weight = column < inputs ? weights[row * inputs + column] : 0;
    expect(Math.abs((quant - 128) * scale - weight)).toBeLessThanOrEqual(scale / 2 + 1e-6);
  });
});

test('the quantised file is made once, whole, beside the weights; a broken one is made again', async () => {
  const model = await openModelFolder(copyOf('tiny-llama'));
  const { file, layout } = await int8File(model);
  const path = join(model.folder, file);
  expect(statSync(path).size).toBe(layout.bytes);
  const made = statSync(path).mtimeMs;
  await int8File(model);
  expect(statSync(path).mtimeMs).toBe(made);
  truncateSync(path, 100);
  await int8File(model);
  expect(statSync(path).size).toBe(layout.bytes);
  expect(readdirSync(model.folder).filter(name => name.endsWith('.part'))).toEqual([]);
  expect(file).toContain(model.fingerprint.slice(0, 16));
});

test('where it cannot be written, that is said in a sentence', async () => {
  const model = await openModelFolder(tinyFolder('tiny-llama'));
  const gone = { ...model, folder: join(model.folder, 'gone') };
  await expect(int8File(gone)).rejects.toMatchObject({ problem: { code: 'engine.int8NotWritten', values: { folder: gone.folder } } });
});

test.each<TinyModel>(['tiny-llama', 'tiny-llama-bf16', 'tiny-qwen2', 'tiny-qwen2-untied', 'tiny-qwen3'])(
  '%s: logits in 8 bits are close to those in float32',
  async name => {
    const model = await openModelFolder(copyOf(name));
    const { ids, logits } = tinyLogits(name);
    const decoding = openDecoding(model, { threads: 1, int8: await int8File(model) });
    const result = await decoding.step(emptyCache(model.config), [ids], [-1], stackLora(model.config, []), true);
    await decoding.close();
    const expected = logits.at(-1)!;
    const off = Math.hypot(...expected.map((value, i) => value - result.logits![i])) / Math.hypot(...expected);
    expect(off).toBeLessThan(0.05);
    expect(off).toBeGreaterThan(0);
  },
);

test('the layout follows from the shape: no two matrices overlap, every offset is aligned', async () => {
  const { config } = await openModelFolder(tinyFolder('tiny-qwen2-untied'));
  const { matrices, bytes } = int8Layout(config);
  const spans = [...matrices.values()].flatMap(({ quants, scales }) => [quants, scales]);
  spans.forEach(({ offset, length }, i) => {
    expect(offset % 64).toBe(0);
    expect(offset + length).toBeLessThanOrEqual(spans[i + 1]?.offset ?? bytes);
  });
  expect([...matrices.keys()].at(-1)).toBe('lm_head.weight');
});
