// Our Markdown as a post, as a person's client would make one of it: what src/chat/feishu/face/post.ts reads comes back as it was.
import type { Token, Tokens } from 'marked';
import type { PostNode } from '../../../src/chat/feishu/face/post.ts';
import { readInline } from '../../../src/chat/markdown.ts';

type Style = 'bold' | 'italic' | 'underline' | 'lineThrough';

const MENTION = /^person:(?!all$)([\w-]+)$/;
const FENCE = /^(`{3,}|~{3,})\s*([\w+#-]*)\s*$/;
const HEADING = /^#{1,6}\s+(.*?)(?:\s+#+)?$/;

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
