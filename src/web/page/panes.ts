// The two panes: a channel, and beside it the thread that is open. Of each the head, the messages, and where to write.
import type { ViewMessage } from '../../chat/local/view.ts';
import { type Composer, type Draft, openComposer } from './composer.ts';
import { byId, redraw } from './dom.ts';
import { channelHead, threadHead } from './head.ts';
import type { MessageActions } from './message.ts';
import { type MessageList, openMessageList } from './message-list.ts';
import { botOf, messagesAt, repliesByThread, type SeenRoom } from './seen-room.ts';
import { language, t } from './sentences.ts';
import type { LoadTeam } from './team.ts';
import type { Unread } from './unread.ts';
import { welcome } from './welcome.ts';

export type Where = { channel: string; thread?: string };
export type PaneParts = {
  /** What was seen, and where the reader is, now. */
  room(): SeenRoom;
  at(): Where;
  unread: Unread;
  messages: MessageActions;
  send(text: string, files: string[], to: Where): Promise<unknown>;
  /** ArrowUp in an empty composer. */
  editLast(at: Where): void;
  reply(message: ViewMessage): void;
  closeThread(): void;
  openPlaces(): void;
  loadTeam: LoadTeam;
};

export type Panes = {
  /** `news`: what is new to the reader, by channel or thread. `anew`: the reader came to another place. */
  show(news: Map<string, ViewMessage[]>, anew: boolean): void;
  /** Makes the composers anew in the language that the page speaks now; what was typed stays. Before the first time there are none. */
  speak(): void;
  composer(inThread: boolean): Composer;
  list(inThread: boolean): MessageList;
};

export function openPanes({ room, at, unread, messages, send, editLast, reply, closeThread, openPlaces, loadTeam }: PaneParts): Panes {
  const drafts = new Map<string, Draft>();
  const list = openMessageList(byId('messages'), { ...messages, openThread: reply });
  const threadList = openMessageList(byId('thread-messages'), messages);
  let composer: Composer;
  let threadComposer: Composer;
  let opened: string | undefined;

  function showChannel({ channel }: Where, name: string, news: Map<string, ViewMessage[]>, anew: boolean): void {
    const seen = room();
    const here = seen.channels.get(channel);
    const elsewhere = [...news.keys()].some(place => place !== channel);
    redraw(byId('head'), JSON.stringify([here, elsewhere, language()]), () => channelHead(here, elsewhere, openPlaces));
    byId('messages').setAttribute('aria-label', t('messages', { name }));
    composer.writeTo(channel, t('write', { name }));
    const bot = botOf(seen)?.name ?? '';
    const silence = seen.botSilent ? t('bot.silent', { bot }) : '';
    for (const line of document.querySelectorAll('.silent')) if (line.textContent !== silence) line.textContent = silence;
    const empty = welcome(bot, seen.stories, loadTeam);
    list.show(seen, messagesAt(seen, channel), { empty, anew, newFrom: unread.firstNew(channel), replies: repliesByThread(seen), news });
  }

  function showThread({ channel, thread }: Where, name: string, anew: boolean): void {
    const seen = room();
    const shown = thread !== undefined && seen.messages.has(thread);
    byId('thread').hidden = !shown;
    byId('app').classList.toggle('with-thread', shown);
    const another = opened !== thread;
    opened = shown ? thread : undefined;
    if (!shown) return;
    redraw(byId('thread-head'), `${name} ${language()}`, () => threadHead(name, closeThread));
    byId('thread').setAttribute('aria-label', t('thread'));
    threadComposer.writeTo(thread, t('write.thread'));
    threadList.show(seen, messagesAt(seen, channel, thread), { anew: anew || another, newFrom: unread.firstNew(thread) });
  }

  function compose(id: string, inThread: boolean): Composer {
    const here = (): Where => (inThread ? at() : { channel: at().channel });
    const names = () => {
      const { me, people } = room();
      return [...people.values()].filter(({ id }) => id !== me).map(({ name, bot }) => ({ name, about: bot ? t('app') : '' }));
    };
    return openComposer({ id, drafts, names, send: (text, files) => send(text, files, here()), editLast: () => editLast(here()) });
  }

  return {
    show(news, anew) {
      const where = at();
      const here = room().channels.get(where.channel);
      const name = here?.direct ? here.name : `#${here?.name ?? ''}`;
      showChannel(where, name, news, anew);
      showThread(where, name, anew);
    },
    speak() {
      composer = compose('main-text', false);
      threadComposer = compose('thread-text', true);
      byId('composer').replaceChildren(composer.element);
      byId('thread-composer').replaceChildren(threadComposer.element);
    },
    composer: inThread => (inThread ? threadComposer : composer),
    list: inThread => (inThread ? threadList : list),
  };
}
