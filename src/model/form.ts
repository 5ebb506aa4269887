// The team's form, derived from approved answers alone: what most of them share. Plain data, stored with an adapter.
import { factsOf } from './facts.ts';
import { languageOf, lengthIn, mainLanguage, type TextLanguage } from './language.ts';
import { blanked, bulletOf, linesOf } from './lines.ts';
import type { Row } from './row.ts';

/** A line that at least half of the reports have. */
export type Section = {
  /** The line with digits, dates and name blanked: what two reports' lines have in common. */
  key: string;
  /** As the latest reference writes it. */
  text: string;
  /** Every reference writes it the same way, so there is nothing to fill in. */
  fixed: boolean;
  /** What stands below it in most reports. */
  below: 'nothing' | 'dash' | 'number' | 'text';
};

/** `nothing`: what reports write where there is nothing to say. `ownFacts`: digits of the headings themselves. */
export type ReportForm = { sections: Section[]; nothing: string; ownFacts: string[] };

/** Each feature is null where fewer than 80 % of the references share one. `length` is their median, in words (Chinese: characters). */
export type QaForm = { numbered: boolean | null; lastLine: string | null; length: number | null };

export type Form = { language: TextLanguage; report: ReportForm | null; qa: QaForm | null };

const SHARED_BY = 0.8;
const NOTHING_CHARACTERS = 24;

/** The form of these answers; null for a kind of which there is none. */
export function formOf(references: Pick<Row, 'kind' | 'output'>[]): Form {
  const outputs = (kind: Row['kind']): string[] => references.filter(row => row.kind === kind).map(({ output }) => output);
  const [reports, answers] = [outputs('report'), outputs('qa')];
  return {
    language: mainLanguage([...reports, ...answers]),
    report: reports.length ? reportFormOf(reports) : null,
    qa: answers.length ? qaFormOf(answers) : null,
  };
}

function reportFormOf(reports: string[]): ReportForm {
  const headings = reports.map(report => linesOf(report).filter(line => !bulletOf(line)));
  const places = new Map<string, { places: number[]; texts: string[] }>();
  for (const lines of headings)
    for (const [place, key] of [...new Set(lines.map(blanked))].entries()) {
      const entry = places.get(key) ?? { places: [], texts: [] };
      places.set(key, entry);
      entry.places.push(place);
      entry.texts.push(lines.find(line => blanked(line) === key)!);
    }
  const kept = [...places]
    .filter(([, { texts }]) => texts.length * 2 >= reports.length)
    .sort(([, a], [, b]) => mean(a.places) - mean(b.places));
  const keys = new Set(kept.map(([key]) => key));
  const bodies = reports.map(report => bodiesOf(report, keys));
  const sections = kept.map(([key, { texts }]): Section => {
    const same = texts.every(text => text === texts[0]);
    const fixed = same && (texts.length > 1 || blanked(texts[0]) === texts[0]);
    return { key, text: texts.at(-1)!, fixed, below: usualBody(bodies.map(body => body.get(key) ?? [])) };
  });
  return { sections, nothing: usualNothing(bodies), ownFacts: kept.flatMap(([, { texts }]) => ownFacts(texts)) };
}

/** The lines below each section line of one report. */
function bodiesOf(report: string, keys: Set<string>): Map<string, string[]> {
  const bodies = new Map<string, string[]>();
  let lines: string[] = [];
  for (const line of linesOf(report)) {
    const key = bulletOf(line) ? '' : blanked(line);
    if (keys.has(key)) bodies.set(key, (lines = []));
    else lines.push(line);
  }
  return bodies;
}

function usualBody(bodies: string[][]): Section['below'] {
  const filled = bodies.filter(lines => lines.length > 0);
  if (filled.length * 2 < bodies.length) return 'nothing';
  const kinds = filled.flat().map(line => bulletOf(line)?.kind ?? 'text');
  const count = (kind: string): number => kinds.filter(one => one === kind).length;
  return (['dash', 'number', 'text'] as const).toSorted((a, b) => count(b) - count(a))[0];
}

/** The commonest short text without any fact that stands alone below a heading, twice at least; '' where there is none. */
function usualNothing(bodies: Map<string, string[]>[]): string {
  const counts = new Map<string, number>();
  for (const lines of bodies.flatMap(body => [...body.values()])) {
    const text = lines.length === 1 ? bulletOf(lines[0])?.text : undefined;
    if (text && text.length <= NOTHING_CHARACTERS && factsOf(text).size === 0) counts.set(text, (counts.get(text) ?? 0) + 1);
  }
  const [text, count] = [...counts].sort(([, a], [, b]) => b - a)[0] ?? ['', 0];
  return count >= 2 ? text : '';
}

/** Facts that every report writes into the same heading. */
function ownFacts(texts: string[]): string[] {
  const [first, ...others] = texts.map(factsOf);
  return others.length ? [...first].filter(fact => others.every(facts => facts.has(fact))) : [];
}

function qaFormOf(answers: string[]): QaForm {
  const shared = (holds: (answer: string) => boolean): boolean => answers.filter(holds).length >= SHARED_BY * answers.length;
  const lengths = answers.map(answer => lengthIn(languageOf(answer), answer)).sort((a, b) => a - b);
  const length = lengths[Math.floor(lengths.length / 2)];
  return {
    numbered: shared(hasNumbers) ? true : shared(answer => !hasNumbers(answer)) ? false : null,
    lastLine: sharedBeginning(answers.map(lastLineOf)),
    length: shared(answer => fitsLength(answer, length)) ? length : null,
  };
}

/** The last line that has text. */
export const lastLineOf = (answer: string): string => linesOf(answer).at(-1) ?? '';

/** Has the answer numbered lines? */
export const hasNumbers = (answer: string): boolean => linesOf(answer).some(line => bulletOf(line)?.kind === 'number');

/** Within half and twice the usual length. */
export function fitsLength(answer: string, usual: number): boolean {
  const length = lengthIn(languageOf(answer), answer);
  return length >= usual / 2 && length <= usual * 2;
}

/** The longest beginning, ending at a break between words, that 80 % of the lines share; null where there is none. */
function sharedBeginning(lines: string[]): string | null {
  const beginnings = lines.flatMap(line =>
    [...line.matchAll(/[\s:：,，、·|—-]+|$/gu)].map(({ 0: gap, index }) => line.slice(0, index + gap.length)),
  );
  const counts = new Map<string, number>();
  for (const beginning of beginnings) counts.set(beginning, (counts.get(beginning) ?? 0) + 1);
  const shared = [...counts].filter(([text, count]) => text.trim().length > 1 && count >= SHARED_BY * lines.length);
  const longest = shared.sort(([a], [b]) => b.length - a.length)[0]?.[0].trimEnd();
  return longest ?? null;
}

const mean = (numbers: number[]): number => numbers.reduce((a, b) => a + b, 0) / numbers.length;
