// What Slack takes of a message and of a modal, as a list of complaints: the limits once more, read from the docs and not from our code.
import { expect } from 'vitest';

// biome-ignore lint/suspicious/noExplicitAny: blocks are looked at as Slack does, from outside.
export type Json = Record<string, any>;

/** Field of a block or element → its most characters. Sources: docs.slack.dev/reference/block-kit, by the name of the type. */
const CHARACTERS: Record<string, [path: string, least: number, most: number][]> = {
  header: [['text.text', 1, 150]],
  section: [['text.text', 1, 3000]],
  image: [['alt_text', 1, 2000]],
  button: [
    ['text.text', 1, 75],
    ['value', 1, 2000],
    ['action_id', 1, 255],
  ],
  checkboxes: [['action_id', 1, 255]],
  input: [['label.text', 1, 2000]],
  plain_text_input: [
    ['initial_value', 1, 3000],
    ['action_id', 1, 255],
  ],
  modal: [
    ['title.text', 1, 24],
    ['submit.text', 1, 24],
    ['close.text', 1, 24],
    ['private_metadata', 0, 3000],
  ],
  plain_text: [['text', 1, 3000]],
  mrkdwn: [['text', 1, 3000]],
  text: [['text', 1, 3000]],
  link: [['url', 1, 3000]],
};
const ITEMS: Record<string, [field: string, least: number, most: number][]> = {
  section: [['fields', 1, 10]],
  context: [['elements', 1, 10]],
  actions: [['elements', 1, 25]],
  checkboxes: [
    ['options', 1, 10],
    ['initial_options', 1, 10],
  ],
  rich_text: [['elements', 1, 3000]],
  rich_text_section: [['elements', 1, 3000]],
  rich_text_list: [['elements', 1, 3000]],
  rich_text_quote: [['elements', 1, 3000]],
  rich_text_preformatted: [['elements', 1, 3000]],
};
/** docs …/composition-objects/option-object (the value's limit: the smaller one of two sources, @slack/types). */
const OPTION: [string, number, number][] = [
  ['text.text', 1, 75],
  ['value', 1, 75],
  ['description.text', 1, 75],
];
const BLOCKS = new Set(['header', 'section', 'image', 'context', 'actions', 'rich_text', 'input', 'divider']);

export function refusals(blocks: Json[], most = 50): string[] {
  const found: string[] = [];
  const complain = (what: string) => void found.push(what);
  if (blocks.length < 1 || blocks.length > most) complain(`${blocks.length} blocks`);
  // github.com/slackapi/bolt-js/issues/2509: msg_blocks_too_long
  if (most === 50 && JSON.stringify(blocks).length > 13_000) complain(`${JSON.stringify(blocks).length} characters of JSON`);
  for (const { type } of blocks) if (!BLOCKS.has(type)) complain(`a block of type ${type}`);
  unique(blocks.map(({ block_id }) => block_id).filter(Boolean), 'block_id', complain);
  const ids: string[] = [];
  each(blocks, object => {
    if ('action_id' in object) ids.push(object.action_id);
    if (object.block_id?.length > 255) complain('block_id');
    for (const [path, least, longest] of CHARACTERS[object.type] ?? []) length(object, path, least, longest, complain);
    for (const [field, least, longest] of ITEMS[object.type] ?? []) {
      if (field in object && (object[field].length < least || object[field].length > longest))
        complain(`${object.type}.${field}: ${object[field].length}`);
    }
    for (const option of object.options ?? []) for (const [path, least, longest] of OPTION) length(option, path, least, longest, complain);
    if (object.type === 'section' && !object.text && !object.fields) complain('section without text');
    if (object.type === 'section') for (const field of object.fields ?? []) length(field, 'text', 1, 2000, complain);
    if (object.type === 'user' && !/^[UW][A-Z0-9]+$/.test(object.user_id)) complain(`user ${object.user_id}`);
    if (object.type === 'rich_text_list' && (object.indent ?? 0) > 8) complain('indent');
  });
  // docs …/block-elements: unique in its block. In a message ours are unique altogether: a press is then never another one's.
  if (most === 50) unique(ids, 'action_id', complain);
  return found;
}

export function expectTaken({ text, blocks }: { text: string; blocks: object[] }): void {
  expect(refusals(blocks)).toEqual([]);
  expect(text.trim().length).toBeGreaterThan(0);
  // chat.update: msg_too_long, by UTF-8 bytes.
  expect(Buffer.byteLength(text)).toBeLessThanOrEqual(4000);
}

export function viewRefusals(view: Json): string[] {
  const found = refusals(view.blocks, 100);
  for (const [path, least, most] of CHARACTERS.modal) length(view, path, least, most, what => void found.push(what));
  if (view.blocks.some(({ type }: Json) => type === 'input') && !view.submit) found.push('inputs without submit');
  return found;
}

function length(object: Json, path: string, least: number, most: number, complain: (what: string) => void): void {
  const value = path.split('.').reduce<Json | undefined>((at, key) => at?.[key], object) as unknown;
  if (value === undefined) return;
  if (typeof value !== 'string' || value.length < least || value.length > most)
    complain(`${object.type ?? 'option'}.${path}: ${String(value).length}`);
}

function unique(ids: string[], what: string, complain: (what: string) => void): void {
  for (const [i, id] of ids.entries()) if (ids.indexOf(id) !== i) complain(`${what} ${id} twice`);
}

function each(value: unknown, look: (object: Json) => void): void {
  if (Array.isArray(value)) for (const one of value) each(one, look);
  else if (typeof value === 'object' && value !== null) {
    look(value as Json);
    for (const one of Object.values(value)) each(one, look);
  }
}

/** Every string that people read in `blocks`, in order. */
export function readable(blocks: object[]): string {
  const texts: string[] = [];
  each(blocks, object => {
    for (const key of ['text', 'alt_text', 'url', 'user_id']) if (typeof object[key] === 'string') texts.push(object[key]);
  });
  return texts.join('\n');
}
