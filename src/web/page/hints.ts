// What the composer suggests while somebody types: commands after a slash, people after an @.
import { h } from './dom.ts';
import { t } from './sentences.ts';

export type Hint = { insert: string; about: string };
/** What can follow `/finetune`, in the order in which it is suggested; `page.hint.WORD` says what the first word does. */
const COMMANDS = [
  'start',
  'status',
  'home',
  'list',
  'show',
  'try v',
  'close',
  'promote',
  'rollback',
  'unblock v',
  'leaks v',
  'exam',
  'examples',
  'remove',
  'export',
  'mine',
  'optout',
  'optin',
  'forget me',
  'on',
  'off',
  'approvers',
  'admin @',
  'unadmin @',
  'audit',
  'language en',
  'language zh',
  'cancel',
  'help',
];

/** `from`: where the word begins that they would replace. `whole`: what was typed is a command already, so that Enter sends it. */
export type Hints = { from: number; hints: Hint[]; whole?: boolean };

/** The hints for `text` with the caret at `caret`. */
export function hintsFor(text: string, caret: number, names: { name: string; about: string }[]): Hints {
  const before = text.slice(0, caret);
  const slash = /^\/[a-z]*(?: [\p{L}\d ]*)?$/iu.exec(before);
  if (slash && caret === text.length) {
    const commands = COMMANDS.map(verb => ({ insert: `/finetune ${verb}`, about: t(`hint.${verb.split(' ')[0]}`) }));
    const fitting = commands.filter(({ insert }) => insert.startsWith(before.toLowerCase()) && insert !== before);
    const said = before.trim().toLowerCase();
    return { from: 0, hints: fitting, whole: said === '/finetune' || commands.some(({ insert }) => insert === said) };
  }
  const at = /(?:^|\s)@([\p{L}\p{N} ._-]{0,40})$/u.exec(before);
  if (at) {
    const typed = at[1].toLowerCase();
    const fitting = names.filter(({ name }) => name.toLowerCase().startsWith(typed) && name.toLowerCase() !== typed);
    return { from: caret - at[1].length - 1, hints: fitting.map(({ name, about }) => ({ insert: `@${name} `, about })) };
  }
  return { from: 0, hints: [] };
}

export type HintList = {
  readonly element: HTMLElement;
  readonly open: boolean;
  /** `chosen`: which one stands out at first; none of them for -1. */
  show(hints: Hint[], chosen?: number): void;
  move(by: 1 | -1): void;
  /** undefined where none stands out */
  chosen(): Hint | undefined;
  first(): Hint;
};

/** The list itself: a listbox that belongs to `input`. `pick` is called for a click. */
export function openHintList(input: HTMLTextAreaElement, id: string, pick: (hint: Hint) => void): HintList {
  const element = h('ul', { class: 'hints', role: 'listbox', id, 'aria-label': t('hints'), hidden: true });
  let all: Hint[] = [];
  let at = 0;

  function draw(): void {
    element.hidden = all.length === 0;
    element.replaceChildren(
      ...all.map((hint, i) =>
        h(
          'li',
          {
            role: 'option',
            id: `${id}-${i}`,
            'aria-selected': String(i === at),
            // Not click: the textarea must keep the focus.
            onmousedown: event => {
              event.preventDefault();
              pick(hint);
            },
          },
          h('b', {}, hint.insert.trim()),
          h('span', {}, hint.about),
        ),
      ),
    );
    input.setAttribute('aria-expanded', String(all.length > 0));
    element.children[at]?.scrollIntoView({ block: 'nearest' });
    if (all[at]) input.setAttribute('aria-activedescendant', `${id}-${at}`);
    else input.removeAttribute('aria-activedescendant');
  }

  return {
    element,
    get open() {
      return all.length > 0;
    },
    show(hints, chosen = 0) {
      all = hints;
      at = chosen;
      draw();
    },
    move(by) {
      at = at < 0 && by < 0 ? all.length - 1 : (at + by + all.length) % all.length;
      draw();
    },
    chosen: () => all[at],
    first: () => all[0],
  };
}
