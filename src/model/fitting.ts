// What does not fit into the memory, and the smallest change that would make it fit: tried in the order of what they cost the result.
import type { Problem } from '../problem.ts';
import type { Dose, Load } from './estimate.ts';
import { type TorchMemory, torchBytes } from './estimate-torch.ts';
import { smallerBases } from './known-bases.ts';
import type { ModelConfig } from './model.ts';

/** A run as its memory sees it. `lengths`: tokens of every row, prompt and answer; `answer` those of the longest answer. */
export type Case = Dose & { batch: number; lengths: number[]; answer: number; quantize?: TorchMemory['quantize'] };
export type Needs = (config: ModelConfig, run: Case) => number;

/** `quantizes`: the trainer can hold the base in few bits. */
export type Shortage = { config: ModelConfig; run: Case; needs: Needs; free: number; quantizes: boolean };

const GB = 1e9;
const LEAST_RANK = 4;
/** Leaving out more than this share of the examples is no smaller change than another base. */
const MOST_DROPPED = 0.5;
/** Lengths that are tried as the longest: people read round numbers. */
const ROUND_TO = 64;

const inGb = (bytes: number): string => (bytes / GB).toFixed(1);

/**
 * `preflight.short.WHAT` with what the run needs, what is free, the change as people would write it and what it would need then. The
 * order: same result but slower (checkpointing), a smaller batch, a smaller rank, fewer of the longest rows, the base in 8 or 4 bits, a
 * smaller base, another machine.
 */
export function smallestChange(shortage: Shortage): Problem {
  const { config, run, needs, free } = shortage;
  const problem = (what: string, then: number, values: Problem['values'] = {}): Problem => ({
    code: `preflight.short.${what}`,
    values: { needs: inGb(needs(config, run)), free: inGb(free), left: inGb(then), ...values },
  });
  for (const { what, change, values } of changes(shortage)) {
    const then = needs(config, { ...run, ...change });
    if (then <= free) return problem(what, then, values);
  }
  const least = leastOf(shortage);
  const base = smallerBases(config).find(known => needs(known.config, least) <= free);
  if (base) return problem('base', needs(base.config, least), { base: base.name });
  return problem('rent', needs(config, least), rentOf(config, run));
}

type Change = { what: string; change: Partial<Case>; values: Problem['values'] };

function* changes({ run, quantizes }: Shortage): Generator<Change> {
  const checkpointing = true;
  if (!run.checkpointing) yield { what: 'checkpointing', change: { checkpointing }, values: {} };
  for (let batch = run.batch >> 1; batch >= 1; batch >>= 1) yield { what: 'batch', change: { checkpointing, batch }, values: { batch } };
  for (let rank = run.rank >> 1; rank >= LEAST_RANK; rank >>= 1)
    yield { what: 'rank', change: { checkpointing, batch: 1, rank }, values: { rank } };
  const sorted = run.lengths.toSorted((a, b) => a - b);
  const longest = sorted.at(-1) ?? 0;
  for (let most = Math.floor((longest - 1) / ROUND_TO) * ROUND_TO; most >= ROUND_TO; most -= ROUND_TO) {
    const lengths = sorted.filter(length => length <= most);
    const count = sorted.length - lengths.length;
    if (count > sorted.length * MOST_DROPPED) break;
    const answer = Math.min(run.answer, most);
    yield { what: 'length', change: { checkpointing, batch: 1, lengths, answer }, values: { most, count } };
  }
  if (!quantizes || run.quantize === '4bit') return;
  for (const quantize of run.quantize ? (['4bit'] as const) : (['8bit', '4bit'] as const))
    yield { what: 'quantize', change: { checkpointing, batch: 1, quantize }, values: { quantize } };
}

/** All that costs little, at once. */
const leastOf = ({ run, quantizes }: Shortage): Case => ({
  ...run,
  checkpointing: true,
  batch: 1,
  ...(quantizes && { quantize: '4bit' as const }),
});

/** GPU memory for this base by the torch trainer, row by row: as it is, and in 4 bits. */
function rentOf(config: ModelConfig, { lengths, answer, rank, targets }: Case): Problem['values'] {
  const load: Load = { rows: 1, length: Math.max(...lengths), answers: answer };
  const gpu = (quantize?: '4bit') =>
    Math.ceil(torchBytes(config, load, { rank, targets, checkpointing: true }, { device: 'cuda', quantize }) / GB);
  return { gpu: gpu(), four: gpu('4bit') };
}
