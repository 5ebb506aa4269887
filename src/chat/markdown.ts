// Our Markdown, read once (GitHub's dialect without HTML) and written as safe HTML or as plain text.
import { Marked, type Token, Tokenizer, type Tokens } from 'marked';

/** Longer texts are shown as they are: no reader gains from a table of 100 kB, and no parser is asked to survive one. */
const MAX_PARSED_CHARACTERS = 20_000;
const MENTION = /^person:(.+)$/s;
/** A place on the page that shows it: how the local chat names a message's address. */
const OWN_PLACE = /^#\w+$/;

// In a chat `<b>`, `[x]: y`, four spaces and a line of dashes under a sentence are just what somebody typed.
const notSyntax = () => undefined;
const reader = new Marked({
  gfm: true,
  breaks: true,
  tokenizer: {
    html: notSyntax,
    tag: notSyntax,
    def: notSyntax,
    code: notSyntax,
    lheading: notSyntax,
    list(source) {
      return Tokenizer.prototype.list.call(this, ownLines(source));
    },
  },
});

/** How a list of each kind of bullet starts, and the newline before the line in which it has come to its end. */
const LISTS = ['-', '\\*', '\\+', '\\d{1,9}\\.', '\\d{1,9}\\)'].map(bullet => ({
  start: new RegExp(`^ {0,3}${bullet}(?:\\s|$)`),
  end: new RegExp(`\\n(?=\\S)(?!${bullet}(?:\\s|$))`),
}));

/** `source` up to where its list ends. CommonMark takes a line below an item into it, indented or not; in a chat a line is a line. */
function ownLines(source: string): string {
  const list = LISTS.find(({ start }) => start.test(source));
  const end = list ? source.search(list.end) : -1;
  return end < 0 ? source : source.slice(0, end + 1);
}

/**
 * HTML in which every character of `markdown` is text: only our own elements stand in it, and links lead to http(s) or to a place on the same page.
 * A mention `[@Name](person:ID)` becomes `<span class="mention">@Name</span>`.
 */
export function markdownToHtml(markdown: string): string {
  const tokens = readMarkdown(markdown);
  return tokens ? blocks(tokens) : `<p>${escapeHtml(markdown).replaceAll('\n', '<br>')}</p>`;
}

/** The same for a terminal: no marks but code's backticks, links as `label (address)`, lists and tables line by line. */
export function markdownToText(markdown: string): string {
  const tokens = readMarkdown(markdown);
  return tokens ? textBlocks(tokens).trim() : markdown;
}

/** `<`, `>`, `&` and quotes as entities: safe as an element's text and within a quoted attribute. */
export const escapeHtml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;').replaceAll("'", '&#39;');

