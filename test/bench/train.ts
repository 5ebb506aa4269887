// `npm run bench train [-- --threads=N]`: training of SmolLM2-135M with LoRA r = 8 on every linear layer, a quarter of the tokens labelled;
// tokens a second and peak memory, against torch + PEFT step by step in turn where TORCH_PYTHON names a Python that has them.
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { projectRoot } from '../../src/root.ts';
import { ensureBase } from '../../worker/base.ts';
import { median } from './median.ts';
import { type Stepper, startStepper } from './stepper.ts';

const SHAPES = [
  { rows: 4, length: 128 },
  { rows: 4, length: 256 },
];
const LABELLED = 0.25;
const ROUNDS = 7;
/** Torch's choices; the fastest of them counts. */
const TORCH_VARIANTS = ['sdpa', 'eager'].flatMap(attention => ['answer', 'all'].map(logits => [attention, logits]));

type Measured = { tokensPerSecond: number; peakBytes: number };

const threads = Number(process.argv.find(word => word.startsWith('--threads='))?.split('=')[1] ?? availableParallelism());
const python = process.env.TORCH_PYTHON;
const modelsDir = join(projectRoot(), 'node_modules', '.cache', 'apprentice', 'models');
const folder = await ensureBase({ modelsDir, spec: process.env.APPRENTICE_TEST_MODEL || undefined });

const rows = [];
for (const { rows: count, length } of SHAPES) {
  const shape = [folder, count, length, Math.round(length * LABELLED), threads].map(String);
  const ours = () => startStepper(process.execPath, [join(projectRoot(), 'dist/test/bench/train-step.js'), ...shape, 'no']);
  const torch = (variant: string[]) => startStepper(python!, [join(projectRoot(), 'test/bench/train_torch.py'), ...shape, ...variant]);

  const fastest = python ? await quickest(torch) : undefined;
  const [a, b] = await inTurn(count * length, [await ours(), ...(fastest ? [await torch(fastest)] : [])]);
  rows.push({ shape: `${count}x${length}`, ours: a, torch: b ?? null });
  const versus = b && fastest ? `; torch + PEFT (${fastest.join(', ')} logits) ${told(b)}; ${ratio(a, b)}` : '';
  console.log(`${count} rows of ${length} tokens, ${threads} threads: ours ${told(a)}${versus}`);
}
console.log(JSON.stringify({ bench: 'train', rows }));

/** The variant with the smallest step; each is tried alone. */
async function quickest(torch: (variant: string[]) => Promise<Stepper>): Promise<string[]> {
  const TRIES = 4;
  const tried: { variant: string[]; seconds: number }[] = [];
  for (const variant of TORCH_VARIANTS) {
    const stepper = await torch(variant);
    const seconds: number[] = [];
    for (let i = 0; i < TRIES; i++) seconds.push(await stepper.step());
    await stepper.finish();
    tried.push({ variant, seconds: Math.min(...seconds) });
  }
  return tried.reduce((a, b) => (b.seconds < a.seconds ? b : a)).variant;
}

/** Medians of steps taken one after the other by turns; the first round warms up. */
async function inTurn(tokens: number, steppers: Stepper[]): Promise<Measured[]> {
  const seconds: number[][] = steppers.map(() => []);
  for (let round = 0; round <= ROUNDS; round++)
    for (const [i, stepper] of steppers.entries()) {
      const taken = await stepper.step();
      if (round > 0) seconds[i].push(taken);
    }
  const peaks = await Promise.all(steppers.map(stepper => stepper.finish()));
  return steppers.map((_, i) => ({ tokensPerSecond: tokens / median(seconds[i]), peakBytes: peaks[i] }));
}

function told({ tokensPerSecond, peakBytes }: Measured): string {
  const MB = 1e6;
  return `${tokensPerSecond.toFixed(0)} tokens/s, ${(peakBytes / MB).toFixed(0)} MB`;
}

function ratio(ours: Measured, torch: Measured): string {
  const speed = ours.tokensPerSecond / torch.tokensPerSecond;
  return `${speed.toFixed(2)}× the speed at ${(ours.peakBytes / torch.peakBytes).toFixed(2)}× the memory (goal: 1.8× at 0.58×)`;
}
