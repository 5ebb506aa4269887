// Is an edited text still the text that was approved? Only where white space or closing punctuation changed, and not in code or numbers.

/** Code blocks and code spans, which are compared to the character. */
const CODE = /(```[\s\S]*?```|`[^`\n]*`)/u;
/** Closing punctuation that changes no meaning: a question mark does, and after a digit a full stop may be a list's or a number's. */
const CLOSING = /(?<=[^\p{Nd}\s])[.,;:!…。，；：！]+(?=\s|$)/gu;
/** Between Chinese characters a space says nothing. */
const BESIDE_HAN = /(?<=[\p{Script=Han}，。；：！？、]) | (?=[\p{Script=Han}，。；：！？、])/gu;

/** The text without what a small edit may change: two texts with the same core are the same approved text. */
export function coreOf(text: string): string {
  return text
    .split(CODE)
    .map((part, i) => (i % 2 === 1 ? part : part.replace(/\s+/gu, ' ').replace(BESIDE_HAN, '').replace(CLOSING, '')))
    .join('')
    .trim();
}

/** Does `after` say what `before` said? */
export const isSmallEdit = (before: string, after: string): boolean => coreOf(before) === coreOf(after);
