// Formatted text as Slack's mrkdwn: for notifications, for section fields, and wherever Slack takes a `text` only.
// A person's text can forge nothing: `& < >` are escaped, and a mark of theirs is kept from being one by a zero-width space.
import { nested } from './nested.ts';
import { linesOf, merged, NO_SPACE, type Run, type Written } from './written.ts';

const MARKS = { bold: '*', italic: '_', strike: '~' } as const;
const BULLETS = ['•', '◦', '▪'];
const PERSON = /^[UW][A-Z0-9]{2,}$/;

export function writeMrkdwn(written: Written[]): string {
  return written.map(writeBlock).join('\n');
}

function writeBlock(block: Written): string {
  if (block.kind === 'code') return `\`\`\`\n${escapeMrkdwn(block.text).replace(/`(?=``)/g, `\`${NO_SPACE}`)}\n\`\`\``;
  const lines = linesOf(block.runs).map(mrkdwnLine);
  if (block.kind === 'text') return lines.join('\n');
  if (block.kind === 'quote') return lines.map(line => `> ${line}`).join('\n');
  const indent = '    '.repeat(block.depth);
  const mark = block.n === undefined ? BULLETS[Math.min(block.depth, 2)] : `${block.n}.`;
  return `${indent}${mark} ${lines.join(`\n${indent}  `)}`;
}

/** `& < >` as Slack wants them; nothing else is taken for an entity. */
export const escapeMrkdwn = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** A mark, and a tick of code, counts only at the edge of a word: beside a letter (any Chinese one or its punctuation, too) a zero-width space makes the edge. */
export function mrkdwnLine(line: Run[]): string {
  const wrap = (style: keyof typeof MARKS, said: string) => {
    const inner = said.replace(/^\u200b+|\u200b+$/g, '');
    return `${NO_SPACE}${MARKS[style]}${inner}${MARKS[style]}${NO_SPACE}`;
  };
  return nested(merged(line), atom, wrap)
    .replace(/(^|\s)\u200b+/g, '$1')
    .replace(/\u200b+(?=\s|$)/g, '');
}

function atom({ text, href, person, code }: Run): string {
  if (person !== undefined && PERSON.test(person)) return `<@${person}>`;
  if (href !== undefined) {
    const address = href.replace(/[\s<>|]/g, encodeURIComponent);
    return text === href ? `<${escapeMrkdwn(address)}>` : `<${escapeMrkdwn(address)}|${escapeMrkdwn(text).replace(/\n/g, ' ')}>`;
  }
  // A tick would end the code: another sign that looks like one.
  if (code) return `${NO_SPACE}\`${escapeMrkdwn(text).replaceAll('`', 'ˋ')}\`${NO_SPACE}`;
  return escapeMrkdwn(text).replace(/(?<![\p{L}\p{N}])[*_~](?=\S)|`/gu, `$&${NO_SPACE}`);
}
