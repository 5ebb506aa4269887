// Marks as people see them: ⟦…⟧⚠ around what is doubtful. Plain characters, so that they look the same in Slack, in Feishu, on the page and in a mail.
import type { Mark } from './marks.ts';

const [OPEN, CLOSE] = ['⟦', '⟧⚠'];

/** Whole pieces of Markdown that a sign inside would break: code spans, links with a label, people. */
const PIECE = /`[^`\n]+`|\[[^\]\n]*\]\([^)\n]*\)/gu;

/** The draft with its marks shown. A mark in a code span or a link goes around the whole of it; a bare link keeps a blank before the sign, which would become part of it. */
export function markdownWithMarks(draft: string, marks: readonly Mark[]): string {
  const pieces = [...draft.matchAll(PIECE)].map(({ 0: text, index }) => ({ start: index, end: index + text.length }));
  let shown = '';
  let read = 0;
  for (const mark of marks) {
    if (mark.start < read) continue;
    const { start, end } = pieces.find(piece => piece.start <= mark.start && mark.end <= piece.end) ?? mark;
    const bare = mark.kind === 'link' && end === mark.end;
    shown += `${draft.slice(read, start)}${OPEN}${draft.slice(start, end)}${bare ? ' ' : ''}${CLOSE}`;
    read = end;
  }
  return shown + draft.slice(read);
}

/** A draft as somebody edited it, without signs that were left standing: what is posted and learned never has them. */
export const withoutMarks = (text: string): string => text.replace(/⟦([^⟦⟧]*?) ?⟧⚠?/gu, '$1').replace(/[⟦⟧]⚠?/gu, '');
