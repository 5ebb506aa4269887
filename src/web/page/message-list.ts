// A list of messages that stays as it is where nothing changed: scroll, focus and what somebody is typing survive every update.
import type { ViewMessage } from '../../chat/local/view.ts';
import { h } from './dom.ts';
import { icon } from './icons.ts';
import { type MessageActions, messageElement } from './message.ts';
import type { SeenRoom } from './seen-room.ts';
import { day, language, t } from './sentences.ts';

/** Closer than this to the end, the list follows what comes. */
const NEAR_END_PX = 120;
/** One author's messages closer than this stand under one head. */
const GROUP_MS = 5 * 60 * 1000;
const FLASH_MS = 2_000;

type Drawn = { element: HTMLElement; message?: ViewMessage; look: string };
export type Shown = {
  /** what stands there when there is no message */
  empty?: HTMLElement;
  /** another place than before: begin at its end, or where the new messages begin */
  anew?: boolean;
  /** the first message that is new to the reader */
  newFrom?: string;
  replies?: Map<string, ViewMessage[]>;
  /** new replies by thread */
  news?: Map<string, ViewMessage[]>;
};
export type MessageList = {
  /** Shows these, oldest first. */
  show(room: SeenRoom, messages: ViewMessage[], shown?: Shown): void;
  /** Scrolls to a message and lets it light up; false if it is not in the list. */
  reveal(id: string): boolean;
};

export function openMessageList(box: HTMLElement, actions: MessageActions): MessageList {
  let drawn = new Map<string, Drawn>();
  let following = true;
  /** Where the list stood when it was last put to its end. */
  let endAt = 0;
  const atEnd = () => box.scrollHeight - box.scrollTop - box.clientHeight < NEAR_END_PX;
  const jump = h('button', { type: 'button', class: 'to-end', hidden: true, onclick: () => toEnd() }, icon('down', 15), h('span'));
  // What scrolls must be reachable by keyboard.
  box.tabIndex = 0;
  let size = '';
  const sizeNow = () => `${box.clientWidth} ${box.clientHeight}`;
  box.addEventListener('scroll', () => {
    // A thread that opens beside makes the list narrower and its text longer: that was the page, not the reader.
    if (sizeNow() !== size) return;
    following = atEnd();
    if (following) jump.hidden = true;
  });
  // A picture or a keyboard that takes room must not push the end out of sight.
  new ResizeObserver(() => {
    size = sizeNow();
    if (following) toEnd();
  }).observe(box);
  const toEnd = () => {
    box.scrollTop = box.scrollHeight;
    endAt = box.scrollTop;
  };
  // Where no pointer hovers, a tap shows what can be done with a message.
  box.addEventListener('click', ({ target }) => {
    const tapped = (target as Element).closest('.message');
    for (const other of box.querySelectorAll('.tapped')) if (other !== tapped) other.classList.remove('tapped');
    tapped?.classList.add('tapped');
  });
  box.addEventListener('keydown', event => {
    if (event.key === 'ArrowUp' || event.key === 'ArrowDown') moveAlong(event, event.key === 'ArrowUp' ? -1 : 1);
  });

  /** What one said oneself is followed; what others said below the edge is pointed to. */
  function noticeEnd(messages: ViewMessage[], me: string): void {
    const last = messages.at(-1);
    if (!last || drawn.has(last.id)) return;
    // The scroll event comes a frame later than the scrolling; a message may come in between.
    if (!atEnd() && box.scrollTop < endAt - NEAR_END_PX) following = false;
    if (last.author === me) following = true;
    if (following) return;
    jump.hidden = false;
    jump.lastElementChild!.textContent = t('new');
  }

  return {
    show(room, messages, { empty, anew = false, newFrom, replies, news } = {}) {
      if (anew) {
        drawn = new Map();
        box.replaceChildren(jump);
        jump.hidden = true;
        following = true;
      } else if (drawn.size > 0) noticeEnd(messages, room.me);
      const next = new Map<string, Drawn>();
      let before: ViewMessage | undefined;
      for (const message of messages) {
        const newDay = !before || day(before.at) !== day(message.at);
        if (newDay) draw(`day ${day(message.at)}`, language(), () => separator('day', day(message.at)));
        if (message.id === newFrom) draw('new', language(), () => separator('new-line', t('new')));
        const grouped = !newDay && message.id !== newFrom && isGrouped(before, message);
        const around = { grouped, replies: replies?.get(message.id) ?? [], news: news?.get(message.id)?.length ?? 0 };
        const editing = actions.editing(message);
        const names = [message.author, ...around.replies.map(({ author }) => author)].map(id => room.people.get(id)?.name);
        const look = [
          grouped,
          around.replies.at(-1)?.no,
          names,
          around.news,
          language(),
          room.me,
          actions.chosen(message),
          editing?.problem,
        ];
        draw(message.id, JSON.stringify(look), () => messageElement(room, message, around, actions), message);
        before = message;
      }
      if (messages.length === 0 && empty) draw('empty', empty.dataset.look ?? '', () => empty);
      for (const [key, { element }] of drawn) if (next.get(key)?.element !== element) element.remove();
      drawn = next;
      let at = box.firstElementChild;
      for (const { element } of next.values()) {
        if (element === at) at = at.nextElementSibling;
        else box.insertBefore(element, at);
      }
      if (following) toEnd();
      const line = anew && next.get('new')?.element;
      if (line && line.offsetTop - box.offsetTop < box.scrollTop) box.scrollTop = line.offsetTop - box.offsetTop;

      function draw(key: string, look: string, make: () => HTMLElement, message?: ViewMessage): void {
        const old = drawn.get(key);
        if (old && old.message === message && old.look === look) {
          next.set(key, old);
          return;
        }
        const element = make();
        if (old) takeOver(old.element, element);
        next.set(key, { element, message, look });
      }
    },
    reveal(id) {
      const element = drawn.get(id)?.element;
      if (!element) return false;
      following = false;
      element.scrollIntoView({ block: 'center' });
      element.classList.add('flash');
      setTimeout(() => element.classList.remove('flash'), FLASH_MS);
      return true;
    },
  };
}

