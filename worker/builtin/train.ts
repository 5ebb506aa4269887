// The training loop. It reads from top to bottom; everything it touches is handed in.
import { isKept } from '../../src/model/kept-round.ts';
import type { Settings, TrainingRow } from '../../src/model/settings.ts';
import type { TrainerEvent } from '../trainer.ts';
import { adamw, clipFactor, type Moments, norm } from './adamw.ts';
import { answerTokens, HELDOUT_TOKENS, microBatches, roundSteps } from './batches.ts';
import type { Learner } from './learner.ts';
import { learningRate } from './schedule.ts';

/** Where a run stands: all that a checkpoint must hold. Orders and rates follow from the settings and `step`. */
export type TrainingState = {
  /** Optimizer steps taken. */
  step: number;
  weights: Float32Array;
  moments: Moments;
  /** The step at which the held-out rows were last looked at; -1 before the first time. */
  heldoutAt: number;
  /** The round to keep so far (src/model/kept-round.ts), and the lowest loss that any round had. */
  best?: { step: number; loss: number; lowest: number; weights: Float32Array };
};

export type Training = {
  settings: Settings;
  rows: TrainingRow[];
  heldout: TrainingRow[];
  /** Where a row stands in rows.jsonl, from 1. */
  lineOf(row: TrainingRow): number;
  learner: Learner;
  state: TrainingState;
  checkpointEvery: number;
  tell(event: TrainerEvent): void;
  /** Waits while the owner wants a pause; false = leave now. */
  mayGoOn(): Promise<boolean>;
  save(state: TrainingState): Promise<void>;
};

/** Loss or gradient is not a number any more; `rows`: the lines of the rows that it was taken over. */
export class Diverged extends Error {
  readonly step: number;
  readonly rows: number[];
  constructor(step: number, rows: number[]) {
    super(`the loss of step ${step} is not finite`);
    this.name = 'Diverged';
    this.step = step;
    this.rows = rows;
  }
}

/** Steps a round: each row once. */
export const stepsPerRound = (rows: TrainingRow[], settings: Settings): number => Math.ceil(rows.length / settings.batch);

/** Trains from where `state` stands, which is changed in place, to the end ('done') or until the owner wants it to leave ('stopped'). */
export async function train(training: Training): Promise<'done' | 'stopped'> {
  const { settings, rows, state, learner, tell } = training;
  const perRound = stepsPerRound(rows, settings);
  const steps = settings.epochs * perRound;
  const gradient = new Float32Array(state.weights.length);

  for (;;) {
    if (state.step % perRound === 0 && state.heldoutAt < state.step && !(await lookAtHeldout(training, perRound))) break;
    if (state.step === steps) return 'done';
    if (!(await training.mayGoOn())) break;

    const started = performance.now();
    const round = Math.floor(state.step / perRound);
    const batch = roundSteps(rows, settings.batch, settings.seed, round)[state.step % perRound];
    const rate = learningRate(state.step + 1, steps, settings);
    const loss = await learner.gradient(batch, state.weights, gradient);
    const gradNorm = norm(gradient);
    if (!Number.isFinite(loss) || !Number.isFinite(gradNorm)) throw new Diverged(state.step + 1, batch.map(training.lineOf));
    state.step++;
    const scale = clipFactor(gradNorm, settings.clip);
    adamw(state.weights, gradient, state.moments, { step: state.step, learningRate: rate, weightDecay: settings.weightDecay, scale });

    const tokens = batch.reduce((sum, row) => sum + row.ids.length, 0);
    const ms = performance.now() - started;
    const bytes = process.memoryUsage.rss();
    tell({ event: 'step', step: state.step, epoch: round + 1, loss, learningRate: rate, gradNorm, tokens, ms, bytes });
    if (state.step % training.checkpointEvery === 0) await training.save(state);
  }
  await training.save(state);
  return 'stopped';
}

/** Loss on the rows that are never trained on; keeps the weights of the round that the adapter will be. False if the owner wanted to leave meanwhile. */
async function lookAtHeldout({ heldout, lineOf, learner, state, tell, mayGoOn }: Training, perRound: number): Promise<boolean> {
  let sum = 0;
  for (const part of microBatches(heldout, HELDOUT_TOKENS)) {
    if (!(await mayGoOn())) return false;
    const loss = await learner.loss(part, state.weights);
    if (!Number.isFinite(loss)) throw new Diverged(state.step, part.map(lineOf));
    sum += loss;
  }
  const tokens = heldout.reduce((all, row) => all + answerTokens(row), 0);
  const loss = sum / tokens;
  state.heldoutAt = state.step;
  if (heldout.length > 0) {
    tell({ event: 'heldout', step: state.step, epoch: state.step / perRound, loss, tokens });
  }
  if (state.step === 0) return true;
  const lowest = Math.min(loss, state.best?.lowest ?? loss);
  if (heldout.length === 0 || isKept(loss, lowest)) state.best = { step: state.step, loss, lowest, weights: state.weights.slice() };
  return true;
}
