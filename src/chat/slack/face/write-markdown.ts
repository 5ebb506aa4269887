// Formatted text as our Markdown, in its one normal form: `**`, `*`, `~~` in this order, 4 spaces a level of a list, blank lines only where
// Markdown needs them. Marks that a reader would take for something else are escaped, or else left out: the text itself is never lost.
import { nested } from './nested.ts';
import { lineFromMarkdown } from './read-markdown.ts';
import { linesOf, merged, type Run, type Written } from './written.ts';

const MARKS = { bold: '**', italic: '*', strike: '~~' } as const;

export function writeMarkdown(written: Written[]): string {
  return written.map((block, i) => `${i > 0 ? between(written[i - 1], block) : ''}${writeBlock(block)}`).join('');
}

/** A quote takes in the line below it, and only a list that begins with 1 may follow a line. */
function between(before: Written, block: Written): string {
  if (before.kind === 'quote') return '\n\n';
  if (before.kind === 'text' && block.kind === 'item' && block.n !== undefined && block.n !== 1) return '\n\n';
  return '\n';
}

function writeBlock(block: Written): string {
  if (block.kind === 'code') return fenced(block.text);
  const lines = linesOf(block.runs).map(writeLine);
  if (block.kind === 'text') return lines.join('\n');
  if (block.kind === 'quote') return lines.map(line => `> ${line}`.trimEnd()).join('\n');
  const mark = block.n === undefined ? '- ' : `${block.n}. `;
  const indent = '    '.repeat(block.depth);
  return `${indent}${mark}${lines.join(`\n${indent}${' '.repeat(mark.length)}`)}`;
}

function fenced(text: string): string {
  const fence = '`'.repeat(Math.max(3, ...[...text.matchAll(/`+/g)].map(([ticks]) => ticks.length + 1)));
  return `${fence}\n${text}\n${fence}`;
}

function writeLine(line: Run[]): string {
  const runs = merged(line);
  const unstyled = merged(runs.map(({ bold: _b, italic: _i, strike: _s, ...run }) => run));
  const reads = (said: Run[], signs: string) => signature(lineFromMarkdown(marked(said, signs))) === signature(said);
  for (const said of [runs, unstyled]) {
    if (reads(said, '')) return marked(said, '');
    if (!reads(said, SIGNS)) continue;
    // A backslash is learned like any other character: only signs that need one get one.
    const needed = [...SIGNS].reduce((signs, sign) => (reads(said, signs.replace(sign, '')) ? signs.replace(sign, '') : signs), SIGNS);
    return marked(said, needed);
  }
  return marked(unstyled, SIGNS);
}

const SIGNS = '\\`*_~[]<';

/** Which character stands in which style: two lines of the same signature look the same. */
function signature(runs: Run[]): string {
  return merged(runs)
    .map(({ text, bold, italic, strike, code, href, person }) => {
      const marks = `${bold ? 'b' : ''}${italic ? 'i' : ''}${strike ? 's' : ''}`;
      return [...text]
        .map(char => `${char}${/\s/.test(char) && !code ? '' : marks}${code ? 'c' : ''}${href ?? ''}${person ?? ''}`)
        .join('\u0000');
    })
    .join('\u0000');
}

/** `signs`: which of the signs that Markdown reads are escaped in plain text. */
const marked = (runs: Run[], signs: string): string =>
  nested(
    runs,
    run => atom(run, text => [...text].map(char => (signs.includes(char) ? `\\${char}` : char)).join('')),
    (style, said) => `${MARKS[style]}${said}${MARKS[style]}`,
  );

function atom({ text, code, href, person }: Run, plain: (text: string) => string): string {
  const label = () => text.replace(/[\\[\]]/g, '\\$&');
  if (person !== undefined) return `[${label()}](person:${person})`;
  if (href !== undefined) return text === href ? text : `[${code ? span(text) : label()}](${address(href)})`;
  return code ? span(text) : plain(text);
}

function span(text: string): string {
  const ticks = '`'.repeat(Math.max(1, ...[...text.matchAll(/`+/g)].map(([run]) => run.length + 1)));
  const room = /^`|`$|^ .* $/.test(text) ? ' ' : '';
  return `${ticks}${room}${text}${room}${ticks}`;
}

/** White space and brackets would end the address. */
const address = (href: string): string =>
  href.replace(/[\s()<>\\]/g, char => encodeURIComponent(char).replace('(', '%28').replace(')', '%29'));
