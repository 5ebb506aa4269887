// The report card of a finished run: what was learned, what it cost, what the cheap rivals reach, and what to make of it.
import type { Card, Curve, Part } from '../chat/chat.ts';
import type { Evaluation, Sample, Scores } from '../model/report-card.ts';
import { type Lang, say } from '../words/words.ts';
import { decimal, loss, share } from './figures.ts';

export type CardFacts = {
  run: number;
  version: number;
  evaluation: Evaluation;
  /** Training loss as [step, loss]. */
  train: [number, number][];
  /** Held-out loss after each round as [step, loss]; step 0 is the base. */
  heldout: [number, number][];
  bestStep: number;
  /** Every setting with its reason, one sentence each. */
  settings: string[];
  /** What is odd about this run, one sentence each. */
  warnings: string[];
};

/** One speaker's column of the score table. */
type Speaker = { name: string; scores: Scores };

export function reportCard(lang: Lang, facts: CardFacts): Card {
  const { evaluation } = facts;
  const { base, tuned = base } = evaluation;
  const parts: Part[] = [{ markdown: verdictInWords(lang, facts) }, { curve: lossCurve(lang, facts) }];
  for (const warning of facts.warnings) parts.push({ markdown: warning });
  parts.push({ facts: [...roundFacts(lang, facts), ...scoreFacts(lang, evaluation, base, tuned)] });
  const notes = [forgetting(lang, base, tuned), rivalWins(lang, evaluation), small(lang, evaluation)].filter(line => line !== undefined);
  if (notes.length) parts.push({ markdown: notes.join('\n') });
  const shown = evaluation.samples.slice(0, 3);
  parts.push(...shown.flatMap((sample, i) => sampleParts(lang, sample, i + 1, shown.length)));
  parts.push(settingsPart(lang, facts.settings));
  return { title: say(lang, 'run.title.done', { no: facts.run, version: facts.version }), parts };
}

/** The settings as a list of sentences. */
export const settingsPart = (lang: Lang, settings: string[]): Part => ({
  markdown: [`**${say(lang, 'run.settings')}**`, ...settings.map(setting => `- ${setting}`)].join('\n'),
});

/** One plain sentence: a loss halved is a change of form that a reader sees; under a tenth less is none. */
function verdictInWords(lang: Lang, { version, evaluation: { base, tuned = base } }: CardFacts): string {
  const { loss: before } = base;
  const { loss: after } = tuned;
  if (before === null || after === null) return say(lang, 'card.plain.unmeasured', { version });
  const code = after <= before * 0.6 ? 'card.plain.good' : after <= before * 0.9 ? 'card.plain.some' : 'card.plain.none';
  return say(lang, code, { version, base: loss(before), tuned: loss(after) });
}

export function lossCurve(lang: Lang, { train, heldout, bestStep }: Pick<CardFacts, 'train' | 'heldout' | 'bestStep'>): Curve {
  const first = heldout.at(0)?.[1] ?? train.at(0)?.[1] ?? 0;
  const last = heldout.at(-1)?.[1] ?? train.at(-1)?.[1] ?? 0;
  const alt = say(lang, 'card.curve.alt', { first: loss(first), last: loss(last), best: bestStep });
  return { train: thinned(train), heldout, best: bestStep, alt };
}

/** At most 200 points, the last one always among them. */
function thinned(points: [number, number][], most = 200): [number, number][] {
  const every = Math.ceil(points.length / most);
  return points.filter((_, i) => (points.length - 1 - i) % every === 0);
}

/** The held-out loss before training and after each round. */
function roundFacts(lang: Lang, { heldout }: CardFacts): [string, string][] {
  return heldout.length > 0 ? [[say(lang, 'card.rounds'), heldout.map(([, value]) => loss(value)).join(' → ')]] : [];
}

/** One line a score: every speaker that has it, side by side. */
function scoreFacts(lang: Lang, evaluation: Evaluation, base: Scores, tuned: Scores): [string, string][] {
  const { heldout, withNearest, constant, nearest, notesInFrame } = evaluation;
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
    share(value, total < 8 ? of : 8, (count, rows) => say(lang, 'card.of', { count, total: rows }));
  const line = (label: string, show: (scores: Scores) => string | undefined): [string, string][] => {
    const shown = speakers.map(({ name, scores }) => [name, show(scores)] as const).filter(([, value]) => value !== undefined);
    return shown.length ? [[say(lang, label), shown.map(([name, value]) => `${name} **${value}**`).join(' · ')]] : [];
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

/** A rise of 0.1 nats is noise, of 0.3 the most that the recipe should cost (facts: 0.90 → 0.92–1.10 with replay). */
function forgetting(lang: Lang, base: Scores, tuned: Scores): string | undefined {
  if (base.generalLoss === null || tuned.generalLoss === null) return;
  const rise = tuned.generalLoss - base.generalLoss;
  const code = rise <= 0.1 ? 'card.forgetting.fine' : rise <= 0.3 ? 'card.forgetting.some' : 'card.forgetting.much';
  return say(lang, code, { base: loss(base.generalLoss), tuned: loss(tuned.generalLoss) });
}

function rivalWins(lang: Lang, { tuned, notesInFrame }: Evaluation): string | undefined {
  const wins = (notesInFrame?.factsFound ?? 0) > (tuned?.factsFound ?? 1);
  return wins ? say(lang, 'card.rival-wins') : undefined;
}

function small(lang: Lang, { heldout }: Evaluation): string | undefined {
  const count = heldout.qa + heldout.report;
  return count < 8 ? say(lang, 'card.small', { count }) : undefined;
}

function sampleParts(lang: Lang, sample: Sample, n: number, total: number): Part[] {
  const asked = [say(lang, 'card.sample', { n, total, instruction: sample.instruction }), sample.input].filter(Boolean).join('\n');
  return [
    { markdown: `${asked}\n\n**${say(lang, 'card.approved')}**\n${sample.reference}` },
    {
      columns: [
        { title: say(lang, 'card.base'), markdown: sample.base },
        { title: say(lang, 'card.tuned'), markdown: sample.tuned },
      ],
    },
  ];
}
