// The page: it keeps what it saw of the room, draws it, and hands what the reader does to the server.
import type { Button } from '../../chat/chat.ts';
import type { View, ViewMessage } from '../../chat/local/view.ts';
import { announce } from './announcer.ts';
import * as calls from './calls.ts';
import { openChoices } from './choices.ts';
import { askToRemove } from './dialogs.ts';
import { byId } from './dom.ts';
import { acceptDrops } from './drop.ts';
import { openEditor } from './editing.ts';
import { openFormDialog } from './form-dialog.ts';
import type { MessageActions } from './message.ts';
import { openMessageMenu } from './message-menu.ts';
import { openNewPlaces } from './new-places.ts';
import { openPageLanguage } from './page-language.ts';
import { openPanes, type Where } from './panes.ts';
import { pressButton } from './press.ts';
import { lastOwn, nothingSeen, see } from './seen-room.ts';
import { t } from './sentences.ts';
import { openSidebar } from './sidebar.ts';
import { openSpeaking } from './speaking.ts';
import { applyTheme, switchTheme } from './theme.ts';
import { openUnread } from './unread.ts';

let room = nothingSeen();
let channel = '';
let thread: string | undefined;
let away = false;

const unread = openUnread(localStorage);
const choices = openChoices();
const speaking = openSpeaking({ view: view => void arrived(view), lost });
const press = pressButton({ me: speaking.me, notice, sendPress: calls.sendPress, askForm: calls.askForm, openFormDialog, pressed });
const actions: MessageActions = {
  press,
  chosen: message => choices.of(room.me, message.id),
  react: (message, sign, on) => attempt(as => calls.react({ as, message: message.id, sign, on })),
  more: (message, by) => openMessageMenu(message, room.me, by, { ...menuActions, reply: by.closest('#thread') ? undefined : reply }),
  editing: message => editor.of(message),
  edit: message => editor.actions(message),
};
const editor = openEditor({
  draw,
  save: async ({ id }, text) => calls.editMessage({ as: await speaking.me(), message: id, text }),
  left: inThread => panes.composer(inThread).focus(),
});
const reply = (message: ViewMessage) => openThread(message.thread ?? message.id);
const menuActions = {
  react: actions.react,
  link: ({ id }: ViewMessage) => followAddress(`#${id}`),
  edit: startEdit,
  remove: ({ id }: ViewMessage) => askToRemove(async () => calls.removeMessage({ as: await speaking.me(), message: id })),
};
const newPlaces = openNewPlaces(() => room, { me: speaking.me, go, attempt });
const pageLanguage = openPageLanguage({
  storage: localStorage,
  attempt,
  notice,
  spoken() {
    panes.speak();
    draw();
  },
});
const places = openSidebar(byId('sidebar'), { ...newPlaces, go, become, switchLanguage: pageLanguage.change, switchTheme });
const panes = openPanes({
  room: () => room,
  at: () => ({ channel, thread }),
  unread,
  messages: actions,
  send,
  editLast,
  reply,
  closeThread,
  openPlaces: () => showPlaces(true),
  loadTeam: newPlaces.loadTeam,
});

applyTheme();
acceptDrops(files => panes.composer(Boolean(thread && document.activeElement?.closest('#thread'))).attach(files));
addEventListener('keydown', event => {
  if (document.querySelector('dialog[open], :popover-open')) return;
  if (event.key === 'Escape' && byId('app').classList.contains('with-places')) showPlaces(false);
  else if (event.key === 'Escape' && thread) closeThread();
  else if (event.altKey && (event.key === 'ArrowUp' || event.key === 'ArrowDown')) goAlong(event.key === 'ArrowUp' ? -1 : 1);
  else return;
  event.preventDefault();
});
addEventListener('hashchange', () => followAddress(location.hash));
document.addEventListener('visibilitychange', () => {
  const news = unread.all(room);
  for (const place of [channel, thread ?? '']) if (news.has(place)) unread.arrive(room, place);
  draw();
});
byId('shade').addEventListener('click', () => showPlaces(false));
void begin();

async function begin(): Promise<void> {
  try {
    await pageLanguage.begin();
  } catch (error) {
    return notice((error as Error).message);
  }
  panes.speak();
  become(sessionStorage.getItem('as') ?? localStorage.getItem('as') ?? '');
}

