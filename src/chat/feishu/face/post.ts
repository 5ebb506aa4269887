// Feishu's post (lines of text with styles, links, mentions, code) as our Markdown.
// The normal form: bold **x**, italic *x*, struck ~~x~~, bold outermost, then italic; headings as bold lines; a code block as a fence with a small
// language, without empty lines at its end; --- as a line of its own. Everything else (lists, quotes, tables, `code`) stands as it was typed: a post has nothing for it.
import { unescapeText } from './escape.ts';

/** As Feishu sends it; `un_escape`: the text holds entities. Tags that it may add later are read by their text. */
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

/** What a person or bot wrote as a post; its title, if any, as a first line in bold. */
export function postToMarkdown({ title, content }: Post, naming: Naming): string {
  const lines = nodesOf({ content }).map(line => line.map(node => nodeToMarkdown(node, naming)).join(''));
  return [...(typeof title === 'string' && title !== '' ? [`**${title}**`] : []), ...lines].join('\n').trim();
}

/** The lines that are lines, and what in them is a node: the rest of what may come over the wire is nothing. */
export const nodesOf = ({ content }: Post): PostNode[][] =>
  (Array.isArray(content) ? content : []).filter(Array.isArray).map(line => line.filter(node => typeof node === 'object' && node !== null));

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
