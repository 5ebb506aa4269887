// What a Slack client makes of typed text: mrkdwn with its escapes, and the rich_text block that stands beside it.
import { slackId } from './ids.ts';

export type RichText = { type: 'rich_text'; block_id: string; elements: object[] };
/** The id of a channel by its name. */
export type ChannelNamed = (name: string) => string | undefined;

export const escapeText = (text: string): string => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');

const INLINE =
  /\[@[^\]]+\]\(person:(\w+)\)|`([^`\n]+)`|\*([^*\n]+)\*|_([^_\n]+)_|~([^~\n]+)~|(https?:\/\/[^\s<>]+[^\s<>.,;:!?)])|#([\p{L}\p{N}_-]+)/gu;

/** `markdown` is as the room keeps it: typed text, with mentions as `[@Name](person:ID)`. */
export function composed(markdown: string, channelNamed: ChannelNamed): { text: string; blocks: [RichText] } {
  const elements: object[] = [];
  const lines: string[] = [];
  let section: string[] = [];
  const flush = () => {
    if (section.length > 0) elements.push({ type: 'rich_text_section', elements: inlines(section.join('\n'), channelNamed) });
    section = [];
  };
  for (const [whole, fenced, rest] of markdown.matchAll(/```\n?([\s\S]*?)\n?```\n?|([\s\S]+?)(?=```|$)/g)) {
    if (rest === undefined) {
      flush();
      elements.push({ type: 'rich_text_preformatted', elements: [{ type: 'text', text: fenced }] });
      lines.push(escapeText(whole.trimEnd()));
      continue;
    }
    for (const line of rest.replace(/\n$/, '').split('\n')) {
      const [, quote] = /^> ?(.*)$/.exec(line) ?? [];
      const [, bullet] = /^[-•] (.+)$/.exec(line) ?? [];
      const [, number, item] = /^(\d+)\. (.+)$/.exec(line) ?? [];
      const said = quote ?? bullet ?? item ?? line;
      const mark = quote !== undefined ? '&gt; ' : bullet ? '• ' : item ? `${number}. ` : '';
      lines.push(mark + mrkdwn(said, channelNamed));
      if (!mark) {
        section.push(line);
        continue;
      }
      flush();
      if (quote !== undefined) elements.push({ type: 'rich_text_quote', elements: inlines(said, channelNamed) });
      else addItem(elements, bullet ? 'bullet' : 'ordered', Number(number ?? 1), inlines(said, channelNamed));
    }
  }
  flush();
  return { text: lines.join('\n'), blocks: [{ type: 'rich_text', block_id: 'typed', elements }] };
}

type List = { type: string; style: string; indent: number; border: number; offset?: number; elements: object[] };

function addItem(elements: object[], style: string, number: number, item: object[]): void {
  const entry = { type: 'rich_text_section', elements: item };
  const last = elements.at(-1) as List | undefined;
  if (last?.type === 'rich_text_list' && last.style === style) last.elements.push(entry);
  else {
    const list: List = { type: 'rich_text_list', style, indent: 0, border: 0, elements: [entry] };
    elements.push(style === 'ordered' && number > 1 ? { ...list, offset: number - 1 } : list);
  }
}

function inlines(text: string, channelNamed: ChannelNamed): object[] {
  const found: object[] = [];
  let at = 0;
  const plain = (until: number) => until > at && found.push({ type: 'text', text: text.slice(at, until) });
  for (const match of text.matchAll(INLINE)) {
    const [whole, person, code, bold, italic, strike, url, channel] = match;
    const id = channel && channelNamed(channel);
    if (channel && !id) continue;
    plain(match.index);
    at = match.index + whole.length;
    if (person) found.push({ type: 'user', user_id: slackId(person) });
    else if (url) found.push({ type: 'link', url });
    else if (id) found.push({ type: 'channel', channel_id: id });
    else {
      const style = code ? { code: true } : bold ? { bold: true } : italic ? { italic: true } : { strike: true };
      found.push({ type: 'text', text: code ?? bold ?? italic ?? strike, style });
    }
  }
  plain(text.length);
  return found;
}

const mrkdwn = (text: string, channelNamed: ChannelNamed) =>
  inlines(text, channelNamed)
    .map(element => {
      const { type, text, user_id, url, channel_id, style = {} } = element as Record<string, string> & { style?: Record<string, boolean> };
      if (type === 'user') return `<@${user_id}>`;
      if (type === 'link') return `<${escapeText(url)}>`;
      if (type === 'channel') return `<#${channel_id}>`;
      const sign = style.code ? '`' : style.bold ? '*' : style.italic ? '_' : style.strike ? '~' : '';
      return sign + escapeText(text) + sign;
    })
    .join('');
