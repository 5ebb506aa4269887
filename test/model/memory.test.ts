// Memory before a run: the torch formula against figures that others published, and the smallest change where a run does not fit.
import { describe, expect, test } from 'vitest';
import { loadOf, parameters } from '../../src/model/estimate.ts';
import { BUILTIN_TOKENS, builtinBytes } from '../../src/model/estimate-builtin.ts';
import { TORCH_TOKENS, type TorchMemory, torchBytes } from '../../src/model/estimate-torch.ts';
import { type Case, type Needs, smallestChange } from '../../src/model/fitting.ts';
import { KNOWN_BASES } from '../../src/model/known-bases.ts';
import { LINEAR_LAYERS } from '../../src/model/lora.ts';
import type { ModelConfig } from '../../src/model/model.ts';
import { say } from '../../src/words/words.ts';
import { llamaOf } from '../support/random-model.ts';

const GIB = 2 ** 30;

const MODELS = {
  'SmolLM2-135M': llamaOf(576, 30, 9, 3, 1536, 49152, true),
  'Qwen2.5-0.5B': llamaOf(896, 24, 14, 2, 4864, 151936, true),
  'Qwen2.5-1.5B': llamaOf(1536, 28, 12, 2, 8960, 151936, true),
  'Llama-2-7B': llamaOf(4096, 32, 32, 32, 11008, 32000),
  'Llama-3.1-8B': llamaOf(4096, 32, 32, 8, 14336, 128256),
  'Qwen2.5-14B': llamaOf(5120, 48, 40, 8, 13824, 152064),
  'Llama-3.1-70B': llamaOf(8192, 80, 64, 8, 28672, 128256),
};

type Way = Partial<TorchMemory> & { rows?: number; length?: number; checkpointing?: boolean };
function onGpu(config: ModelConfig, { rows = 1, length = 1024, checkpointing = true, ...how }: Way = {}): number {
  const dose = { rank: 16, targets: [...LINEAR_LAYERS], checkpointing };
  return torchBytes(config, { rows, length, answers: 0 }, dose, { device: 'cuda', ...how });
}

/** As others run it: PEFT's own way, and QLoRA with an adapter in bf16. */
const asOthers = (config: ModelConfig, way: Way = {}) => onGpu(config, { adapter: way.quantize ? 'qlora' : 'peft', ...way });

