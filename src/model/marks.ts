// Marks what a draft says and its notes do not: numbers, dates, tickets, links and names that the notes lack, or put elsewhere. As far as words can tell.
import type { ReportForm } from './form.ts';
import { blanked, bulletOf } from './lines.ts';
import type { FactKind, TextFact } from './mark-fact.ts';
import { factsIn } from './mark-facts.ts';
import { type Notes, passage, readNotes } from './mark-notes.ts';
import { isElsewhere } from './mark-place.ts';

/** `start` and `end` as offsets into the draft. `absent`: the notes lack it; `elsewhere`: they have it, beside other words or another unit. */
export type Mark = { start: number; end: number; text: string; kind: FactKind; reason: 'absent' | 'elsewhere' };

export type MarkOptions = {
  /** The team's form: its headings' own digits do not count. */
  form?: ReportForm | null;
  /** What else is certain and may stand anywhere: the author, the week. */
  known?: string[];
  /** What dates without a year mean, so that "28 July" and "Monday of week 31" can be the same. */
  year?: number;
};

/** The marks in the order in which they stand; none overlaps another. */
export function markInventions(draft: string, notes: string, { form, known = [], year }: MarkOptions = {}): Mark[] {
  // Of a heading that says the week or the name, too, its other words: in Chinese notes the "Weekly" of an English form would be a name.
  const headed = form?.sections.map(({ fixed, text, key }) => (fixed ? text : key.replaceAll('#', ' '))) ?? [];
  const told = readNotes(notes, [...known, ...(form?.ownFacts ?? []), ...headed], year);
  const headings = new Set(form?.sections.filter(({ fixed }) => fixed).map(({ key }) => key));
  const years = year === undefined ? [] : [year];
  let offset = 0;
  return draft.split('\n').flatMap(line => {
    const start = offset;
    offset += line.length + 1;
    if (!bulletOf(line) && headings.has(blanked(line.trim()))) return [];
    return markLine(line, told, years).map(mark => ({ ...mark, start: mark.start + start, end: mark.end + start }));
  });
}

function markLine(line: string, notes: Notes, years: number[]): Mark[] {
  const facts = factsIn(line, years);
  const whole = passage(line, facts);
  return facts.flatMap(fact => {
    const reason = !isKnown(fact, notes) ? 'absent' : isElsewhere(line, fact, whole, notes) ? 'elsewhere' : undefined;
    return reason ? [{ start: fact.start, end: fact.end, text: line.slice(fact.start, fact.end), kind: fact.kind, reason } as const] : [];
  });
}

function isKnown({ keys, parts }: TextFact, notes: Notes): boolean {
  const has = (key: string): boolean => (key.startsWith('h:') ? notes.text.includes(key.slice(2)) : notes.keys.has(key));
  // What a date implies (~) is no proof of it: many days are Mondays.
  return keys.some(key => !key.startsWith('~') && has(key)) || (parts?.every(has) ?? false);
}
