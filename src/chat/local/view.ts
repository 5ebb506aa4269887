// What one person sees of a room, ready to be drawn: the only form in which a page gets it. All text in it is plain or our own safe HTML.
import type { Attachment, Button, Checklist, Curve, Part } from '../chat.ts';
import { escapeHtml, markdownToHtml } from '../markdown.ts';
import type { RoomMessage } from './entries.ts';
import type { Room } from './room.ts';
import type { Known } from './state.ts';

/** A page that opens gets this many messages; the journal keeps all of them. */
const MOST_MESSAGES = 500;

/** `n`: the room's last entry; ask with it for what changed since. */
export type View = { n: number; room: string; me: string; people: ViewPerson[]; channels: ViewChannel[]; messages: ViewMessage[] };
/** `no`: people are numbered as they came, so that each can have a colour of their own. */
export type ViewPerson = { id: string; no: number; name: string; bot: boolean };
export type ViewChannel = { id: string; name: string; direct: boolean };
export type ViewMessage = {
  id: string;
  channel: string;
  thread?: string;
  author: string;
  /** milliseconds since 1970 */
  at: number;
  edited: boolean;
  private: boolean;
  deleted: boolean;
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
export function viewOf({ state, isIn }: Room, person: string, since: number): View {
  const visible = [...state.messages.values()].filter(
    message => message.changed > since && isIn(person, message.channel) && (!message.onlyFor || message.onlyFor === person),
  );
  const messages = since === 0 ? visible.filter(message => !message.deleted).slice(-MOST_MESSAGES) : visible;
  const { name: botName } = state.people.get(state.bot)!;
  return {
    n: state.n,
    room: state.room,
    me: person,
    people: [...state.people.values()]
      .map(({ id, name, bot, changed }, no) => ({ id, no, name, bot, changed }))
      .filter(({ changed }) => changed > since)
      .map(({ changed, ...person }) => person),
    channels: [...state.channels.values()]
      .filter(({ id, changed }) => changed > since && isIn(person, id))
      .map(({ id, name, kind }) => (kind === 'direct' ? { id, name: botName, direct: true } : { id, name, direct: false })),
    messages: messages.map(viewOfMessage),
  };
}

function viewOfMessage(message: Known<RoomMessage>): ViewMessage {
  const { id, channel, thread, author, at, edited, onlyFor, deleted, card, markdown, files, reactions } = message;
  return {
    id,
    channel,
    thread,
    author,
    at,
    // A card that is kept up to date is no corrected message.
    edited: edited !== undefined && !card,
    private: onlyFor !== undefined,
    deleted: deleted ?? false,
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
