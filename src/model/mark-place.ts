// Does a fact stand where the notes put it? Told by the words beside it, so only where they leave no other reading.
import type { TextFact } from './mark-fact.ts';
import { type Notes, type Passage, passage, within } from './mark-notes.ts';
import { clausesOf, shared } from './mark-text.ts';

/** Is the fact in the notes only where the words of this line are not, or measured in something else? `whole`: the line. */
export function isElsewhere(line: string, fact: TextFact, whole: Passage, notes: Notes): boolean {
  if (fact.named || fact.keys.some(key => notes.everywhere.has(key))) return false;
  const holds = ({ keys }: Passage): boolean => fact.keys.some(key => keys.has(key)) || (fact.parts?.some(part => keys.has(part)) ?? false);
  const holders = notes.lines.filter(holds);
  if (holders.length === 0) return false;
  if (fact.kind === 'number' && hasOtherMeasure(fact, holders)) return true;
  const { words } = whole;
  if (words.size > 0 && mostShared(holders, words) === 0) {
    // A line that says something else of the same note may say it in its own words.
    if (holders.some(one => whole.facts.some(other => other !== fact && other.keys.some(key => one.keys.has(key))))) return false;
    const others = notes.lines.filter(one => !holds(one));
    if (mostShared(others, words) >= Math.min(2, words.size)) return true;
    return words.size > 1 && (fact.kind === 'number' || fact.kind === 'date');
  }
  return (
    fact.kind === 'number' &&
    isInOtherClause(
      line,
      fact,
      whole,
      notes.lines.flatMap(({ clauses }) => clauses),
      holds,
    )
  );
}

/** "rolled back: 14" where the notes say "14 ships, 1 rolled back". */
function isInOtherClause(line: string, fact: TextFact, whole: Passage, clauses: Passage[], holds: (passage: Passage) => boolean): boolean {
  const own = clausesOf(line).find(({ start, end }) => start <= fact.start && fact.end <= end);
  if (!own) return false;
  const { words, keys } = passage(line.slice(own.start, own.end), within(whole.facts, own.start, own.end));
  const held = clauses.filter(holds);
  // "14h" between two commas says nothing of its own; it belongs to the clause before.
  if (words.size === 0 || held.some(one => one.words.size === 0) || mostShared(held, words) > 0) return false;
  // In "0.6 % -> 1.4 %" both numbers are this clause's own.
  const rival = ({ kind, named, keys: others }: TextFact): boolean => kind === 'number' && !named && !others.some(key => keys.has(key));
  return (
    mostShared(
      clauses.filter(one => !holds(one) && one.facts.some(rival)),
      words,
    ) >= Math.min(2, words.size)
  );
}

const mostShared = (passages: Passage[], words: Set<string>): number => Math.max(0, ...passages.map(one => shared(words, one.words)));

/** "3 services" where the notes have only "3 min", or "40 %" where they have "40 min". */
function hasOtherMeasure({ keys, measure, counted }: TextFact, holders: Passage[]): boolean {
  if (measure === undefined && !counted) return false;
  const same = holders.flatMap(({ facts }) => facts.filter(one => one.kind === 'number' && one.keys.some(key => keys.includes(key))));
  return same.length > 0 && same.every(one => one.measure !== undefined && one.measure !== measure);
}
