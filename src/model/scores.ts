// How much of the team's form and facts answers have. Derived from the form and the references only; nothing here knows any team's words.
import { bleu } from './bleu.ts';
import { factsOf } from './facts.ts';
import { type Form, fitsLength, hasNumbers, lastLineOf, type QaForm, type ReportForm } from './form.ts';
import { languageOf, lengthIn, mainLanguage } from './language.ts';
import { blanked, bulletOf, linesOf } from './lines.ts';
import type { Scores } from './report-card.ts';
import { meanRouge } from './rouge.ts';
import type { Row } from './row.ts';
import { commonSubsequence } from './subsequence.ts';

/** A held-out row and what somebody answered. */
export type Answered = { row: Row; answer: string };

/** The part of the scores that is read off the answers' text. */
export type TextScores = Omit<Scores, 'loss' | 'perplexity' | 'generalLoss'>;

/** Below so many held-out rows BLEU, ROUGE and percentages say nothing. */
export const ENOUGH_ROWS = 8;

/** Scores one speaker's answers. `enough`: false leaves out BLEU and ROUGE (fewer than `ENOUGH_ROWS` rows held out in all). */
export function scoreAnswers(form: Form, answered: Answered[], enough: boolean): TextScores {
  const reports = form.report ? answered.filter(({ row }) => row.kind === 'report') : [];
  const answers = form.qa ? answered.filter(({ row }) => row.kind === 'qa') : [];
  const pairs = answered.map(({ row, answer }) => ({ answer, reference: row.output }));
  const language = mainLanguage(pairs.map(({ reference }) => reference));
  return {
    reportForm: mean(reports, ({ answer }) => sectionsOf(answer, form.report!)),
    qaForm: mean(answers, ({ answer }) => (hasForm(answer, form.qa!) ? 1 : 0)),
    factsFound: mean(reports, one => foundShare(one, form.report!)),
    factsInvented: mean(reports, one => inventedCount(one, form.report!)),
    ownerRight: mean(answers, one => ownerRight(one, form.qa!)),
    spansRight: mean(answers, spansShare),
    bleu: enough && pairs.length ? bleu(pairs, language) : null,
    ...(enough && pairs.length ? meanRouge(pairs) : { rouge1: null, rouge2: null, rougeL: null }),
    examples: answered.length,
    words: mean(answered, ({ row, answer }) => lengthIn(languageOf(row.output), answer)),
  };
}

/** The share of the form's section lines that the report has in the usual order, 0 to 1; null where the form has none. */
export function sectionsOf(report: string, { sections }: ReportForm): number | null {
  const usual = sections.map(({ key }) => key);
  const lines = linesOf(report)
    .filter(line => !bulletOf(line))
    .map(blanked);
  return usual.length ? commonSubsequence(lines, usual) / usual.length : null;
}

/** Does the answer have every feature of the form? A form without features asks for nothing, so every answer has it. */
function hasForm(answer: string, { numbered, lastLine, length }: QaForm): boolean {
  return (
    (numbered === null || hasNumbers(answer) === numbered) &&
    (lastLine === null || lastLineOf(answer).startsWith(lastLine)) &&
    (length === null || fitsLength(answer, length))
  );
}

/** Of the facts that notes and reference share, the part that the report has; null where they share none. */
function foundShare({ row, answer }: Answered, { ownFacts }: ReportForm): number | null {
  const notes = factsOf(row.input);
  const wanted = [...factsOf(row.output)].filter(fact => notes.has(fact) && !ownFacts.includes(fact));
  const has = factsOf(answer);
  return wanted.length ? wanted.filter(fact => has.has(fact)).length / wanted.length : null;
}

/** Facts of the report that stand in neither notes nor reference. */
function inventedCount({ row, answer }: Answered, { ownFacts }: ReportForm): number {
  const known = new Set([...factsOf(row.input), ...factsOf(row.output), ...ownFacts]);
  return [...factsOf(answer)].filter(fact => !known.has(fact)).length;
}

/** Does the last line name whom the reference's names, and nobody else? Null where the last line has no fixed beginning. */
function ownerRight({ row, answer }: Answered, { lastLine }: QaForm): number | null {
  if (lastLine === null || !row.output.trim()) return null;
  const names = (text: string): string | undefined => namesOf(lastLineOf(text), lastLine);
  const wanted = names(row.output);
  return wanted === undefined ? null : Number(names(answer) === wanted);
}

function namesOf(line: string, beginning: string): string | undefined {
  if (!line.startsWith(beginning)) return undefined;
  const names = line
    .slice(beginning.length)
    .split(/[\s,，、;；/&]+/u)
    .map(name => name.replace(/[.。!！]+$/u, ''));
  return names.filter(Boolean).sort().join('\n');
}

/** The share of the reference's `code spans` that the answer has; null where the reference has none. */
function spansShare({ row, answer }: Answered): number | null {
  const spans = (text: string): Set<string> => new Set([...text.matchAll(/`([^`\n]+)`/gu)].map(([, span]) => span.trim()));
  const wanted = [...spans(row.output)];
  const has = spans(answer);
  return wanted.length ? wanted.filter(span => has.has(span)).length / wanted.length : null;
}

/** The mean of what is not null; null where nothing is left. */
function mean<T>(items: T[], score: (item: T) => number | null): number | null {
  const scores = items.map(score).filter(value => value !== null);
  return scores.length ? scores.reduce((a, b) => a + b) / scores.length : null;
}
