// The page: it keeps what it saw of the room, draws it, and hands what the reader does to the server.
import type { Button } from '../../chat/chat.ts';
import type { View, ViewMessage } from '../../chat/local/view.ts';
import { askForm, sendMessage, sendPress } from './calls.ts';
import { openChoices } from './choices.ts';
import { type Composer, openComposer } from './composer.ts';
import { byId, h } from './dom.ts';
import { acceptDrops } from './drop.ts';
import { openFormDialog } from './form-dialog.ts';
import { icon } from './icons.ts';
import { type Live, openLive } from './live.ts';
import { openMessageList } from './message-list.ts';
import { pressButton } from './press.ts';
import { botOf, messagesAt, nothingSeen, see } from './seen-room.ts';
import { language, loadSentences, t } from './sentences.ts';
import { sidebar } from './sidebar.ts';
import { applyTheme, switchTheme } from './theme.ts';
import { welcome } from './welcome.ts';

let room = nothingSeen();
let channel = '';
let thread: string | undefined;
const unread = new Set<string>();
let sidebarLook = '';
let live: Live | undefined;
let composer: Composer;
let threadComposer: Composer;

const choices = openChoices();
const chosen = (message: ViewMessage) => choices.of(room.me, message.id);
const pressed = (message: ViewMessage, button: Button) => {
  choices.keep(room.me, message.id, button);
  draw();
};
const press = pressButton({ me: () => room.me, notice, sendPress, askForm, openFormDialog, pressed });
const list = openMessageList(byId('messages'), { press, chosen, openThread: message => openThread(message.thread ?? message.id) });
const threadList = openMessageList(byId('thread-messages'), { press, chosen });

applyTheme();
acceptDrops(files => (thread && document.activeElement?.closest('#thread') ? threadComposer : composer).attach(files));
addEventListener('keydown', event => {
  if (event.key === 'Escape' && thread && !document.querySelector('dialog[open], :popover-open')) closeThread();
});
void begin();

async function begin(): Promise<void> {
  try {
    await loadSentences(localStorage.getItem('lang'));
  } catch (error) {
    notice((error as Error).message);
    return;
  }
  drawComposers();
  speakAs(sessionStorage.getItem('as') ?? localStorage.getItem('as') ?? '');
}

/** The room as `person` sees it, from the start. */
function speakAs(person: string): void {
  live?.close();
  room = nothingSeen();
  unread.clear();
  live = openLive(person, { view: arrived, lost: forGood => notice(t(forGood ? 'locked' : 'offline')) });
}

function arrived(view: View): void {
  // Another room stands behind this address now: what was seen is of the old one.
  if (room.room && view.room !== room.room) room = nothingSeen();
  const { added, first } = see(room, view);
  notice('');
  if (first) {
    sessionStorage.setItem('as', room.me);
    localStorage.setItem('as', room.me);
    if (!room.channels.has(channel)) channel = [...room.channels.keys()][0] ?? '';
    if (thread && !room.messages.has(thread)) thread = undefined;
  } else announce(added);
  draw(first);
}

function announce(added: ViewMessage[]): void {
  for (const message of added.filter(({ author }) => author !== room.me)) {
    if (message.channel !== channel) unread.add(message.channel);
    const text = document.getElementById(message.id)?.querySelector('.plain, .title')?.textContent ?? '';
    byId('announcer').textContent = t('from', { name: room.people.get(message.author)?.name ?? '', text: text.slice(0, 200) });
  }
}

function draw(anew = false): void {
  const here = room.channels.get(channel);
  const name = here?.direct ? here.name : `#${here?.name ?? ''}`;
  drawSidebar();
  byId('head').replaceChildren(
    h('h2', {}, here?.direct ? icon('sprout') : h('span', { class: 'hash', 'aria-hidden': 'true' }, '#'), here?.name ?? ''),
  );
  byId('messages').setAttribute('aria-label', t('messages', { name }));
  composer.setPlaceholder(t('write', { name }));
  list.show(room, messagesAt(room, channel), { empty: welcome(botOf(room)?.name ?? ''), anew });

  const shown = thread !== undefined && room.messages.has(thread);
  const opened = shown && byId('thread').hidden !== false;
  byId('thread').hidden = !shown;
  byId('app').classList.toggle('with-thread', shown);
  if (!shown) return;
  const close = h(
    'button',
    { type: 'button', class: 'tool', title: t('close'), 'aria-label': t('close'), onclick: closeThread },
    icon('close'),
  );
  byId('thread-head').replaceChildren(h('h2', {}, t('thread'), h('small', {}, name)), close);
  byId('thread').setAttribute('aria-label', t('thread'));
  threadList.show(room, messagesAt(room, channel, thread), { anew: anew || opened });
}

/** Only where something in it changed: an open menu must survive other people's messages. */
function drawSidebar(): void {
  const look = JSON.stringify([room.me, [...room.people.values()], [...room.channels.values()], channel, [...unread], language()]);
  if (look === sidebarLook) return;
  sidebarLook = look;
  byId('sidebar').replaceChildren(...sidebar(room, channel, unread, { go, become: speakAs, switchLanguage, switchTheme }));
}

function drawComposers(): void {
  const names = () =>
    [...room.people.values()].filter(({ id }) => id !== room.me).map(({ name, bot }) => ({ name, about: bot ? t('app') : '' }));
  const place = () => ({ as: room.me, channel });
  composer = openComposer({ id: 'main-text', placeholder: '', names, send: (text, files) => sendMessage({ ...place(), text, files }) });
  threadComposer = openComposer({
    id: 'thread-text',
    placeholder: t('write.thread'),
    names,
    send: (text, files) => sendMessage({ ...place(), thread, text, files }),
  });
  byId('composer').replaceChildren(composer.element);
  byId('thread-composer').replaceChildren(threadComposer.element);
}

function go(to: string): void {
  channel = to;
  thread = undefined;
  unread.delete(to);
  draw(true);
  composer.focus();
}

function openThread(root: string): void {
  const other = thread !== root;
  thread = root;
  if (other) byId('thread').hidden = true;
  draw();
  threadComposer.focus();
}

function closeThread(): void {
  const root = thread;
  thread = undefined;
  draw();
  const replies = document.getElementById(root ?? '')?.querySelector<HTMLElement>('[data-key=replies], [data-key=reply]');
  (replies ?? composer).focus();
}

async function switchLanguage(): Promise<void> {
  const next = language() === 'zh' ? 'en' : 'zh';
  await loadSentences(next).catch(error => notice(error.message));
  localStorage.setItem('lang', language());
  drawComposers();
  draw();
}

/** One sentence above the messages; empty takes it away. */
function notice(sentence: string): void {
  byId('notice').textContent = sentence;
}
