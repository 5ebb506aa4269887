// What one Slack message and one modal may hold. Sources: docs.slack.dev/reference/block-kit (the comments of @slack/types say the same).

export const LIMITS = {
  /** …/block-kit/blocks: in a message; in a modal it is 100. */
  blocks: 50,
  /** …/blocks/header-block */
  header: 150,
  /** …/blocks/section-block: fields of a section, characters of each */
  fields: 10,
  fieldText: 2_000,
  /** …/blocks/context-block */
  contextText: 3_000,
  /** …/blocks/actions-block */
  actions: 25,
  /** …/block-elements/button-element */
  buttonText: 75,
  buttonValue: 2_000,
  /** …/block-elements/checkboxes-element, …/composition-objects/option-object: @slack/types says 75 for the value, the page 150 */
  options: 10,
  optionText: 75,
  optionDescription: 75,
  optionValue: 75,
  /** …/blocks/image-block */
  altText: 2_000,
  /** …/block-kit/blocks: action_id and block_id */
  id: 255,
  /** …/methods/chat.postMessage: “limit the number of characters in the text field to 4,000”; chat.update refuses more, counted in UTF-8 bytes. */
  textBytes: 4_000,
  /** A rich_text block has no limit of its own in the docs: we keep to a section's. */
  richText: 3_000,
  /**
   * All blocks of a message together, by `cost`. Not documented: `msg_blocks_too_long` comes from about 13,200 characters on, of text and of what
   * it stands in (github.com/slackapi/bolt-js/issues/2509, /2867: “12,000 text characters with a buffer for block containers”).
   */
  allBlocks: 12_500,
  /** …/reference/views and …/block-elements/plain-text-input-element, …/blocks/input-block */
  viewBlocks: 100,
  viewTitle: 24,
  viewButton: 24,
  viewMetadata: 3_000,
  inputLabel: 2_000,
  inputText: 3_000,
} as const;

/** Slack keeps each block with an id. */
const ID_COST = 25;

/** Characters that blocks cost of a message: as JSON, the way Slack keeps them (`& < >` as entities). */
export function cost(blocks: readonly object[]): number {
  const json = JSON.stringify(blocks);
  const entities = json.match(/[&<>]/g)?.length ?? 0;
  return json.length + 4 * entities + ID_COST * blocks.length;
}

/** At most `most` UTF-16 units of `text`, never half a character; `end` tells that something is missing. */
export function cut(text: string, most: number, end = '…'): string {
  if (text.length <= most) return text;
  const kept = text.slice(0, most - end.length);
  return (/[\uD800-\uDBFF]$/.test(kept) ? kept.slice(0, -1) : kept) + end;
}
