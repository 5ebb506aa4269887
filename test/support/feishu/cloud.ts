// What a tenant of Feishu holds: a room (one model of a chat) with Feishu's own ids, and beside it what only Feishu knows of a message.
import type { Happening, RoomChannel, RoomMessage, RoomPerson } from '../../../src/chat/local/entries.ts';
import type { RoomStore } from '../../../src/chat/local/journal.ts';
import { openRoom, type Room } from '../../../src/chat/local/room.ts';
import { newFeishuId } from './ids.ts';
import { refuse } from './limits.ts';

export const TENANT = 'tk_2f7c01';

export type Mention = { key: string; id: string; name: string };
/** A message as Feishu keeps it; `content` is the JSON text of its type. */
export type Wire = {
  type: 'text' | 'post' | 'interactive' | 'image' | 'file' | 'system';
  content: string;
  mentions: Mention[];
  /** what it is a reply to, and the first message of that chain */
  parent?: string;
  root?: string;
  edits: number;
  /** shared cards only may be changed for everybody */
  shared?: boolean;
};
export type Upload = { bytes: Uint8Array; name: string; image: boolean; byApp: boolean };
export type Chat = RoomChannel & { disbanded?: boolean };

type CloudOptions = { botName: string; chatName: string; appLinks: boolean; clock: () => number };

export type Cloud = Awaited<ReturnType<typeof openCloud>>;

/** An empty tenant with the bot, one open chat that the bot is in, and nobody else. `clock` in milliseconds since 1970. */
export async function openCloud({ botName, chatName, appLinks, clock }: CloudOptions) {
  const bot: RoomPerson = { id: newFeishuId('person'), name: botName, bot: true, guest: false };
  const first: RoomChannel = { id: newFeishuId('chat'), name: chatName, kind: 'open', purpose: '' };
  const room = await openRoom(
    memory([{ n: 1, at: clock(), kind: 'opened', room: 'feishu', bot, channel: first }]),
    { bot: botName, channel: chatName, people: [], commands: [] },
    clock,
  );
  // Nobody listens to the room itself: Feishu pushes by its own rules.
  room.connect({ hear: async () => ({}), formFor: async () => undefined });

  const wires = new Map<string, Wire>();
  const uploads = new Map<string, Upload>();
  const reactions = new Map<string, { message: string; emoji: string; by: string; at: number }>();
  const outside = new Set<string>();
  const disbanded = new Set<string>();
  const offline = new Set<string>();
  const uuids = new Map<string, { message: string; at: number; sent: Promise<unknown> }>();
  const { state } = room;
  let lastAt = 0;

  const happen = (happening: Happening) => room.bot(() => happening);
  const botIsIn = (chat: string) => room.isIn(bot.id, chat) && !outside.has(chat);

  return {
    room: room as Room,
    state,
    bot,
    appLinks,
    first,
    wires,
    uploads,
    reactions,
    outside,
    disbanded,
    offline,
    uuids,
    clock,
    botIsIn,
    /** The chat, or the refusal that a call to it gets. */
    chat(id: string): RoomChannel {
      const chat = state.channels.get(id) ?? refuse('badParameter', 'invalid receive_id');
      if (disbanded.has(id)) refuse('dissolved');
      if (!botIsIn(id)) refuse('botOutside');
      return chat;
    },
    direct: (person: string): RoomChannel | undefined =>
      [...state.channels.values()].find(({ kind, members }) => kind === 'direct' && members?.includes(person)),
    async addPerson(name: string, { guest = false, lang }: { guest?: boolean; lang?: string } = {}): Promise<RoomPerson> {
      const person: RoomPerson = { id: newFeishuId('person'), name, bot: false, guest, ...(lang && { lang }) };
      const direct: RoomChannel = { id: newFeishuId('chat'), name, kind: 'direct', purpose: '', members: [person.id, bot.id] };
      await happen({ kind: 'joined', person, direct });
      return person;
    },
    async addChat(channel: Omit<RoomChannel, 'id'>, by: string): Promise<RoomChannel> {
      const made: RoomChannel = { id: newFeishuId('chat'), ...channel };
      await happen({ kind: 'made', by, channel: made });
      return made;
    },
    /** Puts a message there, with what Feishu knows of it. */
    async say(message: Pick<RoomMessage, 'channel' | 'author'> & Partial<RoomMessage>, wire: Omit<Wire, 'edits'>): Promise<string> {
      const id = message.id ?? newFeishuId('message');
      // No two messages come in the same millisecond: their order is by time.
      lastAt = Math.max(clock(), lastAt + 1);
      wires.set(id, { ...wire, edits: 0 });
      await happen({ kind: 'said', message: { id, at: lastAt, markdown: wire.content, files: [], reactions: {}, ...message } });
      return id;
    },
    async edit(id: string, by: string, wire: Partial<Wire>): Promise<void> {
      wires.set(id, { ...wires.get(id)!, ...wire });
      await happen({ kind: 'edited', id, by, markdown: wire.content });
    },
    recall: (id: string, by: string) => happen({ kind: 'deleted', id, by }),
    async react(message: string, by: string, emoji: string): Promise<string> {
      const had = [...reactions].find(([, reaction]) => reaction.message === message && reaction.by === by && reaction.emoji === emoji);
      if (had) return had[0];
      const id = newFeishuId('reaction');
      reactions.set(id, { message, emoji, by, at: clock() });
      await happen({ kind: 'reacted', id: message, by, sign: emoji, on: true });
      return id;
    },
    async unreact(reaction: string): Promise<void> {
      const { message, by, emoji } = reactions.get(reaction)!;
      reactions.delete(reaction);
      await happen({ kind: 'reacted', id: message, by, sign: emoji, on: false });
    },
    close: () => room.close(),
  };
}

/** A room's store that lasts as long as the process. */
function memory(entries: RoomStore['entries']): RoomStore {
  const files = new Map<string, Uint8Array>();
  return {
    entries,
    append: async () => {},
    keepFile: async (id, bytes) => void files.set(id, bytes),
    file: async id => files.get(id),
    close: async () => {},
  };
}
