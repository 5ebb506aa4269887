// Our Markdown, read. A heading is a bold line and a table lines of equal cells: Slack has neither in its text.
import type { Token, Tokens } from 'marked';
import { readInline, readMarkdown } from '../../markdown.ts';
import { isBare, merged, type Run, type Style, textOf, type Written } from './written.ts';

const MENTION = /^person:(.+)$/s;

/** Text that is too long or nested too deeply to be read stands as it is. */
export function fromMarkdown(markdown: string): Written[] {
  const tokens = readMarkdown(markdown);
  return tokens ? together(blocks(tokens)) : [{ kind: 'text', runs: [{ text: markdown }] }];
}

/** The same for what stands within one line. */
export function lineFromMarkdown(line: string): Run[] {
  const tokens = readInline(line);
  return tokens ? merged(inlines(tokens)) : [{ text: line }];
}

type Piece = Written | { kind: 'gap'; lines: number };

/** Paragraphs that follow each other are one text with the empty lines between them. */
function together(pieces: Piece[]): Written[] {
  const all: Written[] = [];
  let gap = 1;
  for (const piece of pieces) {
    if (piece.kind === 'gap') {
      gap = piece.lines;
      continue;
    }
    const last = all.at(-1);
    if (piece.kind === 'text' && last?.kind === 'text') last.runs = merged([...last.runs, { text: '\n'.repeat(gap) }, ...piece.runs]);
    else all.push(piece.kind === 'code' ? piece : { ...piece, runs: merged(piece.runs) });
    gap = 1;
  }
  return all;
}

const blocks = (tokens: Token[], depth = 0): Piece[] => tokens.flatMap(token => block(token, depth));

function block(token: Token, depth: number): Piece[] {
  switch (token.type) {
    case 'space':
      return [{ kind: 'gap', lines: Math.max(1, token.raw.split('\n').length - 1) }];
    case 'heading':
      return [{ kind: 'text', runs: inlines(token.tokens ?? [], { bold: true }) }];
    case 'code':
      return [{ kind: 'code', text: codeOf(token as Tokens.Code) }];
    case 'hr':
      return [{ kind: 'text', runs: [{ text: '———' }] }];
    case 'blockquote':
      return [{ kind: 'quote', runs: quoted(blocks(token.tokens ?? [])) }];
    case 'list':
      return items(token as Tokens.List, depth);
    case 'table':
      return [{ kind: 'code', text: table(token as Tokens.Table) }];
    default:
      return [{ kind: 'text', runs: inlines('tokens' in token && token.tokens ? token.tokens : [token]) }];
  }
}

/** What follows the fence is a language, or else the first line of what somebody wrote. */
function codeOf({ lang = '', text }: Tokens.Code): string {
  return lang === '' || (text && /^[a-z+#-]{1,15}$/i.test(lang)) ? text : [lang, text].filter(Boolean).join('\n');
}

/** A quote in Slack holds lines only: what is a list or code in it keeps its marks. */
function quoted(pieces: Piece[]): Run[] {
  const runs: Run[] = [];
  for (const piece of pieces) {
    if (piece.kind === 'gap') runs.push({ text: '\n'.repeat(piece.lines - 1) });
    else {
      if (runs.length > 0) runs.push({ text: '\n' });
      if (piece.kind === 'code') runs.push({ text: piece.text });
      else if (piece.kind === 'item')
        runs.push({ text: `${'  '.repeat(piece.depth)}${piece.n === undefined ? '•' : `${piece.n}.`} ` }, ...piece.runs);
      else runs.push(...piece.runs);
    }
  }
  return runs;
}

function items({ ordered, start, items }: Tokens.List, depth: number): Piece[] {
  return items.flatMap((item, i) => {
    const own: Run[] = [];
    const below: Piece[] = [];
    for (const piece of blocks(item.tokens, depth + 1)) {
      if (piece.kind === 'gap') continue;
      // Lines of an item that stand below its inner list stay where they are; before that they are the item's own.
      if (piece.kind === 'text' && below.length === 0) own.push(...(own.length > 0 ? [{ text: '\n' }] : []), ...piece.runs);
      else below.push(piece);
    }
    return [{ kind: 'item' as const, depth, ...(ordered && { n: (Number(start) || 0) + i }), runs: own }, ...below];
  });
}

function table({ header, rows }: Tokens.Table): string {
  const cells = [header, ...rows].map(row => row.map(cell => textOf(inlines(cell.tokens))));
  const widths = header.map((_, i) => Math.max(...cells.map(row => wide(row[i] ?? ''))));
  const lines = cells.map(row =>
    row
      .map((cell, i) => cell + ' '.repeat(widths[i] - wide(cell)))
      .join(' | ')
      .trimEnd(),
  );
  return [lines[0], widths.map(width => '-'.repeat(width)).join('-|-'), ...lines.slice(1)].join('\n');
}

/** Columns of a fixed-width font: Chinese, Japanese and Korean characters take two. */
const wide = (text: string) => [...text].reduce((sum, char) => sum + (/[ᄀ-ᅟ⺀-꓏가-힣豈-﫿︰-﹏＀-｠￠-￦]/u.test(char) ? 2 : 1), 0);

const inlines = (tokens: Token[], style: Style = {}): Run[] => tokens.flatMap(token => inline(token, style));

function inline(token: Token, style: Style): Run[] {
  const inner = (more: Style = {}): Run[] => inlines(('tokens' in token && token.tokens) || [], { ...style, ...more });
  switch (token.type) {
    case 'strong':
      return inner({ bold: true });
    case 'em':
      return inner({ italic: true });
    case 'del':
      return inner({ strike: true });
    case 'codespan':
      return [{ ...style, code: true, text: token.text }];
    case 'br':
      return [{ text: '\n' }];
    case 'checkbox':
      return [{ ...style, text: token.checked ? '☑ ' : '☐ ' }];
    case 'link':
    case 'image':
      return link(token as Tokens.Link, style);
    case 'text':
      return token.tokens ? inner() : [{ ...style, text: token.text }];
    case 'escape':
      return [{ ...style, text: token.text }];
    default:
      return [{ ...style, text: token.raw }];
  }
}

function link({ href, text, raw, tokens }: Tokens.Link, style: Style): Run[] {
  const label = textOf(inlines(tokens ?? [])) || text;
  const person = MENTION.exec(href)?.[1];
  if (person !== undefined) return [{ ...style, text: label, person }];
  // An address without its beginning is plain text everywhere: each client finds it by itself.
  if (raw === text && text !== href && isBare(text, href)) return [{ ...style, text }];
  // An address that leads nowhere from Slack is said, and is no link.
  return /^(https?|mailto):/i.test(href)
    ? [{ ...style, text: label || href, href }]
    : [{ ...style, text: label === href ? raw : `${label} (${href})` }];
}
