// One message: who, when, what it says, and what hangs on it.
import type { Button } from '../../chat/chat.ts';
import type { ViewMessage } from '../../chat/local/view.ts';
import { avatar } from './avatar.ts';
import { h, html } from './dom.ts';
import { type EditActions, type Editing, editBox } from './edit-box.ts';
import { icon } from './icons.ts';
import { partElement } from './parts.ts';
import { APPROVAL, emoji, gaveSign, type React, reactionRow } from './reactions.ts';
import type { SeenRoom } from './seen-room.ts';
import { clock, t } from './sentences.ts';

/** Faces shown beside the number of replies. */
const MOST_FACES = 3;

export type MessageActions = {
  press(message: ViewMessage, button: Button, element: HTMLButtonElement): void;
  /** What this reader pressed on a message: value by action. */
  chosen(message: ViewMessage): Record<string, string>;
  react: React;
  /** The menu of everything that can be done with it, beside the button `by`. */
  more(message: ViewMessage, by: HTMLElement): void;
  /** The message that is being changed, if it is this one. */
  editing(message: ViewMessage): Editing | undefined;
  edit(message: ViewMessage): EditActions;
  /** undefined where there are no threads to open: in a thread */
  openThread?(message: ViewMessage): void;
};

/** What stands around a message. `grouped`: it follows one by the same author, so its head is left out. `news`: how many replies are new. */
export type Around = { grouped: boolean; replies: ViewMessage[]; news: number };

export function messageElement(room: SeenRoom, message: ViewMessage, around: Around, actions: MessageActions): HTMLElement {
  if (message.deleted) return tombstone(room, message, around, actions);
  if (message.private && message.author === room.me) return ownCommand(message, actions);
  const { grouped } = around;
  const author = room.people.get(message.author);
  const name = author?.name ?? '…';
  const editing = actions.editing(message);
  const time = timeOf(message);
  return h(
    'article',
    { class: `message${grouped ? ' grouped' : ''}${message.private ? ' private' : ''}`, id: idOf(message, actions), 'aria-label': name },
    grouped ? h('div', { class: 'gutter' }, time) : h('div', { class: 'gutter' }, avatar(author)),
    h(
      'div',
      { class: 'content' },
      !grouped && h('div', { class: 'by' }, h('b', {}, name), author?.bot && h('span', { class: 'badge' }, t('app')), time),
      message.private && h('div', { class: 'only-you' }, icon('lock', 13), t('onlyYou')),
      editing ? editBox(editing, actions.edit(message)) : body(message, actions),
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
      reactionRow(room, message, actions.react),
      replies(room, message, around, actions),
    ),
    !message.private && !editing && tools(room, message, actions),
  );
}

/** A thread's root stands in the channel and in the thread; its address leads to the channel. */
const idOf = ({ id, thread }: ViewMessage, { openThread }: MessageActions) => (openThread || thread ? id : `root-${id}`);

/** The time is the message's address: whoever follows or copies it comes back here. */
const timeOf = ({ id, at }: ViewMessage) =>
  h(
    'a',
    { class: 'when', href: `#${id}`, title: new Date(at).toLocaleString(), tabindex: -1 },
    h('time', { datetime: new Date(at).toISOString() }, clock(at)),
  );

function tools(room: SeenRoom, message: ViewMessage, actions: MessageActions): HTMLElement {
  const approved = gaveSign(message, room.me, APPROVAL);
  const tool = (key: string, label: string, picture: Element, act: (by: HTMLElement) => void, pressed?: boolean) => {
    const element: HTMLButtonElement = h(
      'button',
      {
        type: 'button',
        class: 'tool',
        'data-key': key,
        title: label,
        'aria-label': label,
        'aria-pressed': pressed === undefined ? undefined : String(pressed),
        onclick: () => act(element),
      },
      picture,
    );
    return element;
  };
  const { openThread } = actions;
  return h(
    'div',
    { class: 'tools' },
    tool('approve', t(approved ? 'disapprove' : 'approve'), emoji(APPROVAL), () => actions.react(message, APPROVAL, !approved), approved),
    openThread && tool('reply', t('reply'), icon('reply'), () => openThread(message)),
    tool('more', t('message.more'), icon('dots'), by => actions.more(message, by)),
  );
}

function replies(room: SeenRoom, message: ViewMessage, { replies: all, news }: Around, actions: MessageActions): HTMLElement | undefined {
  const { openThread } = actions;
  const last = all.at(-1);
  if (!last || !openThread) return undefined;
  const faces = [...new Set(all.map(({ author }) => author))].slice(0, MOST_FACES);
  return h(
    'button',
    { class: 'replies', type: 'button', 'data-key': 'replies', onclick: () => openThread(message) },
    h('span', { class: 'faces' }, ...faces.map(id => avatar(room.people.get(id)))),
    h('span', { class: 'count' }, all.length === 1 ? t('reply.one') : t('replies', { count: all.length })),
    news > 0 && h('span', { class: 'news' }, t('news', { count: news })),
    h('small', {}, clock(last.at)),
  );
}

/** What a person typed for the bot alone: one quiet line. */
function ownCommand(message: ViewMessage, actions: MessageActions): HTMLElement {
  return h(
    'article',
    { class: 'message command', id: idOf(message, actions), 'aria-label': t('onlyYou') },
    h('div', { class: 'gutter' }, h('time', {}, clock(message.at))),
    h('div', { class: 'content', title: t('onlyYou') }, icon('lock', 13), h('span', {}, t('command')), body(message, actions)),
  );
}

/** A deleted message that has replies. */
function tombstone(room: SeenRoom, message: ViewMessage, around: Around, actions: MessageActions): HTMLElement {
  return h(
    'article',
    { class: 'message gone', id: idOf(message, actions), 'aria-label': t('gone') },
    h('div', { class: 'gutter' }, icon('bin', 15)),
    h('div', { class: 'content' }, h('p', {}, t('gone')), replies(room, message, around, actions)),
  );
}

function body(message: ViewMessage, actions: MessageActions): HTMLElement {
  const parts = message.parts.map((part, n) =>
    partElement(
      part,
      `/pictures/${message.id}/${n}.png`,
      (button, element) => actions.press(message, button, element),
      actions.chosen(message),
    ),
  );
  const plain = !message.title && message.parts.every(part => 'html' in part);
  if (plain) return h('div', { class: 'plain' }, ...parts);
  return h('div', { class: 'card' }, message.title ? html('h3', 'title', message.title) : undefined, ...parts);
}

function size(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`;
  return bytes < 1024 ** 2 ? `${Math.round(bytes / 1024)} kB` : `${(bytes / 1024 ** 2).toFixed(1)} MB`;
}
