// A pressed button: the form it asks for, the answer of the bot, and no second press while the first is on its way.
import type { Button, Form } from '../../chat/chat.ts';
import type { ViewMessage } from '../../chat/local/view.ts';
import type { Press } from './calls.ts';

/** A checklist's ticks travel as a field of its name, one value a line. */
export function pressButton({
  me,
  notice,
  sendPress,
  askForm,
  openFormDialog,
  pressed,
}: {
  me(): string;
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
    const press = { as: me(), message: message.id, action, value, fields: ticks(element) };
    element.setAttribute('aria-busy', 'true');
    try {
      const form = button.form && (await askForm(press));
      if (form) {
        openFormDialog(form, async fields => (await sendPress({ ...press, action: form.action, value: form.value, fields })).fieldErrors);
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
  const boxes = [...(element.closest('.message')?.querySelectorAll<HTMLInputElement>('input[type=checkbox]') ?? [])];
  const fields: Record<string, string[]> = {};
  for (const { name, value, checked } of boxes) fields[name] = [...(fields[name] ?? []), ...(checked ? [value] : [])];
  return Object.fromEntries(Object.entries(fields).map(([name, values]) => [name, values.join('\n')]));
}
