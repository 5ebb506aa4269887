// What of a card stands in its message and what in the thread. Buttons, boxes, progress and the picture stay; where the texts do not all fit,
// all long ones are cut at the same length (neither side of a comparison gets more room), and each cut one stands whole in the thread.
import { type Lang, say } from '../../../words/words.ts';
import { TooLong } from '../../errors.ts';
import { cost, LIMITS } from './limits.ts';
import type { Block, Unit } from './parts.ts';
import { firstPiece } from './pieces.ts';
import { richText } from './write-rich-text.ts';
import type { Written } from './written.ts';

/** Less than this of a text is not worth showing. */
const SHORTEST = 400;
/** The line that says where the rest is, as JSON, with room to spare. */
const NOTE_COST = 250;
/** More than this belongs into a file: a thread that goes on and on helps nobody. */
const MOST_THREAD_MESSAGES = 12;

type Fitted = { blocks: Block[]; thread: Block[][] };

/** `below`: the rest follows as messages of its own, where there can be no thread. Throws TooLong with the part that is to blame. */
export function fitted(units: Unit[], lang: Lang, below: boolean): Fitted {
  const note = (code: string) => say(lang, below ? `${code}.below` : code);
  const fixed = units.filter(({ written }) => !written);
  const movable = units.filter(({ written }) => written);
  // `[]` round the blocks, and a comma for each.
  const room =
    LIMITS.allBlocks - 2 - units.reduce((sum, { blocks }) => sum + blocks.length, 0) - fixed.reduce((sum, unit) => sum + size(unit), 0);
  const places = LIMITS.blocks - fixed.reduce((sum, { blocks }) => sum + blocks.length, 0);
  if (room < NOTE_COST || places < 1) throw new TooLong(largest(fixed)?.part ?? 'card');
  const all =
    movable.reduce((sum, unit) => sum + size(unit), 0) <= room && movable.reduce((sum, { blocks }) => sum + blocks.length, 0) <= places;
  if (all) return { blocks: units.flatMap(({ blocks }) => blocks), thread: [] };

  const most = Math.max(SHORTEST, level(movable.map(size), room - NOTE_COST));
  const blocks: Block[] = [];
  const moved: Unit[] = [];
  let left = { room: room - NOTE_COST, places: places - 1 };
  let noted = false;
  for (const unit of units) {
    const shown = unit.written ? shownOf(unit, unit.written, most, note('slackFace.more')) : unit.blocks;
    if (unit.written && (cost(shown) > left.room || shown.length > left.places)) {
      moved.push(unit);
      // Said once, where the first text is missing.
      if (!noted) blocks.push(richText([{ kind: 'text', runs: [{ text: note('slackFace.all'), italic: true }] }]));
      noted = true;
      continue;
    }
    blocks.push(...shown);
    if (!unit.written) continue;
    left = { room: left.room - cost(shown), places: left.places - shown.length };
    if (shown !== unit.blocks) moved.push(unit);
  }
  return { blocks, thread: messagesOf(moved) };
}

const size = ({ blocks }: Unit): number => cost(blocks);
const largest = (units: Unit[]): Unit | undefined => units.toSorted((a, b) => size(b) - size(a))[0];

/** The height at which `sizes` have to be cut so that together they are at most `room`. */
function level(sizes: number[], room: number): number {
  let left = room;
  const sorted = sizes.toSorted((a, b) => a - b);
  for (const [i, each] of sorted.entries()) {
    const share = left / (sorted.length - i);
    if (each > share) return Math.floor(share);
    left -= each;
  }
  return Number.POSITIVE_INFINITY;
}

function shownOf({ blocks }: Unit, written: Written[], most: number, note: string): Block[] {
  if (cost(blocks) <= most) return blocks;
  const line: Written = { kind: 'text', runs: [{ text: note, italic: true }] };
  const [head] = firstPiece(written, LIMITS.richText, most - cost([richText([line])]));
  return [richText([...head, line])];
}

function messagesOf(units: Unit[]): Block[][] {
  const messages: Block[][] = [];
  for (const block of units.flatMap(({ blocks }) => blocks)) {
    const last = messages.at(-1);
    if (last && last.length < LIMITS.blocks && cost([...last, block]) <= LIMITS.allBlocks) last.push(block);
    else messages.push([block]);
  }
  if (messages.length > MOST_THREAD_MESSAGES) throw new TooLong(largest(units)?.part ?? 'card');
  return messages;
}
