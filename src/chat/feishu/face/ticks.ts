// A checklist: one checker an item within a form; the ticks travel with the press that sends it, as on every place (the ticked values, commas between).
import type { Checklist } from '../../chat.ts';
import { type Element, plainText } from './elements.ts';

const NAME = /^tick\.([\w-]*)\.([\w-]*)$/;

export const checkers = ({ name, items }: Checklist): Element[] =>
  items.map(({ value, label, checked }) => ({
    tag: 'checker',
    name: `tick.${packed(name)}.${packed(value)}`,
    checked,
    text: plainText(label),
  }));

/** By the name of each of `lists`. A client may leave out what is not ticked; a list without any tick is there, and empty. */
export function tickedIn(formValue: Record<string, unknown>, lists: string[]): Record<string, string> {
  const ticked = new Map<string, string[]>(lists.map(name => [name, []]));
  for (const [key, on] of Object.entries(formValue)) {
    const [, list, value] = NAME.exec(key) ?? [];
    if (on === true && list !== undefined) ticked.get(unpacked(list))?.push(unpacked(value));
  }
  return Object.fromEntries([...ticked].map(([name, values]) => [name, values.join(',')]));
}

/** Letters, digits, - and _ only: which other signs a name may hold is said nowhere. */
const packed = (text: string): string => text.replace(/[^A-Za-z0-9-]/g, char => `_${char.charCodeAt(0).toString(16).padStart(4, '0')}`);
const unpacked = (text: string): string =>
  text.replace(/_([0-9a-f]{4})/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
