// One training step of ours, as a process of its own, for train.ts; train_torch.py is its counterpart and speaks the same way.
// train-step FOLDER ROWS LENGTH LABELS THREADS CHECKPOINTING: prints "ready", takes a step for each line on stdin and prints its
// seconds; at the end of stdin it prints the peak resident set in bytes.
import { createInterface } from 'node:readline';
import { openModelFolder } from '../../src/model/folder.ts';
import { LINEAR_LAYERS } from '../../src/model/lora.ts';
import type { TrainingRow } from '../../src/model/settings.ts';
import { adamw, clipFactor, noMoments, norm } from '../../worker/builtin/adamw.ts';
import { initialAdapter } from '../../worker/builtin/initial.ts';
import { openLearner } from '../../worker/builtin/learner.ts';
import { peakBytes } from '../../worker/builtin/peak-memory.ts';
import { seededRandom } from '../../worker/engine/random.ts';

const [folder, ...numbers] = process.argv.slice(2);
const [count, length, labels, threads] = numbers.map(Number);
const checkpointing = numbers[4] === 'yes';

/** torch's threads spin while they wait, and the bench has the machine to itself: ours may, too. */
const spinMicroseconds = Number(process.env.BENCH_SPIN ?? 1000);
const base = await openModelFolder(folder);
const spec = { rank: 8, alpha: 16, targets: [...LINEAR_LAYERS] };
const next = seededRandom(1);
const rows = Array.from({ length: count }, (): TrainingRow => {
  const ids = Array.from({ length: length + 1 }, () => Math.floor(next() * base.config.vocab));
  return { ids, answer: length + 1 - labels, part: 'train' };
});
const { flat } = initialAdapter(base.config, spec, 1);
const moments = noMoments(flat.length);
const gradient = new Float32Array(flat.length);
const tokenBudget = count * (length + 1);
const learner = await openLearner(base, { spec, longestRow: length + 1, checkpointing, threads, spinMicroseconds, tokenBudget });

let step = 0;
console.log('ready');
for await (const _ of createInterface({ input: process.stdin })) {
  const begun = performance.now();
  await learner.gradient(rows, flat, gradient);
  adamw(flat, gradient, moments, { step: ++step, learningRate: 1e-4, weightDecay: 0, scale: clipFactor(norm(gradient), 1) });
  console.log((performance.now() - begun) / 1000);
}
console.log(peakBytes());
