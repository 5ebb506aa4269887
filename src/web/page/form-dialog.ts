// A form that the bot asks a person to fill in; what is wrong with a field stands below it.
import type { Form } from '../../chat/chat.ts';
import { h } from './dom.ts';
import { t } from './sentences.ts';

const FEWEST_ROWS = 6;
const MOST_ROWS = 16;
/** As many as the text has lines, and one to go on in. */
const rowsFor = (text: string): number => Math.min(MOST_ROWS, Math.max(FEWEST_ROWS, text.split('\n').length + 1));

/** Shows it until `submit` finds nothing wrong, or until it is closed. */
export function openFormDialog(form: Form, submit: (fields: Record<string, string>) => Promise<Record<string, string> | undefined>): void {
  const problem = h('p', { class: 'problem', role: 'alert' });
  const rows = form.fields.map(({ name, label, multiline, initial = '' }) => {
    const id = `field-${name}`;
    const input = multiline ? h('textarea', { id, rows: rowsFor(initial) }) : h('input', { id, type: 'text' });
    input.value = initial;
    const wrong = h('small', { class: 'problem', role: 'alert' });
    return { name, input, wrong, element: h('div', { class: 'field' }, h('label', { for: id }, label), input, wrong) };
  });

  const send = async (event: Event) => {
    event.preventDefault();
    problem.textContent = '';
    for (const { wrong } of rows) wrong.textContent = '';
    try {
      const errors = await submit(Object.fromEntries(rows.map(({ name, input }) => [name, input.value])));
      if (!errors || Object.keys(errors).length === 0) return dialog.close();
      for (const { name, wrong } of rows) wrong.textContent = errors[name] ?? '';
      // In a long form the field may be out of sight; the focus brings it, and a screen reader, there.
      rows.find(({ name }) => errors[name])?.input.focus();
    } catch (error) {
      problem.textContent = (error as Error).message;
    }
  };

  const dialog = h(
    'dialog',
    { class: 'form', 'aria-label': form.title, onclose: () => dialog.remove() },
    h(
      'form',
      { onsubmit: event => void send(event) },
      h('h2', {}, form.title),
      ...rows.map(({ element }) => element),
      problem,
      h(
        'div',
        { class: 'buttons' },
        h('button', { type: 'button', class: 'button', onclick: () => dialog.close() }, t('cancel')),
        h('button', { type: 'submit', class: 'button primary' }, form.submit),
      ),
    ),
  );
  document.body.append(dialog);
  dialog.showModal();
}