describe('the torch trainer on a GPU', () => {
  // shared/facts/torch.md, section 4, counted from autograd's saved tensors: GiB at rank 16.
  const long = { rows: 4, length: 2048 };
  test.each([
    ['SmolLM2-135M', [1.5, 1.3, 2.2, 2.0, 1.8, 5.4]],
    ['Qwen2.5-0.5B', [2.3, 1.7, 3.6, 3.2, 2.6, 14.5]],
    ['Qwen2.5-1.5B', [4.5, 2.5, 7.2, 6.2, 4.1, 17.4]],
    ['Llama-2-7B', [14.8, 5.6, 20.5, 18.3, 8.9, 20.4]],
    ['Llama-3.1-8B', [17.2, 7.3, 23.4, 21.0, 10.9, 30.5]],
    ['Qwen2.5-14B', [30.4, 11.7, 40.6, 35.8, 16.9, 47.1]],
    ['Llama-3.1-70B', [137, 41.6, 169, 150, 54, 160]],
  ] as const)('%s', (name, table) => {
    const ways: Way[] = [
      ...[{}, { quantize: '4bit' }, { checkpointing: false }],
      ...[long, { ...long, quantize: '4bit' }, { ...long, plainLogits: true }],
    ] as Way[];
    ways.forEach((way, i) => {
      const gib = asOthers(MODELS[name], way) / GIB;
      const rounding = table[i] >= 100 ? 0.5 : 0.05;
      expect(Math.abs(gib - table[i]), `${JSON.stringify(way)}: ${gib.toFixed(2)} GiB`).toBeLessThanOrEqual(rounding + 0.005);
    });
  });

  // Published minima in GB: hiyouga/LLaMA-Factory, README, "Hardware Requirement".
  test.each([
    ['Llama-2-7B', undefined, 16],
    ['Llama-2-7B', '4bit', 6],
    ['Qwen2.5-14B', undefined, 32],
    ['Qwen2.5-14B', '4bit', 12],
    ['Llama-3.1-70B', undefined, 160],
    ['Llama-3.1-70B', '4bit', 48],
  ] as const)('%s %s is near what LLaMA-Factory says: %i GB', (name, quantize, published) => {
    const gb = asOthers(MODELS[name], { quantize }) / 1e9;
    expect(gb / published).toBeGreaterThan(0.9);
    expect(gb / published).toBeLessThan(1.1);
  });

  test('8 bits lie between 4 and 16', () => {
    const [four, eight, sixteen] = (['4bit', '8bit', undefined] as const).map(quantize => onGpu(MODELS['Llama-2-7B'], { quantize }));
    expect(four).toBeLessThan(eight);
    expect(eight).toBeLessThan(sixteen);
  });

  test.each(['en', 'zh'] as const)('what is said of a 7B base is what the formula says (%s)', lang => {
    const told = /7B\D+(\d+)\D+(\d+)/.exec(say(lang, 'torch.memoryQuantize'))!.slice(1).map(Number);
    const seven = (quantize?: '4bit') => Math.round(onGpu(MODELS['Llama-2-7B'], { quantize }) / 1e9);
    expect(told).toEqual([seven('4bit'), seven()]);
  });
});

describe('the builtin trainer', () => {
  // Peaks of its `done` event: SmolLM2-135M and a random model (256, 8 layers, 8 heads, 4 of keys, 768, 4096 tokens), two steps each, on two cores.
  const smol = MODELS['SmolLM2-135M'];
  const mid = llamaOf(256, 8, 8, 4, 768, 4096, true);
  test.each([
    ['135M, 4 rows of 256', smol, 256, 77, 4, 8, false, 2_238_984_192],
    ['135M, 4 rows of 192', smol, 192, 58, 4, 8, false, 2_150_838_272],
    ['135M, 4 rows of 192, recomputing', smol, 192, 58, 4, 8, true, 1_482_174_464],
    ['135M, a row of 768', smol, 768, 230, 1, 8, false, 2_740_330_496],
    ['random, 4 rows of 64', mid, 64, 19, 4, 8, false, 224_317_440],
    ['random, 4 rows of 192', mid, 192, 58, 4, 8, false, 320_757_760],
    ['random, 4 rows of 192, recomputing', mid, 192, 58, 4, 8, true, 233_230_336],
    ['random, long answers', mid, 192, 173, 4, 8, false, 352_722_944],
    ['random, rank 64', mid, 192, 58, 4, 64, false, 416_452_608],
    ['random, a row of 768', mid, 768, 230, 1, 8, false, 536_580_096],
    ['random, a row of 2048', mid, 2048, 614, 1, 8, false, 2_258_092_032],
    ['random, a row of 2048, recomputing', mid, 2048, 614, 1, 8, true, 1_151_709_184],
  ])('%s: within a fifth of the measured peak', (_, config, longest, answer, batch, rank, checkpointing, measured) => {
    const load = loadOf({ longest, answer, batch, budget: BUILTIN_TOKENS });
    const bytes = builtinBytes(config, load, { rank, targets: [...LINEAR_LAYERS], checkpointing });
    expect(bytes / measured).toBeGreaterThan(0.8);
    expect(bytes / measured).toBeLessThan(1.2);
  });
});

