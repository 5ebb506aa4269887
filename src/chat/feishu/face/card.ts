// A card of ours as Feishu's card JSON 2.0, and what does not fit into one as further cards. Nothing is cut; what cannot be parted is too long.

import { type Lang, percentage } from '../../../words/words.ts';
import { partToText } from '../../card-text.ts';
import type { Card, Checklist, Part } from '../../chat.ts';
import { markdownToText } from '../../markdown.ts';
import { buttonElement, longLabels, type Names, openNames } from './button.ts';
import { cardBlocks, cardMarkdown, type Tables } from './card-markdown.ts';
import { curveElements } from './chart.ts';
import { cardOf, columnSet, type Element, fact, flow, markdownElement } from './elements.ts';
import { escapeText } from './escape.ts';
import { LIMITS } from './limits.ts';
import { type Block, packed } from './pack.ts';
import { checkers } from './ticks.ts';

export type TextFile = { name: string; mime: string; text: string };
/** `rest` belongs below `card`, in this order (a thread); `files` are to be uploaded there, too: a card holds none. */
export type FeishuCard = { card: object; rest: object[]; files: TextFile[] };

/** Facts up to here stand as rows; more of them as lines, for the sake of the card's 200 components. */
const MOST_ROWS = 16;
const SUMMARY_CHARACTERS = 80;
const CHUNK_BYTES = 4_000;

/**
 * `picture`: the image key of the curve, uploaded; with it the curve is that picture, without it the native chart.
 * The same card gives the same cards. Throws TooLong with the kind of the part that no card can hold.
 */
export function feishuCard(card: Card, { picture, lang }: { picture?: string; lang: Lang }): FeishuCard {
  const title = markdownToText(card.title).replace(/\s+/g, ' ').trim();
  const inHeader = [...title].length <= LIMITS.titleCharacters;
  const write = { lang, picture, names: openNames(), tables: { left: LIMITS.tables } };
  const blocks = [...(inHeader ? [] : [textBlock('title', `**${escapeText(title)}**`)]), ...blocksOf(card.parts, write)];
  const header = inHeader ? title : '';
  const frame = (elements: Element[], page: number) =>
    cardOf(page === 0 || header === '' ? header : `${header} · ${page + 1}`, page === 0 ? summaryOf(title, card) : '', elements);
  const [first, ...rest] = packed(blocks, frame);
  return { card: first, rest, files: card.parts.flatMap(part => ('file' in part ? [part.file] : [])) };
}

type Write = { lang: Lang; picture?: string; names: Names; tables: Tables };

function summaryOf(title: string, { parts }: Card): string {
  const text = title || (parts.map(partToText).find(words => words.trim() !== '') ?? '').replace(/\s+/g, ' ').trim();
  return [...text].slice(0, SUMMARY_CHARACTERS).join('');
}

/** A checklist and everything to the last buttons below it are one form: only so do the ticks travel with a press. */
function blocksOf(parts: Part[], write: Write): Block[] {
  const first = parts.findIndex(part => 'checklist' in part);
  const last = parts.findLastIndex(part => 'buttons' in part && part.buttons.length > 0);
  if (first < 0 || last < first) return parts.flatMap(part => partBlocks(part, write));
  const inForm = parts.slice(first, last + 1);
  return [
    ...parts.slice(0, first).flatMap(part => partBlocks(part, write)),
    ...inForm.filter(part => 'curve' in part).flatMap(part => partBlocks(part, write)),
    formBlock(
      inForm.filter(part => !('curve' in part)),
      write,
    ),
    ...parts.slice(last + 1).flatMap(part => partBlocks(part, write)),
  ];
}

/** No table and no chart may stand in a form. */
function formBlock(parts: Part[], write: Write): Block {
  const lists = parts.flatMap(part => ('checklist' in part ? [part.checklist.name] : []));
  const elements = parts.flatMap(part => partBlocks(part, { ...write, tables: { left: 0 } }, lists)).flatMap(block => block.elements);
  return { part: 'checklist', elements: [{ tag: 'form', name: 'ticks', elements }] };
}

function partBlocks(part: Part, write: Write, lists?: string[]): Block[] {
  if ('markdown' in part) return [markdownBlock(part.markdown, write.tables)];
  if ('columns' in part)
    return [{ part: 'columns', elements: [columnSet(part.columns.map(column => columnElements(column.title, column.markdown)))] }];
  if ('facts' in part) return [{ part: 'facts', elements: factElements(part.facts) }];
  if ('progress' in part) return [{ part: 'progress', elements: progressElements(write.lang, part) }];
  if ('curve' in part) return [{ part: 'curve', elements: curveElements(write.lang, part.curve, write.picture) }];
  if ('checklist' in part) return [{ part: 'checklist', elements: listElements(part.checklist, lists) }];
  if ('file' in part) return [textBlock('file', `📎 ${escapeText(part.file.name)}`)];
  const buttons = part.buttons.map(button => buttonElement(button, write.names, lists));
  return buttons.length === 0 ? [] : [{ part: 'buttons', elements: [...longLabels(part.buttons), flow(buttons)] }];
}

const textBlock = (part: string, content: string): Block => ({ part, elements: [markdownElement(content)] });

/** Parted between paragraphs and lines where a card cannot hold it whole. */
function markdownBlock(markdown: string, tables: Tables): Block {
  const blocks = cardBlocks(markdown, tables);
  return {
    part: 'markdown',
    elements: blocks.length === 0 ? [] : [markdownElement(blocks.map(lines => lines.join('\n')).join('\n\n'))],
    pieces: blocks.flatMap(inChunks).map(markdownElement),
  };
}

/** Lines put together to texts of at most 4,000 bytes; a longer line stays one. */
function inChunks(lines: string[]): string[] {
  const chunks: string[] = [];
  for (const line of lines) {
    const longer = chunks.length > 0 ? `${chunks[chunks.length - 1]}\n${line}` : line;
    if (chunks.length > 0 && Buffer.byteLength(longer) <= CHUNK_BYTES) chunks[chunks.length - 1] = longer;
    else chunks.push(line);
  }
  return chunks.filter(chunk => chunk !== '');
}

const columnElements = (title: string, markdown: string): Element[] =>
  [`**${escapeText(title)}**`, cardMarkdown(markdown)].filter(text => text !== '' && text !== '****').map(markdownElement);

function factElements(facts: [string, string][]): Element[] {
  const rows = facts.map(([name, value]) => [name, cardMarkdown(value)] as const);
  if (rows.length <= MOST_ROWS) return rows.map(([name, value]) => fact(name, value || '–'));
  return rows.map(([name, value]) => `<font color='grey'>${escapeText(name)}</font>　${value}`).map(markdownElement);
}

const progressElements = (lang: Lang, { progress, note }: { progress: number; note: string }): Element[] =>
  [percentage(lang, partToText({ progress, note: '' })), cardMarkdown(note)].filter(text => text !== '').map(markdownElement);

/** Without buttons below it there is nothing to send: the list is only shown. */
const listElements = (checklist: Checklist, lists?: string[]): Element[] =>
  lists ? checkers(checklist) : checklist.items.map(({ label, checked }) => markdownElement(`${checked ? '☑' : '☐'} ${escapeText(label)}`));
