// The one message of a run while it goes on: edited in place, from the first look at the examples to the end.

import type { Card, Part } from '../chat/chat.ts';
import { keptStep } from '../model/kept-round.ts';
import { type Lang, say } from '../words/words.ts';
import { lossCurve, settingsPart } from './card.ts';
import { loss, minutes } from './figures.ts';

export type RunFacts = {
  no: number;
  state: 'checking' | 'waiting' | 'queued' | 'training' | 'evaluating' | 'failed' | 'cancelled';
  rows: { train: number; heldout: number };
  step: number;
  steps: number;
  epoch: number;
  epochs: number;
  /** Milliseconds a step, the median of the last ones. */
  stepMs: number;
  train: [number, number][];
  heldout: [number, number][];
  /** Rows tried out so far, once the run is evaluating. */
  evaluated?: { done: number; total: number };
  settings: string[];
  /** What the reader should know: warnings of the recipe, an interruption, who cancelled, why it failed. */
  notes: string[];
  cancelling: boolean;
};

export function runCard(lang: Lang, run: RunFacts): Card {
  const parts: Part[] = [{ markdown: say(lang, 'run.what', run.rows) }];
  const bar = progress(lang, run);
  if (bar) parts.push(bar);
  if (run.cancelling && run.state !== 'cancelled') parts.push({ markdown: say(lang, 'run.cancelling') });
  for (const note of run.notes) parts.push({ markdown: note });
  if (run.train.length > 1) parts.push({ curve: lossCurve(lang, { ...run, bestStep: bestStep(run.heldout) }) });
  if (run.settings.length) parts.push(settingsPart(lang, run.settings));
  return { title: say(lang, `run.title.${run.state === 'waiting' ? 'queued' : run.state}`, { no: run.no }), parts };
}

function progress(lang: Lang, run: RunFacts): Part | undefined {
  const { step, steps, epoch, epochs, rows } = run;
  const last = run.train.at(-1);
  if (run.state === 'training' && steps > 0 && last) {
    const left = (steps - step) * run.stepMs;
    const note = say(lang, 'run.step', {
      epoch: Math.max(1, epoch),
      epochs,
      step,
      steps,
      loss: loss(last[1]),
      left: left < 60_000 ? say(lang, 'run.left.soon') : say(lang, 'run.left', { minutes: minutes(left) }),
    });
    return { progress: step / steps, note };
  }
  if (run.state === 'training') return { progress: 0, note: say(lang, 'run.preparing') };
  if (run.state === 'evaluating') {
    const { done, total } = run.evaluated ?? { done: 0, total: rows.heldout };
    return { progress: total > 0 ? done / total : 0, note: say(lang, 'run.evaluating', { heldout: rows.heldout, done, total }) };
  }
  return undefined;
}

/** The step of the round that a trainer keeps; 0 before the first one. */
export const bestStep = (heldout: [number, number][]): number => keptStep(heldout) ?? 0;
