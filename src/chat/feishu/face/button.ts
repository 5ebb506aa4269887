// A button of ours in a card, and what its press brings back: what the bot said it means, and nothing about who it speaks for.
import type { Button } from '../../chat.ts';
import { type Element, markdownElement, plainText } from './elements.ts';
import { escapeText } from './escape.ts';
import { LIMITS } from './limits.ts';

/**
 * Travels with a press. `ask`: a form opens. `lists`: the checklists of the form that the button sends. `about`: the chat that a card is
 * about which one person was told alone: what comes of a press on it belongs there.
 */
export type ButtonValue = { action: string; value: string; ask?: true; lists?: string[]; about?: string };

/** Names that are unique within a card and say nothing. */
export type Names = () => string;

export function openNames(): Names {
  let used = 0;
  return () => `b${used++}`;
}

/** `lists`: it stands in a form and sends these checklists along. Only there may a button have a name. */
export function buttonElement({ label, action, value, style, form }: Button, names: Names, lists?: string[]): Element {
  const travels: ButtonValue = { action, value, ...(form && { ask: true }), ...(lists && { lists }) };
  return {
    tag: 'button',
    type: style ?? 'default',
    text: plainText(shortLabel(label)),
    ...(lists && { name: names(), form_action_type: 'submit' }),
    behaviors: [{ type: 'callback', value: travels }],
  };
}

/** Labels that are longer than a button, in full: they stand above it. */
export const longLabels = (buttons: Button[]): Element[] =>
  buttons.filter(({ label }) => shortLabel(label) !== label).map(({ label }) => markdownElement(escapeText(label)));

const shortLabel = (label: string): string =>
  [...label].length <= LIMITS.buttonCharacters ? label : `${[...label].slice(0, LIMITS.buttonCharacters - 1).join('')}…`;

/** What came back with a press, if it is one of ours. */
export function buttonValue(value: unknown): ButtonValue | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { action, value: meant, ask, lists, about } = value as Record<string, unknown>;
  if (typeof action !== 'string' || typeof meant !== 'string') return undefined;
  const named = Array.isArray(lists) ? lists.filter(name => typeof name === 'string') : undefined;
  return {
    action,
    value: meant,
    ...(ask === true && { ask }),
    ...(named && { lists: named }),
    ...(typeof about === 'string' && { about }),
  };
}

/** The same elements, and each press on one of their buttons will say which chat it is about. */
export function aboutChat<T>(elements: T, about: string): T {
  const told = JSON.stringify(elements, (name, value) => (name === 'value' && buttonValue(value) ? { ...value, about } : value));
  return JSON.parse(told) as T;
}
