// What the curve says, in plain words, with the button for the next step.
import type { Button } from '../../chat/chat.ts';
import type { Progress, RunRow } from '../../data/runs.ts';
import { type Dials, dialWords } from '../../model/dials.ts';
import { type Reading, readCurve } from '../../model/reading.ts';
import type { Settings } from '../../model/settings.ts';
import { type Lang, say } from '../../words/words.ts';
import { loss } from '../figures.ts';

/** The trainer's word for numbers that ran away; the reading says it with what to do. */
export const DIVERGED = 'trainer.diverged';

/** Of a run that is over; undefined where there is too little to judge. */
export function readingOf(run: RunRow, { steps, heldout }: Progress): Reading | undefined {
  const settings = run.settings as Settings | null;
  if (!settings) return undefined;
  const reading = readCurve({
    train: steps.map(step => ({ round: Math.ceil(step.epoch), loss: step.loss })),
    heldout: heldout.map(row => ({ round: Math.round(row.epoch), loss: row.loss })),
    settings,
    diverged: run.failureCode === DIVERGED,
  });
  return reading?.kind === 'diverged' ? { ...reading, values: { step: Number(run.failureValues?.step ?? run.step) } } : reading;
}

export function readingSentence(lang: Lang, { kind, values }: Reading): string {
  const { first, last, train, ...rounds } = values;
  const losses = Object.entries({ first, last, train }).flatMap(([name, value]) => (value === undefined ? [] : [[name, loss(value)]]));
  return say(lang, `reading.${kind}`, { ...Object.fromEntries(losses), ...rounds });
}

/** One press starts the next run: as the last one was asked for, but for what the reading changes. */
export function readingButtons(lang: Lang, { kind, again }: Reading, wishes: Dials): Button[] {
  if (kind === 'good') return [{ label: say(lang, 'button.examples'), action: 'show-examples', value: '1' }];
  if (!again) return [];
  const label = again.epochs === undefined ? (kind === 'flat' ? 'button.faster' : 'button.slower') : 'button.rounds';
  const shown = kind === 'falling' ? 'button.more-rounds' : label;
  return [againButton(say(lang, shown, { rounds: again.epochs ?? 0 }), { ...wishes, ...again })];
}

export const againButton = (label: string, wishes: Dials): Button => ({
  label,
  action: 'start-run',
  value: dialWords(wishes).join(' '),
});
