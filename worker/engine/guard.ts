// The guard of reports: while decoding, a token that would write a number or ticket id which the notes lack is passed over.
import { factsOf } from '../../src/model/facts.ts';
import { notesBelowHead } from '../../src/model/frame.ts';
import type { ChatTokenizer } from '../../src/model/tokenizer.ts';

/** Whether an answer of `tokens` may go on with `candidate`. */
export type Permits = (tokens: number[], candidate: number) => boolean;

/** What an unfinished number or ticket id looks like at the end of a text. */
const UNFINISHED = /(?:(?<![A-Z0-9])[A-Z][A-Z0-9]*-\d+|\d[\d.,:]*)$/u;
/** A number at a line's beginning may yet become a list marker: "1." "2)" "(3". */
const MARKER = /^\s*[（(]?\d{1,2}[.)．）、]?$/u;

/**
 * Numbers and ticket ids must stand in `notes`, below the line that only says week and name. A number that grows over several
 * tokens passes as long as it can still become one of the notes'; it is judged when it ends.
 */
export function numberGuard(tokenizer: Pick<ChatTokenizer, 'decode' | 'endTokens'>, notes: string): Permits {
  const allowed = factsOf(notesBelowHead(notes));
  const spellings = [...allowed].flatMap(fact => [fact, withThousands(fact)]);
  const isAllowed = (text: string) => [...factsOf(text)].every(fact => allowed.has(fact));

  return (tokens, candidate) => {
    const ends = tokenizer.endTokens.includes(candidate);
    const text = tokenizer.decode(ends ? tokens : [...tokens, candidate]).normalize('NFKC');
    const line = text.slice(text.lastIndexOf('\n', text.length - (ends ? 1 : 2)) + 1);
    const unfinished = ends ? undefined : UNFINISHED.exec(line)?.[0];
    if (unfinished === undefined) return isAllowed(line);
    const before = line.slice(0, line.length - unfinished.length);
    if (MARKER.test(line)) return true;
    return isAllowed(before) && (spellings.some(fact => fact.startsWith(unfinished)) || isAllowed(line));
  };
}

/** 12000 → 12,000; everything else as it is. */
const withThousands = (fact: string): string => (/^\d{4,}$/u.test(fact) ? fact.replace(/\B(?=(?:\d{3})+$)/gu, ',') : fact);
