// The notes as the marks ask them: which facts they hold, on which line, beside which words.
import { notesBelowHead } from './frame.ts';
import { daysOfWeek, yearsIn } from './mark-dates.ts';
import type { TextFact } from './mark-fact.ts';
import { factsIn } from './mark-facts.ts';
import { blankOut, clausesOf, contentWords, plainSameLength, stemOf } from './mark-text.ts';

/** A line or a clause: its facts, and the words beside them. */
export type Passage = { facts: TextFact[]; keys: Set<string>; words: Set<string> };
export type NoteLine = Passage & { clauses: Passage[] };
export type Notes = { lines: NoteLine[]; everywhere: Set<string>; keys: Set<string>; text: string };

/** `known`: what else is certain (the author's name, the week); it may stand anywhere. `year`: what dates without a year may mean. */
export function readNotes(notes: string, known: string[], year?: number): Notes {
  const years = [...new Set([...yearsIn(notes), ...(year === undefined ? [] : [year])])];
  const below = saysWhen(notes, years) ? notesBelowHead(notes) : notes;
  const head = [notes.slice(0, notes.length - below.length), ...known].join('\n');
  const lines = below.split('\n').filter(line => line.trim() !== '');
  const certain = passage(
    head,
    head.split('\n').flatMap(line => factsIn(line, years)),
  );
  const weeks = keysOf(certain.facts, 'week:').map(Number);
  let scope: string[] = [];
  const read = lines.map(line => {
    const facts = factsIn(line, years);
    const days = facts.filter(({ kind, start }) => kind === 'date' && line.slice(0, start).trim().length <= 2);
    const named = facts.flatMap(({ keys }) => keys).filter(key => /^~?wd:/u.test(key));
    const dates = weeks.flatMap(week => named.flatMap(key => daysOfWeek(week, Number(key.split(':')[1]), years)));
    // A line that is only a day says when the lines below it were.
    if (days.length > 0) scope = /\p{L}{2}/u.test(blankOut(line, facts)) ? [] : days.flatMap(({ keys }) => keys);
    const whole = passage(line, facts);
    for (const key of [...dates, ...scope]) whole.keys.add(key);
    return { ...whole, clauses: clausesOf(line).map(({ start, end }) => passage(line.slice(start, end), within(facts, start, end))) };
  });
  const everywhere = new Set([...certain.keys, ...wordsOf(head)]);
  return {
    lines: read,
    everywhere,
    keys: new Set([...everywhere, ...read.flatMap(({ keys }) => [...keys]), ...wordsOf(below)]),
    text: plainSameLength(`${head}\n${below}`).toLowerCase(),
  };
}

/** Does the first line say when and who, and not already what was done? */
function saysWhen(notes: string, years: number[]): boolean {
  const facts = factsIn(notes.trimStart().split('\n', 1)[0], years);
  return facts.some(({ kind }) => kind === 'date') && facts.every(({ kind }) => kind === 'date' || kind === 'name');
}

/** `text` holds exactly these facts, whose offsets may be those of a longer line. */
export function passage(text: string, facts: TextFact[]): Passage {
  const keys = facts.flatMap(({ keys, parts = [] }) => [...keys.map(key => key.replace(/^~/u, '')), ...parts]);
  return { facts, keys: new Set(keys), words: contentWords(withoutFigures(text)) };
}

/** Facts between two offsets, moved to where the clause begins. */
export const within = (facts: TextFact[], start: number, end: number): TextFact[] =>
  facts.filter(fact => fact.start >= start && fact.end <= end).map(fact => ({ ...fact, start: fact.start - start, end: fact.end - start }));

/** Numbers, days, tickets and links are no words; names and the like of "ring1" are. */
const withoutFigures = (text: string): string =>
  blankOut(
    plainSameLength(text),
    factsIn(text, []).filter(({ kind, named }) => kind !== 'name' && !named),
  );

const keysOf = (facts: TextFact[], prefix: string): string[] =>
  facts.flatMap(({ keys }) => keys.filter(key => key.startsWith(prefix)).map(key => key.slice(prefix.length)));

/** Every word as a name could ask for it. */
const wordsOf = (text: string): string[] =>
  (text.match(/[\p{Script=Latin}\p{N}]+/gu) ?? []).flatMap(word => [`w:${stemOf(word)}`, `w:${stemOf(word.replace(/\d+$/u, ''))}`]);
