// A card as plain text: for the terminal, for a notification, and wherever a place shows nothing better.
import type { Card, Curve, Part } from './chat.ts';
import { markdownToText } from './markdown.ts';

const BAR_CELLS = 20;
const SPARKS = '▁▂▃▄▅▆▇█';

/** Title and parts under each other, no mark-up; a curve as a line of small bars with its sentence. */
export function cardToText(card: Card): string {
  return [markdownToText(card.title), ...card.parts.map(partToText)].filter(Boolean).join('\n\n');
}

/** One part of a card as plain text. */
export function partToText(part: Part): string {
  if ('markdown' in part) return markdownToText(part.markdown);
  if ('columns' in part) return part.columns.map(({ title, markdown }) => `── ${title} ──\n${markdownToText(markdown)}`).join('\n\n');
  if ('facts' in part) return facts(part.facts);
  if ('progress' in part) return `${bar(part.progress)} ${markdownToText(part.note)}`.trimEnd();
  if ('curve' in part) return [spark(part.curve), part.curve.alt].filter(Boolean).join('\n');
  if ('checklist' in part) return part.checklist.items.map(item => `[${item.checked ? 'x' : ' '}] ${item.label}`).join('\n');
  if ('file' in part) return `[${part.file.name}]`;
  return part.buttons.map(button => `[${button.label}]`).join(' ');
}

function facts(rows: [string, string][]): string {
  const width = Math.max(0, ...rows.map(([name]) => cells(name)));
  return rows.map(([name, value]) => `${name}${' '.repeat(width - cells(name))}  ${markdownToText(value)}`).join('\n');
}

/** Columns that a terminal gives to `text`: Chinese, Japanese and Korean characters take two. */
const cells = (text: string) => [...text].reduce((sum, char) => sum + (/[ᄀ-ᅟ⺀-꓏가-힣豈-﫿︰-﹏＀-｠￠-￦]/u.test(char) ? 2 : 1), 0);

/** `progress` from 0 to 1. */
function bar(progress: number): string {
  const share = Math.min(1, Math.max(0, Number.isFinite(progress) ? progress : 0));
  const full = Math.round(share * BAR_CELLS);
  return `${'█'.repeat(full)}${'░'.repeat(BAR_CELLS - full)} ${Math.round(share * 100)} %`;
}

/** The training losses as one line of bars, at most 40 wide. */
function spark({ train }: Curve): string {
  const losses = train.map(([, loss]) => loss).filter(Number.isFinite);
  if (losses.length < 2) return '';
  const wide = Math.min(40, losses.length);
  const shown = Array.from({ length: wide }, (_, i) => losses[Math.round((i * (losses.length - 1)) / (wide - 1))]);
  const low = Math.min(...shown);
  const span = Math.max(...shown) - low || 1;
  return shown.map(loss => SPARKS[Math.round(((loss - low) / span) * (SPARKS.length - 1))]).join('');
}
