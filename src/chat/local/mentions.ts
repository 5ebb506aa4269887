// `@Name` as people type it, and `[@Name](person:ID)` as it is kept: both ways.
import type { RoomPerson } from './entries.ts';

/** `text` with every `@Name` of somebody known as a mention; names are found whatever their case, the longest first. */
export function mentionsIn(text: string, people: Iterable<RoomPerson>): string {
  const byName = new Map([...people].map(person => [person.name.toLowerCase(), person]));
  if (byName.size === 0) return text;
  const names = [...byName.keys()].sort((a, b) => b.length - a.length).map(name => name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  const typed = new RegExp(`(?<![\\w[])@(${names.join('|')})(?![\\w])`, 'giu');
  return text.replace(typed, (_, name: string) => {
    const person = byName.get(name.toLowerCase())!;
    return `[@${person.name}](person:${person.id})`;
  });
}

/** Kept markdown as its author typed it, for editing. */
export const asTyped = (markdown: string): string => markdown.replace(/\[(@[^\]]+)\]\(person:\w+\)/g, '$1');
