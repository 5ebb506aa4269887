// Is a version fit to be compared? One that forgot, fell into loops or learned nothing is kept out, with the reason, until an admin says otherwise.
import type { Problem } from '../problem.ts';
import { languageOf, lengthIn } from './language.ts';
import { goesInCircles } from './loops.ts';
import type { Evaluation, Sample } from './report-card.ts';

/** A rise of the loss on general questions, in nats, that a card calls "much". Measured: 0.0 to 0.2 with replay, 1.2 without it. */
export const MUCH_FORGOTTEN = 0.3;
/** A held-out loss this much above the base's is no noise of few rows. */
const DIVERGED = 1.1;
/** From so many answers on a share says something. */
const ENOUGH_ANSWERS = 4;
/** Mean length against the approved answers'. */
const LONGEST = 3;
const SHORTEST = 0.25;

/** Why the version must not speak in comparisons, as a sentence's code and values; undefined where nothing speaks against it. */
export function blockedBy({ base, tuned, samples }: Evaluation): Problem | undefined {
  if (!tuned) return undefined;
  if (rise(base.loss, tuned.loss) > (base.loss ?? 0) * (DIVERGED - 1))
    return { code: 'blocked.diverged', values: figures(base.loss, tuned.loss) };
  if (rise(base.generalLoss, tuned.generalLoss) > MUCH_FORGOTTEN)
    return { code: 'blocked.forgetting', values: figures(base.generalLoss, tuned.generalLoss) };
  return samples.length < ENOUGH_ANSWERS ? undefined : collapsed(samples);
}

/** Answers that mostly go in circles or say nothing where the base's do not, or are of another length altogether than the approved ones. */
function collapsed(samples: Sample[]): Problem | undefined {
  const total = samples.length;
  const count = (has: (sample: Sample) => boolean): number => samples.filter(has).length;
  const circling = count(({ tuned }) => goesInCircles(tuned));
  const before = count(({ base }) => goesInCircles(base));
  if (circling * 2 > total && circling > before) return { code: 'blocked.repetition', values: { count: circling, total, base: before } };
  const empty = count(({ tuned }) => tuned.trim() === '');
  if (empty * 2 > total) return { code: 'blocked.length.empty', values: { count: empty, total } };
  const [tuned, base, reference] = (['tuned', 'base', 'reference'] as const).map(speaker => meanLength(samples, speaker));
  const values = { tuned: Math.round(tuned), reference: Math.round(reference) };
  // A base that rambles as much is no reason: then tuning is not what did it.
  if (tuned > LONGEST * reference && tuned > base) return { code: 'blocked.length.long', values };
  if (tuned < SHORTEST * reference && tuned < base) return { code: 'blocked.length.short', values };
  return undefined;
}

const meanLength = (samples: Sample[], speaker: 'tuned' | 'base' | 'reference'): number =>
  samples.reduce((sum, sample) => sum + lengthIn(languageOf(sample.reference), sample[speaker]), 0) / samples.length;

/** A loss that is no number any more was stored as null: where the base has one, that is the worst of rises. */
function rise(base: number | null, tuned: number | null): number {
  if (base === null) return 0;
  return Number.isFinite(tuned) ? tuned! - base : Number.POSITIVE_INFINITY;
}

const figures = (base: number | null, tuned: number | null): Record<string, string> => ({
  base: (base ?? 0).toFixed(2),
  tuned: tuned === null || !Number.isFinite(tuned) ? '∞' : tuned.toFixed(2),
});
