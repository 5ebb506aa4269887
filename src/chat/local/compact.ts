// What a journal may forget: a card that was edited every second keeps its last look only.
import type { Entry } from './entries.ts';

/**
 * The entries without those that a later one made void: edits of a card that was edited again. Applied in order they give the same
 * room. Numbers stay as they were; the last entry stays whatever it is, so that no number is given twice.
 */
export function compacted(entries: Entry[]): Entry[] {
  const lastLook = new Map<string, Entry>();
  for (const entry of entries) if (isLook(entry)) lastLook.set(entry.id, entry);
  return entries.filter(entry => !isLook(entry) || lastLook.get(entry.id) === entry || entry === entries.at(-1));
}

const isLook = (entry: Entry): entry is Entry & { kind: 'edited' } => entry.kind === 'edited' && entry.card !== undefined;
