// What can be done with a message, beside the button that opened it: a reaction, a reply, a link, and with one's own an edit or a deletion.
import type { ViewMessage } from '../../chat/local/view.ts';
import { h } from './dom.ts';
import { type IconName, icon } from './icons.ts';
import { emoji, gaveSign, PICKER } from './reactions.ts';
import { t } from './sentences.ts';

export type MenuActions = {
  react(message: ViewMessage, sign: string, on: boolean): void;
  reply?(message: ViewMessage): void;
  link(message: ViewMessage): void;
  edit(message: ViewMessage): void;
  remove(message: ViewMessage): void;
};

const EDGE_PX = 8;

export function openMessageMenu(message: ViewMessage, me: string, by: HTMLElement, actions: MenuActions): void {
  document.getElementById('message-menu')?.remove();
  const then = (act: () => void) => () => {
    menu.hidePopover();
    act();
  };
  const sign = (one: string) => {
    const on = gaveSign(message, me, one);
    return h(
      'button',
      {
        type: 'button',
        class: 'sign',
        'aria-label': t('react', { sign: one }),
        'aria-pressed': String(on),
        onclick: then(() => actions.react(message, one, !on)),
      },
      emoji(one),
    );
  };
  const item = (picture: IconName, label: string, act: () => void, style = '') =>
    h('button', { type: 'button', class: `item ${style}`, onclick: then(act) }, icon(picture, 16), label);
  const { reply } = actions;
  const own = message.typed !== undefined;
  const menu = h(
    'div',
    { class: 'menu', id: 'message-menu', popover: 'auto', role: 'dialog', 'aria-label': t('message.more') },
    h('div', { class: 'signs' }, ...PICKER.map(sign)),
    reply && item('reply', t('reply'), () => reply(message)),
    item('link', t('message.link'), () => actions.link(message)),
    own && item('pencil', t('message.edit'), () => actions.edit(message)),
    own && item('bin', t('message.remove'), () => actions.remove(message), 'danger'),
  );
  menu.addEventListener('toggle', event => {
    if ((event as ToggleEvent).newState === 'closed') menu.remove();
  });
  document.body.append(menu);
  menu.showPopover();
  placeBeside(menu, by);
  menu.querySelector('button')?.focus();
}

/** Below the button, or above it where there is no room. */
function placeBeside(menu: HTMLElement, button: HTMLElement): void {
  const at = button.getBoundingClientRect();
  const { offsetWidth, offsetHeight } = menu;
  const below = at.bottom + 4 + offsetHeight <= innerHeight - EDGE_PX;
  menu.style.inset = 'auto';
  menu.style.top = `${Math.max(EDGE_PX, below ? at.bottom + 4 : at.top - 4 - offsetHeight)}px`;
  menu.style.left = `${Math.max(EDGE_PX, Math.min(at.right - offsetWidth, innerWidth - EDGE_PX - offsetWidth))}px`;
}
