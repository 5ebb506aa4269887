// A form as a card of its own. Feishu gives bots no dialogue: the form reaches one person (their direct chat, or a card that only they see).

import { type Lang, say } from '../../../words/words.ts';
import type { Form } from '../../chat.ts';
import { TooLong } from '../../errors.ts';
import { cardOf, type Element, markdownElement, plainText } from './elements.ts';
import { escapeText } from './escape.ts';
import { cardBytes, LIMITS } from './limits.ts';
import { type CardAction, formValueOf } from './press.ts';

/** What the form must find its way back with: where its button was pressed, and which one it was, so that it can be asked for again. */
export type Carried = { channel?: string; message: string; action: string; value: string };
export type Submission = { action: string; value: string; fields: Record<string, string>; carried: Carried };

/** A box holds 1,000 characters and longer texts take several: they meet at a line's end (n) or within a line (s). */
const BOX = /^(\w[\w-]*?)(?:\.(\d+)([ns]))?$/;
/** Below that a box has room for more of the text. */
const ROOM = LIMITS.inputCharacters - 100;
const ROWS = 5;

/** Throws TooLong with the name of the field where even so the card would be too long. */
export const formCard = (form: Form, carried: Carried, lang: Lang): object => cardWith(form, {}, carried, lang);

/** The form again, with what was filled in and what is wrong with it. `carried`: the submission's. */
export function errorsCard(
  form: Form,
  errors: Record<string, string>,
  filled: Record<string, string>,
  carried: Carried,
  lang: Lang,
): object {
  const fields = form.fields.map(field => ({ ...field, initial: filled[field.name] ?? field.initial }));
  return cardWith({ ...form, fields }, errors, carried, lang);
}

/** In the place of a form that was sent. */
export const sentCard = (title: string, lang: Lang): object => cardOf(title, title, [markdownElement(escapeText(say(lang, 'form.sent')))]);

/** Undefined for what is no form of ours. */
export function submissionOf({ action }: CardAction): Submission | undefined {
  const value = formValueOf(action?.value);
  const { submit, value: meant, carried } = value;
  if (typeof submit !== 'string' || typeof meant !== 'string') return undefined;
  return { action: submit, value: meant, fields: fieldsIn(formValueOf(action?.form_value)), carried: carriedIn(carried) };
}

function cardWith({ title, action, value, submit, fields }: Form, errors: Record<string, string>, carried: Carried, lang: Lang): object {
  const button: Element = {
    tag: 'button',
    name: 'submit',
    type: 'primary',
    text: plainText(submit),
    form_action_type: 'submit',
    behaviors: [{ type: 'callback', value: { submit: action, value, carried } }],
  };
  const inputs = fields.map(field => ({ name: field.name, elements: fieldElements(field, errors[field.name], lang) }));
  const card = cardOf(title, title, [{ tag: 'form', name: 'form', elements: [...inputs.flatMap(({ elements }) => elements), button] }]);
  if (cardBytes(card) <= LIMITS.bytes) return card;
  const [longest] = inputs.sort((a, b) => cardBytes(b.elements) - cardBytes(a.elements));
  throw new TooLong(longest.name);
}

function fieldElements({ name, label, multiline, initial = '' }: Form['fields'][number], error: string | undefined, lang: Lang): Element[] {
  const boxes = multiline ? boxesOf(initial) : [{ text: initial, joint: '' }];
  const inputs = boxes.map(({ text, joint }, i) => ({
    tag: 'input',
    name: i === 0 ? name : `${name}.${i}${joint}`,
    width: 'fill',
    max_length: LIMITS.inputCharacters,
    ...(multiline && { input_type: 'multiline_text', rows: ROWS, auto_resize: true }),
    ...(text !== '' && { default_value: text }),
  }));
  const more = boxes.length > 1 ? [markdownElement(escapeText(say(lang, 'form.more', { most: LIMITS.inputCharacters })))] : [];
  const wrong = error === undefined ? [] : [markdownElement(`<font color='red'>${escapeText(error)}</font>`)];
  return [markdownElement(`**${escapeText(label)}**`), ...wrong, inputs[0], ...more, ...inputs.slice(1)];
}

type Box = { text: string; joint: string };

/** `text` in boxes, and one that is empty where the last has no room: there is always space to go on. */
export function boxesOf(text: string): Box[] {
  const boxes: Box[] = [];
  let rest = text;
  let joint = '';
  while (rest.length > LIMITS.inputCharacters) {
    const end = rest.lastIndexOf('\n', LIMITS.inputCharacters);
    const cut = end > 0 ? end : withinLine(rest);
    boxes.push({ text: rest.slice(0, cut), joint });
    rest = rest.slice(end > 0 ? cut + 1 : cut);
    joint = end > 0 ? 'n' : 's';
  }
  boxes.push({ text: rest, joint });
  if (boxes.length > 1 || rest.length > ROOM) boxes.push({ text: '', joint: 'n' });
  return boxes;
}

/** Never between the halves of one character. */
const withinLine = (text: string): number => LIMITS.inputCharacters - (/[\ud800-\udbff]/.test(text[LIMITS.inputCharacters - 1]) ? 1 : 0);

function fieldsIn(formValue: Record<string, unknown>): Record<string, string> {
  const boxes = Object.entries(formValue).flatMap(([key, text]) => {
    const [, name, no = '0', joint = ''] = BOX.exec(key) ?? [];
    return name !== undefined && typeof text === 'string' ? [{ name, no: Number(no), joint, text }] : [];
  });
  const fields: Record<string, string> = {};
  for (const { name, joint, text } of boxes.sort((a, b) => a.no - b.no)) {
    const before = fields[name];
    // An emptied box in the middle leaves no empty line behind, and the last one is empty where it was not needed.
    if (before === undefined) fields[name] = text;
    else if (text !== '') fields[name] = before + (joint === 'n' && before !== '' ? '\n' : '') + text;
  }
  return fields;
}

function carriedIn(value: unknown): Carried {
  const { channel, message, action, value: meant } = formValueOf(value);
  const text = (what: unknown) => (typeof what === 'string' ? what : '');
  return { ...(typeof channel === 'string' && { channel }), message: text(message), action: text(action), value: text(meant) };
}
