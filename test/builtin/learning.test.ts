// That training teaches, and teaches what the rows say.
import { expect, test } from 'vitest';
import { openModelFolder } from '../../src/model/folder.ts';
import { keptStep } from '../../src/model/kept-round.ts';
import type { Settings, TrainingRow } from '../../src/model/settings.ts';
import { adamw, clipFactor, noMoments, norm } from '../../worker/builtin/adamw.ts';
import { roundSteps } from '../../worker/builtin/batches.ts';
import { initialAdapter } from '../../worker/builtin/initial.ts';
import { openLearner } from '../../worker/builtin/learner.ts';
import { learningRate } from '../../worker/builtin/schedule.ts';
import { type TrainingState, train } from '../../worker/builtin/train.ts';
import { seededRandom, shuffled } from '../../worker/engine/random.ts';
import type { TrainerEvent } from '../../worker/trainer.ts';
import { tinyFolder } from '../support/models.ts';
import { settings, someRows } from './run-folder.ts';

async function learn(rows: TrainingRow[], dials: Settings) {
  const base = await openModelFolder(tinyFolder('tiny-llama'));
  const adapter = initialAdapter(base.config, dials, dials.seed);
  const learner = await openLearner(base, { spec: dials, longestRow: 20, checkpointing: false, threads: 1 });
  const state: TrainingState = { step: 0, heldoutAt: -1, weights: adapter.flat, moments: noMoments(adapter.flat.length) };
  const events: TrainerEvent[] = [];
  const ended = await train({
    settings: dials,
    rows: rows.filter(row => row.part === 'train'),
    heldout: rows.filter(row => row.part === 'heldout'),
    lineOf: row => rows.indexOf(row) + 1,
    learner,
    state,
    checkpointEvery: 1_000_000,
    tell: event => void events.push(event),
    mayGoOn: async () => true,
    save: async () => {},
  });
  await learner.close();
  expect(ended).toBe('done');
  return { events, state };
}

test('a few rows are learned by heart', async () => {
  const { events } = await learn(someRows(6, 0), { ...settings, epochs: 250, batch: 6, rank: 8, alpha: 16, weightDecay: 0 });
  const last = events.findLast(event => event.event === 'step')!;
  expect(last).toMatchObject({ step: 250 });
  expect((last as { loss: number }).loss).toBeLessThan(0.02);
});

test('with the answers shuffled among the questions the held-out loss is worse', async () => {
  const rows = wordList(72, 24);
  const dials = { ...settings, epochs: 8 };
  const right = await learn(rows, dials);
  const wrong = await learn(withShuffledAnswers(rows), dials);
  expect(right.state.best!.loss).toBeLessThan(wrong.state.best!.loss - 1);
});

test('the loop is gradient, clipping and AdamW at the rate of the schedule, step by step', async () => {
  const dials = { ...settings, epochs: 4, batch: 5, weightDecay: 0.1, clip: 0.5 };
  const rows = someRows(5, 0);
  const { state } = await learn(rows, dials);

  const base = await openModelFolder(tinyFolder('tiny-llama'));
  const { flat } = initialAdapter(base.config, dials, dials.seed);
  const learner = await openLearner(base, { spec: dials, longestRow: 20, checkpointing: false, threads: 1 });
  const gradient = new Float32Array(flat.length);
  const moments = noMoments(flat.length);
  for (let step = 1; step <= 4; step++) {
    await learner.gradient(roundSteps(rows, 5, dials.seed, step - 1)[0], flat, gradient);
    const scale = clipFactor(norm(gradient), 0.5);
    expect(scale).toBeLessThan(1);
    adamw(flat, gradient, moments, { step, learningRate: learningRate(step, 4, dials), weightDecay: 0.1, scale });
  }
  await learner.close();
  expect(state.weights).toEqual(flat);
});

test('a last round that is clearly worse is not kept', async () => {
  // Six rows learned by heart for long enough make the held-out rows worse in the end.
  const { events, state } = await learn(someRows(6, 12), { ...settings, epochs: 60, rank: 8 });
  const heldout = events.filter(event => event.event === 'heldout').slice(1);
  const kept = keptStep(heldout.map(({ step, loss }) => [step, loss]));
  const best = heldout.find(({ step }) => step === kept)!;
  expect(best.step).toBeLessThan(heldout.at(-1)!.step);
  expect(state.best).toMatchObject({ step: best.step, loss: best.loss });
  expect(state.best!.weights).not.toEqual(state.weights);
});

/** One of twelve words is asked for, its two translations are the answer. */
function wordList(train: number, heldout: number): TrainingRow[] {
  const WORDS = 12;
  return Array.from({ length: train + heldout }, (_, i) => {
    const word = 20 + (i % WORDS);
    return { ids: [1, word, 3, word + 100, word + 200, 2], answer: 3, part: i < train ? 'train' : 'heldout' };
  });
}

function withShuffledAnswers(rows: TrainingRow[]): TrainingRow[] {
  const train = rows.filter(row => row.part === 'train');
  const answers = shuffled(
    train.map(row => row.ids.slice(row.answer)),
    seededRandom(9),
  );
  return [...train.map((row, i) => ({ ...row, ids: [...row.ids.slice(0, row.answer), ...answers[i]] })), ...rows.slice(train.length)];
}
