// The lines of an answer: bullets, and what two headings have in common once digits, dates and names are blanked.

/** `marker` as written; `text` is what follows it. */
export type Bullet = { kind: 'dash' | 'number'; text: string };

const DASH = /^\s*[-*•–—+](?:\s+(.*))?$/u;
/** "1." "2)" "3、" "(4)"; not the 1.5 of "1.5 TB". */
const NUMBER = /^\s*(?:\d{1,3}[.)．）](?!\d)|\d{1,3}、|[（(]\d{1,3}[)）])\s*(.*)$/u;
const MONTH = /(?<=#[\s.,/-]*)\p{L}{3,9}|\p{L}{3,9}(?=[\s.,/-]*#)/gu;
const MONTHS =
  /^(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)$/iu;

/** The line as a bullet, or undefined where it is none. */
export function bulletOf(line: string): Bullet | undefined {
  const dash = DASH.exec(line);
  if (dash) return { kind: 'dash', text: (dash[1] ?? '').trim() };
  const number = NUMBER.exec(line);
  return number ? { kind: 'number', text: number[1].trim() } : undefined;
}

/** Lines with text, trimmed. */
export const linesOf = (text: string): string[] =>
  text
    .split('\n')
    .map(line => line.trim())
    .filter(Boolean);

/** A heading with digits, dates and what follows its last "·" taken out: two reports' headings are the same when this is. */
export function blanked(line: string): string {
  const dot = line.lastIndexOf('·');
  return (dot < 0 ? line : line.slice(0, dot + 1))
    .replace(/\p{Nd}+/gu, '#')
    .replace(MONTH, word => (MONTHS.test(word) ? '#' : word))
    .replace(/\s+/gu, ' ')
    .trim();
}
