// Slack's rich_text, read: what the composer makes of what people type, and the blocks of other apps' messages as far as they are text.
import { fromMarkdown } from './read-markdown.ts';
import { fromMrkdwn } from './read-mrkdwn.ts';
import { isBare, merged, type NameOf, type Run, type Style, safe, type Written } from './written.ts';

/** A piece of a message as Slack sends it: none of it is taken for granted. */
export type Json = Record<string, unknown>;

/** Everything in `blocks` that is text; empty where nothing is. */
export function fromBlocks(blocks: Json[], nameOf: NameOf): Written[] {
  return blocks.flatMap((block): Written[] => {
    switch (block.type) {
      case 'rich_text':
        return list(block.elements).flatMap((element, i, all) => fromElement(element, all[i + 1], nameOf));
      case 'header':
        return [{ kind: 'text', runs: [{ text: plain(block.text), bold: true }] }];
      case 'markdown':
        return fromMarkdown(String(block.text ?? ''));
      case 'section':
        return [...(block.text ? [block.text as Json] : []), ...list(block.fields)].flatMap(text => fromTextObject(text, nameOf));
      case 'context':
        return list(block.elements).flatMap(element => (element.type === 'image' ? [] : fromTextObject(element, nameOf)));
      case 'image':
        return typeof block.alt_text === 'string' ? [{ kind: 'text', runs: [{ text: block.alt_text }] }] : [];
      default:
        return [];
    }
  });
}

function fromTextObject(object: Json, nameOf: NameOf): Written[] {
  return object.type === 'mrkdwn' ? fromMrkdwn(plain(object), nameOf) : [{ kind: 'text', runs: [{ text: plain(object) }] }];
}

const plain = (object: unknown): string => String((object as Json | undefined)?.text ?? '');
const list = (value: unknown): Json[] => (Array.isArray(value) ? value.filter(each => typeof each === 'object' && each !== null) : []);

function fromElement(element: Json, next: Json | undefined, nameOf: NameOf): Written[] {
  switch (element.type) {
    case 'rich_text_section': {
      const runs = runsOf(element, nameOf);
      // Clients that end a section before a list with a line break show none.
      const last = runs.at(-1);
      if (next && last?.text.endsWith('\n')) runs[runs.length - 1] = { ...last, text: last.text.slice(0, -1) };
      return merged(runs).length > 0 ? [{ kind: 'text', runs: merged(runs) }] : [];
    }
    case 'rich_text_quote':
      return [{ kind: 'quote', runs: runsOf(element, nameOf) }];
    case 'rich_text_preformatted':
      return [
        {
          kind: 'code',
          text: runsOf(element, nameOf)
            .map(({ text, href }) => (href && text !== href ? `${text} (${href})` : text))
            .join('')
            .replace(/\n$/, ''),
        },
      ];
    case 'rich_text_list': {
      const depth = Number(element.indent) || 0;
      const first = (Number(element.offset) || 0) + 1;
      return list(element.elements).map((item, i) => ({
        kind: 'item',
        depth,
        ...(element.style === 'ordered' && { n: first + i }),
        runs: runsOf(item, nameOf),
      }));
    }
    default:
      return [];
  }
}

const runsOf = (section: Json, nameOf: NameOf): Run[] => merged(list(section.elements).map(element => runOf(element, nameOf)));

function runOf(element: Json, nameOf: NameOf): Run {
  const style = styleOf(element.style);
  const { text, url, user_id, channel_id, usergroup_id } = element as Record<string, string | undefined>;
  switch (element.type) {
    case 'link':
      return url === undefined || (text && text !== url && isBare(text, url))
        ? { ...style, text: text ?? '' }
        : { ...style, text: text || url, href: url };
    case 'user':
      return { ...style, text: `@${safe(nameOf(user_id ?? '') ?? user_id ?? '')}`, person: user_id ?? '' };
    case 'channel':
      return { ...style, text: `#${safe(nameOf(channel_id ?? '') ?? channel_id ?? '')}` };
    case 'usergroup':
      return { ...style, text: `@${safe(nameOf(usergroup_id ?? '') ?? usergroup_id ?? '')}` };
    case 'broadcast':
      return { ...style, text: `@${element.range}` };
    case 'emoji':
      return { ...style, text: emoji(String(element.name ?? ''), element.unicode) };
    case 'date':
      return {
        ...style,
        text: String(element.fallback ?? new Date(Number(element.timestamp) * 1000).toISOString().slice(0, 16).replace('T', ' ')),
      };
    case 'color':
      return { ...style, text: String(element.value ?? '') };
    default:
      return { ...style, text: text ?? '' };
  }
}

function styleOf(style: unknown): Style {
  const { bold, italic, strike, code } = (style ?? {}) as Record<string, unknown>;
  return {
    ...(bold === true && { bold }),
    ...(italic === true && { italic }),
    ...(strike === true && { strike }),
    ...(code === true && { code }),
  };
}

/** `unicode` is hexadecimal code points with dashes between them; a team's own emoji have none. */
function emoji(name: string, unicode: unknown): string {
  const points = typeof unicode === 'string' ? unicode.split('-').map(point => Number.parseInt(point, 16)) : [];
  return points.length > 0 && points.every(point => point > 0 && point <= 0x10ffff) ? String.fromCodePoint(...points) : `:${name}:`;
}
