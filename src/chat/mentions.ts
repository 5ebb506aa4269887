// `[@Name](person:ID)`, as Markdown of this product names somebody on every place: who is meant, and what was said to them.

/** Whether `person` is mentioned in `markdown`. */
export const mentions = (markdown: string, person: string): boolean => markdown.includes(`](person:${person})`);

/** What was said to `person`: `markdown` without their mentions where these only call them (at its beginning and end). */
export function withoutCall(markdown: string, person: string): string {
  const call = `\\[@[^\\]]*\\]\\(person:${person}\\)`;
  return markdown
    .trim()
    .replace(new RegExp(`^(?:${call}[\\s,:，：]*)+`), '')
    .replace(new RegExp(`(?:\\s*${call})+$`), '')
    .trim();
}
