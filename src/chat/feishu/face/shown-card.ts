// What a card says, as Markdown: our own (JSON 2.0), and the lines that Feishu gives of others' cards. Buttons and boxes say nothing.
import { unescapeText } from './escape.ts';
import { type Naming, nodesOf, type PostNode, postToMarkdown } from './post.ts';

const AT = /<at\s+(?:user_)?ids?=["']?([\w,-]+)["']?\s*>[^<]*<\/at>/g;

/** `card`: the content of a message of type `interactive`. */
export function shownCard(card: Record<string, unknown>, naming: Naming): string {
  const title = textIn((card.header as Record<string, unknown> | undefined)?.title);
  const body = (card.body as Record<string, unknown> | undefined)?.elements;
  if (Array.isArray(body)) return [title, ...body.flatMap(element => elementTexts(element, naming))].filter(Boolean).join('\n\n');
  const lines = nodesOf({ content: card.elements as PostNode[][] }).map(line =>
    line.filter(({ tag }) => tag !== 'button' && tag !== 'img'),
  );
  return [typeof card.title === 'string' ? card.title : title, postToMarkdown({ content: lines }, naming)].filter(Boolean).join('\n\n');
}

const textIn = (text: unknown): string => {
  const content = (text as Record<string, unknown> | undefined)?.content;
  return typeof content === 'string' ? content : '';
};

function elementTexts(element: unknown, naming: Naming): string[] {
  if (typeof element !== 'object' || element === null) return [];
  const { tag, content, text, columns, elements } = element as Record<string, unknown>;
  if (tag === 'markdown') return [fromCard(String(content ?? ''), naming)];
  if (tag === 'checker' || tag === 'div') return [textIn(text)];
  return [...(Array.isArray(columns) ? columns : []), ...(Array.isArray(elements) ? elements : [])].flatMap(inner =>
    elementTexts(inner, naming),
  );
}

function fromCard(content: string, naming: Naming): string {
  const plain = content
    .replace(/<\/?font[^>]*>/g, '')
    .replace(/<hr\s*\/?>/g, '---')
    .replace(/<br\s*\/?>/g, '\n')
    .replace(AT, (_, ids: string) =>
      ids
        .split(',')
        .map(id => naming({ tag: 'at', user_id: id }))
        .join(' '),
    );
  return unescapeText(plain);
}
