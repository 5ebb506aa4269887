// A list of messages that stays as it is where nothing changed: scroll, focus and what somebody is typing survive every update.
import type { ViewMessage } from '../../chat/local/view.ts';
import { h } from './dom.ts';
import { type MessageActions, messageElement } from './message.ts';
import type { SeenRoom } from './seen-room.ts';
import { day, language } from './sentences.ts';

/** Closer than this to the end, the list follows what comes. */
const NEAR_END_PX = 120;
/** One author's messages closer than this stand under one head. */
const GROUP_MS = 5 * 60 * 1000;

type Drawn = { element: HTMLElement; message?: ViewMessage; look: string };
export type MessageList = {
  /** Shows these, oldest first; `empty` when there are none. `anew`: another place, so begin at its end. */
  show(room: SeenRoom, messages: ViewMessage[], options?: { empty?: HTMLElement; anew?: boolean }): void;
};

export function openMessageList(box: HTMLElement, actions: MessageActions): MessageList {
  let drawn = new Map<string, Drawn>();
  let following = true;
  // What scrolls must be reachable by keyboard.
  box.tabIndex = 0;
  box.addEventListener('scroll', () => {
    following = box.scrollHeight - box.scrollTop - box.clientHeight < NEAR_END_PX;
  });
  // A picture or a keyboard that takes room must not push the end out of sight.
  new ResizeObserver(() => following && toEnd()).observe(box);
  const toEnd = () => {
    box.scrollTop = box.scrollHeight;
  };

  return {
    show(room, messages, { empty, anew = false } = {}) {
      if (anew) {
        drawn = new Map();
        box.replaceChildren();
        following = true;
      }
      const next = new Map<string, Drawn>();
      let before: ViewMessage | undefined;
      for (const message of messages) {
        if (!before || day(before.at) !== day(message.at)) draw(`day ${day(message.at)}`, language(), () => separator(message.at));
        const grouped = before?.author === message.author && message.at - before.at < GROUP_MS && !message.private && !before.private;
        const replies = actions.openThread ? [...room.messages.values()].filter(({ thread }) => thread === message.id).length : 0;
        const names = room.people.get(message.author)?.name;
        draw(
          message.id,
          `${grouped} ${replies} ${language()} ${names} ${JSON.stringify(actions.chosen(message))}`,
          () => messageElement(room, message, { grouped, replies }, actions),
          message,
        );
        before = message;
      }
      if (messages.length === 0 && empty) draw('empty', '', () => empty);
      for (const [key, { element }] of drawn) if (next.get(key)?.element !== element) element.remove();
      drawn = next;
      let at = box.firstElementChild;
      for (const { element } of next.values()) {
        if (element === at) at = at.nextElementSibling;
        else box.insertBefore(element, at);
      }
      if (following) toEnd();

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
  };
}

const separator = (at: number) => h('div', { class: 'day', role: 'separator' }, h('span', {}, day(at)));

/** The new element in the place of the old one, with the focus and the ticks that somebody set. */
function takeOver(old: HTMLElement, element: HTMLElement): void {
  const focused = old.contains(document.activeElement) ? (document.activeElement as HTMLElement).dataset.key : undefined;
  for (const box of old.querySelectorAll<HTMLInputElement>('input[type=checkbox]')) {
    const same = [...element.querySelectorAll<HTMLInputElement>('input[type=checkbox]')].find(
      ({ name, value }) => name === box.name && value === box.value,
    );
    if (same && box.checked !== box.defaultChecked) same.checked = box.checked;
  }
  old.replaceWith(element);
  if (focused) [...element.querySelectorAll<HTMLElement>('[data-key]')].find(({ dataset }) => dataset.key === focused)?.focus();
}
