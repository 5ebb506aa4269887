// Text within a card's Markdown: every sign that Feishu would read as mark-up becomes an entity, so that nobody's words make an <at>.

/** The entity that Feishu shows as this character (rich-text, "special characters"). */
export const entity = (char: string): string => `&#${char.codePointAt(0)};`;

const ANYWHERE = /[&<>*_~`[\]\\$|]/g;
/** `:DONE:` would become a picture. */
const EMOJI = /:(?=\w+:)/g;
/** What starts a heading, a list or an underline where it stands first. */
const FIRST = /^([#+=-]|\d{1,9}(?=[.)]))/;

/** `text` as text. */
export const escapeText = (text: string): string => text.replace(ANYWHERE, entity).replace(EMOJI, entity(':'));

/** A line of text and of our own marks, so that its beginning starts no block. */
export function escapeLineStart(line: string): string {
  const indent = line.length - line.trimStart().length;
  const [first] = FIRST.exec(line.slice(indent)) ?? [''];
  if (/\d/.test(first))
    return `${'&nbsp;'.repeat(indent)}${first}${entity(line[indent + first.length])}${line.slice(indent + first.length + 1)}`;
  return `${'&nbsp;'.repeat(indent)}${first && entity(first)}${line.slice(indent + first.length)}`;
}

/** The characters that `text` shows. */
export const unescapeText = (text: string): string =>
  text
    .replace(/&nbsp;/g, ' ')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&quot;/g, '"')
    .replace(/&#(\d{1,7});/g, (all, code: string) => (Number(code) <= 0x10ffff ? String.fromCodePoint(Number(code)) : all))
    .replace(/&amp;/g, '&');
