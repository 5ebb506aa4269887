// A pressed button: the form it asks for, the answer of the bot, and no second press while the first is on its way.
import type { Button, Form } from '../../chat/chat.ts';
import type { ViewMessage } from '../../chat/local/view.ts';
import type { Press } from './calls.ts';

/** A card's ticks travel with every press on it: a field of the checklist's name, the ticked values with commas between them. */
export function pressButton({
  me,
  notice,
  sendPress,
  askForm,
  openFormDialog,
  pressed,
}: {
  me(): Promise<string>;
  notice(sentence: string): void;
  sendPress(press: Press): Promise<{ fieldErrors?: Record<string, string> }>;
  askForm(press: Press): Promise<Form | undefined>;
  openFormDialog(form: Form, submit: (fields: Record<string, string>) => Promise<Record<string, string> | undefined>): void;
  /** The server has it. */
  pressed(message: ViewMessage, button: Button): void;
}): (message: ViewMessage, button: Button, element: HTMLButtonElement) => Promise<void> {
  return async (message, button, element) => {
    if (element.getAttribute('aria-busy') === 'true') return;
    const { action, value } = button;
    const ticked = ticks(element);
    element.setAttribute('aria-busy', 'true');
    try {
      const press = { as: await me(), message: message.id, action, value, fields: ticked };
      const form = button.form && (await askForm(press));
      if (form) {
        openFormDialog(form, async fields => {
          const filled = { ...press, action: form.action, value: form.value, fields: { ...ticked, ...fields } };
          return (await sendPress(filled)).fieldErrors;
        });
      } else {
        await sendPress(press);
        pressed(message, button);
      }
      notice('');
    } catch (error) {
      notice((error as Error).message);
    } finally {
      element.removeAttribute('aria-busy');
    }
  };
}

function ticks(element: HTMLElement): Record<string, string> {
  const boxes = [...(element.closest('.card')?.querySelectorAll<HTMLInputElement>('input[type=checkbox]') ?? [])];
  const fields: Record<string, string[]> = {};
  for (const { name, value, checked } of boxes) fields[name] = [...(fields[name] ?? []), ...(checked ? [value] : [])];
  return Object.fromEntries(Object.entries(fields).map(([name, values]) => [name, values.join(',')]));
}
