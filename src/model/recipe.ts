// From the examples and the model to every setting of a run, with a reason for each. The numbers are measured
// with SmolLM2-135M on 8 to 96 examples, one setting at a time; what is only common practice says so.
import type { Problem } from '../problem.ts';
import { timesARound } from './balance.ts';
import type { Dials } from './dials.ts';
import { stepsOf } from './estimate.ts';
import { LINEAR_LAYERS } from './lora.ts';
import type { Kind } from './row.ts';
import type { Settings } from './settings.ts';

/** `examples`: training rows of each kind. `parameters`: values in the base model. `freeBytes` and `needs` decide on recomputing activations. */
export type RecipeInput = {
  examples: Record<Kind, number>;
  parameters: number;
  seed: number;
  asked?: Dials;
  freeBytes?: number;
  needs?: (settings: Settings) => number;
};

/** A sentence for one setting; its values hold the setting's own under `value`. */
export type Reason = Problem & { setting: keyof Settings | 'replay' | 'balance' };

export type Recipe = { settings: Settings; replay: number; steps: number; reasons: Reason[]; warnings: Problem[] };

/** Fewer optimizer steps than this leave an adapter close to its start. */
const LEAST_STEPS = 30;
const MOST_REPLAY = 200;

/** Picks every setting; what the person asked for is taken as it is, with a warning where measurements speak against it. */
export function recipe({ examples: kinds, parameters, seed, asked = {}, freeBytes, needs }: RecipeInput): Recipe {
  const advised = advisedRate(parameters);
  const examples = kinds.qa + kinds.report;
  const times = timesARound(kinds);
  const replay = asked.replay ?? Math.min(MOST_REPLAY, Math.max(4, Math.round(0.2 * examples)));
  const rows = kinds.qa * times.qa + kinds.report * times.report + replay;
  const { batch, epochs } = pace(examples, rows, asked);
  const rank = asked.rank ?? 16;
  const settings: Settings = {
    epochs,
    batch,
    learningRate: asked.learningRate ?? advised,
    warmup: asked.warmup ?? 0.1,
    finalRate: 0.1,
    weightDecay: 0,
    clip: 1,
    rank,
    alpha: asked.alpha ?? 2 * rank,
    targets: [...LINEAR_LAYERS],
    seed: asked.seed ?? seed,
    checkpointing: asked.checkpointing ?? false,
  };
  if (asked.checkpointing === undefined && freeBytes !== undefined && needs) settings.checkpointing = needs(settings) > freeBytes;
  const steps = stepsOf({ rows, batch, epochs });
  return {
    settings,
    replay,
    steps,
    reasons: [...reasonsFor(settings, { examples, replay, steps, asked }), ...balanceReasons(times)],
    warnings: [...sizeWarnings(examples), ...rateWarnings(settings, steps, advised), ...stepWarnings(steps)],
  };
}

/** Peak rate of LoRA by model size: 1e-3 is measured at 135M, the others are common practice. */
const advisedRate = (parameters: number): number => (parameters < 3e8 ? 1e-3 : parameters < 2e9 ? 4e-4 : parameters < 1e10 ? 2e-4 : 1e-4);

/** Few rows take more rounds and smaller batches, until there are enough steps. */
function pace(examples: number, rows: number, asked: Dials): { batch: number; epochs: number } {
  let epochs = asked.epochs ?? (examples < 16 ? 8 : examples < 32 ? 6 : examples < 64 ? 4 : 3);
  let batch = asked.batch ?? (examples <= 200 ? 4 : examples <= 1000 ? 8 : 16);
  const short = (): boolean => stepsOf({ rows, batch, epochs }) < LEAST_STEPS;
  while (asked.batch === undefined && batch > 1 && short()) batch = Math.floor(batch / 2);
  while (asked.epochs === undefined && epochs < 12 && short()) epochs++;
  return { batch, epochs };
}

type Facts = { examples: number; replay: number; steps: number; asked: Dials };

function reasonsFor(settings: Settings, { examples, replay, steps, asked }: Facts): Reason[] {
  const reason = (setting: Reason['setting'], value: string | number, given: unknown, more: Problem['values'] = {}): Reason => ({
    setting,
    code: `reason.${given === undefined ? '' : 'asked.'}${setting}`,
    values: { value, ...more },
  });
  const { epochs, batch, learningRate, rank, alpha, warmup, finalRate, clip, weightDecay, checkpointing, seed } = settings;
  return [
    reason('epochs', epochs, asked.epochs, { examples, steps }),
    reason('batch', batch, asked.batch, { steps }),
    reason('learningRate', learningRate, asked.learningRate),
    reason('rank', rank, asked.rank),
    reason('alpha', alpha, asked.alpha),
    reason('targets', settings.targets.length, undefined),
    reason('replay', replay, asked.replay, { examples }),
    reason('warmup', `${warmup * 100} %`, asked.warmup),
    reason('finalRate', `${finalRate * 100} %`, undefined),
    reason('clip', clip, undefined),
    reason('weightDecay', weightDecay, undefined),
    {
      ...reason('checkpointing', checkpointing ? 'on' : 'off', asked.checkpointing),
      ...(asked.checkpointing === undefined && { code: `reason.checkpointing.${checkpointing ? 'on' : 'off'}` }),
    },
    reason('seed', seed, asked.seed),
  ];
}

function balanceReasons(times: Record<Kind, number>): Reason[] {
  const kinds = (['qa', 'report'] as const).filter(kind => times[kind] > 1);
  return kinds.map(kind => ({ setting: 'balance', code: `reason.balance.${kind}`, values: { value: times[kind] } }));
}

/** Measured at 135M: below 8 rows nothing comes of it, below 40 only style, from 40 on form, too. */
function sizeWarnings(examples: number): Problem[] {
  if (examples < 8) return [{ code: 'advice.tooFew', values: { examples } }];
  return examples < 40 ? [{ code: 'advice.styleOnly', values: { examples } }] : [];
}

function rateWarnings({ learningRate, epochs }: Settings, steps: number, advised: number): Problem[] {
  const values = { rate: learningRate, advised, epochs, steps };
  if (learningRate <= advised / 10) return [{ code: 'advice.rateLow', values }];
  return learningRate > advised * 3 ? [{ code: 'advice.rateHigh', values }] : [];
}

const stepWarnings = (steps: number): Problem[] =>
  steps < LEAST_STEPS ? [{ code: 'advice.fewSteps', values: { steps, least: LEAST_STEPS } }] : [];
