// Block Kit as Slack checks it: one row a kind of block or element, its fields, and how much of each. Limits: ./limits.ts.
import { BLOCKS, VIEWS } from './limits.ts';
import { richTextElements } from './rich-text-rules.ts';
import { all, among, anything, byType, flag, type Issues, list, number, object, oneOf, type Rule, text } from './schema.ts';

const plain = (most: number): Rule => object({ type: [among('plain_text')], text: [text(most)], emoji: flag });
const words = (most: number): Rule =>
  byType({ plain_text: { text: [text(most)], emoji: flag }, mrkdwn: { text: [text(most)], verbatim: flag } });
const option = object({
  text: [words(BLOCKS.optionText)],
  value: [text(BLOCKS.optionValue)],
  description: words(BLOCKS.optionDescription),
  url: text(BLOCKS.buttonUrl),
});
const confirm = object({
  title: [plain(BLOCKS.confirmTitle)],
  text: [words(BLOCKS.confirmText)],
  confirm: [plain(BLOCKS.confirmButton)],
  deny: [plain(BLOCKS.confirmButton)],
  style: among('primary', 'danger'),
});
const slackFile = all(object({ id: text(255), url: text(3000) }), oneOf('id', 'url'));
const image = { image_url: text(BLOCKS.imageUrl), slack_file: slackFile, alt_text: [text(BLOCKS.altText)] as [Rule] };
const acting = { action_id: text(BLOCKS.actionId) };
const choosing = { ...acting, confirm, focus_on_load: flag };
const placeholder = plain(BLOCKS.placeholder);
const options = { options: [list(option, BLOCKS.options)] as [Rule] };

const button = {
  ...acting,
  confirm,
  text: [plain(BLOCKS.buttonText)] as [Rule],
  value: text(BLOCKS.buttonValue, 0),
  url: text(BLOCKS.buttonUrl),
  style: among('primary', 'danger'),
  accessibility_label: text(75),
};
const selects = {
  static_select: { ...choosing, placeholder, options: list(option, BLOCKS.selectOptions), option_groups: anything, initial_option: option },
  users_select: { ...choosing, placeholder, initial_user: text(20) },
  channels_select: { ...choosing, placeholder, initial_channel: text(20), response_url_enabled: flag },
  conversations_select: {
    ...choosing,
    placeholder,
    initial_conversation: text(20),
    default_to_current_conversation: flag,
    filter: anything,
  },
};
const pickers = {
  checkboxes: { ...choosing, ...options, initial_options: list(option, BLOCKS.options) },
  radio_buttons: { ...choosing, ...options, initial_option: option },
  overflow: { ...acting, confirm, options: [list(option, 5)] as [Rule] },
};
const input = {
  plain_text_input: {
    ...acting,
    placeholder,
    initial_value: text(BLOCKS.inputText, 0),
    multiline: flag,
    min_length: number,
    max_length: number,
    focus_on_load: flag,
    dispatch_action_config: anything,
  },
  number_input: {
    ...acting,
    placeholder,
    is_decimal_allowed: [flag] as [Rule],
    initial_value: text(100, 0),
    min_value: text(100),
    max_value: text(100),
    focus_on_load: flag,
  },
};
const feedback = object({ text: [plain(BLOCKS.buttonText)], value: [text(BLOCKS.buttonValue)], accessibility_label: text(75) });

const both = {
  section: {
    text: words(BLOCKS.sectionText),
    fields: list(words(BLOCKS.fieldText), BLOCKS.fields),
    accessory: byType({ button, image, ...selects, ...pickers }),
    expand: flag,
  },
  header: { text: [plain(BLOCKS.headerText)] as [Rule], level: number },
  divider: {},
  image: { ...image, title: plain(BLOCKS.imageTitle) },
  context: {
    elements: [
      list(
        byType({ image, plain_text: { text: [text(3000)], emoji: flag }, mrkdwn: { text: [text(3000)], verbatim: flag } }),
        BLOCKS.contextElements,
      ),
    ] as [Rule],
  },
  actions: { elements: [list(byType({ button, ...selects, ...pickers }), BLOCKS.actionsElements)] as [Rule] },
  input: {
    label: [plain(BLOCKS.label)] as [Rule],
    element: [byType({ ...input, ...selects, checkboxes: pickers.checkboxes, radio_buttons: pickers.radio_buttons })] as [Rule],
    hint: plain(BLOCKS.hint),
    optional: flag,
    dispatch_action: flag,
  },
  rich_text: { elements: [richTextElements] as [Rule] },
};
const messageOnly = {
  markdown: { text: [text(BLOCKS.markdownTogether)] as [Rule] },
  table: { rows: [list(list(anything, 20), 100)] as [Rule], column_settings: anything },
  context_actions: {
    elements: [
      list(
        byType({
          feedback_buttons: { ...acting, positive_button: [feedback], negative_button: [feedback] },
          icon_button: { ...acting, icon: [among('trash')], text: [plain(75)], value: text(2000), confirm },
        }),
        5,
      ),
    ] as [Rule],
  },
};
const blockId = { block_id: text(BLOCKS.blockId) };
const inMessage = list(byType({ ...both, ...messageOnly }, blockId), BLOCKS.inMessage, 0);
const inView = list(byType(both, blockId), BLOCKS.inView);