/** The room as `person` sees it, from the start. */
function become(person: string): void {
  if (person !== '' && person === room.me) {
    panes.composer(false).focus();
    return;
  }
  if (room.me) forgetAddress();
  // Names can be suggested while the other one's room is on its way.
  room = { ...nothingSeen(), people: room.people };
  editor.stop();
  showPlaces(false);
  speaking.become(person);
}

async function arrived(view: View): Promise<void> {
  // Another room stands behind this address now: what was seen is of the old one.
  if (room.room && view.room !== room.room) room = nothingSeen();
  const { added, first } = see(room, view);
  if (away) notice('');
  away = false;
  if (!room.channels.has(channel)) channel = [...room.channels.keys()][0] ?? '';
  if (thread && !room.messages.has(thread)) thread = undefined;
  if (!first) {
    draw();
    announce(byId('announcer'), room, added);
    return;
  }
  sessionStorage.setItem('as', room.me);
  localStorage.setItem('as', room.me);
  unread.begin(room);
  await pageLanguage.follow(room.people.get(room.me)?.lang);
  unread.arrive(room, channel);
  if (thread) unread.arrive(room, thread);
  draw(true);
  if (location.hash) followAddress(location.hash);
}

function lost(forGood: boolean): void {
  away = true;
  notice(t(forGood ? 'locked' : 'offline'));
}

function draw(anew = false): void {
  if (!room.me) return;
  if (document.visibilityState === 'visible') for (const place of [channel, thread]) if (place) unread.read(room, place);
  const news = unread.all(room);
  const total = [...news.values()].flat().length;
  document.title = total > 0 ? `(${total}) Apprentice` : 'Apprentice';
  places.show(room, channel, news);
  panes.show(news, anew);
}

async function send(text: string, files: string[], to: Where): Promise<void> {
  unread.spoke(to.thread ?? to.channel);
  const as = await speaking.me();
  // Before the first view there is no channel yet: what is said then goes to the one that opens.
  await calls.sendMessage({ as, ...to, channel: to.channel || channel, text, files });
}

function editLast(at: Where): void {
  const message = lastOwn(room, at.channel, at.thread);
  if (message) startEdit(message);
}

function go(to: string): void {
  channel = to;
  thread = undefined;
  forgetAddress();
  notice('');
  showPlaces(false);
  unread.arrive(room, to);
  draw(true);
  panes.composer(false).focus();
}

function goAlong(by: 1 | -1): void {
  const all = [...room.channels.keys()];
  go(all[(all.indexOf(channel) + by + all.length) % all.length]);
}

function openThread(root: string): void {
  thread = root;
  unread.arrive(room, root);
  draw();
  panes.composer(true).focus();
}

function closeThread(): void {
  const root = thread;
  thread = undefined;
  draw();
  const replies = document.getElementById(root ?? '')?.querySelector<HTMLElement>('[data-key=replies], [data-key=reply]');
  (replies ?? panes.composer(false)).focus();
}

/** `#ID`: the message of that id, wherever it stands. */
function followAddress(hash: string): void {
  const message = room.messages.get(hash.slice(1));
  if (!message) {
    notice(t('message.away'));
    return;
  }
  if (location.hash !== hash) history.replaceState(null, '', hash);
  channel = message.channel;
  thread = message.thread && room.messages.has(message.thread) ? message.thread : undefined;
  draw(true);
  panes.list(thread !== undefined).reveal(message.id);
}

/** Whoever went on from a message wants to be led there no more. */
function forgetAddress(): void {
  if (location.hash) history.replaceState(null, '', location.pathname);
}

function startEdit(message: ViewMessage): void {
  const inThread = thread !== undefined && (thread === message.id || message.thread === thread);
  editor.start(message, byId(inThread ? 'thread' : 'main'));
}

function showPlaces(on: boolean): void {
  byId('app').classList.toggle('with-places', on);
  byId('shade').hidden = !on;
  if (on) byId('sidebar').querySelector<HTMLElement>('[aria-current]')?.focus();
}

function pressed(message: ViewMessage, button: Button): void {
  choices.keep(room.me, message.id, button);
  draw();
}

/** Does something as the person spoken as; what is wrong with it stands above the messages. */
async function attempt(act: (as: string) => Promise<unknown>): Promise<void> {
  try {
    await act(await speaking.me());
    notice('');
  } catch (error) {
    notice((error as Error).message);
  }
}

/** One sentence above the messages; empty takes it away. */
function notice(sentence: string): void {
  byId('notice').textContent = sentence;
}
