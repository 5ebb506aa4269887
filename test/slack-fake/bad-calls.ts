// Calls that Slack refuses, each with the code that it refuses it with, and what would be right instead.
import { BLOCKS, BLOCKS_TEXT, METADATA_BYTES, TEXT, UPDATE_TEXT, VIEWS } from '../support/slack/limits.ts';

type Args = Record<string, unknown>;
/** What stands in the workspace before each row: made anew by `prepare`. */
export type There = {
  channel: string;
  foreign: string;
  secret: string;
  archived: string;
  ann: string;
  outsider: string;
  own: string;
  anns: string;
  reply: string;
  picture: string;
  raw: string;
  trigger: string;
};
export type Row = [code: string, method: string, bad: (t: There) => Args, good?: (t: There) => Args, says?: RegExp];

const text = (n: number) => 'x'.repeat(n);
const section = (n = 5, more: Args = {}) => ({ type: 'section', text: { type: 'mrkdwn', text: text(n) }, ...more });
const button = (more: Args = {}) => ({ type: 'button', text: { type: 'plain_text', text: 'A' }, action_id: 'a', value: 'v', ...more });
const boxes = (n: number, value = (i: number) => `${i}`) => ({
  type: 'checkboxes',
  action_id: 'c',
  options: Array.from({ length: n }, (_, i) => ({ text: { type: 'plain_text', text: 'one' }, value: value(i) })),
});
const actions = (...elements: unknown[]) => ({ type: 'actions', elements });
const post =
  (blocks: unknown[], more: Args = {}) =>
  ({ channel }: There): Args => ({ channel, text: 'words', blocks, ...more });
export const view = (more: Args = {}) => ({ type: 'modal', title: { type: 'plain_text', text: 'Start' }, blocks: [section()], ...more });
const input = { type: 'input', label: { type: 'plain_text', text: 'Why' }, element: { type: 'plain_text_input', action_id: 'why' } };
const open =
  (what: Args) =>
  ({ trigger }: There): Args => ({ trigger_id: trigger, view: what });
const say = (words: string) => (t: There) => ({ channel: t.channel, text: words });

