// What stands in a message: Feishu's JSON of each type, checked as it comes in, and read back as a call to get it would show it.
import { checkCard } from './card.ts';
import type { Cloud, Mention, Wire } from './cloud.ts';
import { LIMITS, refuse } from './limits.ts';

type Json = Record<string, unknown>;
type Node = { tag: string } & Json;

/** Tags of a post and the properties that each may have. doc im-v1/message/create_json. */
const POST_TAGS: Record<string, string[]> = {
  text: ['text', 'un_escape', 'style'],
  a: ['text', 'href', 'style'],
  at: ['user_id', 'user_name', 'style'],
  img: ['image_key', 'width', 'height'],
  media: ['file_key', 'image_key'],
  emotion: ['emoji_type'],
  code_block: ['language', 'text'],
  hr: [],
  md: ['text'],
};
const LOCALES = ['zh_cn', 'en_us', 'ja_jp', 'zh_hk', 'zh_tw'];

/** A message that the app sends, as it is kept. Refuses what Feishu refuses. */
export function contentSent(cloud: Cloud, type: unknown, content: unknown): Omit<Wire, 'edits'> {
  if (typeof content !== 'string') return refuse('badParameter', 'content is not in JSON format');
  // As it stands in the body: a string of JSON within JSON.
  const bytes = Buffer.byteLength(JSON.stringify(content));
  if (bytes > (type === 'text' ? LIMITS.textBytes : LIMITS.cardBytes)) refuse('tooLong', `${bytes} bytes`);
  const json = parsed(content);
  switch (type) {
    case 'text':
      return textSent(cloud, json);
    case 'post':
      return postSent(cloud, json);
    case 'interactive':
      checkCard(cloud, json);
      return { type, content, mentions: [], shared: (json.config as Json | undefined)?.update_multi === true };
    case 'image':
    case 'file': {
      const key = json[type === 'image' ? 'image_key' : 'file_key'];
      if (typeof key !== 'string' || !cloud.uploads.has(key)) refuse('badParameter', `invalid ${type}_key`);
      const { name } = cloud.uploads.get(key as string)!;
      return { type, content: JSON.stringify(type === 'image' ? { image_key: key } : { file_key: key, file_name: name }), mentions: [] };
    }
    default:
      return refuse('badParameter', `invalid msg_type ${type}`);
  }
}

function textSent(cloud: Cloud, json: Json): Omit<Wire, 'edits'> {
  if (typeof json.text !== 'string' || json.text.trim() === '') refuse('badParameter', 'text content is empty');
  onlyNames(json, ['text'], 'text');
  const mentions: Mention[] = [];
  const text = (json.text as string).replace(/<at user_id="([^"]+)">[^<]*<\/at>/g, (_, id) => mentionKey(cloud, mentions, id));
  return { type: 'text', content: JSON.stringify({ text }), mentions };
}

function postSent(cloud: Cloud, json: Json): Omit<Wire, 'edits'> {
  const locale = Object.keys(json)[0];
  onlyNames(json, LOCALES, 'post');
  const { title = '', content } = (json[locale] ?? refuse('badParameter', 'post content is empty')) as {
    title?: string;
    content?: Node[][];
  };
  if (!Array.isArray(content)) return refuse('badParameter', 'post content must be paragraphs');
  const mentions: Mention[] = [];
  const paragraphs = content.map(paragraph =>
    paragraph.map(node => {
      checkNode(node);
      if (node.tag !== 'at' || node.user_id === 'all') return node;
      const key = mentionKey(cloud, mentions, String(node.user_id));
      return { tag: 'at', user_id: key, user_name: mentions.at(-1)!.name, style: node.style ?? [] };
    }),
  );
  return { type: 'post', content: JSON.stringify({ title, content: paragraphs }), mentions };
}

function checkNode(node: Node): void {
  const known = POST_TAGS[node?.tag] ?? refuse('badParameter', `unknown tag ${node?.tag} in a post`);
  onlyNames(node, ['tag', ...known], `post ${node.tag}`);
}

function mentionKey(cloud: Cloud, mentions: Mention[], id: string): string {
  const name = cloud.state.people.get(id)?.name ?? refuse('badParameter', `invalid user_id ${id}`);
  const key = `@_user_${mentions.length + 1}`;
  mentions.push({ key, id, name });
  return key;
}

/** What somebody typed: `@Name` becomes a mention. As `text`, or as `post` with a paragraph a line. */
export function contentTyped(cloud: Cloud, typed: string, as: 'text' | 'post'): Omit<Wire, 'edits'> {
  const people = [...cloud.state.people.values()].sort((a, b) => b.name.length - a.name.length);
  const mentions: Mention[] = [];
  const names = people.map(({ name }) => name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|');
  const call = new RegExp(`(?<![\\w])@(${names})(?!\\w)`, 'giu');
  const text = typed.replace(call, (_, name: string) => {
    const { id } = people.find(person => person.name.toLowerCase() === name.toLowerCase())!;
    return mentionKey(cloud, mentions, id);
  });
  if (as === 'text') return { type: 'text', content: JSON.stringify({ text }), mentions };
  const content = text.split('\n').map(line =>
    line
      .split(/(@_user_\d+)/)
      .filter(Boolean)
      .map(piece => {
        const mention = mentions.find(({ key }) => key === piece);
        return mention ? { tag: 'at', user_id: mention.key, user_name: mention.name, style: [] } : { tag: 'text', text: piece, style: [] };
      }),
  );
  return { type: 'post', content: JSON.stringify({ title: '', content }), mentions };
}

/** The content that `get` and `list` give: of a card only its words, unless the card itself is asked for. */
export function contentShown({ type, content }: Wire, cardContent: string | undefined): string {
  if (type !== 'interactive') return content;
  if (cardContent === 'user_card_content') return content;
  if (cardContent === 'raw_card_content') return JSON.stringify({ json_card: content, card_schema: 2 });
  const card = parsed(content);
  const title = ((card.header as Json | undefined)?.title as Json | undefined)?.content ?? null;
  return JSON.stringify({ title, elements: [[{ tag: 'text', text: '请升级至最新版本客户端，以查看内容' }]] });
}

export function parsed(content: string): Json {
  try {
    const json = JSON.parse(content);
    if (typeof json === 'object' && json !== null && !Array.isArray(json)) return json;
  } catch {}
  return refuse('badParameter', 'content is not a string in json format');
}

function onlyNames(json: Json, known: string[], where: string): void {
  for (const name of Object.keys(json)) if (!known.includes(name)) refuse('badParameter', `unknown property ${name} in ${where}`);
}
