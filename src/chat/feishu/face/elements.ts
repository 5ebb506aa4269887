// The components of card JSON 2.0 that our cards are made of. A property that Feishu does not know makes it refuse the card.
import { escapeText } from './escape.ts';

/** A component: its tag and its properties. */
export type Element = { tag: string; [property: string]: unknown };

export const plainText = (content: string): Element => ({ tag: 'plain_text', content });

export const markdownElement = (content: string): Element => ({ tag: 'markdown', content });

/** Smaller, for what explains. */
export const smallPrint = (content: string): Element => ({ tag: 'markdown', content, text_size: 'notation' });

/** Side by side in equal width; under each other on a narrow screen. */
export const columnSet = (columns: Element[][]): Element => ({
  tag: 'column_set',
  flex_mode: 'stretch',
  horizontal_spacing: '8px',
  columns: columns.map(elements => ({ tag: 'column', width: 'weighted', weight: 1, vertical_spacing: '4px', elements })),
});

/** One beside the other as wide as they are, on as many lines as it takes. */
export const flow = (elements: Element[]): Element => ({
  tag: 'column_set',
  flex_mode: 'flow',
  horizontal_spacing: '4px',
  columns: elements.map(element => ({ tag: 'column', width: 'auto', elements: [element] })),
});

/** A name in grey and a value beside it; `value` is a card's Markdown. */
export const fact = (name: string, value: string): Element => ({
  tag: 'column_set',
  flex_mode: 'none',
  horizontal_spacing: '8px',
  columns: [
    { tag: 'column', width: 'weighted', weight: 1, elements: [markdownElement(`<font color='grey'>${escapeText(name)}</font>`)] },
    { tag: 'column', width: 'weighted', weight: 2, elements: [markdownElement(value)] },
  ],
});

/** A whole card. It is shared, which JSON 2.0 demands and a later change needs; `summary` is what the list of chats shows. */
export const cardOf = (title: string, summary: string, elements: Element[]): object => ({
  schema: '2.0',
  config: { update_multi: true, ...(summary !== '' && { summary: { content: summary } }) },
  ...(title !== '' && { header: { title: plainText(title), template: 'blue' } }),
  body: { elements },
});
