// Feishu's post (lines of text with styles, links, mentions, code) ⇄ our Markdown.
// The normal form: bold **x**, italic *x*, struck ~~x~~, bold outermost, then italic; headings as bold lines; a code block as a fence with a small
// language, without empty lines at its end; --- as a line of its own. Everything else (lists, quotes, tables, `code`) stands as it was typed: a post has nothing for it.
import type { Token, Tokens } from 'marked';
import { readInline } from '../../markdown.ts';
import { unescapeText } from './escape.ts';

type Style = 'bold' | 'italic' | 'underline' | 'lineThrough';
/** As Feishu sends and takes it; `un_escape`: the text holds entities. Tags that it may add later are read by their text. */
export type PostNode = {
  tag: string;
  text?: string;
  href?: string;
  user_id?: string;
  user_name?: string;
  emoji_type?: string;
  language?: string;
  style?: string[];
  un_escape?: boolean;
};
export type Post = { title?: string; content?: PostNode[][] };
/** Markdown of the person behind a mention's key or id. */
export type Naming = (node: PostNode) => string;

const MENTION = /^person:(?!all$)([\w-]+)$/;
const FENCE = /^(`{3,}|~{3,})\s*([\w+#-]*)\s*$/;
const HEADING = /^#{1,6}\s+(.*?)(?:\s+#+)?$/;

/** What a person or bot wrote as a post; its title, if any, as a first line in bold. */
export function postToMarkdown({ title, content }: Post, naming: Naming): string {
  const lines = nodesOf({ content }).map(line => line.map(node => nodeToMarkdown(node, naming)).join(''));
  return [...(typeof title === 'string' && title !== '' ? [`**${title}**`] : []), ...lines].join('\n').trim();
}

/** The lines that are lines, and what in them is a node: the rest of what may come over the wire is nothing. */
export const nodesOf = ({ content }: Post): PostNode[][] =>
  (Array.isArray(content) ? content : []).filter(Array.isArray).map(line => line.filter(node => typeof node === 'object' && node !== null));

/** The content of a message of type `post`. */
export function toPost(markdown: string): { zh_cn: { title: string; content: PostNode[][] } } {
  const content: PostNode[][] = [];
  let fence: { mark: string; language: string; lines: string[] } | undefined;
  for (const line of markdown.split('\n')) {
    const [, mark, language = ''] = FENCE.exec(line) ?? [];
    if (fence && mark?.startsWith(fence.mark) && language === '') {
      content.push([codeBlock(fence)]);
      fence = undefined;
    } else if (fence) fence.lines.push(line);
    else if (mark !== undefined) fence = { mark, language, lines: [] };
    else content.push(lineNodes(line));
  }
  // A fence that nobody closed goes to the end, as in Markdown.
  if (fence) content.push([codeBlock(fence)]);
  return { zh_cn: { title: '', content } };
}

const codeBlock = ({ language, lines }: { language: string; lines: string[] }): PostNode => ({
  tag: 'code_block',
  language: language.toUpperCase(),
  text: lines.join('\n'),
});

function lineNodes(line: string): PostNode[] {
  if (/^\s*-{3,}\s*$/.test(line)) return [{ tag: 'hr' }];
  const [, heading] = HEADING.exec(line) ?? [];
  const nodes = heading === undefined ? inlineNodes(line, []) : inlineNodes(heading, ['bold']);
  return nodes.length > 0 ? nodes : [{ tag: 'text', text: '' }];
}

const inlineNodes = (text: string, styles: Style[]): PostNode[] =>
  merged((readInline(text) ?? [{ type: 'text', raw: text, text }]).flatMap(token => tokenNodes(token, styles)));

function tokenNodes(token: Token, styles: Style[]): PostNode[] {
  const within = (more: Style[]) => (token as Tokens.Strong).tokens.flatMap(inner => tokenNodes(inner, [...new Set([...styles, ...more])]));
  switch (token.type) {
    case 'strong':
      return within(['bold']);
    case 'em':
      return within(['italic']);
    case 'del':
      return within(['lineThrough']);
    case 'link':
    case 'image':
      return [linkNode(token as Tokens.Link, styles)];
    case 'text':
      return token.tokens ? within([]) : [textNode(token.text, styles)];
    case 'escape':
      return [textNode(token.text, styles)];
    default:
      return [textNode(token.raw, styles)];
  }
}

const styled = (styles: Style[]) => (styles.length > 0 ? { style: styles } : {});
const textNode = (text: string, styles: Style[]): PostNode => ({ tag: 'text', text, ...styled(styles) });

function linkNode({ href, text, raw }: Tokens.Link, styles: Style[]): PostNode {
  const [, person] = MENTION.exec(href) ?? [];
  if (person !== undefined) return { tag: 'at', user_id: person, user_name: text.replace(/^@/, ''), ...styled(styles) };
  return /^https?:\/\//i.test(href) ? { tag: 'a', text, href, ...styled(styles) } : textNode(raw, styles);
}

/** Texts of one style that follow each other as one. */
function merged(nodes: PostNode[]): PostNode[] {
  const all: PostNode[] = [];
  for (const node of nodes) {
    const last = all.at(-1);
    if (last?.tag === 'text' && node.tag === 'text' && String(last.style) === String(node.style)) last.text = `${last.text}${node.text}`;
    else all.push({ ...node });
  }
  return all;
}

function nodeToMarkdown(node: PostNode, naming: Naming): string {
  switch (node.tag) {
    case 'a':
      return marked(linkMarkdown(node), node.style);
    case 'at':
      return marked(naming(node), node.style);
    case 'emotion':
      return node.emoji_type ? `:${node.emoji_type}:` : '';
    case 'code_block':
      return fenced(node);
    case 'hr':
      return '---';
    case 'img':
    case 'media':
    case undefined:
      return '';
    default:
      return marked(textOf(node), node.style);
  }
}

function linkMarkdown(node: PostNode): string {
  const label = textOf(node);
  const { href = '' } = node;
  if (!/^(?:https?|mailto):/i.test(href) || label === href) return label || href;
  return `[${label.replace(/[[\]]/g, '\\$&')}](${href.replace(/[()\s<>]/g, encodeURIComponentToo)})`;
}

const encodeURIComponentToo = (char: string) => (char === '(' ? '%28' : char === ')' ? '%29' : encodeURIComponent(char));

const textOf = ({ text, un_escape }: PostNode): string => {
  const said = typeof text === 'string' ? text : '';
  return un_escape ? unescapeText(said) : said;
};

function fenced({ text = '', language = '' }: PostNode): string {
  const longest = Math.max(2, ...(text.match(/`+/g) ?? []).map(run => run.length));
  const mark = '`'.repeat(longest + 1);
  const name = language.toLowerCase();
  return `${mark}${name === 'plain_text' || name === 'plaintext' ? '' : name}\n${text.replace(/\n+$/, '')}\n${mark}`;
}

/** Marks stand close to the words, or they would be none; underlines have no mark. */
function marked(text: string, style: string[] = []): string {
  const [, before, words, after] = /^(\s*)([\s\S]*?)(\s*)$/.exec(text)!;
  if (words === '' || !Array.isArray(style)) return text;
  const marks = [
    ...(style.includes('bold') ? ['**'] : []),
    ...(style.includes('italic') ? ['*'] : []),
    ...(style.includes('lineThrough') ? ['~~'] : []),
  ];
  return `${before}${marks.join('')}${words}${marks.reverse().join('')}${after}`;
}
