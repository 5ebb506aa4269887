// One message: who, when, what it says, and what hangs on it.
import type { Button } from '../../chat/chat.ts';
import type { ViewMessage } from '../../chat/local/view.ts';
import { avatar } from './avatar.ts';
import { h, html } from './dom.ts';
import { type IconName, icon } from './icons.ts';
import { partElement } from './parts.ts';
import type { SeenRoom } from './seen-room.ts';
import { clock, t } from './sentences.ts';

const SIGN_ICONS: Record<string, IconName> = { seen: 'eye', kept: 'check', working: 'glass', '✅': 'check' };

export type MessageActions = {
  press(message: ViewMessage, button: Button, element: HTMLButtonElement): void;
  /** What this reader pressed on a message: value by action. */
  chosen(message: ViewMessage): Record<string, string>;
  /** undefined where there are no threads to open: in a thread */
  openThread?(message: ViewMessage): void;
};

/** `grouped`: follows one by the same author, so its head is left out. `replies`: in its thread. */
export function messageElement(
  room: SeenRoom,
  message: ViewMessage,
  { grouped, replies }: { grouped: boolean; replies: number },
  actions: MessageActions,
): HTMLElement {
  if (message.private && message.author === room.me) return ownCommand(message, actions);
  const author = room.people.get(message.author);
  const name = author?.name ?? '…';
  const time = h('time', { datetime: new Date(message.at).toISOString(), title: new Date(message.at).toLocaleString() }, clock(message.at));
  const element = h(
    'article',
    { class: `message${grouped ? ' grouped' : ''}${message.private ? ' private' : ''}`, id: `${message.id}`, 'aria-label': name },
    grouped ? h('div', { class: 'gutter' }, time) : h('div', { class: 'gutter' }, avatar(author)),
    h(
      'div',
      { class: 'content' },
      !grouped && h('div', { class: 'by' }, h('b', {}, name), author?.bot && h('span', { class: 'badge' }, t('app')), time),
      message.private && h('div', { class: 'only-you' }, icon('lock', 13), t('onlyYou')),
      body(message, actions),
      ...message.files.map(file =>
        h(
          'a',
          { class: 'file', href: `/files/${file.id}`, download: file.name },
          icon('file'),
          file.name,
          h('small', {}, size(file.bytes)),
        ),
      ),
      message.edited && h('small', { class: 'edited' }, `(${t('edited')})`),
      reactions(room, message),
      replies > 0 &&
        actions.openThread &&
        h(
          'button',
          { class: 'replies', type: 'button', 'data-key': 'replies', onclick: () => actions.openThread?.(message) },
          replies === 1 ? t('reply.one') : t('replies', { count: replies }),
        ),
    ),
    actions.openThread &&
      h(
        'div',
        { class: 'tools' },
        h(
          'button',
          {
            type: 'button',
            class: 'tool',
            'data-key': 'reply',
            title: t('reply'),
            'aria-label': t('reply'),
            onclick: () => actions.openThread?.(message),
          },
          icon('reply'),
        ),
      ),
  );
  return element;
}

/** What a person typed for the bot alone: one quiet line. */
function ownCommand(message: ViewMessage, actions: MessageActions): HTMLElement {
  return h(
    'article',
    { class: 'message command', id: message.id, 'aria-label': t('onlyYou') },
    h('div', { class: 'gutter' }, h('time', {}, clock(message.at))),
    h('div', { class: 'content', title: t('onlyYou') }, icon('lock', 13), h('span', {}, t('command')), body(message, actions)),
  );
}

function body(message: ViewMessage, actions: MessageActions): HTMLElement {
  const parts = message.parts.map(part =>
    partElement(part, (button, element) => actions.press(message, button, element), actions.chosen(message)),
  );
  const plain = !message.title && message.parts.every(part => 'html' in part);
  if (plain) return h('div', { class: 'plain' }, ...parts);
  return h('div', { class: 'card' }, message.title ? html('h3', 'title', message.title) : undefined, ...parts);
}

function reactions(room: SeenRoom, { reactions: all }: ViewMessage): HTMLElement | undefined {
  if (all.length === 0) return undefined;
  const chip = ({ sign, people }: { sign: string; people: string[] }) => {
    const who = people.map(id => room.people.get(id)?.name ?? '…').join(', ');
    const label = ['seen', 'kept', 'working'].includes(sign) ? t(`sign.${sign}`) : sign;
    const picture = SIGN_ICONS[sign];
    const count = people.length > 1 && String(people.length);
    return h(
      'span',
      { class: `reaction sign-${picture ?? 'other'}`, title: `${label}: ${who}`, role: 'img', 'aria-label': `${label}: ${who}` },
      picture ? icon(picture, 14) : sign,
      count,
    );
  };
  return h('div', { class: 'reactions' }, ...all.map(chip));
}

function size(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`;
  return bytes < 1024 ** 2 ? `${Math.round(bytes / 1024)} kB` : `${(bytes / 1024 ** 2).toFixed(1)} MB`;
}