const POST = 'chat.postMessage';
export const ROWS: Row[] = [
  // who calls, and what is called
  ['unknown_method', 'chat.shout', () => ({})],
  ['invalid_arguments', POST, t => ({ channel: t.channel, text: 'a', colour: 'red' }), say('a'), /unexpected argument: colour/],
  ['invalid_arguments', POST, () => ({ text: 'a' }), say('a'), /missing required field: channel/],
  ['invalid_arguments', 'conversations.history', t => ({ channel: t.channel, limit: 'many' }), t => ({ channel: t.channel, limit: 10 })],
  // words
  ['no_text', POST, t => ({ channel: t.channel, text: ' ' }), say('a')],
  ['msg_too_long', POST, say(text(TEXT + 1)), say(text(TEXT))],
  [
    'msg_too_long',
    'chat.update',
    t => ({ channel: t.channel, ts: t.own, text: text(UPDATE_TEXT + 1) }),
    t => ({ channel: t.channel, ts: t.own, text: text(UPDATE_TEXT) }),
  ],
  [
    'markdown_text_conflict',
    POST,
    t => ({ channel: t.channel, text: 'a', markdown_text: 'b' }),
    t => ({ channel: t.channel, markdown_text: 'b' }),
  ],
  // blocks
  ['invalid_blocks_format', POST, t => ({ channel: t.channel, text: 'a', blocks: '{not json' }), post([section()])],
  [
    'invalid_blocks',
    POST,
    post(Array.from({ length: BLOCKS.inMessage + 1 }, () => section())),
    post(Array.from({ length: BLOCKS.inMessage }, () => section())),
    /no more than 50 items/,
  ],
  [
    'invalid_blocks',
    POST,
    post([section(BLOCKS.sectionText + 1)]),
    post([section(BLOCKS.sectionText)]),
    /must be less than 3001 characters/,
  ],
  ['invalid_blocks', POST, post([{ type: 'section' }]), post([section()]), /missing required field/],
  ['invalid_blocks', POST, post([section(5, { colour: 'red' })]), post([section()]), /invalid additional property: colour/],
  ['invalid_blocks', POST, post([{ type: 'chart' }]), post([{ type: 'divider' }]), /unsupported type: chart/],
  [
    'invalid_blocks',
    POST,
    post([{ type: 'header', text: { type: 'plain_text', text: text(BLOCKS.headerText + 1) } }]),
    post([{ type: 'header', text: { type: 'plain_text', text: text(BLOCKS.headerText) } }]),
  ],
  [
    'invalid_blocks',
    POST,
    post([{ type: 'header', text: { type: 'mrkdwn', text: 'a' } }]),
    post([{ type: 'header', text: { type: 'plain_text', text: 'a' } }]),
  ],
  [
    'invalid_blocks',
    POST,
    post([{ type: 'section', fields: Array.from({ length: BLOCKS.fields + 1 }, () => ({ type: 'mrkdwn', text: 'f' })) }]),
    post([{ type: 'section', fields: [{ type: 'mrkdwn', text: text(BLOCKS.fieldText) }] }]),
  ],
  [
    'invalid_blocks',
    POST,
    post([actions(...Array.from({ length: BLOCKS.actionsElements + 1 }, (_, i) => button({ action_id: `${i}` })))]),
    post([actions(...Array.from({ length: BLOCKS.actionsElements }, (_, i) => button({ action_id: `${i}` })))]),
  ],
  [
    'invalid_blocks',
    POST,
    post([actions(button({ text: { type: 'plain_text', text: text(BLOCKS.buttonText + 1) } }))]),
    post([actions(button({ text: { type: 'plain_text', text: text(BLOCKS.buttonText) } }))]),
  ],
  [
    'invalid_blocks',
    POST,
    post([actions(button({ value: text(BLOCKS.buttonValue + 1) }))]),
    post([actions(button({ value: text(BLOCKS.buttonValue) }))]),
  ],
  [
    'invalid_blocks',
    POST,
    post([actions(button({ action_id: text(BLOCKS.actionId + 1) }))]),
    post([actions(button({ action_id: text(BLOCKS.actionId) }))]),
  ],
  ['invalid_blocks', POST, post([actions(button({ style: 'loud' }))]), post([actions(button({ style: 'danger' }))]), /valid enum value/],
  ['invalid_blocks', POST, post([actions(button(), button())]), post([actions(button(), button({ action_id: 'b' }))]), /`action_id` \(a\)/],
  [
    'invalid_blocks',
    POST,
    post([section(5, { block_id: 'x' }), section(5, { block_id: 'x' })]),
    post([section(5, { block_id: 'x' }), section(5, { block_id: 'y' })]),
    /duplicate block_id/,
  ],
  ['invalid_blocks', POST, post([actions(boxes(BLOCKS.options + 1))]), post([actions(boxes(BLOCKS.options))])],
  [
    'invalid_blocks',
    POST,
    post([actions(boxes(1, () => text(BLOCKS.optionValue + 1)))]),
    post([actions(boxes(1, () => text(BLOCKS.optionValue)))]),
  ],
  [
    'invalid_blocks',
    POST,
    post([{ type: 'context', elements: Array.from({ length: BLOCKS.contextElements + 1 }, () => ({ type: 'mrkdwn', text: 'c' })) }]),
    post([{ type: 'context', elements: [{ type: 'mrkdwn', text: 'c' }] }]),
  ],
  [
    'invalid_blocks',
    POST,
    post([
      { type: 'markdown', text: text(7000) },
      { type: 'markdown', text: text(7000) },
    ]),
    post([{ type: 'markdown', text: text(7000) }]),
    /12001 characters together/,
  ],
  [
    'invalid_blocks',
    POST,
    post([{ type: 'rich_text', elements: [{ type: 'rich_text_section', elements: [{ type: 'text', text: '' }] }] }]),
    post([{ type: 'rich_text', elements: [{ type: 'rich_text_section', elements: [{ type: 'text', text: 'a' }] }] }]),
  ],
  [
    'msg_blocks_too_long',
    POST,
    post(Array.from({ length: 5 }, () => section(2900))),
    post(Array.from({ length: 4 }, () => section(BLOCKS_TEXT / 5))),
  ],
  [
    'invalid_blocks',
    POST,
    t => ({ channel: t.channel, text: 'a', blocks: [{ type: 'image', slack_file: { id: t.raw }, alt_text: 'curve' }] }),
    t => ({ channel: t.channel, text: 'a', blocks: [{ type: 'image', slack_file: { id: t.picture }, alt_text: 'curve' }] }),
    /invalid slack file/,
  ],
  [
    'invalid_blocks',
    POST,
    t => ({ channel: t.channel, text: 'a', blocks: [{ type: 'image', slack_file: { id: t.picture } }] }),
    undefined,
    /missing required field: alt_text/,
  ],
  // metadata
  [
    'invalid_metadata_format',
    POST,
    t => ({ channel: t.channel, text: 'a', metadata: { event_type: 'post' } }),
    t => ({ channel: t.channel, text: 'a', metadata: { event_type: 'post', event_payload: { key: 'k' } } }),
  ],
  [
    'metadata_too_large',
    POST,
    t => ({ channel: t.channel, text: 'a', metadata: { event_type: 'post', event_payload: { key: text(METADATA_BYTES) } } }),
  ],
  // where
  ['channel_not_found', POST, () => ({ channel: 'CNOTTHERE', text: 'a' }), say('a')],
  ['channel_not_found', 'conversations.info', t => ({ channel: t.secret }), t => ({ channel: t.channel })],
  ['not_in_channel', POST, t => ({ channel: t.foreign, text: 'a' }), say('a')],
  ['not_in_channel', 'conversations.history', t => ({ channel: t.foreign }), t => ({ channel: t.channel })],
  ['not_in_channel', 'reactions.get', t => ({ channel: t.foreign, timestamp: t.own }), t => ({ channel: t.channel, timestamp: t.own })],
  ['is_archived', POST, t => ({ channel: t.archived, text: 'a' }), say('a')],
  [
    'thread_not_found',
    POST,
    t => ({ channel: t.channel, text: 'a', thread_ts: '1000000000.000000' }),
    t => ({ channel: t.channel, text: 'a', thread_ts: t.own }),
  ],
  [
    'cannot_reply_to_message',
    POST,
    t => ({ channel: t.channel, text: 'a', thread_ts: t.reply }),
    t => ({ channel: t.channel, text: 'a', thread_ts: t.own }),
  ],
  [
    'thread_not_found',
    'conversations.replies',
    t => ({ channel: t.channel, ts: '1000000000.000000' }),
    t => ({ channel: t.channel, ts: t.own }),
  ],
  ['invalid_cursor', 'conversations.history', t => ({ channel: t.channel, cursor: 'nonsense' }), t => ({ channel: t.channel, cursor: '' })],
  ['invalid_types', 'conversations.list', () => ({ types: 'rooms' }), () => ({ types: 'public_channel,im' })],
  // whose
  [
    'message_not_found',
    'chat.update',
    t => ({ channel: t.channel, ts: '1000000000.000000', text: 'b' }),
    t => ({ channel: t.channel, ts: t.own, text: 'b' }),
  ],
  [
    'cant_update_message',
    'chat.update',
    t => ({ channel: t.channel, ts: t.anns, text: 'b' }),
    t => ({ channel: t.channel, ts: t.own, text: 'b' }),
  ],
  ['cant_delete_message', 'chat.delete', t => ({ channel: t.channel, ts: t.anns }), t => ({ channel: t.channel, ts: t.own })],
  [
    'message_not_found',
    'chat.getPermalink',
    t => ({ channel: t.channel, message_ts: '1000000000.000000' }),
    t => ({ channel: t.channel, message_ts: t.own }),
  ],
  [
    'user_not_in_channel',
    'chat.postEphemeral',
    t => ({ channel: t.channel, user: t.outsider, text: 'a' }),
    t => ({ channel: t.channel, user: t.ann, text: 'a' }),
  ],
  ['user_not_found', 'users.info', () => ({ user: 'UNOBODY' }), t => ({ user: t.ann })],
  ['user_not_found', 'conversations.open', () => ({ users: 'UNOBODY' }), t => ({ users: t.ann })],
  // signs
  [
    'invalid_name',
    'reactions.add',
    t => ({ channel: t.channel, timestamp: t.own, name: 'kite_ship' }),
    t => ({ channel: t.channel, timestamp: t.own, name: 'eyes' }),
  ],
  [
    'already_reacted',
    'reactions.add',
    t => ({ channel: t.channel, timestamp: t.reply, name: 'seedling' }),
    t => ({ channel: t.channel, timestamp: t.own, name: 'seedling' }),
  ],
  [
    'no_reaction',
    'reactions.remove',
    t => ({ channel: t.channel, timestamp: t.own, name: 'eyes' }),
    t => ({ channel: t.channel, timestamp: t.reply, name: 'seedling' }),
  ],
  ['no_item_specified', 'reactions.get', () => ({}), t => ({ channel: t.channel, timestamp: t.own })],
  // files
  ['file_not_found', 'files.info', () => ({ file: 'FNONE' }), t => ({ file: t.picture })],
  ['file_not_found', 'files.completeUploadExternal', () => ({ files: [{ id: 'FNONE' }] })],
  // modals
  ['invalid_trigger_id', 'views.open', () => ({ trigger_id: '1.2.abc', view: view() }), open(view())],
  [
    'invalid_arguments',
    'views.open',
    open(view({ title: { type: 'plain_text', text: text(VIEWS.title + 1) } })),
    open(view({ title: { type: 'plain_text', text: text(VIEWS.title) } })),
    /less than 25/,
  ],
  [
    'invalid_arguments',
    'views.open',
    open(view({ private_metadata: text(VIEWS.metadata + 1) })),
    open(view({ private_metadata: text(VIEWS.metadata) })),
  ],
  [
    'invalid_arguments',
    'views.open',
    open(view({ blocks: [input] })),
    open(view({ blocks: [input], submit: { type: 'plain_text', text: 'Go' } })),
    /`submit` is required/,
  ],
  [
    'invalid_arguments',
    'views.open',
    open(view({ blocks: [{ type: 'markdown', text: 'a' }] })),
    open(view()),
    /unsupported type: markdown/,
  ],
  ['not_found', 'views.update', () => ({ view_id: 'VNONE', view: view() })],
];