type Block = {
  type: string;
  block_id?: string;
  text?: { text?: string } | string;
  fields?: unknown;
  elements?: Element[];
  element?: Element;
  accessory?: Element;
  slack_file?: { id?: string };
  image_url?: string;
};
type Element = { type: string; action_id?: string; slack_file?: { id?: string }; image_url?: string };

/** What is wrong with the blocks of a message or a view. `fileFits`: whether an image block may show this file now. */
export function blockIssues(blocks: unknown, where: 'message' | 'view', fileFits: (id: string) => boolean): Issues {
  const issues: Issues = [];
  (where === 'message' ? inMessage : inView)(blocks, where === 'message' ? '/blocks' : '/view/blocks', issues);
  if (issues.length > 0) return issues;
  return (blocks as Block[]).flatMap((block, i) => ofBlock(block, `/blocks/${i}`, fileFits)).concat(together(blocks as Block[]));
}

function ofBlock(block: Block, at: string, fileFits: (id: string) => boolean): Issues {
  const issues: Issues = [];
  const elements = elementsOf(block);
  const images = [block, ...elements].filter(({ type }) => type === 'image');
  if (block.type === 'section' && block.text === undefined && block.fields === undefined)
    issues.push(`missing required field: text or fields [json-pointer:${at}]`);
  for (const { slack_file, image_url } of images) {
    if (Boolean(slack_file) === Boolean(image_url)) issues.push(`must provide one of image_url and slack_file [json-pointer:${at}]`);
    if (slack_file && !fileFits(slack_file.id ?? '')) issues.push(`invalid slack file [json-pointer:${at}/slack_file]`);
  }
  const ids = elements.map(({ action_id }) => action_id).filter(id => id !== undefined);
  for (const id of repeated(ids)) issues.push(`\`action_id\` (${id}) must be unique within a block [json-pointer:${at}/elements]`);
  return issues;
}

function together(blocks: Block[]): Issues {
  const issues = repeated(blocks.map(({ block_id }) => block_id).filter(id => id !== undefined)).map(
    id => `duplicate block_id: ${id} [json-pointer:/blocks]`,
  );
  const markdown = blocks.reduce((sum, { type, text }) => sum + (type === 'markdown' ? String(text).length : 0), 0);
  if (markdown > BLOCKS.markdownTogether)
    issues.push(`markdown blocks must be less than ${BLOCKS.markdownTogether + 1} characters together [json-pointer:/blocks]`);
  if (blocks.filter(({ type }) => type === 'table').length > 1) issues.push('only one table allowed [json-pointer:/blocks]');
  return issues;
}

export const elementsOf = ({ elements = [], element, accessory }: Block): Element[] => [
  ...elements,
  ...[element, accessory].filter(each => each !== undefined),
];

const repeated = (ids: string[]) => [...new Set(ids.filter((id, i) => ids.indexOf(id) !== i))];

const view = object({
  type: [among('modal')],
  title: [plain(VIEWS.title)],
  blocks: [anything],
  submit: plain(VIEWS.button),
  close: plain(VIEWS.button),
  private_metadata: text(VIEWS.metadata, 0),
  callback_id: text(VIEWS.callbackId),
  external_id: text(VIEWS.externalId),
  clear_on_close: flag,
  notify_on_close: flag,
  submit_disabled: flag,
});

/** What is wrong with a modal. */
export function viewIssues(value: unknown, fileFits: (id: string) => boolean): Issues {
  const issues: Issues = [];
  view(value, '/view', issues);
  if (issues.length > 0) return issues;
  const { blocks, submit } = value as { blocks: Block[]; submit?: object };
  issues.push(...blockIssues(blocks, 'view', fileFits));
  if (issues.length === 0 && !submit && blocks.some(({ type }) => type === 'input'))
    issues.push('`submit` is required when an `input` is within blocks [json-pointer:/view/submit]');
  return issues;
}

/** As Slack keeps them: each block with an id, each element that acts with one. */
export function withIds<T extends object>(blocks: T[], fresh: () => string): T[] {
  return blocks.map(block => {
    const named = { block_id: fresh(), ...block } as T & { elements?: object[]; element?: object; accessory?: object };
    const acts = (element: object) =>
      'type' in element && /text$|^image$|^mrkdwn$|^rich_/.test(String(element.type)) && element.type !== 'plain_text_input'
        ? element
        : { action_id: fresh(), ...element };
    if (named.elements && !('type' in named && named.type === 'rich_text')) named.elements = named.elements.map(acts);
    if (named.element) named.element = acts(named.element);
    if (named.accessory) named.accessory = acts(named.accessory);
    return named;
  });
}
