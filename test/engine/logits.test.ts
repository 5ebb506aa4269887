// The forward pass of every architecture against transformers' and PEFT's logits on tiny random models.
import { expect, test } from 'vitest';
import { readAdapter } from '../../src/model/adapter.ts';
import { openModelFolder } from '../../src/model/folder.ts';
import type { LoraWeights } from '../../src/model/lora.ts';
import type { ModelFolder } from '../../src/model/model.ts';
import { stackLora } from '../../worker/engine/lora-stack.ts';
import { attentionMask } from '../../worker/engine/mask.ts';
import { openScoring } from '../../worker/engine/score.ts';
import { scoreGraph } from '../../worker/engine/score-graph.ts';
import { int64, openSession } from '../../worker/engine/session.ts';
import { openStacks } from '../../worker/engine/speakers.ts';
import { meanLoss, tensorsOf } from '../builtin/reference.ts';
import { type TinyModel, tinyFolder, tinyLogits } from '../support/models.ts';

const MODELS: TinyModel[] = ['tiny-llama', 'tiny-llama-bf16', 'tiny-qwen2', 'tiny-qwen2-untied', 'tiny-qwen3'];

/** Logits [rows · tokens, vocab] of the same tokens in every row; `speakers` as in lora-stack.ts. */
async function logitsOf(model: ModelFolder, ids: number[], adapters: LoraWeights[] = [], speakers = [-1]): Promise<number[][]> {
  const session = await openSession(scoreGraph(model), model.folder, 'evaluate', { threads: 1 });
  const rows = speakers.length;
  const tokens = rows * ids.length;
  const stack = stackLora(model.config, adapters);
  const out = await session.run({
    ids: int64(
      speakers.flatMap(() => ids),
      [rows, ids.length],
    ),
    rows: int64([rows], [1]),
    positions: int64(
      speakers.flatMap(() => ids.map((_, i) => i)),
      [rows, ids.length],
    ),
    mask: attentionMask(Array<number>(rows).fill(0), 0, ids.length),
    logit_tokens: int64(
      Array.from({ length: tokens }, (_, i) => i),
      [tokens],
    ),
    labels: int64(Array<number>(tokens).fill(0), [tokens, 1]),
    ...stack.matrices,
    ...stack.masks(speakers, ids.length),
  });
  await session.release();
  const flat = out.logits.data as Float32Array;
  return Array.from({ length: tokens }, (_, i) => [...flat.subarray(i * model.config.vocab, (i + 1) * model.config.vocab)]);
}

function largestDifference(a: number[][], b: number[][]): number {
  expect(a.map(row => row.length)).toEqual(b.map(row => row.length));
  return Math.max(...a.flatMap((row, i) => row.map((value, j) => Math.abs(value - b[i][j]))));
}

test.each(MODELS)('%s: logits equal transformers', async name => {
  const { ids, logits } = tinyLogits(name);
  expect(largestDifference(await logitsOf(await openModelFolder(tinyFolder(name)), ids), logits)).toBeLessThan(1e-4);
});

test('adapters of other ranks and targets speak beside each other and the base, each as PEFT has it', async () => {
  const model = await openModelFolder(tinyFolder('tiny-llama'));
  const adapters = (['tiny-llama-lora', 'tiny-llama-lora-qv-bf16'] as const).map(name => readAdapter(tinyFolder(name), model));
  const { ids, logits: base } = tinyLogits('tiny-llama');
  const rows = await logitsOf(model, ids, adapters, [1, -1, 0]);
  const expected = [...tinyLogits('tiny-llama-lora-qv-bf16').logits, ...base, ...tinyLogits('tiny-llama-lora').logits];
  expect(largestDifference(rows, expected)).toBeLessThan(1e-4);
});

test('an adapter of zeros is the base, to the bit', async () => {
  const model = await openModelFolder(tinyFolder('tiny-llama'));
  const adapter = readAdapter(tinyFolder('tiny-llama-lora'), model);
  const { ids } = tinyLogits('tiny-llama');
  const zeros = { ...adapter, flat: new Float32Array(adapter.flat.length) };
  expect(await logitsOf(model, ids, [zeros], [0])).toEqual(await logitsOf(model, ids));
});

test("another head size gives the float64 reference's loss", async () => {
  const { config, ...files } = await openModelFolder(tinyFolder('tiny-llama'));
  // The same tensors, read as twice as many heads of half the size.
  const model: ModelFolder = {
    ...files,
    config: { ...config, heads: 2 * config.heads, kvHeads: 2 * config.kvHeads, headDim: config.headDim / 2 },
  };
  const { ids } = tinyLogits('tiny-llama');
  const scoring = openScoring(model, { threads: 1 });
  const [{ loss, tokens }] = await scoring.score([{ prompt: ids.slice(0, 1), answer: ids.slice(1) }], openStacks(model.config)(['base']));
  await scoring.close();
  expect(loss / tokens).toBeCloseTo(meanLoss(model.config, tensorsOf(model), new Map(), 1, [{ ids, answer: 1, part: 'heldout' }]), 4);
});