/** The syntax tree, or undefined where the text is too long or nested too deeply to be worth one. */
export function readMarkdown(markdown: string): Token[] | undefined {
  if (markdown.length > MAX_PARSED_CHARACTERS) return undefined;
  try {
    return reader.lexer(markdown);
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** What stands within one line, or undefined as above. */
export function readInline(line: string): Token[] | undefined {
  if (line.length > MAX_PARSED_CHARACTERS) return undefined;
  try {
    return reader.Lexer.lexInline(line, reader.defaults);
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

const blocks = (tokens: Token[] = []): string => tokens.map(block).join('');
const inlines = (tokens: Token[] = []): string => tokens.map(inline).join('');

function block(token: Token): string {
  switch (token.type) {
    case 'space':
      return '';
    case 'paragraph':
      return `<p>${inlines(token.tokens)}</p>`;
    case 'heading':
      return `<p><strong>${inlines(token.tokens)}</strong></p>`;
    case 'code':
      return `<pre><code>${escapeHtml(token.text)}</code></pre>`;
    case 'blockquote':
      return `<blockquote>${blocks(token.tokens)}</blockquote>`;
    case 'hr':
      return '<hr>';
    case 'list':
      return list(token as Tokens.List);
    case 'table':
      return table(token as Tokens.Table);
    default:
      return inline(token);
  }
}

function list({ ordered, start, items }: Tokens.List): string {
  const rows = items.map(item => `<li>${blocks(item.tokens)}</li>`).join('');
  return ordered ? `<ol start="${Number(start) || 0}">${rows}</ol>` : `<ul>${rows}</ul>`;
}

function table({ header, rows }: Tokens.Table): string {
  const line = (cells: Tokens.TableCell[], tag: 'th' | 'td') =>
    `<tr>${cells.map(cell => `<${tag}>${inlines(cell.tokens)}</${tag}>`).join('')}</tr>`;
  return `<table><thead>${line(header, 'th')}</thead><tbody>${rows.map(row => line(row, 'td')).join('')}</tbody></table>`;
}

function inline(token: Token): string {
  switch (token.type) {
    case 'strong':
      return `<strong>${inlines(token.tokens)}</strong>`;
    case 'em':
      return `<em>${inlines(token.tokens)}</em>`;
    case 'del':
      return `<del>${inlines(token.tokens)}</del>`;
    case 'codespan':
      return `<code>${escapeHtml(token.text)}</code>`;
    case 'br':
      return '<br>';
    case 'checkbox':
      return token.checked ? '☑ ' : '☐ ';
    case 'link':
    case 'image':
      return link(token as Tokens.Link);
    case 'text':
      return token.tokens ? inlines(token.tokens) : lines(token.text);
    case 'escape':
      return escapeHtml(token.text);
    default:
      return lines(token.raw);
  }
}

const lines = (text: string) => escapeHtml(text).replaceAll('\n', '<br>');

/** A picture is a link too: the page loads nothing from outside. */
function link({ href, text, tokens }: Tokens.Link): string {
  const label = tokens?.length ? inlines(tokens) : escapeHtml(text);
  if (MENTION.test(href)) return `<span class="mention">${label}</span>`;
  if (OWN_PLACE.test(href)) return `<a href="${href}">${label}</a>`;
  if (!/^https?:\/\//i.test(href)) return label;
  return `<a href="${escapeHtml(href)}" target="_blank" rel="noopener noreferrer nofollow">${label}</a>`;
}

const textBlocks = (tokens: Token[] = []): string => tokens.map(textBlock).join('');
const textInlines = (tokens: Token[] = []): string => tokens.map(textInline).join('');

function textBlock(token: Token): string {
  switch (token.type) {
    case 'space':
      return '\n';
    case 'code':
      return `${indent(token.text, '    ')}\n`;
    case 'blockquote':
      return `${indent(textBlocks(token.tokens).trimEnd(), '> ')}\n`;
    case 'hr':
      return '---\n';
    case 'list': {
      const { ordered, start, items } = token as Tokens.List;
      return items.map((item, i) => textItem(ordered ? `${(Number(start) || 0) + i}. ` : '- ', textBlocks(item.tokens))).join('');
    }
    case 'table': {
      const { header, rows } = token as Tokens.Table;
      return [header, ...rows].map(cells => `${cells.map(cell => textInlines(cell.tokens)).join(' | ')}\n`).join('');
    }
    default:
      return `${textInline(token)}\n`;
  }
}

const textItem = (mark: string, text: string) => `${mark}${indent(text.trimEnd(), ' '.repeat(mark.length)).slice(mark.length)}\n`;
const indent = (text: string, by: string) => text.replace(/^/gm, by);

function textInline(token: Token): string {
  switch (token.type) {
    case 'codespan':
      return token.raw;
    case 'br':
      return '\n';
    case 'checkbox':
      return token.checked ? '[x] ' : '[ ] ';
    case 'link':
    case 'image': {
      const label = textInlines(token.tokens) || token.text;
      return label === token.href || !/^https?:\/\//i.test(token.href) ? label : `${label} (${token.href})`;
    }
    case 'escape':
      return token.text;
    default:
      return 'tokens' in token && token.tokens ? textInlines(token.tokens) : 'text' in token ? token.text : token.raw;
  }
}