const separator = (kind: string, text: string) => h('div', { class: kind, role: 'separator', 'aria-label': text }, h('span', {}, text));

function isGrouped(before: ViewMessage | undefined, message: ViewMessage): boolean {
  const near = before?.author === message.author && message.at - before.at < GROUP_MS;
  return near && !message.private && !before.private && !before.deleted && !message.deleted;
}

/** From a message's button to the same button of the next one. */
function moveAlong(event: KeyboardEvent, by: 1 | -1): void {
  const focused = event.target as HTMLElement;
  const { key } = focused.dataset;
  const message = focused.closest('.message');
  if (!key || !message || focused.tagName !== 'BUTTON') return;
  const all = [...(message.parentElement?.querySelectorAll<HTMLElement>(`[data-key="${CSS.escape(key)}"]`) ?? [])];
  const next = all[all.indexOf(focused) + by];
  if (!next) return;
  event.preventDefault();
  next.focus();
}

/** The new element in the place of the old one, with the focus, the caret and the ticks that somebody set. */
function takeOver(old: HTMLElement, element: HTMLElement): void {
  const focused = old.contains(document.activeElement) ? (document.activeElement as HTMLElement) : undefined;
  for (const box of old.querySelectorAll<HTMLInputElement>('input[type=checkbox]')) {
    const same = [...element.querySelectorAll<HTMLInputElement>('input[type=checkbox]')].find(
      ({ name, value }) => name === box.name && value === box.value,
    );
    if (same && box.checked !== box.defaultChecked) same.checked = box.checked;
  }
  if (old.classList.contains('tapped')) element.classList.add('tapped');
  if (old.classList.contains('flash')) element.classList.add('flash');
  const caret = focused instanceof HTMLTextAreaElement && ([focused.selectionStart, focused.selectionEnd] as const);
  old.replaceWith(element);
  const same =
    focused && [...element.querySelectorAll<HTMLElement>('[data-key]')].find(({ dataset }) => dataset.key === focused.dataset.key);
  same?.focus();
  if (caret && same instanceof HTMLTextAreaElement) same.setSelectionRange(...caret);
}
