// What Feishu takes in one card, each limit with where it is said. Where the documents leave room, the smaller number.

/** Sources are pages of open.feishu.cn/document. */
export const LIMITS = {
  /**
   * UTF-8 bytes of a card as it is sent, a JSON string within a JSON body. server-docs/im-v1/message/create: the body of a card
   * may have 30 KB; 1,000 bytes are left for what stands around the card (whom to, the key).
   */
  bytes: 29_000,
  /** feishu-cards/card-json-v2-structure: components and texts, everything with a `tag`. */
  elements: 200,
  /** card-json-v2-components/content-components/rich-text says 4 a component and table.md 5 a card; refused (230099/11310) were cards of 4. */
  tables: 3,
  /** card-json-v2-components/content-components/chart: "at most five a card" is advised. */
  charts: 5,
  /** card-json-v2-components/containers/column-set: components within components. */
  nesting: 5,
  /** card-json-v2-components/interactive-components/button: characters of its text. */
  buttonCharacters: 100,
  /** card-json-v2-components/interactive-components/input: characters that may be typed into one. */
  inputCharacters: 1_000,
  /** card-json-v2-components/content-components/title: four lines are shown; longer titles stand in the body. */
  titleCharacters: 150,
} as const;

/** The bytes of `card` within the body that carries it. */
export const cardBytes = (card: object): number => Buffer.byteLength(JSON.stringify(JSON.stringify(card)));

/** Everything with a `tag`, at any depth. What a chart draws has none. */
export function countElements(value: unknown): number {
  if (Array.isArray(value)) return value.reduce((sum, item) => sum + countElements(item), 0);
  if (typeof value !== 'object' || value === null) return 0;
  return Object.values(value).reduce((sum, item) => sum + countElements(item), 'tag' in value ? 1 : 0);
}
