// Blocks into as few cards as hold them, in their order: a new card begins where one is full.
import { TooLong } from '../../errors.ts';
import type { Element } from './elements.ts';
import { cardBytes, countElements, LIMITS } from './limits.ts';

/** `part`: what it is of, for who hears that it is too long. `pieces`: the same in smaller elements, where it can be parted. */
export type Block = { part: string; elements: Element[]; pieces?: Element[] };
/** The card of a page, the first one being 0. */
export type Frame = (elements: Element[], page: number) => object;

/** At least one card. Throws TooLong with the part of which no card can hold the smallest piece. */
export function packed(blocks: Block[], frame: Frame): object[] {
  const pages: Element[][] = [[]];
  const fits = (elements: Element[]) => withinLimits(frame(elements, pages.length - 1));

  function add(elements: Element[]): boolean {
    const page = pages[pages.length - 1];
    if (!fits([...page, ...elements])) return false;
    page.push(...elements);
    return true;
  }

  function place({ part, elements, pieces }: Block): void {
    if (add(elements)) return;
    if (pages[pages.length - 1].length > 0) pages.push([]);
    if (add(elements)) return;
    if (!pieces || pieces.length < 2) throw new TooLong(part);
    for (const piece of pieces) place({ part, elements: [piece] });
  }

  for (const block of blocks) place(block);
  return pages.map(frame);
}

function withinLimits(card: object): boolean {
  return countElements(card) <= LIMITS.elements && countTag(card, 'chart') <= LIMITS.charts && cardBytes(card) <= LIMITS.bytes;
}

function countTag(value: unknown, tag: string): number {
  if (typeof value !== 'object' || value === null) return 0;
  const here = 'tag' in value && value.tag === tag ? 1 : 0;
  return Object.values(value).reduce((sum: number, item) => sum + countTag(item, tag), here);
}
