// Where a message is written: Enter sends, Shift+Enter breaks the line, files wait above the text, and nothing typed is ever lost:
// every place keeps its own draft.
import type { Attachment } from '../../chat/chat.ts';
import { uploadFile } from './calls.ts';
import { h } from './dom.ts';
import { type Hint, hintsFor, openHintList } from './hints.ts';
import { icon } from './icons.ts';
import { t } from './sentences.ts';

const MOST_HEIGHT_PX = 220;

/** What was typed and attached and not yet sent. */
export type Draft = { text: string; files: Map<string, Attachment> };

export type Composer = {
  readonly element: HTMLElement;
  focus(): void;
  attach(files: Iterable<File>): void;
  /** Writes to this place from now on; who that is, in words. */
  writeTo(place: string, words: string): void;
};

/** `send` rejects with a sentence; then everything stays as it was, the sentence above it. */
export function openComposer({
  id,
  drafts,
  names,
  send,
  editLast,
}: {
  id: string;
  /** by place; kept by the caller, so that they outlive this composer */
  drafts: Map<string, Draft>;
  names(): { name: string; about: string }[];
  send(text: string, files: string[]): Promise<unknown>;
  /** ArrowUp in an empty composer. */
  editLast(): void;
}): Composer {
  let place = '';
  let sending = false;
  const draft = (): Draft => {
    const kept = drafts.get(place) ?? { text: '', files: new Map() };
    drafts.set(place, kept);
    return kept;
  };
  const text = h('textarea', {
    rows: 1,
    role: 'combobox',
    'aria-autocomplete': 'list',
    'aria-controls': `${id}-hints`,
    'aria-expanded': 'false',
    enterkeyhint: 'send',
    oninput: changed,
    onkeydown: event => key(event as KeyboardEvent),
    onblur: () => hints.show([]),
    onpaste: event => pasted(event as ClipboardEvent),
  });
  const hints = openHintList(text, `${id}-hints`, accept);
  const problem = h('p', { class: 'problem', role: 'alert' });
  const chips = h('div', { class: 'chips' });
  const picker = h('input', {
    type: 'file',
    multiple: true,
    hidden: true,
    onchange: () => {
      attach(picker.files ?? []);
      picker.value = '';
    },
  });
  const clip = h(
    'button',
    { type: 'button', class: 'tool', title: t('attach'), 'aria-label': t('attach'), onclick: () => picker.click() },
    icon('clip', 20),
  );
  const go = h('button', { type: 'submit', class: 'send', title: t('send'), 'aria-label': t('send'), disabled: true }, icon('send', 20));
  const element = h(
    'form',
    {
      class: 'composer',
      onsubmit: event => {
        event.preventDefault();
        void submit();
      },
    },
    hints.element,
    problem,
    h('div', { class: 'box' }, chips, h('div', { class: 'line' }, clip, text, go), picker),
    h('p', { class: 'keys' }, t('keys')),
  );

  function changed(): void {
    draft().text = text.value;
    text.style.height = 'auto';
    text.style.height = `${Math.min(text.scrollHeight, MOST_HEIGHT_PX)}px`;
    go.disabled = sending || (!text.value.trim() && draft().files.size === 0);
    problem.textContent = '';
    const { hints: fitting, whole } = hintsFor(text.value, text.selectionStart, names());
    hints.show(fitting, whole ? -1 : 0);
  }

  function key(event: KeyboardEvent): void {
    // While an input method composes (Chinese, Japanese), Enter belongs to it.
    if (event.isComposing || event.keyCode === 229) return;
    const { key: name, shiftKey } = event;
    if (hints.open && (name === 'ArrowDown' || name === 'ArrowUp')) hints.move(name === 'ArrowDown' ? 1 : -1);
    else if (hints.open && name === 'Tab') accept(hints.chosen() ?? hints.first());
    else if (hints.chosen() && name === 'Enter' && !shiftKey) accept(hints.chosen()!);
    else if (hints.open && name === 'Escape') {
      hints.show([]);
      event.stopPropagation();
    } else if (name === 'ArrowUp' && text.value === '') editLast();
    else if (name === 'Enter' && !shiftKey) void submit();
    else return;
    event.preventDefault();
  }

  function accept({ insert }: Hint): void {
    const { from } = hintsFor(text.value, text.selectionStart, names());
    text.setRangeText(insert, from, text.selectionStart, 'end');
    changed();
  }

  function pasted(event: ClipboardEvent): void {
    const files = event.clipboardData?.files;
    if (!files?.length) return;
    event.preventDefault();
    attach(files);
  }

  async function submit(): Promise<void> {
    if (sending || go.disabled) return;
    sending = true;
    go.disabled = true;
    const mine = draft();
    const { text: sent } = mine;
    const files = [...mine.files.keys()];
    try {
      await send(sent, files);
      // What was typed while it was on its way stays, and so does what belongs to another place.
      mine.text = mine.text.startsWith(sent) ? mine.text.slice(sent.length) : mine.text;
      for (const file of files) mine.files.delete(file);
      sending = false;
      show();
    } catch (error) {
      sending = false;
      changed();
      problem.textContent = (error as Error).message;
    }
  }

  /** What this place's draft holds. */
  function show(): void {
    if (text.value !== draft().text) text.value = draft().text;
    drawChips();
    changed();
  }

  async function attach(files: Iterable<File>): Promise<void> {
    const { files: waiting } = draft();
    for (const file of files) {
      const note = h('span', { class: 'chip busy' }, icon('file', 15), t('uploading', { name: file.name }));
      chips.append(note);
      try {
        const attachment = await uploadFile(file);
        waiting.set(attachment.id, attachment);
        show();
      } catch (error) {
        note.remove();
        problem.textContent = (error as Error).message;
      }
    }
    text.focus();
  }

  function drawChips(): void {
    const chip = ({ id: file, name }: Attachment) => {
      const label = t('removeFile', { name });
      const remove = () => {
        draft().files.delete(file);
        show();
        text.focus();
      };
      return h(
        'span',
        { class: 'chip' },
        icon('file', 15),
        name,
        h('button', { type: 'button', title: label, 'aria-label': label, onclick: remove }, icon('close', 13)),
      );
    };
    chips.replaceChildren(...[...draft().files.values()].map(chip));
  }

  return {
    element,
    focus: () => text.focus(),
    attach: files => void attach(files),
    writeTo(to, words) {
      text.placeholder = words;
      text.setAttribute('aria-label', words);
      if (to === place) return;
      // What was typed before there was any place goes to the first one.
      if (place === '' && draft().text && !drafts.get(to)?.text) drafts.set(to, draft());
      drafts.delete('');
      place = to;
      show();
    },
  };
}
