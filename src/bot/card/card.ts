// The report card of a finished run: what was learned, what it cost, what the cheap rivals reach, what to make of it and what comes next.
import type { Card, Part } from '../../chat/chat.ts';
import { MUCH_FORGOTTEN } from '../../model/blocked.ts';
import type { Dials } from '../../model/dials.ts';
import type { Reading } from '../../model/reading.ts';
import type { Evaluation, Leaks, Sample, Scores } from '../../model/report-card.ts';
import { type Lang, say } from '../../words/words.ts';
import { type NamedRow, namedRowsPart } from '../examples/named-rows.ts';
import { loss } from '../figures.ts';
import { lossCurve } from '../run/curve.ts';
import { readingButtons, readingSentence } from '../run/readings.ts';
import { leaksPart } from './leaks-part.ts';
import { ENOUGH_HELDOUT, scoreFacts } from './score-table.ts';

export type CardFacts = {
  /** the run's id, for the buttons, and its number, for people */
  id: number;
  run: number;
  version: number;
  evaluation: Evaluation;
  /** Training loss as [step, loss]. */
  train: [number, number][];
  /** Held-out loss after each round as [step, loss]; step 0 is the base. */
  heldout: [number, number][];
  reading?: Reading;
  /** What the person asked for: another run keeps it. */
  wishes: Dials;
  /** The rows that the tuned model finds hardest. */
  hardest: NamedRow[];
  /** Every setting with its reason, one sentence each. */
  settings: string[];
  /** What is odd about this run, one sentence each. */
  warnings: string[];
  /** Why it is kept from comparisons; `free`: an admin has let it in all the same. */
  blocked?: { why: string; free: boolean };
  /** What it does now, or what comes next; left out: it is compared with the base. */
  next?: string;
  /** The team's own questions with the answers, as parts. */
  exam?: Part[];
  /** What it gives away, missing on cards of older versions; and what a later search through all rows has found. */
  leaks?: Leaks;
  searched?: Leaks;
};

const SAMPLES = 3;

export function reportCard(lang: Lang, facts: CardFacts): Card {
  const { evaluation, reading, wishes } = facts;
  const parts: Part[] = [...blockedParts(lang, facts), { markdown: verdictInWords(lang, facts) }, { curve: lossCurve(lang, facts) }];
  if (reading) parts.push({ markdown: readingSentence(lang, reading) });
  for (const warning of facts.warnings) parts.push({ markdown: warning });
  parts.push({ facts: [...roundFacts(lang, facts), ...scoreFacts(lang, evaluation)] });
  const notes = [forgetting(lang, evaluation), rivalWins(lang, evaluation)].filter(line => line !== undefined);
  if (notes.length) parts.push({ markdown: notes.join('\n') });
  const shown = evaluation.samples.slice(0, SAMPLES);
  parts.push(...shown.flatMap((sample, i) => sampleParts(lang, sample, i + 1, shown.length)));
  parts.push(...(facts.exam ?? []));
  if (facts.leaks) parts.push(leaksPart(lang, facts.version, facts.leaks, facts.searched));
  if (facts.hardest.length) parts.push(namedRowsPart(lang, say(lang, 'card.hardest', { version: facts.version }), facts.hardest));
  parts.push(settingsPart(lang, facts.settings));
  const kept = facts.blocked && !facts.blocked.free;
  parts.push({ markdown: facts.next ?? say(lang, 'card.next', { version: facts.version }) });
  const explain = { label: say(lang, 'button.explain'), action: 'explain', value: `run:${facts.id}` };
  const unblock = { label: say(lang, 'blocked.button', { no: facts.version }), action: 'unblock', value: String(facts.version) };
  parts.push({ buttons: [...(reading ? readingButtons(lang, reading, wishes) : []), ...(kept ? [unblock] : []), explain] });
  return { title: say(lang, 'run.title.done', { no: facts.run, version: facts.version }), parts };
}

/** What a reader must know before everything else. */
function blockedParts(lang: Lang, { blocked, version }: CardFacts): Part[] {
  if (!blocked) return [];
  return [{ markdown: say(lang, blocked.free ? 'blocked.card.was' : 'blocked.card', { no: version, why: blocked.why }) }];
}

/** The settings as a list of sentences. */
export const settingsPart = (lang: Lang, settings: string[]): Part => ({
  markdown: [`**${say(lang, 'run.settings')}**`, ...settings.map(setting => `- ${setting}`)].join('\n'),
});

/** From this share on the answers kept aside have the team's form, more often than not. */
const MOSTLY = 0.5;

/**
 * One plain sentence: a loss less than 0.6 of the base's is learned form, if what the version writes shows it; under a tenth less is nothing.
 * Few rows make it a careful one.
 */
function verdictInWords(lang: Lang, { version, evaluation: { base, tuned = base, heldout } }: CardFacts): string {
  const { loss: before } = base;
  const { loss: after } = tuned;
  if (before === null || after === null) return say(lang, 'card.plain.unmeasured', { version });
  const good = hasForm(tuned) ? 'card.plain.good' : 'card.plain.formless';
  const code = after <= before * 0.6 ? good : after <= before * 0.9 ? 'card.plain.some' : 'card.plain.none';
  const verdict = say(lang, code, { version, base: loss(before), tuned: loss(after) });
  const count = heldout.qa + heldout.report;
  return count < ENOUGH_HELDOUT ? `${verdict}\n${say(lang, 'card.small', { count })}` : verdict;
}

/** By the reports or by the answers; true where neither could be measured. */
function hasForm({ reportForm, qaForm }: Scores): boolean {
  const measured = [reportForm, qaForm].filter(form => form !== null);
  return measured.length === 0 || measured.some(form => form >= MOSTLY);
}

/** The held-out loss before training and after each round. */
function roundFacts(lang: Lang, { heldout }: CardFacts): [string, string][] {
  return heldout.length > 0 ? [[say(lang, 'card.rounds'), heldout.map(([, value]) => loss(value)).join(' → ')]] : [];
}

/** A rise of 0.1 nats is noise, of 0.3 the most that the recipe should cost (facts: 0.90 → 0.92–1.10 with replay). */
function forgetting(lang: Lang, { base, tuned = base }: Evaluation): string | undefined {
  if (base.generalLoss === null || tuned.generalLoss === null) return;
  const rise = tuned.generalLoss - base.generalLoss;
  const code = rise <= 0.1 ? 'card.forgetting.fine' : rise <= MUCH_FORGOTTEN ? 'card.forgetting.some' : 'card.forgetting.much';
  return say(lang, code, { base: loss(base.generalLoss), tuned: loss(tuned.generalLoss) });
}

function rivalWins(lang: Lang, { tuned, notesInFrame }: { tuned?: Scores; notesInFrame?: Scores }): string | undefined {
  const wins = (notesInFrame?.factsFound ?? 0) > (tuned?.factsFound ?? 1);
  return wins ? say(lang, 'card.rival-wins') : undefined;
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
