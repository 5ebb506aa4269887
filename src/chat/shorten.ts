// What is left of a card that a place finds too long: its title, its numbers and its buttons whole, its texts cut.
import type { Card, Part } from './chat.ts';

const TEXT_CHARACTERS = 600;
const FACTS = 10;

/** A copy with every text cut to 600 characters, ten facts at most and no attached text. */
export function shortened({ title, parts }: Card): Card {
  return { title: cut(title, 150), parts: parts.filter(part => !('file' in part)).map(shortenedPart) };
}

function shortenedPart(part: Part): Part {
  if ('markdown' in part) return { markdown: cut(part.markdown) };
  if ('columns' in part) {
    const [a, b] = part.columns;
    return {
      columns: [
        { ...a, markdown: cut(a.markdown) },
        { ...b, markdown: cut(b.markdown) },
      ],
    };
  }
  if ('facts' in part) return { facts: part.facts.slice(0, FACTS) };
  if ('progress' in part) return { ...part, note: cut(part.note) };
  return part;
}

const cut = (text: string, most = TEXT_CHARACTERS) => (text.length <= most ? text : `${[...text].slice(0, most - 1).join('')}…`);
