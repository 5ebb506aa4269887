// A message being changed where it stands: Enter keeps it, Escape leaves it as it was. What was typed survives every redraw.
import { h } from './dom.ts';
import { t } from './sentences.ts';

export type Editing = { message: string; text: string; problem: string };
export type EditActions = { save(text: string): void; leave(): void };

export function editBox(editing: Editing, { save, leave }: EditActions): HTMLElement {
  const text = h('textarea', {
    'data-key': 'edit',
    rows: Math.min(12, editing.text.split('\n').length),
    'aria-label': t('message.edit'),
    oninput: () => {
      editing.text = text.value;
      text.rows = Math.min(12, text.value.split('\n').length);
    },
    onkeydown: event => {
      const { key, shiftKey, isComposing } = event as KeyboardEvent;
      if (isComposing || (key !== 'Escape' && (key !== 'Enter' || shiftKey))) return;
      event.preventDefault();
      event.stopPropagation();
      if (key === 'Escape') leave();
      else save(text.value);
    },
  });
  text.value = editing.text;
  return h(
    'div',
    { class: 'editing' },
    text,
    h('p', { class: 'problem', role: 'alert' }, editing.problem),
    h(
      'div',
      { class: 'buttons' },
      h('button', { type: 'button', class: 'button', 'data-key': 'edit-leave', onclick: leave }, t('cancel')),
      h('button', { type: 'button', class: 'button primary', 'data-key': 'edit-save', onclick: () => save(text.value) }, t('message.save')),
      h('small', {}, t('message.keys')),
    ),
  );
}
