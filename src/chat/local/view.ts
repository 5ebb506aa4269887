// What one person sees of a room, ready to be drawn: the only form in which a page gets it. All text in it is plain or our own safe HTML.
import type { Attachment, Button, Checklist, Curve, Part } from '../chat.ts';
import { escapeHtml, markdownToHtml } from '../markdown.ts';
import { mentions } from '../mentions.ts';
import { asTyped } from './mentions.ts';
import type { Room } from './room.ts';
import type { KnownMessage } from './state.ts';

/** A page that opens gets this many messages; the journal keeps all of them. */
const MOST_MESSAGES = 500;

export type View = {
  /** the room's last entry; ask with it for what changed since */
  n: number;
  /** everything anew: what was seen before is void */
  whole: boolean;
  room: string;
  me: string;
  /** the stories that were put into the room */
  stories: string[];
  /** nothing that is said reaches the bot at the moment */
  botSilent: boolean;
  people: ViewPerson[];
  channels: ViewChannel[];
  messages: ViewMessage[];
};
/** `no`: people are numbered as they came, so that each can have a colour of their own. */
export type ViewPerson = { id: string; no: number; name: string; bot: boolean; lang?: string };
export type ViewChannel = { id: string; name: string; purpose: string; direct: boolean };
export type ViewMessage = {
  id: string;
  channel: string;
  thread?: string;
  author: string;
  /** counts up with every message of the room */
  no: number;
  /** milliseconds since 1970 */
  at: number;
  edited: boolean;
  private: boolean;
  deleted: boolean;
  /** what its author typed: only they see it, for changing it */
  typed?: string;
  /** it calls the one who sees it */
  callsMe: boolean;
  title: Html;
  parts: ViewPart[];
  files: Attachment[];
  reactions: { sign: string; people: string[] }[];
};
/** Safe to be put into a page as it is. */
export type Html = string;
export type ViewPart =
  | { html: Html }
  | { columns: { title: string; html: Html }[] }
  | { facts: [name: string, value: Html][] }
  | { progress: number; note: Html }
  | { curve: Curve }
  | { checklist: Checklist }
  | { file: { name: string; mime: string; text: string } }
  | { buttons: Button[] };

/** What changed for `person` after entry `since` (0 = everything, at most the last 500 messages). */
export function viewOf({ state, isIn }: Room, person: string, since: number, botSilent: boolean): View {
  const visible = [...state.messages.values()].filter(
    message => message.changed > since && isIn(person, message.channel) && (!message.onlyFor || message.onlyFor === person),
  );
  // A deleted message is worth knowing to whoever saw it, and where others have replied to it.
  const roots = new Set(visible.map(({ thread, deleted }) => (deleted ? undefined : thread)));
  const messages = since === 0 ? visible.filter(({ id, deleted }) => !deleted || roots.has(id)).slice(-MOST_MESSAGES) : visible;
  const { name: botName } = state.people.get(state.bot)!;
  return {
    n: state.n,
    whole: since === 0,
    room: state.room,
    me: person,
    stories: [...state.stories],
    botSilent,
    people: [...state.people.values()]
      .map(({ id, name, bot, lang, changed }, no) => ({ id, no, name, bot, lang, changed }))
      .filter(({ changed }) => changed > since)
      .map(({ changed, ...person }) => person),
    channels: [...state.channels.values()]
      .filter(({ id, changed }) => changed > since && isIn(person, id))
      .map(({ id, name, purpose, kind }) =>
        kind === 'direct' ? { id, name: botName, purpose, direct: true } : { id, name, purpose, direct: false },
      ),
    messages: messages.map(message => viewOfMessage(message, person)),
  };
}

function viewOfMessage(message: KnownMessage, reader: string): ViewMessage {
  const { id, channel, thread, author, said, at, edited, onlyFor, deleted, card, markdown, files, reactions } = message;
  return {
    id,
    channel,
    thread,
    author,
    no: said,
    at,
    // A card that is kept up to date is no corrected message.
    edited: edited !== undefined && !card,
    private: onlyFor !== undefined,
    deleted: deleted ?? false,
    typed: author === reader && !card && !onlyFor && !deleted ? asTyped(markdown) : undefined,
    callsMe: mentions(markdown, reader) || Boolean(card?.parts.some(part => 'markdown' in part && mentions(part.markdown, reader))),
    title: card?.title ? inline(card.title) : '',
    parts: card ? card.parts.map(viewOfPart) : markdown ? [{ html: markdownToHtml(markdown) }] : [],
    files,
    reactions: Object.entries(reactions).map(([sign, people]) => ({ sign, people })),
  };
}

function viewOfPart(part: Part): ViewPart {
  if ('markdown' in part) return { html: markdownToHtml(part.markdown) };
  if ('columns' in part) return { columns: part.columns.map(({ title, markdown }) => ({ title, html: markdownToHtml(markdown) })) };
  if ('facts' in part) return { facts: part.facts.map(([name, value]) => [name, inline(value)]) };
  if ('progress' in part) return { progress: part.progress, note: inline(part.note) };
  return part;
}

/** One line: what its paragraph holds, or the plain text where it would be more than a paragraph. */
function inline(markdown: string): Html {
  const html = /^<p>(.*)<\/p>$/s.exec(markdownToHtml(markdown))?.[1];
  return html === undefined || html.includes('<p>') ? escapeHtml(markdown) : html;
}
