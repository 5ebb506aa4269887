// Examples named one by one: number, first words, link, and how to take one out.
import type { Part } from '../../chat/chat.ts';
import type { Db } from '../../data/database.ts';
import { listedExample } from '../../data/example-pages.ts';
import { type Lang, say } from '../../words/words.ts';
import { loss } from '../figures.ts';
import { shortOf } from '../short.ts';

/** `loss`: under the tuned model, where it is known. */
export type NamedRow = { no: number; loss?: number; words: string; permalink?: string };

const MOST_CHARACTERS = 60;

/** The examples of these numbers as they are now; what is forgotten or gone is left out. */
export async function namedRows(db: Db, workspace: number, rows: { no: number; loss?: number }[]): Promise<NamedRow[]> {
  const found: NamedRow[] = [];
  for (const { no, loss } of rows) {
    const example = await listedExample(db, workspace, no);
    if (example?.instruction == null) continue;
    found.push({ no, loss, words: firstWords(example.instruction), permalink: example.permalink ?? undefined });
  }
  return found;
}

export function namedRowsPart(lang: Lang, heading: string, rows: NamedRow[]): Part {
  const lines = rows.map(({ no, loss: value, words, permalink }) => {
    const shown = permalink ? `[${words}](${permalink})` : words;
    return value === undefined ? `- #${no} · ${shown}` : `- #${no} · ${shown} · ${say(lang, 'card.hardest.loss', { loss: loss(value) })}`;
  });
  return { markdown: [heading, ...lines, say(lang, 'card.hardest.remove', { no: rows[0].no })].join('\n') };
}

/** Without mark-up, so that it can be a link's label. */
const firstWords = (text: string): string => shortOf(text.replace(/[[\]`*_<>]+/g, ' '), MOST_CHARACTERS);
