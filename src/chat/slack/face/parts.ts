// Each part of a card as blocks. Text is rich_text, because it shows exactly what stands there: mrkdwn cannot escape its own marks and has no
// bold inside Chinese, and what a `markdown` block makes of a `<!channel>` in an answer is nowhere promised.
import type { ActionsBlock, SectionBlock, Button as SlackButton } from '@slack/types';
import { type Lang, say } from '../../../words/words.ts';
import { partToText } from '../../card-text.ts';
import type { Button, Card, Checklist, Column, Curve, Part } from '../../chat.ts';
import { TooLong } from '../../errors.ts';
import { markdownToText } from '../../markdown.ts';
import { buttonId, ticksId } from './ids.ts';
import { cut, LIMITS } from './limits.ts';
import { isEmpty, richTextBlocks } from './pieces.ts';
import { fromMarkdown, lineFromMarkdown } from './read-markdown.ts';
import { mrkdwnLine } from './write-mrkdwn.ts';
import type { Run, Written } from './written.ts';

export type Block = { type: string; block_id?: string };
/** `written` is there for what may move into the thread; without it a unit stays in the message. */
export type Unit = { part: string; blocks: Block[]; written?: Written[] };

/** The blocks of a whole card in order, each with whether it may move. Throws TooLong for what Slack has no room for anywhere. */
export function unitsOf({ title, parts }: Card, { picture, lang = 'en' }: { picture?: string; lang?: Lang }): Unit[] {
  // Numbered over the card, so that an id says nothing but where its button or list stands.
  const count = { buttons: 0, lists: 0 };
  return [...titleUnits(title), ...parts.flatMap(part => unitsOfPart(part, count, picture, lang))];
}

function titleUnits(title: string): Unit[] {
  const plain = markdownToText(title).trim();
  if (plain === '') return [];
  if (plain.length > LIMITS.header) return [textUnit('title', [{ kind: 'text', runs: [{ text: plain, bold: true }] }])];
  return [{ part: 'title', blocks: [{ type: 'header', text: { type: 'plain_text', text: plain, emoji: false } } as Block] }];
}

function unitsOfPart(part: Part, count: { buttons: number; lists: number }, picture: string | undefined, lang: Lang): Unit[] {
  if ('markdown' in part) return textUnits('markdown', fromMarkdown(part.markdown));
  if ('columns' in part) return part.columns.flatMap(column => textUnits('columns', columnOf(column)));
  if ('facts' in part) return factsUnits(part.facts);
  if ('progress' in part) {
    const bar: Run[] = [{ text: partToText({ progress: part.progress, note: '' }) }];
    const note = fromMarkdown(part.note);
    return [{ part: 'progress', blocks: richTextBlocks([{ kind: 'text', runs: bar }, ...(isEmpty(note) ? [] : note)]) }];
  }
  if ('curve' in part) return [{ part: 'curve', blocks: curveBlocks(part.curve, picture) }];
  if ('checklist' in part) return [{ part: 'checklist', blocks: checklistBlocks(part.checklist, count.lists++) }];
  if ('file' in part) return textUnits('file', [{ kind: 'text', runs: [{ text: say(lang, 'slackFace.file', { name: part.file.name }) }] }]);
  const first = count.buttons;
  count.buttons += part.buttons.length;
  return part.buttons.length > 0 ? [{ part: 'buttons', blocks: buttonBlocks(part.buttons, first) }] : [];
}

const textUnit = (part: string, written: Written[]): Unit => ({ part, blocks: richTextBlocks(written), written });
const textUnits = (part: string, written: Written[]): Unit[] => (isEmpty(written) ? [] : [textUnit(part, written)]);

/** One column stands under the other: fields side by side take no code and no long text, and phones stack them anyway. */
function columnOf({ title, markdown }: Column): Written[] {
  const heading: Written[] = title ? [{ kind: 'text', runs: lineFromMarkdown(title).map(run => ({ ...run, bold: true as const })) }] : [];
  return [...heading, ...fromMarkdown(markdown)];
}

function factsUnits(facts: [string, string][]): Unit[] {
  const rows = facts.map(([name, value]) => ({
    written: { kind: 'text', runs: [{ text: name, bold: true }, { text: '\n' }, ...inLine(value)] } satisfies Written,
    field: `${mrkdwnLine([{ text: name, bold: true }])}\n${value
      .split('\n')
      .map(line => mrkdwnLine(lineFromMarkdown(line)))
      .join('\n')}`,
  }));
  const units: Unit[] = [];
  for (let i = 0; i < rows.length; ) {
    const page = rows.slice(i, i + LIMITS.fields);
    const long = page.findIndex(({ field }) => field.length > LIMITS.fieldText);
    const fitting = long < 0 ? page : page.slice(0, long);
    const written = fitting.map(row => row.written);
    if (fitting.length > 0) units.push({ part: 'facts', blocks: [fieldsBlock(fitting.map(({ field }) => field))], written });
    if (long >= 0) units.push(textUnit('facts', [page[long].written]));
    i += fitting.length + (long >= 0 ? 1 : 0);
  }
  return units;
}

