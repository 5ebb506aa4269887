// The left side: what this is, the places to talk in, and who the reader speaks as. On a phone it is the bar at the top.
import { h } from './dom.ts';
import { icon } from './icons.ts';
import type { SeenRoom } from './seen-room.ts';
import { t } from './sentences.ts';
import { speakerButton } from './speaker.ts';

export type SidebarActions = { go(channel: string): void; become(person: string): void; switchLanguage(): void; switchTheme(): void };

/** `unread`: channels with something new in them. */
export function sidebar(room: SeenRoom, here: string, unread: Set<string>, actions: SidebarActions): HTMLElement[] {
  const channels = [...room.channels.values()];
  const item = ({ id, name, direct }: { id: string; name: string; direct: boolean }) =>
    h(
      'button',
      {
        type: 'button',
        class: `place${unread.has(id) ? ' unread' : ''}`,
        'data-key': id,
        'aria-current': id === here ? 'page' : undefined,
        onclick: () => actions.go(id),
      },
      direct ? icon('sprout', 16) : h('span', { class: 'hash', 'aria-hidden': 'true' }, '#'),
      name,
      unread.has(id) && h('span', { class: 'dot', role: 'img', 'aria-label': t('new') }),
    );
  const group = (title: string, direct: boolean) => {
    const those = channels.filter(channel => channel.direct === direct);
    return those.length > 0 && h('section', { class: 'places' }, h('h2', {}, title), ...those.map(item));
  };
  const places = [group(t('channels'), false), group(t('direct'), true)].filter((section): section is HTMLElement => Boolean(section));
  return [
    h('h1', { class: 'brand' }, h('span', { class: 'logo' }, icon('sprout', 20)), 'Apprentice'),
    ...places,
    h(
      'div',
      { class: 'foot' },
      speakerButton(room, actions.become),
      h(
        'div',
        { class: 'switches' },
        h(
          'button',
          {
            type: 'button',
            class: 'link',
            'data-key': 'language',
            title: t('language.switch'),
            'aria-label': t('language.switch'),
            onclick: actions.switchLanguage,
          },
          t('language'),
        ),
        h(
          'button',
          { type: 'button', class: 'tool', 'data-key': 'theme', title: t('theme'), 'aria-label': t('theme'), onclick: actions.switchTheme },
          icon('moon'),
        ),
      ),
    ),
  ];
}
