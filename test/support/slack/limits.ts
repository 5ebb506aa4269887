// What Slack takes and how often, as one table. Each number stands beside where it comes from: a page of docs.slack.dev, or a package here.

/** docs.slack.dev/reference/block-kit/blocks and its pages; @slack/types/dist/block-kit/{blocks,block-elements,composition-objects}.d.ts. */
export const BLOCKS = {
  /** docs …/blocks: “up to 50 blocks in each message, and 100 blocks in modals or Home tabs” */
  inMessage: 50,
  inView: 100,
  /** @slack/types blocks.d.ts: block_id */
  blockId: 255,
  /** block-elements.d.ts, Actionable: action_id */
  actionId: 255,
  /** blocks.d.ts, SectionBlock: text 1–3000; fields ≤ 10 of ≤ 2000 */
  sectionText: 3000,
  fields: 10,
  fieldText: 2000,
  /** blocks.d.ts, HeaderBlock */
  headerText: 150,
  /** blocks.d.ts, MarkdownBlock: together in one message; docs …/blocks/markdown-block */
  markdownTogether: 12_000,
  /** blocks.d.ts, ContextBlock, ActionsBlock */
  contextElements: 10,
  actionsElements: 25,
  /** blocks.d.ts, ImageBlock: alt_text, title; image_url */
  altText: 2000,
  imageTitle: 2000,
  imageUrl: 3000,
  /** block-elements.d.ts, Button */
  buttonText: 75,
  buttonValue: 2000,
  buttonUrl: 3000,
  /** block-elements.d.ts, Checkboxes, RadioButtons; docs …/block-elements/checkboxes-element */
  options: 10,
  /** docs …/composition-objects/option-object: text, value, description */
  optionText: 75,
  optionValue: 150,
  optionDescription: 75,
  /** block-elements.d.ts, StaticSelect */
  selectOptions: 100,
  /** blocks.d.ts, InputBlock: label, hint */
  label: 2000,
  hint: 2000,
  /** block-elements.d.ts, PlainTextInput: placeholder, max_length */
  placeholder: 150,
  inputText: 3000,
  /** docs …/composition-objects/confirmation-dialog-object */
  confirmTitle: 100,
  confirmText: 300,
  confirmButton: 30,
} as const;

/** docs.slack.dev/reference/views (modal): title, submit, close, private_metadata, callback_id, external_id; a stack of three. */
export const VIEWS = { title: 24, button: 24, metadata: 3000, callbackId: 255, externalId: 255, stack: 3 } as const;

/**
 * msg_blocks_too_long: documented as an error without a number; github.com/slackapi/bolt-js/issues/2509 met it at about 13 200 characters in all
 * blocks of a message together.
 */
export const BLOCKS_TEXT = 13_200;
/** docs.slack.dev/changelog/2018-truncating-really-long-messages: more than 40 000 characters are cut or refused (msg_too_long). */
export const TEXT = 40_000;
/** docs.slack.dev/reference/methods/chat.update, error msg_too_long: text above 4 000 characters in an update. */
export const UPDATE_TEXT = 4_000;
/** docs.slack.dev/messaging/message-metadata: too large payloads are refused (metadata_too_large); 16 KB. */
export const METADATA_BYTES = 16_384;
/** docs.slack.dev/reference/methods/reactions.add, error too_many_emoji (23 distinct ones by docs of the message object). */
export const EMOJI_ON_A_MESSAGE = 23;
/** docs.slack.dev/reference/methods/{conversations.history,conversations.replies}: limit. */
export const PAGE = { history: 999, replies: 1000, list: 1000, members: 1000, usual: 100 } as const;
/** docs.slack.dev/reference/methods/files.getUploadURLExternal: 1 GB of a file. */
export const FILE_BYTES = 2 ** 30;

/** docs.slack.dev/interactivity/handling-user-interaction: trigger_id 3 s, once; response_url 5 uses in 30 minutes; ack within 3 s. */
export const TRIGGER_MS = 3_000;
export const RESPONSE_URL = { uses: 5, ms: 30 * 60_000 } as const;
export const ACK_MS = 3_000;

/** docs.slack.dev/apis/events-api, “Retries”: nearly at once, after a minute, after five. */
export const RETRIES_MS = [0, 60_000, 300_000];
/** docs.slack.dev/apis/events-api/using-socket-mode: ten sockets of one app; a ticket is good for one connection. */
export const SOCKETS = 10;

/** docs.slack.dev/apis/web-api/rate-limits: calls a minute of one method, app and workspace; `special` is chat.postMessage. */
export const TIERS = { 1: 1, 2: 20, 3: 50, 4: 100, special: 300 } as const;
export type Tier = keyof typeof TIERS;
/** Same page: about one message a second in a channel, “short bursts” let through. */
export const POSTS = { aSecond: 1, burst: 5 } as const;
/** Slack's Retry-After is in whole seconds; the page's example is 30. */
export const RETRY_AFTER_S = 1;
