// The left side: what this is, the places to talk in, and who the reader speaks as. On a phone it lies over the page until it is left.
import type { ViewMessage } from '../../chat/local/view.ts';
import { h } from './dom.ts';
import { icon } from './icons.ts';
import type { SeenRoom } from './seen-room.ts';
import { language, t } from './sentences.ts';
import { speakerButton } from './speaker.ts';
import { hasTeam, type LoadTeam, teamButtons } from './team.ts';

export type SidebarActions = {
  go(channel: string): void;
  become(person: string): void;
  addChannel(): void;
  loadTeam: LoadTeam;
  switchLanguage(): void;
  switchTheme(): void;
};

export type Sidebar = {
  /** `news`: what is new to the reader, by channel or thread. Drawn anew only where something in it changed. */
  show(room: SeenRoom, here: string, news: Map<string, ViewMessage[]>): void;
};

export function openSidebar(box: HTMLElement, actions: SidebarActions): Sidebar {
  let drawn = '';
  return {
    show(room, here, news) {
      const byChannel = new Map<string, ViewMessage[]>();
      for (const message of [...news.values()].flat()) byChannel.set(message.channel, [...(byChannel.get(message.channel) ?? []), message]);
      const counts = [...byChannel].map(([id, { length }]) => [id, length]);
      const look = JSON.stringify([
        room.me,
        [...room.people.values()],
        [...room.channels.values()],
        room.stories,
        here,
        counts,
        language(),
      ]);
      // An open menu must survive other people's messages.
      if (look === drawn || box.querySelector(':popover-open')) return;
      drawn = look;
      const focused = document.activeElement?.closest<HTMLElement>('#sidebar [data-key]')?.dataset.key;
      box.setAttribute('aria-label', t('places'));
      box.replaceChildren(...sections(room, here, byChannel, actions));
      if (focused) box.querySelector<HTMLElement>(`[data-key="${CSS.escape(focused)}"]`)?.focus();
    },
  };
}

function sections(room: SeenRoom, here: string, news: Map<string, ViewMessage[]>, actions: SidebarActions): HTMLElement[] {
  const channels = [...room.channels.values()];
  const item = ({ id, name, direct }: { id: string; name: string; direct: boolean }) => {
    const fresh = news.get(id) ?? [];
    const calls = fresh.filter(({ callsMe, private: mine }) => direct || callsMe || mine).length;
    return h(
      'button',
      {
        type: 'button',
        class: `place${fresh.length > 0 ? ' unread' : ''}`,
        'data-key': id,
        'aria-current': id === here ? 'page' : undefined,
        onclick: () => actions.go(id),
      },
      direct ? icon('sprout', 16) : h('span', { class: 'hash', 'aria-hidden': 'true' }, '#'),
      h('span', { class: 'name' }, name),
      calls > 0 && h('span', { class: 'calls', 'aria-hidden': 'true' }, String(calls)),
      fresh.length > 0 && calls === 0 && h('span', { class: 'dot', 'aria-hidden': 'true' }),
      fresh.length > 0 && h('span', { class: 'unseen' }, t('news', { count: fresh.length })),
    );
  };
  const group = (title: string, direct: boolean, more?: HTMLElement) => {
    const those = channels.filter(channel => channel.direct === direct);
    return those.length > 0 && h('section', { class: 'places' }, h('div', { class: 'over' }, h('h2', {}, title), more), ...those.map(item));
  };
  const add = h(
    'button',
    {
      type: 'button',
      class: 'tool small',
      'data-key': 'add channel',
      title: t('channel.add'),
      'aria-label': t('channel.add'),
      onclick: actions.addChannel,
    },
    icon('plus', 16),
  );
  const places = [group(t('channels'), false, add), group(t('direct'), true)].filter((section): section is HTMLElement => Boolean(section));
  return [
    h('h1', { class: 'brand' }, h('span', { class: 'logo' }, icon('sprout', 20)), 'Apprentice'),
    h('div', { class: 'all-places' }, ...places),
    h(
      'div',
      { class: 'foot' },
      !hasTeam(room.stories) && teamButtons(room.stories, actions.loadTeam, true)[0],
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
