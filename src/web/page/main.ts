// The page: it keeps what it saw of the room, draws it, and hands what the reader does to the server.
import type { Button } from '../../chat/chat.ts';
import type { View, ViewMessage } from '../../chat/local/view.ts';
import { announce } from './announcer.ts';
import * as calls from './calls.ts';
import { openChoices } from './choices.ts';
import { type Composer, type Draft, openComposer } from './composer.ts';
import { askForChannel, askToRemove } from './dialogs.ts';
import { byId, redraw } from './dom.ts';
import { acceptDrops } from './drop.ts';
import { openEditor } from './editing.ts';
import { openFormDialog } from './form-dialog.ts';
import { channelHead, threadHead } from './head.ts';
import type { MessageActions } from './message.ts';
import { openMessageList } from './message-list.ts';
import { openMessageMenu } from './message-menu.ts';
import { pressButton } from './press.ts';
import { botOf, lastOwn, messagesAt, nothingSeen, repliesByThread, see } from './seen-room.ts';
import { language, loadSentences, t } from './sentences.ts';
import { openSidebar } from './sidebar.ts';
import { openSpeaking } from './speaking.ts';
import { applyTheme, switchTheme } from './theme.ts';
import { openUnread } from './unread.ts';
import { welcome } from './welcome.ts';

let room = nothingSeen();
let channel = '';
let thread: string | undefined;
let composer: Composer;
let threadComposer: Composer;
let away = false;
const drafts = new Map<string, Draft>();

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
  left: inThread => (inThread ? threadComposer : composer).focus(),
});
const reply = (message: ViewMessage) => openThread(message.thread ?? message.id);
const menuActions = {
  react: actions.react,
  link: ({ id }: ViewMessage) => followAddress(`#${id}`),
  edit: startEdit,
  remove: ({ id }: ViewMessage) => askToRemove(async () => calls.removeMessage({ as: await speaking.me(), message: id })),
};
const places = openSidebar(byId('sidebar'), { go, become, addChannel: askForNewChannel, loadTeam, switchLanguage, switchTheme });
const list = openMessageList(byId('messages'), { ...actions, openThread: reply });
const threadList = openMessageList(byId('thread-messages'), actions);

applyTheme();
acceptDrops(files => (thread && document.activeElement?.closest('#thread') ? threadComposer : composer).attach(files));
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
    await loadSentences(localStorage.getItem('lang'));
  } catch (error) {
    notice((error as Error).message);
    return;
  }
  drawComposers();
  become(sessionStorage.getItem('as') ?? localStorage.getItem('as') ?? '');
}