test('the torch trainer on a CPU: within a fifth of a peak that is too large for test/torch/memory.test.ts', () => {
  // Of its `done` event: random weights in the shape of SmolLM2-135M, a step of 3 rows of 256, two threads.
  const load = loadOf({ longest: 256, answer: 58, batch: 3, budget: TORCH_TOKENS.cpu });
  const dose = { rank: 8, targets: [...LINEAR_LAYERS], checkpointing: false };
  const ratio = torchBytes(MODELS['SmolLM2-135M'], load, dose, { device: 'cpu' }) / 2_924_720_128;
  expect(ratio).toBeGreaterThan(0.8);
  expect(ratio).toBeLessThan(1.2);
});

test('the bases that are named have the sizes that their names say', () => {
  const billions = KNOWN_BASES.map(({ config }) => parameters(config) / 1e9);
  for (const [i, size] of [3.09, 1.54, 0.49, 0.36, 0.135].entries()) expect(billions[i] / size).toBeCloseTo(1, 1);
});

describe('what does not fit', () => {
  const run: Case = {
    rank: 16,
    targets: [...LINEAR_LAYERS],
    checkpointing: false,
    batch: 4,
    lengths: [60, 70, 80, 90, 100, 110, 120, 150, 180, 1800],
    answer: 60,
  };
  const builtin: Needs = (config, one) =>
    builtinBytes(config, loadOf({ longest: Math.max(...one.lengths), answer: one.answer, batch: one.batch, budget: BUILTIN_TOKENS }), one);
  const gpu: Needs = (config, one) =>
    torchBytes(config, { rows: 1, length: Math.max(...one.lengths), answers: one.answer }, one, { device: 'cuda', quantize: one.quantize });
  const smol = MODELS['SmolLM2-135M'];
  const told = (free: number, change: Partial<Case> = {}, needs = builtin, config = smol) => {
    const quantizes = needs === gpu;
    return smallestChange({ config, run: { ...run, ...change }, needs, free, quantizes });
  };
  const even = Array.from({ length: 10 }, () => 190);

  test('computing twice comes first, then a smaller batch, a smaller rank, the longest rows, another base', () => {
    expect(told(4e9).code).toBe('preflight.short.checkpointing');
    expect(told(1.55e9, { lengths: even, checkpointing: true })).toMatchObject({ code: 'preflight.short.batch', values: { batch: 2 } });
    expect(told(1.45e9, { lengths: even, checkpointing: true, batch: 1, rank: 64 }).code).toBe('preflight.short.rank');
    expect(told(1.6e9)).toMatchObject({ code: 'preflight.short.length', values: { count: 1 } });
    expect(told(2e9, { lengths: even }, builtin, MODELS['Qwen2.5-1.5B'])).toMatchObject({
      code: 'preflight.short.base',
      values: { base: 'HuggingFaceTB/SmolLM2-135M-Instruct' },
    });
  });

  test('on a GPU a base of 7B goes into 4 bits, and where nothing fits the memory to rent is named', () => {
    const seven = MODELS['Llama-2-7B'];
    expect(told(12e9, { lengths: [1024] }, gpu, seven)).toMatchObject({ code: 'preflight.short.quantize', values: { quantize: '8bit' } });
    expect(told(7e9, { lengths: [1024] }, gpu, seven)).toMatchObject({ code: 'preflight.short.quantize', values: { quantize: '4bit' } });
    const rent = told(0.5e9, { lengths: [1024] }, gpu, seven);
    expect(rent).toMatchObject({ code: 'preflight.short.rent', values: { gpu: 16, four: 7 } });
    expect(say('en', rent.code, rent.values)).toContain('A GPU with 16 GB would do (with TORCH_QUANTIZE=4bit one with 7 GB)');
  });

  test('what is named does fit, and nothing smaller was passed over', () => {
    for (const free of [0.3e9, 1.4e9, 1.8e9, 2.5e9, 4e9]) {
      const { code, values } = told(free);
      if (code !== 'preflight.short.rent') expect(Number(values.left)).toBeLessThanOrEqual(Number(values.free));
      expect(Number(values.needs)).toBeGreaterThan(Number(values.free));
    }
  });
});