const inLine = (value: string): Run[] =>
  value.split('\n').flatMap((line, i) => [...(i > 0 ? [{ text: '\n' }] : []), ...lineFromMarkdown(line)]);

const fieldsBlock = (fields: string[]): SectionBlock => ({
  type: 'section',
  fields: fields.map(text => ({ type: 'mrkdwn', text, verbatim: true })),
});

/** The picture; without one its sentence, with the training losses as a line of small bars. */
function curveBlocks(curve: Curve, picture: string | undefined): Block[] {
  const shown = picture ? curve.alt : partToText({ curve });
  const words: Block[] = chunks(shown.trim(), LIMITS.contextText).map(
    text => ({ type: 'context', elements: [{ type: 'plain_text', text, emoji: false }] }) as Block,
  );
  if (!picture) return words;
  const image = { type: 'image', slack_file: { id: picture }, alt_text: cut(curve.alt.trim(), LIMITS.altText) || '…' } as Block;
  return curve.alt.trim().length > LIMITS.altText ? [image, ...words] : [image];
}

function chunks(text: string, size: number): string[] {
  const all: string[] = [];
  for (let rest = text; rest; ) {
    const head = cut(rest, size, '');
    all.push(head);
    rest = rest.slice(head.length);
  }
  return all;
}

/** Slack keeps what a person has ticked as long as the block keeps its id: an edit of the message does not take it away. */
function checklistBlocks({ name, items }: Checklist, list: number): Block[] {
  const blocks: Block[] = [];
  for (let page = 0; page * LIMITS.options < items.length; page++) {
    const options = items
      .slice(page * LIMITS.options, (page + 1) * LIMITS.options)
      .map(item => ({ checked: item.checked, option: optionOf(item) }));
    const ticked = options.filter(({ checked }) => checked).map(({ option }) => option);
    const action_id = ticksId(list, page, name);
    if (action_id.length > LIMITS.id) throw new TooLong('checklist');
    const element = {
      type: 'checkboxes',
      action_id,
      options: options.map(({ option }) => option),
      ...(ticked.length > 0 && { initial_options: ticked }),
    };
    blocks.push({ type: 'actions', block_id: `ticks:${list}:${page}`, elements: [element] } as Block);
  }
  const cutOnes = items.filter(({ label }) => label.length > LIMITS.optionText + LIMITS.optionDescription);
  return cutOnes.length > 0
    ? [...richTextBlocks(cutOnes.map(({ label }) => ({ kind: 'item', depth: 0, runs: [{ text: label }] }))), ...blocks]
    : blocks;
}

function optionOf({ value, label }: Checklist['items'][number]) {
  if (value.length > LIMITS.optionValue) throw new TooLong('checklist');
  const head = label.length > LIMITS.optionText ? cut(label, LIMITS.optionText, '') : label || '…';
  const rest = label.slice(head.length);
  const plain = (text: string) => ({ type: 'plain_text', text, emoji: false });
  return { text: plain(head), value, ...(rest && { description: plain(cut(rest, LIMITS.optionDescription)) }) };
}

function buttonBlocks(buttons: Button[], first: number): Block[] {
  const long = buttons.filter(({ label }) => label.length > LIMITS.buttonText);
  const labels = long.length > 0 ? richTextBlocks(long.map(({ label }) => ({ kind: 'item', depth: 0, runs: [{ text: label }] }))) : [];
  const rows: ActionsBlock[] = [];
  for (let i = 0; i < buttons.length; i += LIMITS.actions) {
    rows.push({ type: 'actions', elements: buttons.slice(i, i + LIMITS.actions).map((button, j) => buttonOf(button, first + i + j)) });
  }
  return [...labels, ...rows];
}

function buttonOf({ label, action, value, style, form }: Button, n: number): SlackButton {
  const action_id = buttonId(n, action, form === true);
  if (value.length > LIMITS.buttonValue || action_id.length > LIMITS.id) throw new TooLong('buttons');
  // Slack refuses an empty value; press.ts gives it back as one.
  const text = { type: 'plain_text' as const, text: cut(label, LIMITS.buttonText) || '…', emoji: false };
  return { type: 'button', text, action_id, ...(value && { value }), ...(style && { style }) };
}