/** The room as `person` sees it, from the start. */
function become(person: string): void {
  if (person !== '' && person === room.me) {
    composer.focus();
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
  await speakTheirLanguage();
  unread.arrive(room, channel);
  if (thread) unread.arrive(room, thread);
  draw(true);
  if (location.hash) followAddress(location.hash);
}

function lost(forGood: boolean): void {
  away = true;
  notice(t(forGood ? 'locked' : 'offline'));
}

/** The page speaks as its person wishes; who has not chosen yet gets what this browser's reader chose. */
async function speakTheirLanguage(): Promise<void> {
  const theirs = room.people.get(room.me)?.lang;
  const here = localStorage.getItem('lang');
  if (!theirs && here) void attempt(as => calls.chooseLanguage({ as, lang: here }));
  if (theirs && theirs !== language()) await showLanguage(theirs);
}

function draw(anew = false): void {
  if (!room.me) return;
  const here = room.channels.get(channel);
  const name = here?.direct ? here.name : `#${here?.name ?? ''}`;
  const shown = thread !== undefined && room.messages.has(thread);
  const opened = shown && byId('thread').hidden !== false;
  if (document.visibilityState === 'visible') for (const place of [channel, shown && thread]) if (place) unread.read(room, place);
  const news = unread.all(room);
  const total = [...news.values()].flat().length;
  document.title = total > 0 ? `(${total}) Apprentice` : 'Apprentice';
  places.show(room, channel, news);
  const elsewhere = [...news.keys()].some(place => place !== channel);
  const headLook = JSON.stringify([here, elsewhere, language()]);
  redraw(byId('head'), headLook, () => channelHead(here, elsewhere, () => showPlaces(true)));
  byId('messages').setAttribute('aria-label', t('messages', { name }));
  composer.writeTo(channel, t('write', { name }));
  const silence = room.botSilent ? t('bot.silent', { bot: botOf(room)?.name ?? '' }) : '';
  for (const line of document.querySelectorAll('.silent')) if (line.textContent !== silence) line.textContent = silence;
  const empty = welcome(botOf(room)?.name ?? '', room.stories, loadTeam);
  const replies = repliesByThread(room);
  list.show(room, messagesAt(room, channel), { empty, anew, newFrom: unread.firstNew(channel), replies, news });

  byId('thread').hidden = !shown;
  byId('app').classList.toggle('with-thread', shown);
  if (!shown || !thread) return;
  redraw(byId('thread-head'), `${name} ${language()}`, () => threadHead(name, closeThread));
  byId('thread').setAttribute('aria-label', t('thread'));
  threadComposer.writeTo(thread, t('write.thread'));
  threadList.show(room, messagesAt(room, channel, thread), { anew: anew || opened, newFrom: unread.firstNew(thread) });
}

function drawComposers(): void {
  const names = () =>
    [...room.people.values()].filter(({ id }) => id !== room.me).map(({ name, bot }) => ({ name, about: bot ? t('app') : '' }));
  const make = (id: string, inThread: boolean) =>
    openComposer({
      id,
      drafts,
      names,
      async send(text, files) {
        const place = { channel, thread: inThread ? thread : undefined };
        unread.spoke(place.thread ?? channel);
        const as = await speaking.me();
        // Before the first view there is no channel yet: what is said then goes to the one that opens.
        await calls.sendMessage({ as, ...place, channel: place.channel || channel, text, files });
      },
      editLast() {
        const message = lastOwn(room, channel, inThread ? thread : undefined);
        if (message) startEdit(message);
      },
    });
  composer = make('main-text', false);
  threadComposer = make('thread-text', true);
  byId('composer').replaceChildren(composer.element);
  byId('thread-composer').replaceChildren(threadComposer.element);
}

function go(to: string): void {
  channel = to;
  thread = undefined;
  forgetAddress();
  notice('');
  showPlaces(false);
  unread.arrive(room, to);
  draw(true);
  composer.focus();
}

function goAlong(by: 1 | -1): void {
  const all = [...room.channels.keys()];
  go(all[(all.indexOf(channel) + by + all.length) % all.length]);
}

function openThread(root: string): void {
  if (thread !== root) byId('thread').hidden = true;
  thread = root;
  unread.arrive(room, root);
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

/** `#ID`: the message of that id, wherever it stands. */
function followAddress(hash: string): void {
  const message = room.messages.get(hash.slice(1));
  if (!message) {
    notice(t('message.away'));
    return;
  }
  if (location.hash !== hash) history.replaceState(null, '', hash);
  channel = message.channel;
  const root = message.thread && room.messages.has(message.thread) ? message.thread : undefined;
  if (root && root !== thread) byId('thread').hidden = true;
  thread = root;
  draw(true);
  (root ? threadList : list).reveal(message.id);
}

/** Whoever went on from a message wants to be led there no more. */
function forgetAddress(): void {
  if (location.hash) history.replaceState(null, '', location.pathname);
}

function startEdit(message: ViewMessage): void {
  const inThread = thread !== undefined && (thread === message.id || message.thread === thread);
  editor.start(message, byId(inThread ? 'thread' : 'main'));
}

function askForNewChannel(): void {
  askForChannel(async (name, purpose) => {
    const { id } = await calls.addChannel({ as: await speaking.me(), name, purpose });
    await until(() => room.channels.has(id));
    go(id);
  });
}

/** Brings a sample team in and shows its first channel. */
async function loadTeam(lang: string): Promise<void> {
  const before = new Set(room.channels.keys());
  const story = `sample-team:${lang}`;
  await attempt(as => calls.loadSampleTeam({ as, lang }));
  if (!(await until(() => room.stories.includes(story)))) return;
  const added = [...room.channels.values()].find(({ id, direct }) => !before.has(id) && !direct);
  if (added) go(added.id);
}

/** Waits for the stream of views to bring it; false when it takes too long. */
async function until(holds: () => boolean): Promise<boolean> {
  for (let tries = 0; tries < 100 && !holds(); tries++) await new Promise(resolve => setTimeout(resolve, 30));
  return holds();
}

async function switchLanguage(): Promise<void> {
  const next = language() === 'zh' ? 'en' : 'zh';
  localStorage.setItem('lang', next);
  await showLanguage(next);
  await attempt(as => calls.chooseLanguage({ as, lang: next }));
}

async function showLanguage(lang: string): Promise<void> {
  await loadSentences(lang).catch(error => notice(error.message));
  drawComposers();
  draw();
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
