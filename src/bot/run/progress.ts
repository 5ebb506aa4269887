// The one message of a run while it goes on: edited in place, from the first look at the examples to the end.
import type { Button, Card, Part } from '../../chat/chat.ts';
import type { Dials } from '../../model/dials.ts';
import type { Reading } from '../../model/reading.ts';
import { smoothed } from '../../model/smoothed.ts';
import { type Lang, say } from '../../words/words.ts';
import { settingsPart } from '../card/card.ts';
import { loss, minutes } from '../figures.ts';
import { lossCurve } from './curve.ts';
import { type PreflightFacts, preflightParts } from './preflight.ts';
import { againButton, readingButtons, readingSentence } from './readings.ts';
import { settingsButton } from './settings-button.ts';

export type RunFacts = {
  /** the run's id, for the buttons, and its number, for people */
  id: number;
  no: number;
  state: 'checking' | 'waiting' | 'queued' | 'training' | 'evaluating' | 'failed' | 'cancelled';
  rows: { train: number; heldout: number };
  /** What the check found; absent until there was one, and once training has begun. */
  preflight?: PreflightFacts;
  /** Why it waits for [Start]. */
  doubts: string[];
  step: number;
  steps: number;
  epoch: number;
  epochs: number;
  /** Milliseconds a step, the median of the last ones. */
  stepMs: number;
  /** Training tokens a second over the last steps; 0 before there are any. */
  tokensPerSecond: number;
  train: [number, number][];
  heldout: [number, number][];
  /** Rows tried out so far, once the run is evaluating. */
  evaluated?: { done: number; total: number };
  settings: string[];
  /** What the reader should know: warnings of the recipe, an interruption, who cancelled, why it failed. */
  notes: string[];
  /** Of a run that failed over its numbers. */
  reading?: Reading;
  /** Examples that a failed run stumbled over. */
  failedRows: number[];
  wishes: Dials;
  cancelling: boolean;
};

export function runCard(lang: Lang, run: RunFacts): Card {
  const parts: Part[] = run.preflight ? [] : [{ markdown: say(lang, 'run.what', run.rows) }];
  const bar = progress(lang, run);
  if (bar) parts.push(bar);
  if (run.cancelling && run.state !== 'cancelled') parts.push({ markdown: say(lang, 'run.cancelling') });
  if (run.state === 'waiting') parts.push({ markdown: [say(lang, 'run.doubts'), ...run.doubts.map(doubt => `- ${doubt}`)].join('\n') });
  for (const note of run.notes) parts.push({ markdown: note });
  if (run.reading) parts.push({ markdown: readingSentence(lang, run.reading) });
  if (run.train.length > 1) parts.push({ curve: lossCurve(lang, run) });
  if (run.preflight) parts.push(...preflightParts(lang, run.preflight));
  // While it goes on, bar and curve are what people look for; the settings stood there before and stand on the report card.
  else if (run.settings.length && !['training', 'evaluating'].includes(run.state)) parts.push(settingsPart(lang, run.settings));
  const buttons = buttonsOf(lang, run);
  if (buttons.length) parts.push({ buttons });
  return { title: say(lang, `run.title.${run.state}`, { no: run.no }), parts };
}

function progress(lang: Lang, run: RunFacts): Part | undefined {
  const { step, steps, epoch, epochs, rows } = run;
  const even = smoothed(run.train.map(([, value]) => value)).at(-1);
  if (run.state === 'training' && steps > 0 && even !== undefined) {
    const left = (steps - step) * run.stepMs;
    const note = say(lang, 'run.step', {
      epoch: Math.max(1, epoch),
      epochs,
      step,
      steps,
      loss: loss(even),
      speed: Math.round(run.tokensPerSecond),
      left: left < 60_000 ? say(lang, 'run.left.soon') : say(lang, 'run.left', { minutes: minutes(left) }),
    });
    return { progress: step / steps, note };
  }
  if (run.state === 'training') return { progress: 0, note: say(lang, 'run.preparing') };
  if (run.state === 'evaluating') {
    const { done, total } = run.evaluated ?? { done: 0, total: rows.heldout };
    return {
      progress: total > 0 ? done / total : 0,
      note: say(lang, total > rows.heldout ? 'run.evaluating.twice' : 'run.evaluating', { heldout: rows.heldout, done, total }),
    };
  }
  return undefined;
}

/** What a reader can do about it in this state. */
function buttonsOf(lang: Lang, run: RunFacts): Button[] {
  const value = String(run.id);
  const cancel: Button = { label: say(lang, 'button.cancel'), action: 'cancel-run', value, style: 'danger' };
  const launch: Button = { label: say(lang, 'button.launch'), action: 'launch-run', value, style: 'primary' };
  const rows: Button[] = run.failedRows.length > 0 ? [{ label: say(lang, 'button.rows'), action: 'show-rows', value }] : [];
  if (run.state === 'failed' && run.reading) return [...rows, ...readingButtons(lang, run.reading, run.wishes)];
  if (run.state === 'failed' || run.state === 'cancelled') return [...rows, againButton(say(lang, 'button.again'), run.wishes)];
  if (run.cancelling) return [];
  return run.state === 'waiting' ? [launch, settingsButton(lang, run.id), cancel] : [cancel];
}
