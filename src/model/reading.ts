// What the loss curve of a finished run says, judged by whole rounds and never by single steps, and which settings to try next.
// The thresholds come from the measured runs of SmolLM2-135M on a small team's rows, one setting at a time.
import type { Dials } from './dials.ts';
import { isKept, keptStep } from './kept-round.ts';

export type ReadingKind = 'good' | 'falling' | 'flat' | 'jumps' | 'overfit' | 'memorised' | 'diverged';

export type Reading = {
  kind: ReadingKind;
  /** first and last loss, and the rounds that the sentence names */
  values: Record<string, number>;
  /** what to set differently in another run; absent where the next step is no run */
  again?: Dials;
};

export type RunCurve = {
  /** The loss of every training step with the round (from 1) that it belongs to. */
  train: { round: number; loss: number }[];
  /** The held-out loss after each round; round 0 is the base. Empty where nothing was kept aside. */
  heldout: { round: number; loss: number }[];
  settings: { epochs: number; learningRate: number };
  /** The trainer stopped because loss or gradient were no numbers any more. */
  diverged?: boolean;
};

/** A change smaller than this share of a loss is none: a rate forty times too low moved it by 1.3 %, the lowest useful one by 22 %. */
const NOTICEABLE = 0.05;
/** Every round sees the same rows, so its mean falls at a sound rate; three seeds of one run lie within 4 % of each other. */
const RISE = 0.1;
/** A mean loss of 0.1 nats is a probability of 90 % for every next token: that is knowing the rows by heart. */
const BY_HEART = 0.1;
/** Rows that got this much easier while the others did not were learned as rows. */
const LEARNED_ROWS = 0.2;
const MORE_ROUNDS = 2;
/** The ranges that `/finetune start` takes. */
const MOST_ROUNDS = 50;
const RATES = { least: 1e-7, most: 1e-1 };

/** Undefined where there is too little to judge: no whole round, or a single one and nothing kept aside. */
export function readCurve({ train, heldout, settings, diverged }: RunCurve): Reading | undefined {
  const { epochs } = settings;
  const rounds = roundMeans(train);
  const lower: Dials = { learningRate: rate(settings.learningRate / 3) };
  if (diverged || [...train, ...heldout].some(({ loss }) => !Number.isFinite(loss))) return { kind: 'diverged', values: {}, again: lower };

  const judged = heldout.length > 1 ? heldout : rounds;
  if (judged.length < 2) return undefined;
  const [first, last] = [judged[0].loss, judged[judged.length - 1].loss];
  const reading = (kind: ReadingKind, again?: Dials, more: Record<string, number> = {}): Reading => ({
    kind,
    values: { first, last, ...more },
    ...(again && changes(again, settings) && { again }),
  });

  if (rises(rounds) || (heldout.length > 1 && heldout[1].loss > first * (1 + RISE))) return reading('jumps', lower);
  if ((rounds.at(-1)?.loss ?? Number.POSITIVE_INFINITY) < BY_HEART) {
    const again = epochs > 1 ? { epochs: Math.ceil(epochs / 2) } : lower;
    return reading('memorised', again, { train: rounds[rounds.length - 1].loss });
  }
  const turn = turningRound(heldout, rounds);
  if (turn) return reading('overfit', { epochs: turn.kept < epochs ? turn.kept : Math.ceil(epochs / 2) }, turn);
  if (!fell(judged)) return reading('flat', { learningRate: rate(settings.learningRate * 3) });
  const before = judged[judged.length - 2].loss;
  if (last < before * (1 - NOTICEABLE)) {
    return reading('falling', { epochs: epochs + MORE_ROUNDS <= MOST_ROUNDS ? epochs + MORE_ROUNDS : epochs });
  }
  return reading('good');
}

/** Mean loss of each round, in order. */
function roundMeans(train: RunCurve['train']): { round: number; loss: number }[] {
  const rounds = new Map<number, number[]>();
  for (const { round, loss } of train) rounds.set(round, [...(rounds.get(round) ?? []), loss]);
  return [...rounds]
    .sort(([a], [b]) => a - b)
    .map(([round, losses]) => ({ round, loss: losses.reduce((sum, loss) => sum + loss, 0) / losses.length }));
}

/** A round worse than an earlier one, on the very rows that are being learned. */
function rises(rounds: { loss: number }[]): boolean {
  let lowest = Number.POSITIVE_INFINITY;
  return rounds.some(({ loss }) => {
    const up = loss > lowest * (1 + RISE);
    lowest = Math.min(lowest, loss);
    return up;
  });
}

const drop = (losses: { loss: number }[]): number => 1 - Math.min(...losses.map(({ loss }) => loss)) / losses[0].loss;
const fell = (losses: { loss: number }[]): boolean => drop(losses) >= NOTICEABLE;

/** From which round on the held-out rows got worse while the training rows did not, and the round that was kept. */
function turningRound(heldout: RunCurve['heldout'], rounds: { loss: number }[]): { round: number; kept: number } | undefined {
  if (heldout.length < 2) return undefined;
  const losses = heldout.map(({ loss }) => loss);
  const lowest = Math.min(...losses);
  const learnedRowsOnly = !fell(heldout) && rounds.length > 1 && drop(rounds) >= LEARNED_ROWS;
  if (isKept(losses[losses.length - 1], lowest) && !learnedRowsOnly) return undefined;
  return { round: heldout[losses.indexOf(lowest)].round + 1, kept: keptStep(heldout.map(({ round, loss }) => [round, loss]))! };
}

/** At the end of a range there is nothing left to change. */
const changes = (again: Dials, settings: RunCurve['settings']): boolean =>
  (again.epochs ?? settings.epochs) !== settings.epochs || (again.learningRate ?? settings.learningRate) !== settings.learningRate;

/** Two digits, within what a person may ask for. */
const rate = (value: number): number => Number(Math.min(RATES.most, Math.max(RATES.least, value)).toPrecision(2));
