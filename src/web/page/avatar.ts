// A person's picture: the first letter of the name on a colour of their own; the bot's is a sprout.
import type { ViewPerson } from '../../chat/local/view.ts';
import { h } from './dom.ts';
import { icon } from './icons.ts';

const COLOURS = 8;

export function avatar(person: ViewPerson | undefined): HTMLElement {
  if (person?.bot) return h('span', { class: 'avatar bot', 'aria-hidden': 'true' }, icon('sprout', 20));
  const [first = '?'] = person?.name ?? '?';
  return h('span', { class: `avatar colour-${(person?.no ?? 0) % COLOURS}`, 'aria-hidden': 'true' }, first.toUpperCase());
}
