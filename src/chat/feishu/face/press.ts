// A press on one of our buttons, out of Feishu's card.action.trigger (schema 2.0, as its SDK hands it over: header and event in one).
import { buttonValue } from './button.ts';
import { tickedIn } from './ticks.ts';

/** What is read of the event. */
export type CardAction = {
  operator?: { open_id?: string };
  action?: { tag?: string; name?: string; value?: unknown; form_value?: unknown };
  context?: { open_message_id?: string; open_chat_id?: string };
};

/** `form`: the button asks for one. `fields`: the ticks of the card's checklists. `about`: the chat that the card is about, if it stands elsewhere. */
export type FeishuPress = { action: string; value: string; fields: Record<string, string>; form: boolean; about?: string };

/** Undefined for what is no press of ours: a form that was sent (submissionOf), another app's card. */
export function pressOf({ action }: CardAction): FeishuPress | undefined {
  const button = buttonValue(action?.value);
  if (!button) return undefined;
  const fields = tickedIn(formValueOf(action?.form_value), button.lists ?? []);
  return { action: button.action, value: button.value, fields, form: button.ask === true, ...(button.about && { about: button.about }) };
}

export const formValueOf = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
