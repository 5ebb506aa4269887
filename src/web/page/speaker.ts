// Who the reader speaks as, and the way to become somebody else or to add a person.
import type { ViewPerson } from '../../chat/local/view.ts';
import { avatar } from './avatar.ts';
import { addPerson } from './calls.ts';
import { h } from './dom.ts';
import { icon } from './icons.ts';
import type { SeenRoom } from './seen-room.ts';
import { t } from './sentences.ts';

/** A button that opens the list of people. `become` gets the one picked. */
export function speakerButton(room: SeenRoom, become: (person: string) => void): HTMLElement {
  const me = room.people.get(room.me);
  const people = [...room.people.values()].filter(({ bot }) => !bot);
  const list = h('div', { class: 'menu', id: 'people', popover: 'auto', role: 'dialog', 'aria-label': t('speakAs') });

  const item = (person: ViewPerson) =>
    h(
      'button',
      {
        type: 'button',
        class: 'item',
        'aria-pressed': String(person.id === room.me),
        onclick: () => {
          list.hidePopover();
          become(person.id);
        },
      },
      avatar(person),
      h('span', { class: 'name' }, person.name),
      person.id === room.me && icon('check'),
    );

  const name = h('input', {
    type: 'text',
    maxlength: 40,
    placeholder: t('personName'),
    'aria-label': t('personName'),
    autocomplete: 'off',
    required: true,
  });
  const problem = h('p', { class: 'problem', role: 'alert' });
  const add = async (event: Event) => {
    event.preventDefault();
    try {
      const person = await addPerson(name.value);
      list.hidePopover();
      become(person.id);
    } catch (error) {
      problem.textContent = (error as Error).message;
    }
  };
  list.append(
    h('h2', {}, t('speakAs')),
    ...people.map(item),
    h(
      'form',
      { class: 'add', onsubmit: event => void add(event) },
      name,
      h('button', { type: 'submit', class: 'button' }, icon('plus', 15), t('addPerson')),
    ),
    problem,
  );
  const button = h(
    'button',
    { type: 'button', class: 'speaker', popovertarget: 'people', title: t('speakingAs', { name: me?.name ?? '…' }) },
    avatar(me),
    h('span', { class: 'name' }, me?.name ?? '…', h('small', {}, t('speakAs'))),
    icon('down', 16),
  );
  return h('div', { class: 'speaking' }, button, list);
}
