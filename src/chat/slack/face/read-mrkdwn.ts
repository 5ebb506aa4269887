// Slack's mrkdwn, read: the `text` of a message without blocks, of a slash command, and of other apps' sections.
// docs.slack.dev/messaging/formatting-message-text: `& < >` come as entities, `<…>` is an address or a mention, marks stand at a word's edge.
import { isBare, merged, type NameOf, NO_SPACE, type Run, type Style, safe, type Written } from './written.ts';

const STYLE_OF: Record<string, Style> = { '*': { bold: true }, _: { italic: true }, '~': { strike: true } };

export function fromMrkdwn(mrkdwn: string, nameOf: NameOf): Written[] {
  const all: Written[] = [];
  for (const [i, piece] of mrkdwn.split('```').entries()) {
    if (i % 2 === 1)
      all.push({
        kind: 'code',
        text: unescaped(piece)
          .replaceAll(NO_SPACE, '')
          .replace(/^\n|\n$/g, ''),
      });
    else all.push(...lines(i > 0 ? piece.replace(/^\n/, '') : piece, nameOf));
  }
  return all;
}

function lines(piece: string, nameOf: NameOf): Written[] {
  const all: Written[] = [];
  if (piece === '') return all;
  for (const line of piece.replace(/\n$/, '').split('\n')) {
    const block = lineOf(line, nameOf);
    const last = all.at(-1);
    if (last && (last.kind === 'text' || last.kind === 'quote') && last.kind === block.kind)
      last.runs = merged([...last.runs, { text: '\n' }, ...block.runs]);
    else all.push(block);
  }
  return all;
}

function lineOf(line: string, nameOf: NameOf): Exclude<Written, { kind: 'code' }> {
  const [, quote] = /^(?:&gt;|>) ?(.*)$/.exec(line) ?? [];
  if (quote !== undefined) return { kind: 'quote', runs: merged(inlines(quote, {}, nameOf)) };
  const [, indent, bullet, number, item] = /^((?: {4})*)(?:([•◦▪])|(\d{1,9})\.) (.*)$/.exec(line) ?? [];
  if (item !== undefined && (bullet || number)) {
    return { kind: 'item', depth: indent.length / 4, ...(number && { n: Number(number) }), runs: merged(inlines(item, {}, nameOf)) };
  }
  return { kind: 'text', runs: merged(inlines(line, {}, nameOf)) };
}

function inlines(text: string, style: Style, nameOf: NameOf): Run[] {
  const runs: Run[] = [];
  let plain = '';
  const flush = () => {
    runs.push({ ...style, text: unescaped(plain).replaceAll(NO_SPACE, '') });
    plain = '';
  };
  for (let i = 0; i < text.length; ) {
    const found = angle(text, i, style, nameOf) ?? code(text, i, style) ?? styled(text, i, style, nameOf);
    if (found) {
      flush();
      runs.push(...found.runs);
      i = found.end;
    } else plain += text[i++];
  }
  flush();
  return runs;
}

type Found = { runs: Run[]; end: number } | undefined;

function angle(text: string, at: number, style: Style, nameOf: NameOf): Found {
  const end = text[at] === '<' ? text.indexOf('>', at) : -1;
  if (end < 0) return undefined;
  const [target, ...rest] = text.slice(at + 1, end).split('|');
  const label = rest.length > 0 ? unescaped(rest.join('|')) : undefined;
  return { runs: [{ ...style, ...pointed(target, label, nameOf) }], end: end + 1 };
}

function pointed(target: string, label: string | undefined, nameOf: NameOf): Run {
  const id = target.slice(1);
  const name = () => safe(nameOf(id) ?? label ?? id);
  if (target.startsWith('@')) return { text: `@${name()}`, person: id };
  if (target.startsWith('#')) return { text: `#${name()}` };
  if (target.startsWith('!subteam^'))
    return { text: `@${safe(nameOf(target.slice('!subteam^'.length)) ?? label ?? 'group').replace(/^@/, '')}` };
  if (target.startsWith('!date^')) return { text: label ?? target.split('^')[2] ?? '' };
  if (target.startsWith('!')) return { text: `@${id}` };
  const href = unescaped(target);
  return label === undefined || label === href ? { text: href, href } : isBare(label, href) ? { text: label } : { text: label, href };
}

function code(text: string, at: number, style: Style): Found {
  const end = text[at] === '`' ? text.indexOf('`', at + 1) : -1;
  if (end <= at + 1) return undefined;
  return { runs: [{ ...style, code: true, text: unescaped(text.slice(at + 1, end)) }], end: end + 1 };
}

const isEdge = (char: string | undefined) => char === undefined || !/[\p{L}\p{N}]/u.test(char);
const isGap = (char: string | undefined) => char === undefined || /[\s\u200b]/.test(char);

function styled(text: string, at: number, style: Style, nameOf: NameOf): Found {
  const mark = text[at];
  if (!(mark in STYLE_OF) || !isEdge(text[at - 1]) || isGap(text[at + 1])) return undefined;
  for (let end = text.indexOf(mark, at + 2); end > 0; end = text.indexOf(mark, end + 1)) {
    if (isGap(text[end - 1]) || !isEdge(text[end + 1])) continue;
    return { runs: inlines(text.slice(at + 1, end), { ...style, ...STYLE_OF[mark] }, nameOf), end: end + 1 };
  }
  return undefined;
}

export const unescaped = (text: string): string => text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
