// The score table of a report card: one line a score, every speaker that has it side by side.
import type { Evaluation, Scores } from '../../model/report-card.ts';
import { type Lang, percentage, say } from '../../words/words.ts';
import { decimal, loss, share } from '../figures.ts';

/** Fewer rows kept aside than this in all are counted, not turned into percentages (DESIGN, Held-out). */
export const ENOUGH_HELDOUT = 8;

/** One speaker's column. */
type Speaker = { name: string; scores: Scores };

/** One line a score: every speaker that has it, side by side. */
export function scoreFacts(lang: Lang, evaluation: Evaluation): [string, string][] {
  const { base, tuned = base, heldout, withNearest, constant, nearest, notesInFrame } = evaluation;
  const word = (code: string) => say(lang, code);
  const speakers: Speaker[] = [
    { name: word('card.base'), scores: base },
    { name: word('card.tuned'), scores: tuned },
    ...(withNearest
      ? [
          { name: word('card.base-with-nearest'), scores: withNearest.base },
          { name: word('card.with-nearest'), scores: withNearest.tuned ?? withNearest.base },
        ]
      : []),
    ...(constant ? [{ name: word('card.constant'), scores: constant }] : []),
    ...(nearest ? [{ name: word('card.nearest'), scores: nearest }] : []),
    ...(notesInFrame ? [{ name: word('card.notes-in-frame'), scores: notesInFrame }] : []),
  ];
  const total = heldout.qa + heldout.report;
  // Few rows in all make every share a count (DESIGN, Held-out), whatever the kind.
  const shareOf = (of: number) => (value: number) =>
    share(value, total < ENOUGH_HELDOUT ? of : ENOUGH_HELDOUT, (count, rows) => say(lang, 'card.of', { count, total: rows }));
  const line = (label: string, show: (scores: Scores) => string | undefined): [string, string][] => {
    const shown = speakers.map(({ name, scores }) => [name, show(scores)] as const).filter(([, value]) => value !== undefined);
    return shown.length
      ? [[say(lang, label), shown.map(([name, value]) => `${name} **${percentage(lang, value as string)}**`).join(' · ')]]
      : [];
  };
  const score = (key: keyof Scores, show: (value: number) => string) => (scores: Scores) => {
    const value = scores[key];
    return value === null ? undefined : show(value);
  };
  return [
    ...line('card.loss', score('loss', loss)),
    ...line('card.perplexity', score('perplexity', loss)),
    ...line('card.report-form', score('reportForm', shareOf(heldout.report))),
    ...line('card.facts-found', score('factsFound', shareOf(heldout.report))),
    ...line('card.facts-invented', score('factsInvented', decimal)),
    ...line('card.qa-form', score('qaForm', shareOf(heldout.qa))),
    ...line('card.owner-right', score('ownerRight', shareOf(heldout.qa))),
    ...line('card.spans-right', score('spansRight', shareOf(heldout.qa))),
    ...line('card.bleu', score('bleu', decimal)),
    ...line('card.rouge', ({ rouge1, rouge2, rougeL }) =>
      rouge1 === null || rouge2 === null || rougeL === null ? undefined : [rouge1, rouge2, rougeL].map(decimal).join(' / '),
    ),
    ...line(
      'card.words',
      score('words', value => value.toFixed(0)),
    ),
  ];
}
