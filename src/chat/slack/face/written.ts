// Formatted text between the forms it takes: our Markdown, Slack's rich_text and Slack's mrkdwn are each read into this and written from it.

export type Style = { bold?: true; italic?: true; strike?: true; code?: true };
/** One stretch of text in one style; a line break is `\n`. `href` makes it a link, `person` a mention (`text` is then `@Name`). */
export type Run = Style & { text: string; href?: string; person?: string };
export type Written =
  | { kind: 'text'; runs: Run[] }
  /** `depth` 0 is the outermost; `n` is the number of an ordered item. */
  | { kind: 'item'; depth: number; n?: number; runs: Run[] }
  | { kind: 'quote'; runs: Run[] }
  | { kind: 'code'; text: string };

export const textOf = (runs: Run[]): string => runs.map(({ text }) => text).join('');

/** `runs` cut at their line breaks. */
export function linesOf(runs: Run[]): Run[][] {
  const lines: Run[][] = [[]];
  for (const run of runs) {
    for (const [i, text] of run.text.split('\n').entries()) {
      if (i > 0) lines.push([]);
      if (text) lines[lines.length - 1].push({ ...run, text });
    }
  }
  return lines;
}

/** Neighbours of the same style, address and person as one; nothing empty. */
export function merged(runs: Run[]): Run[] {
  const all: Run[] = [];
  for (const run of runs) {
    const last = all.at(-1);
    if (run.text === '') continue;
    if (last && run.person === undefined && sameButText(last, run)) all[all.length - 1] = { ...last, text: last.text + run.text };
    else all.push(run);
  }
  return all;
}

const sameButText = (a: Run, b: Run): boolean =>
  a.bold === b.bold && a.italic === b.italic && a.strike === b.strike && a.code === b.code && a.href === b.href && a.person === b.person;

export const STYLES = ['bold', 'italic', 'strike'] as const;

/** What an address that a client or a reader found by itself looks like in the text: with or without its beginning. */
export const isBare = (text: string, href: string): boolean =>
  text === href || href === `mailto:${text}` || href === `http://${text}` || href === `https://${text}`;

/** The name of a person, a channel or a group of people by its Slack id; undefined where it is not known. */
export type NameOf = (id: string) => string | undefined;
/** Brackets would end a mention's name. */
export const safe = (name: string): string => name.replace(/[[\]\n]/g, '');

/** A zero-width space: written where a mark must, or must not, be one. It is no part of the text. */
export const NO_SPACE = '\u200b';
