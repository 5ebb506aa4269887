// A card's parts as elements.
import type { Button } from '../../chat/chat.ts';
import type { ViewPart } from '../../chat/local/view.ts';
import { curveElement } from './curve.ts';
import { h, html } from './dom.ts';
import { icon } from './icons.ts';

export type PressButton = (button: Button, element: HTMLButtonElement) => void;

/** `picture`: where the server has the part drawn. `chosen`: which value this reader pressed last, by action. */
export function partElement(part: ViewPart, picture: string, press: PressButton, chosen: Record<string, string> = {}): HTMLElement {
  if ('html' in part) return html('div', 'text', part.html);
  if ('columns' in part) return columns(part.columns);
  if ('facts' in part) return facts(part.facts);
  if ('progress' in part) return progress(part.progress, part.note);
  if ('curve' in part) return curveElement(part.curve, picture);
  if ('checklist' in part) return checklist(part.checklist);
  if ('file' in part) return file(part.file);
  return buttons(part.buttons, press, chosen);
}

/** Two answers beside each other; below each other where there is no room. */
function columns(both: { title: string; html: string }[]): HTMLElement {
  const column = ({ title, html: safe }: { title: string; html: string }) =>
    h('section', { class: 'column', 'aria-label': title }, h('h4', {}, title), html('div', 'text', safe));
  return h('div', { class: 'columns' }, ...both.map(column));
}

function facts(rows: [string, string][]): HTMLElement {
  return h('dl', { class: 'facts' }, ...rows.flatMap(([name, value]) => [h('dt', {}, name), pieces(html('dd', '', value))]));
}

/** Longer values than this have a line for each piece after the second. */
const MAX_ROW_CHARACTERS = 48;

/** `a · b · c` broken between the pieces only; of a long row the first two stand out: the pair that the others are compared with. */
function pieces(value: HTMLElement): HTMLElement {
  const text = value.textContent ?? '';
  if (!text.includes(' · ')) return value;
  const found: HTMLElement[] = [h('span')];
  for (const node of [...value.childNodes]) {
    const [first, ...others] = node.nodeType === Node.TEXT_NODE ? (node.textContent ?? '').split(' · ') : [node];
    found.at(-1)?.append(first);
    for (const other of others) found.push(h('span', {}, other));
  }
  const asides = text.length > MAX_ROW_CHARACTERS ? found.splice(2) : [];
  value.replaceChildren(h('div', { class: 'pieces' }, ...found));
  if (asides.length > 0) value.append(h('div', { class: 'pieces aside' }, ...asides));
  return value;
}

function progress(share: number, note: string): HTMLElement {
  const value = Math.min(1, Math.max(0, Number.isFinite(share) ? share : 0));
  const label = html('span', 'note', note);
  const bar = h('progress', { max: 1, value, 'aria-label': label.textContent ?? '' });
  return h(
    'div',
    { class: 'progress' },
    h('div', { class: 'bar' }, bar, h('span', { class: 'percent' }, `${Math.round(value * 100)} %`)),
    label,
  );
}

function checklist({ name, items }: { name: string; items: { value: string; label: string; checked: boolean }[] }): HTMLElement {
  return h(
    'fieldset',
    { class: 'checklist' },
    ...items.map(({ value, label, checked }) => h('label', {}, h('input', { type: 'checkbox', name, value, checked }), ` ${label}`)),
  );
}

function file({ name, mime, text }: { name: string; mime: string; text: string }): HTMLElement {
  const save = () => {
    const address = URL.createObjectURL(new Blob([text], { type: mime }));
    h('a', { href: address, download: name }).click();
    URL.revokeObjectURL(address);
  };
  return h('button', { class: 'file', type: 'button', onclick: save }, icon('file'), name);
}

/** How a card says itself that a button is switched on. */
const SWITCHED_ON = '✓ ';

/** Buttons of one action are a choice: the one that was pressed shows it. */
function buttons(all: Button[], press: PressButton, chosen: Record<string, string>): HTMLElement {
  const isChoice = ({ action }: Button) => all.filter(other => other.action === action).length > 1;
  const button = (one: Button) => {
    const on = one.label.startsWith(SWITCHED_ON);
    const pressed = on || (isChoice(one) ? chosen[one.action] === one.value : undefined);
    const element: HTMLButtonElement = h(
      'button',
      {
        type: 'button',
        class: `button ${one.style ?? ''}${on ? ' says-so' : ''}`,
        'data-key': `${one.action}:${one.value}`,
        'aria-pressed': pressed === undefined ? undefined : String(pressed),
        onclick: () => press(one, element),
      },
      one.label,
    );
    return element;
  };
  return h('div', { class: 'buttons', role: 'group' }, ...all.map(button));
}
