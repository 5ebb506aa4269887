// Any message of Feishu as our Markdown: texts, posts and cards by what they say; what has no words (pictures, files, stickers) as nothing.
// What people type is taken as typed, signs and all: it is not escaped, neither for reading nor for learning.
import { type Naming, type Post, type PostNode, postToMarkdown } from './post.ts';
import { shownCard } from './shown-card.ts';

/** As an event brings it (`id` an object) or a look at the message (`id` a string). */
export type Mention = { key: string; name?: string; id?: string | { open_id?: string } };
/** Of an event or of im.message.get; `content` is JSON. */
export type FeishuMessage = { msg_type: string; content: string; mentions?: Mention[] };

/** '' for content that is no JSON, too: a message that cannot be read says nothing. */
export function toMarkdown({ msg_type, content, mentions = [] }: FeishuMessage): string {
  const parsed = parse(content);
  const naming = namingOf(mentions);
  switch (msg_type) {
    case 'text':
      return keysNamed(typeof parsed.text === 'string' ? parsed.text : '', mentions).trim();
    case 'post':
      return keysNamed(postToMarkdown(postIn(parsed), naming), mentions);
    case 'interactive':
      return shownCard(parsed, naming);
    case 'share_user':
      return typeof parsed.user_id === 'string' ? naming({ tag: 'at', user_id: parsed.user_id }) : '';
    default:
      return '';
  }
}

function parse(content: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(content);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

/** A post that was received stands bare; one to be sent stands under its language. */
const postIn = (parsed: Record<string, unknown>): Post =>
  Array.isArray(parsed.content)
    ? (parsed as Post)
    : ((Object.values(parsed).find(value => typeof value === 'object' && value !== null) ?? {}) as Post);

const openId = ({ id }: Mention): string | undefined => (typeof id === 'string' ? id : id?.open_id);

function namingOf(mentions: Mention[]): Naming {
  return ({ user_id = '', user_name }: PostNode) => {
    const mention = mentions.find(mention => mention.key === user_id || openId(mention) === user_id);
    if (user_id === 'all' || user_id === '@_all') return '@all';
    if (mention) return mentionMarkdown(mention);
    const name = user_name || user_id;
    return /^[\w-]+$/.test(user_id) ? mentionMarkdown({ key: '', name, id: user_id }) : `@${name}`;
  };
}

function mentionMarkdown(mention: Mention): string {
  const id = openId(mention);
  const name = (mention.name || id || '').replace(/[[\]()\s]+/g, ' ').trim();
  return id && /^[\w-]+$/.test(id) ? `[@${name}](person:${id})` : `@${name}`;
}

/** Keys in running text, the longest first: @_user_1 begins @_user_12. */
function keysNamed(text: string, mentions: Mention[]): string {
  const byKey = new Map(mentions.map(mention => [mention.key, mention]));
  return text.replace(/@_user_\d+|@_all\b/g, key => (byKey.has(key) ? mentionMarkdown(byKey.get(key)!) : key === '@_all' ? '@all' : key));
}
