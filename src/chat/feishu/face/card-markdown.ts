// Our Markdown as the Markdown of Feishu's cards: CommonMark with <at>, four spaces a level, code at the line's beginning, few tables.
import type { Token, Tokens } from 'marked';
import { readMarkdown } from '../../markdown.ts';
import { escapeLineStart, escapeText } from './escape.ts';

/** How many more tables the card may hold; each one that is written takes one away. */
export type Tables = { left: number };

/** `[@Name](person:ID)` with an id that is one: everybody (`all`) is never called. */
const MENTION = /^person:(?!all$)([\w-]+)$/;
/** Within code nothing can be written as an entity, and what Feishu makes of an <at> there is said nowhere: such code is shown as text. */
const CALLS = /<\s*\/?\s*at\b/i;
/** Marks a line that must stand at the beginning, whatever list it belongs to. */
const FLUSH = '\u0000';
/** A code block longer than that is shown as several. */
const CODE_LINES = 60;

/** Blocks, to be joined by an empty line; each is pieces, to be joined by a newline, between which a long one may be parted. */
export function cardBlocks(markdown: string, tables: Tables): string[][] {
  const clean = markdown.replaceAll(FLUSH, '');
  const tokens = readMarkdown(clean);
  const blocks = tokens ? tokens.map(token => blockLines(token, tables)) : [textLines(clean)];
  return blocks.filter(lines => lines.some(line => line !== '')).map(lines => pieces(lines.map(line => line.replaceAll(FLUSH, ''))));
}

/** The same as one text. */
export const cardMarkdown = (markdown: string, tables: Tables = { left: 0 }): string =>
  cardBlocks(markdown, tables)
    .map(lines => lines.join('\n'))
    .join('\n\n');

/** Lines that belong together (a fence, a table) as one piece. */
function pieces(lines: string[]): string[] {
  const all: string[] = [];
  let fence: string | undefined;
  for (const line of lines) {
    const [mark] = /^`{3,}/.exec(line) ?? [];
    const inTable = line.startsWith('|') && all.at(-1)?.startsWith('|');
    if (fence !== undefined || inTable) all[all.length - 1] += `\n${line}`;
    else all.push(line);
    if (fence === undefined) fence = mark;
    else if (mark === fence) fence = undefined;
  }
  return all;
}

const textLines = (text: string): string[] => text.split('\n').map(line => escapeLineStart(escapeText(line)));

function blockLines(token: Token, tables: Tables): string[] {
  switch (token.type) {
    case 'space':
      return [];
    case 'heading':
      return [`#### ${inlines(token.tokens).replaceAll('\n', ' ')}`];
    case 'code':
      return code(token.text, token.lang);
    case 'blockquote':
      return joined(token.tokens, tables).map(line => `> ${line.replaceAll(FLUSH, '')}`);
    case 'hr':
      return ['<hr>'];
    case 'list':
      return list(token as Tokens.List, tables);
    case 'table':
      return table(token as Tokens.Table, tables);
    default:
      return inline(token)
        .split('\n')
        .map(line => escapeLineStart(line));
  }
}

const joined = (tokens: Token[] = [], tables: Tables): string[] => tokens.flatMap(token => blockLines(token, tables));

function code(text: string, lang = ''): string[] {
  if (CALLS.test(text)) return textLines(text);
  const lines = text.split('\n');
  const longest = Math.max(2, ...(text.match(/`+/g) ?? []).map(run => run.length));
  const fence = FLUSH + '`'.repeat(longest + 1);
  const name = /^[\w+-]*/.exec(lang)?.[0] ?? '';
  const parts = Array.from({ length: Math.ceil(lines.length / CODE_LINES) }, (_, i) => lines.slice(i * CODE_LINES, (i + 1) * CODE_LINES));
  return parts.flatMap(part => [fence + name, ...part.map(line => FLUSH + line), fence]);
}

function list({ ordered, start, items }: Tokens.List, tables: Tables): string[] {
  return items.flatMap((item, i) => {
    const mark = ordered ? `${(Number(start) || 0) + i}. ` : '- ';
    const [first = '', ...more] = joined(item.tokens, tables);
    const head = first.startsWith(FLUSH) ? [mark.trimEnd(), first] : [mark + first];
    return [...head, ...more.map(line => (line.startsWith(FLUSH) ? line : `    ${line}`))];
  });
}

function table({ header, rows }: Tokens.Table, tables: Tables): string[] {
  const cells = (row: Tokens.TableCell[]) => row.map(cell => inlines(cell.tokens).replaceAll('\n', ' '));
  if (tables.left < 1) return [header, ...rows].map(row => escapeLineStart(cells(row).join(' &#124; ')));
  tables.left--;
  const line = (texts: string[]) => `| ${texts.map(text => text.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(cells(header)), line(header.map(() => '---')), ...rows.map(row => line(cells(row)))];
}

const inlines = (tokens: Token[] = []): string => tokens.map(inline).join('');

function inline(token: Token): string {
  switch (token.type) {
    case 'strong':
      return `**${inlines(token.tokens)}**`;
    case 'em':
      return `*${inlines(token.tokens)}*`;
    case 'del':
      return `~~${inlines(token.tokens)}~~`;
    case 'codespan':
      return codespan(token.text);
    case 'br':
      return '\n';
    case 'checkbox':
      return token.checked ? '☑ ' : '☐ ';
    case 'link':
    case 'image':
      return link(token as Tokens.Link);
    case 'text':
    case 'paragraph':
      return token.tokens ? inlines(token.tokens) : escapeText(token.text);
    case 'escape':
      return escapeText(token.text);
    default:
      return escapeText(token.raw);
  }
}

function codespan(text: string): string {
  if (CALLS.test(text)) return escapeText(text);
  const longest = Math.max(0, ...(text.match(/`+/g) ?? []).map(run => run.length));
  const fence = '`'.repeat(longest + 1);
  return longest > 0 ? `${fence} ${text} ${fence}` : `${fence}${text}${fence}`;
}

/** Pictures are links, too: Feishu shows only those that were uploaded. */
function link({ href, text, tokens }: Tokens.Link): string {
  const [, person] = MENTION.exec(href) ?? [];
  if (person !== undefined) return `<at id=${person}></at>`;
  const label = tokens?.length ? inlines(tokens) : escapeText(text);
  return /^https?:\/\//i.test(href) ? `[${label}](${address(href)})` : label;
}

/** What would end the address, a code span or a table's cell is written in percent. */
const address = (href: string): string =>
  href
    .replace(/[\s()<>"\\`|]/g, char =>
      char < '\u0080' ? `%${char.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}` : encodeURIComponent(char),
    )
    .replace(/&(?=#?\w+;)/g, '&amp;');
