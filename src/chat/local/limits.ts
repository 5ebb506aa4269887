// How much one card of the bot may hold in the local chat. Generous: they guard the page, not the product.
import type { Card, Part } from '../chat.ts';
import { TooLong } from '../errors.ts';
import { MAX_MESSAGE_CHARACTERS } from './room.ts';

const MAX_TITLE_CHARACTERS = 300;
const MAX_BUTTONS = 25;
const MAX_ROWS = 200;
const MAX_FILE_CHARACTERS = 2_000_000;

/** Throws TooLong with the name of the first part that is. */
export function checkLimits({ title, parts }: Card): void {
  if (title.length > MAX_TITLE_CHARACTERS) throw new TooLong('title');
  for (const part of parts) {
    if (size(part) > 1) throw new TooLong(Object.keys(part)[0]);
  }
}

/** How much of its limit a part uses; above 1 is too long. */
function size(part: Part): number {
  if ('markdown' in part) return part.markdown.length / MAX_MESSAGE_CHARACTERS;
  if ('columns' in part) return Math.max(...part.columns.map(column => column.markdown.length)) / MAX_MESSAGE_CHARACTERS;
  if ('facts' in part) return part.facts.length / MAX_ROWS;
  if ('progress' in part) return part.note.length / MAX_MESSAGE_CHARACTERS;
  if ('curve' in part) return Math.max(part.curve.train.length, part.curve.heldout.length) / MAX_ROWS;
  if ('checklist' in part) return part.checklist.items.length / MAX_ROWS;
  if ('file' in part) return part.file.text.length / MAX_FILE_CHARACTERS;
  return part.buttons.length / MAX_BUTTONS;
}
