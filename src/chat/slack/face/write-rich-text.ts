// Formatted text as elements of a rich_text block: what Slack's own composer makes. Nothing in it is parsed, so no text of a person can
// become a mention or a mark, and bold Chinese is bold without spaces round it (mrkdwn does neither).
import type { RichTextBlock, RichTextBlockElement, RichTextElement, RichTextSection } from '@slack/types';
import { merged, type Run, type Written } from './written.ts';

/** docs: rich_text_list `indent`; the composer goes no deeper. */
const DEEPEST = 8;
const PERSON = /^[UW][A-Z0-9]{2,}$/;

export const richText = (written: Written[]): RichTextBlock => ({ type: 'rich_text', elements: elementsOf(written) });

function elementsOf(written: Written[]): RichTextBlockElement[] {
  const elements: RichTextBlockElement[] = [];
  let open: Extract<Written, { kind: 'item' }> | undefined;
  for (const block of written) {
    const last = elements.at(-1);
    if (block.kind === 'item') {
      const follows = open?.depth === block.depth && (block.n === undefined ? open.n === undefined : open.n === block.n - 1);
      if (follows && last?.type === 'rich_text_list') last.elements.push(section(block.runs));
      else elements.push(listOf(block));
      open = block;
      continue;
    }
    open = undefined;
    if (block.kind === 'code') elements.push({ type: 'rich_text_preformatted', elements: [{ type: 'text', text: block.text || ' ' }] });
    else if (block.kind === 'quote') elements.push({ type: 'rich_text_quote', elements: section(block.runs).elements });
    else elements.push(section(block.runs));
  }
  return elements;
}

function listOf({ depth, n, runs }: Extract<Written, { kind: 'item' }>): RichTextBlockElement {
  return {
    type: 'rich_text_list',
    style: n === undefined ? 'bullet' : 'ordered',
    ...(depth > 0 && { indent: Math.min(DEEPEST, depth) }),
    ...(n !== undefined && n > 1 && { offset: n - 1 }),
    elements: [section(runs)],
  };
}

/** Slack refuses an empty text. */
function section(runs: Run[]): RichTextSection {
  const elements = merged(runs).map(element);
  return { type: 'rich_text_section', elements: elements.length > 0 ? elements : [{ type: 'text', text: ' ' }] };
}

function element({ text, href, person, bold, italic, strike, code }: Run): RichTextElement {
  const styles = { ...(bold && { bold }), ...(italic && { italic }), ...(strike && { strike }), ...(code && { code }) };
  const style = Object.keys(styles).length > 0 ? { style: styles } : {};
  if (person !== undefined && PERSON.test(person)) return { type: 'user', user_id: person, ...style };
  if (href !== undefined) return { type: 'link', url: href, ...(text !== href && { text }), ...style };
  return { type: 'text', text, ...style };
}
