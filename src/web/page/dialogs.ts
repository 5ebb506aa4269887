// What the page itself asks in a dialog: a new channel, and whether a message shall really go.
import { openFormDialog } from './form-dialog.ts';
import { t } from './sentences.ts';

/** `add` rejects with a sentence; the dialog then stays and says it. */
export function askForChannel(add: (name: string, purpose: string) => Promise<unknown>): void {
  const field = (name: string) => ({ name, label: t(`channel.${name}`), multiline: false });
  const form = { title: t('channel.add'), action: '', value: '', submit: t('channel.make'), fields: [field('name'), field('purpose')] };
  openFormDialog(form, async ({ name, purpose }) => void (await add(name, purpose)));
}

export function askToRemove(remove: () => Promise<unknown>): void {
  const form = { title: t('message.remove.sure'), action: '', value: '', submit: t('message.remove'), fields: [] };
  openFormDialog(form, async () => void (await remove()));
}
