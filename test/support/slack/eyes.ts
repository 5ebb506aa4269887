// What a person sees in Slack's client, as plain text: drawn from the JSON that was sent, and from nothing else.
import { pictureOf } from './emoji.ts';
import type { Json } from './team.ts';

/** The names behind ids. */
export type Names = { person(id: string): string; channel(id: string): string };
type Part = Json & { type: string };

export type Drawn = { text: string; links: string[]; buttons: Map<string, { block_id: string; element: Json }> };

/** A message or a view: its blocks where it has some, else its text. Buttons stand in brackets, boxes as [x] and [ ]. */
export function drawn({ text = '', blocks }: { text?: unknown; blocks?: unknown }, names: Names): Drawn {
  const links: string[] = [];
  const buttons: Drawn['buttons'] = new Map();
  const draw = painter(names, url => links.push(url));
  const parts = (blocks as Part[] | undefined)?.map(block => {
    for (const element of elementsOf(block)) {
      if (element.type !== 'button') continue;
      buttons.set(plainOf(element.text), { block_id: String(block.block_id), element });
      if (element.url) links.push(String(element.url));
    }
    return draw.block(block);
  });
  return { text: (parts ? parts.filter(part => part !== '').join('\n') : draw.mrkdwn(String(text))).trim(), links, buttons };
}

export const elementsOf = (block: Json): Part[] =>
  [...((block.elements as Part[]) ?? []), ...[block.element, block.accessory].filter(each => each !== undefined)] as Part[];

const plainOf = (object: unknown) => (object as { text?: string } | undefined)?.text ?? '';

function painter(names: Names, linked: (url: string) => void) {
  function block(part: Part): string {
    switch (part.type) {
      case 'divider':
        return '';
      case 'markdown':
        return String(part.text).replace(/[*`]|^#+ /gm, '');
      case 'rich_text':
        return (part.elements as Part[]).map(element => rich(element)).join('\n');
      case 'section': {
        const fields = ((part.fields as Json[]) ?? []).map(field => words(field).replace(/^([^\n]+)\n/, '$1: '));
        return [words(part.text), ...fields, ...(part.accessory ? [element(part.accessory as Part)] : [])]
          .filter(each => each !== '')
          .join('\n');
      }
      case 'input':
        return `${plainOf(part.label)} ${element(part.element as Part)}`;
      case 'actions':
      case 'context':
      case 'context_actions':
        return join(part.elements as Part[]);
      default:
        return element(part);
    }
  }

  /** Buttons stand beside each other, everything else below. */
  function join(elements: Part[]): string {
    let text = '';
    let before = '';
    for (const each of elements) {
      text += (text && (each.type === 'button' && before === 'button' ? ' ' : '\n')) + element(each);
      before = each.type;
    }
    return text;
  }

  function element(part: Part): string {
    switch (part.type) {
      case 'button':
        return `[${plainOf(part.text)}]`;
      case 'header':
      case 'plain_text':
      case 'mrkdwn':
        return words(part.type === 'header' ? part.text : part);
      case 'image':
        return [plainOf(part.title), part.alt_text].filter(Boolean).join('\n');
      case 'checkboxes':
      case 'radio_buttons': {
        const on = ((part.initial_options as Json[]) ?? [part.initial_option]).map(option => option?.value);
        return (part.options as Json[])
          .map(
            ({ text, value, description }) =>
              `[${on.includes(value) ? 'x' : ' '}] ${[words(text), words(description)].filter(Boolean).join(' ')}`,
          )
          .join('\n');
      }
      case 'plain_text_input':
      case 'number_input':
        return String(part.initial_value ?? '');
      default:
        return '';
    }
  }

  const words = (object: unknown): string => {
    const { type, text } = (object ?? {}) as { type?: string; text?: string };
    return type === 'mrkdwn'
      ? mrkdwn(text ?? '')
      : (text ?? '').replace(/:([\w+-]+):/g, (whole, name: string) => (pictureOf(name) === whole ? whole : pictureOf(name)));
  };

  function rich(part: Part, number = 0): string {
    const children = (part.elements as Part[]) ?? [];
    switch (part.type) {
      case 'rich_text_list': {
        const indent = '  '.repeat(Number(part.indent ?? 0));
        return children
          .map((item, i) => `${indent}${part.style === 'ordered' ? `${Number(part.offset ?? 0) + i + 1}.` : '•'} ${rich(item, number)}`)
          .join('\n');
      }
      case 'user':
        return `@${names.person(String(part.user_id))}`;
      case 'channel':
        return `#${names.channel(String(part.channel_id))}`;
      case 'emoji':
        return pictureOf(String(part.name));
      case 'broadcast':
        return `@${part.range}`;
      case 'link':
        linked(String(part.url));
        return String(part.text ?? part.url);
      case 'date':
        return String(part.fallback ?? part.timestamp);
      case 'text':
        return String(part.text);
      default:
        return children
          .map(child => rich(child))
          .join('')
          .replace(/\n$/, '');
    }
  }

  /** Slack's own little markup, as its client shows it. docs.slack.dev/messaging/formatting-message-text */
  function mrkdwn(text: string): string {
    return (
      text
        .replace(/<([^<>|]+)(?:\|([^<>]*))?>/g, (_, target: string, label?: string) => {
          if (target.startsWith('@')) return `@${names.person(target.slice(1))}`;
          if (target.startsWith('#')) return `#${label || names.channel(target.slice(1))}`;
          if (target.startsWith('!')) return label ?? `@${target.slice(1).split('^')[0]}`;
          linked(unescaped(target));
          return label ?? target.replace(/^mailto:/, '');
        })
        // A zero-width space is an edge, too, and is not seen.
        .replace(/(^|[\s(\u200b])([*_~`])(?=\S)([^\n]*?\S)\2(?=$|[\s).,:;!?\u200b])/gm, '$1$3')
        .replaceAll('\u200b', '')
        .replace(/:([a-z0-9_+-]+):/g, (whole, name: string) => pictureOf(name) ?? whole)
        .split('\n')
        .map(unescaped)
        .join('\n')
    );
  }

  return { block, mrkdwn };
}

const unescaped = (text: string) => text.replace(/&lt;/g, '<').replace(/&gt;/g, '>').replace(/&amp;/g, '&');
