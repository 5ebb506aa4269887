// `npm run bench pair`: what a generated token costs on SmolLM2-135M, one tuned answer against base and tuned in one batch, in float32 and in
// 8 bits, and llama.cpp's two answers one after the other where node-llama-cpp is found. Prompt of 200 tokens, 100 new ones, variants interleaved.
// Float32 as the product runs by default: waiting threads sleep. 8 bits as on a machine that is ours alone (MACHINE_IS_OURS): they spin for 200 µs,
// as llama.cpp's do. BENCH_SPIN=N sets both.

import { openModelFolder } from '../../src/model/folder.ts';
import { countValues, LINEAR_LAYERS, type LoraWeights, loraMatrices } from '../../src/model/lora.ts';
import type { ModelConfig } from '../../src/model/model.ts';
import { emptyCache } from '../../worker/engine/cache.ts';
import { type Decoding, openDecoding } from '../../worker/engine/decoding.ts';
import { int8File } from '../../worker/engine/int8-file.ts';
import { stackLora } from '../../worker/engine/lora-stack.ts';
import { seededRandom } from '../../worker/engine/random.ts';
import { realModel } from '../support/real-model.ts';
import { openLlama } from './llama.ts';
import { median, quantile } from './median.ts';

const ROUNDS = 5;
const PROMPT_TOKENS = 200;
const NEW_TOKENS = 100;
const TURN_STEPS = 10;
const THREADS = 2;
const spin = (byDefault: number) => ({ threads: THREADS, spinMicroseconds: Number(process.env.BENCH_SPIN ?? byDefault) });
const BASE = -1;
const TUNED = 0;

const folder = await realModel();
if (!folder) process.exit(1);
const model = await openModelFolder(folder);
const adapter = randomAdapter(model.config);
const stack = stackLora(model.config, [adapter]);
const prompt = Array.from({ length: PROMPT_TOKENS }, (_, i) => 1000 + ((i * 7919) % 40_000));
const f32 = openDecoding(model, spin(0));
const int8 = openDecoding(model, { ...spin(200), int8: await int8File(model) });
const llama = await openLlama(model, adapter, { folder, threads: THREADS, tokens: PROMPT_TOKENS + NEW_TOKENS });

const steps: Record<'f32One' | 'f32Pair' | 'int8One' | 'int8Pair' | 'llamaTwo', number[]> = {
  f32One: [],
  f32Pair: [],
  int8One: [],
  int8Pair: [],
  llamaTwo: [],
};
for (let round = 0; round <= ROUNDS; round++) {
  const measured = {
    ...(await alternately({ f32One: [f32, [TUNED]], f32Pair: [f32, [BASE, TUNED]] })),
    ...(await alternately({ int8One: [int8, [TUNED]], int8Pair: [int8, [BASE, TUNED]] })),
    llamaTwo: (await llama?.twoAnswers(prompt, NEW_TOKENS)) ?? [],
  };
  // The first round warms up.
  if (round > 0) for (const [name, times] of Object.entries(measured)) steps[name as keyof typeof steps].push(...times);
  console.error(
    `round ${round} of ${ROUNDS}: ${Object.entries(measured)
      .map(([name, times]) => `${name} ${median(times)?.toFixed(1)}`)
      .join(', ')} ms`,
  );
}
await Promise.all([f32.close(), int8.close(), llama?.close()]);

const ours = (one: number[], pair: number[]) => ({
  oneMs: round2(median(one)),
  pairMs: round2(median(pair)),
  pairP10Ms: round2(quantile(pair, 0.1)),
});
console.log(
  JSON.stringify({
    bench: 'pair',
    ours: { f32: ours(steps.f32One, steps.f32Pair), int8: ours(steps.int8One, steps.int8Pair) },
    llama: llama ? { q8_0: { twoMs: round2(median(steps.llamaTwo)), twoP10Ms: round2(quantile(steps.llamaTwo, 0.1)) } } : null,
  }),
);

type Variant = [decoding: Decoding, places: number[]];

/** Milliseconds of each step after the prompt; the variants take turns of some steps, so that what else the machine does hits them alike. */
async function alternately<Name extends string>(variants: Record<Name, Variant>): Promise<Record<Name, number[]>> {
  const running = await Promise.all(
    Object.entries<Variant>(variants).map(async ([name, [decoding, places]]) => ({
      name,
      times: [] as number[],
      step: await begin(decoding, places),
    })),
  );
  for (let done = 0; done < NEW_TOKENS; done += TURN_STEPS) {
    for (const { times, step } of running) {
      for (let i = 0; i < TURN_STEPS; i++) {
        const started = performance.now();
        await step();
        times.push(performance.now() - started);
      }
    }
  }
  return Object.fromEntries(running.map(({ name, times }) => [name, times])) as Record<Name, number[]>;
}

/** Reads the prompt for every speaker and gives the function that writes one more token each. */
async function begin(decoding: Decoding, places: number[]): Promise<() => Promise<void>> {
  const cache = emptyCache(model.config, places.length);
  const prompts = places.map(() => prompt);
  let { best } = await decoding.step(cache, prompts, places, stack, false);
  return async () => {
    const tokens = best.map(id => [id]);
    ({ best } = await decoding.step(cache, tokens, places, stack, false));
  };
}

/** Rank 8 on every layer; what the values are makes no difference to the time. */
function randomAdapter(config: ModelConfig): LoraWeights {
  const spec = { rank: 8, alpha: 16, targets: [...LINEAR_LAYERS] };
  const matrices = loraMatrices(config, spec);
  const random = seededRandom(1);
  return { spec, matrices, flat: Float32Array.from({ length: countValues(matrices) }, () => 0.02 * (random() - 0.5)) };
}

function round2(ms: number): number {
  return Math.round(ms * 100) / 100;
}
