// What counts as a fact in a report: numbers and ticket ids. The only things a program can check without understanding.
import { bulletOf } from './lines.ts';

const TICKET = /(?<![A-Z0-9])[A-Z][A-Z0-9]*-\d+/gu;
/** 14 · 2.1 · 5.4.1 · 09:20 · 1,900; a full stop at a sentence's end is no part of it. */
const NUMBER = /\d+(?:[.,:]\d+)*/gu;
const THOUSANDS = /^\d{1,3}(?:,\d{3})+$/u;

/** The distinct numbers and ticket ids of a text; list markers do not count. A ticket's number is no fact of its own. */
export function factsOf(text: string): Set<string> {
  const plain = text
    .normalize('NFKC')
    .split('\n')
    .map(line => bulletOf(line)?.text ?? line)
    .join('\n');
  const tickets = plain.match(TICKET) ?? [];
  const numbers = plain.replace(TICKET, ' ').match(NUMBER) ?? [];
  return new Set([...tickets, ...numbers.map(number => (THOUSANDS.test(number) ? number.replaceAll(',', '') : number))]);
}
