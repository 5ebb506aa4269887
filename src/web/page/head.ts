// The lines above the messages: where the reader is, and what this place is for.
import type { ViewChannel } from '../../chat/local/view.ts';
import { h } from './dom.ts';
import { type IconName, icon } from './icons.ts';
import { t } from './sentences.ts';

/** `news`: something is new at another place; only where the sidebar is away, the button to it says so. */
export function channelHead(here: ViewChannel | undefined, news: boolean, openPlaces: () => void): HTMLElement[] {
  const menu = tool('bars', t('places'), 'menu', openPlaces);
  if (news) menu.append(h('span', { class: 'dot' }));
  return [
    menu,
    h('h2', {}, here?.direct ? icon('sprout') : h('span', { class: 'hash', 'aria-hidden': 'true' }, '#'), here?.name ?? ''),
    h('p', { class: 'purpose' }, here?.purpose ?? ''),
  ];
}

export const threadHead = (place: string, close: () => void): HTMLElement[] => [
  h('h2', {}, t('thread'), h('small', {}, place)),
  tool('close', t('close'), 'close', close),
];

const tool = (picture: IconName, label: string, key: string, act: () => void) =>
  h('button', { type: 'button', class: 'tool', 'data-key': key, title: label, 'aria-label': label, onclick: act }, icon(picture));
