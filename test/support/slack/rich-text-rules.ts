// rich_text as Slack takes it from an app: sections, lists, quotes and code, and what may stand in each.
// @slack/types/dist/block-kit/block-elements.d.ts, RichText*; docs.slack.dev/reference/block-kit/blocks/rich-text-block
import { among, byType, flag, list, number, object, type Rule, text } from './schema.ts';

const MOST = 1_000;
const style = object({
  bold: flag,
  italic: flag,
  strike: flag,
  code: flag,
  underline: flag,
  highlight: flag,
  client_highlight: flag,
  unlink: flag,
});
const inline: Rule = byType(
  {
    text: { text: [text(40_000)] },
    link: { url: [text(3_000)], text: text(40_000), unsafe: flag },
    user: { user_id: [text(30)] },
    usergroup: { usergroup_id: [text(30)] },
    channel: { channel_id: [text(30)] },
    emoji: { name: [text(100)], unicode: text(100), skin_tone: number },
    broadcast: { range: [among('here', 'channel', 'everyone')] },
    date: { timestamp: [number], format: [text(200)], url: text(3_000), fallback: text(200) },
    color: { value: [text(20)] },
  },
  { style },
);
const inlines: [Rule] = [list(inline, MOST, 0)];
const section = { elements: inlines };

export const richTextElements: Rule = list(
  byType({
    rich_text_section: section,
    rich_text_preformatted: { ...section, border: number, language: text(50) },
    rich_text_quote: { ...section, border: number },
    rich_text_list: {
      style: [among('bullet', 'ordered')],
      elements: [list(byType({ rich_text_section: section }), MOST)],
      indent: number,
      offset: number,
      border: number,
    },
  }),
  MOST,
  0,
);

/** All characters that the blocks would show. */
export function charactersOf(value: unknown): number {
  if (Array.isArray(value)) return value.reduce((sum: number, each) => sum + charactersOf(each), 0);
  if (typeof value !== 'object' || value === null) return 0;
  return Object.entries(value).reduce(
    (sum, [name, each]) => sum + (name === 'text' && typeof each === 'string' ? each.length : charactersOf(each)),
    0,
  );
}
