// Every fact of a line that a program can recognise: code, links, tickets, dates, numbers, names, in this order, each on what the others left.
import { bulletOf } from './lines.ts';
import { datesIn } from './mark-dates.ts';
import type { TextFact } from './mark-fact.ts';
import { namesIn } from './mark-names.ts';
import { numbersIn } from './mark-numbers.ts';
import { blankOut, plainSameLength } from './mark-text.ts';

const LINK =
  /(?:https?:\/\/|www\.)[^\s<>()[\]⟦⟧"'`，。；、！？（）【】“”\p{Script=Han}]+|(?<![\p{L}\p{N}@._-])(?:[a-z0-9-]{1,63}\.){1,6}(?:com|org|net|io|dev|cn|de|eu|example|internal|local)(?:\/[^\s<>()[\]"'`，。；、（）\p{Script=Han}]*)?(?![\p{L}\p{N}])|(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,6}/giu;
/** As in facts.ts, also in small letters ("pak-301"), and "#123". */
const TICKET = /(?<![\p{L}\p{N}#/-])(?:[A-Z][A-Z0-9]*-\d+|[a-z]{2,6}-\d{2,6}|#\d+)(?![\p{L}\p{N}-])/gu;

/** The facts of one line in the order in which they stand. The marker of a numbered line is none. */
export function factsIn(line: string, years: number[]): TextFact[] {
  const plain = plainSameLength(line);
  const bullet = bulletOf(plain);
  const marker = bullet ? plain.length - plain.trimEnd().length + bullet.text.length : plain.length;
  let rest = blankOut(plain, [{ start: 0, end: Math.max(0, plain.length - marker) }]);
  const facts: TextFact[] = [];
  for (const find of [codeIn, linksIn, ticketsIn, (text: string) => datesIn(text, years), numbersIn, namesIn]) {
    // 900 张地图: a measure word right behind a number begins no name.
    const found = find(rest).filter(
      ({ kind, start }) => kind !== 'name' || !facts.some(other => other.kind === 'number' && start - other.end <= 1 && start >= other.end),
    );
    facts.push(...found);
    rest = blankOut(rest, found);
  }
  return facts.sort((a, b) => a.start - b.start);
}

/** A code span is one name, whatever numbers it has; with a link in it, it is the link's. */
function codeIn(text: string): TextFact[] {
  return [...text.matchAll(/`[^`]+`/gu)]
    .filter(({ 0: code }) => !code.includes('://'))
    .map(({ 0: code, index }) => ({
      kind: 'name',
      start: index,
      end: index + code.length,
      keys: [`h:${code.slice(1, -1).trim().toLowerCase()}`],
    }));
}

function linksIn(text: string): TextFact[] {
  return [...text.matchAll(LINK)].map(({ 0: link, index }) => {
    const written = link.replace(/[.,;:!?]+$/u, '');
    const key = written
      .replace(/^https?:\/\/|^(?=www\.)/iu, '')
      .replace(/^www\./iu, '')
      .replace(/\/+$/u, '');
    return { kind: 'link', start: index, end: index + written.length, keys: [`l:${key.toLowerCase()}`] };
  });
}

function ticketsIn(text: string): TextFact[] {
  return [...text.matchAll(TICKET)].map(({ 0: ticket, index }) => {
    const key = ticket.toUpperCase();
    return {
      kind: 'ticket',
      start: index,
      end: index + ticket.length,
      keys: [`t:${key}`],
      ...(key.startsWith('#') && { parts: [`n:${key.slice(1)}`] }),
    };
  });
}
