// A Slack workspace: one room, and beside it what only Slack knows of its messages, channels and people.
import { randomBytes } from 'node:crypto';
import type { Happening, RoomChannel, RoomPerson } from '../../../src/chat/local/entries.ts';
import { openRoom, type Room } from '../../../src/chat/local/room.ts';
import type { KnownMessage } from '../../../src/chat/local/state.ts';
import { roomId, slackId, timestamps } from './ids.ts';
import { inMemory } from './memory.ts';
import { demand } from './refusal.ts';

export type Json = Record<string, unknown>;
/** What a bot's message holds besides its text, and what Slack adds to anybody's. */
export type MessageExtra = {
  blocks?: Json[];
  attachments?: Json[];
  metadata?: Json;
  edited?: { user: string; ts: string };
  /** posted by a response_url, or shown only to one: it can be neither updated nor deleted by its ts */
  ephemeral?: true;
};
export type ChannelExtra = { archived?: true; external?: true; created: number };
export type PersonExtra = {
  /** a guest of many channels, or of one */
  restricted?: 'restricted' | 'ultra_restricted';
  deleted?: true;
  /** of an Enterprise Grid: called W… */
  grid?: true;
  /** of another workspace or company: the id of its team, and of its Enterprise Grid */
  team?: string;
  enterprise?: string;
  locale: string;
  tz: string;
};
export type FileExtra = {
  user: string;
  name: string;
  mimetype: string;
  size: number;
  title: string;
  readyAt: number;
  deleted?: true;
  alt?: string;
};

export type Team = Awaited<ReturnType<typeof openTeam>>;

export type TeamStart = {
  bot: string;
  channel: string;
  commands: string[] /** where files lie */;
  base: string;
  now(): number;
  enterprise?: string;
  orgWide?: boolean;
};

/** An empty workspace: the bot, one channel with the bot in it, and the slash commands that its app brought. */
export async function openTeam({ bot, channel, commands, base, now, enterprise, orgWide = false }: TeamStart) {
  const room: Room = await openRoom(inMemory(), { bot, channel, people: [], commands }, now);
  const { state } = room;
  const messages = new Map<string, MessageExtra>();
  const channels = new Map<string, ChannelExtra>();
  const people = new Map<string, PersonExtra>();
  const files = new Map<string, FileExtra>();
  const bytes = new Map<string, Uint8Array>();
  const times = timestamps();
  const tsById = new Map<string, string>();
  const idByTs = new Map<string, string>();

  function extra<T>(map: Map<string, T>, id: string, fresh: () => T): T {
    const known = map.get(id) ?? fresh();
    map.set(id, known);
    return known;
  }

  /** The message's name: the moment of it. */
  function ts(id: string): string {
    const known = tsById.get(id);
    if (known) return known;
    const message = state.messages.get(id);
    if (!message) throw new Error(`no message ${id}`);
    const fresh = times(message.at);
    tsById.set(id, fresh);
    idByTs.set(fresh, id);
    return fresh;
  }

  /** What is named so in the channel, deleted ones too; ephemerals have no name that the API takes. */
  function message(channel: string, at: unknown): KnownMessage | undefined {
    const found = state.messages.get(idByTs.get(String(at)) ?? '');
    return found && found.channel === roomId(channel) && !found.onlyFor ? found : undefined;
  }

  function channelOf(id: unknown): RoomChannel & ChannelExtra {
    const found = state.channels.get(roomId(String(id ?? '')));
    demand(found && slackId(found.id) === id, 'channel_not_found');
    return { ...found, ...extra(channels, found.id, (): ChannelExtra => ({ created: Math.floor(now() / 1000) })) };
  }

  function personOf(id: unknown): RoomPerson & PersonExtra {
    const found = state.people.get(roomId(String(id ?? '')));
    demand(found && userId(found.id) === id, 'user_not_found');
    return { ...found, ...personExtra(found.id) };
  }

  const personExtra = (id: string) => extra(people, id, (): PersonExtra => ({ locale: 'en-US', tz: 'Europe/Berlin' }));
  const userId = (id: string) => (people.get(id)?.grid ? `W${slackId(id).slice(1)}` : slackId(id));

  /** The channel as `change` makes it of what it is when its turn comes. */
  const changeChannel = (by: string, id: string, change: (channel: RoomChannel) => Partial<RoomChannel>) =>
    room.bot(({ channels }) => {
      const { changed: _, ...channel } = channels.get(id)!;
      return { kind: 'made', by, channel: { ...channel, ...change(channel) } };
    });

  const [first] = state.channels.values();
  await changeChannel(state.bot, first.id, () => ({ members: [state.bot] }));

  return {
    room,
    state,
    now,
    id: slackId(state.room),
    enterprise,
    orgWide,
    botUser: slackId(state.bot),
    botId: `B${slackId(state.bot).slice(1)}`,
    commands,
    appId: `A${randomBytes(5).toString('hex').toUpperCase()}`,
    domain: 'harbour',
    ts,
    /** The room's id of what has this timestamp, ephemerals too. */
    idOf: (at: string) => idByTs.get(at),
    message,
    channelOf,
    personOf,
    userId,
    extraOf: (id: string) => extra(messages, id, (): MessageExtra => ({})),
    channelExtra: (id: string) => extra(channels, id, (): ChannelExtra => ({ created: Math.floor(now() / 1000) })),
    personExtra,
    files,
    bytes,
    filesAt: (id: string) => `${base}/files-pri/${slackId(state.room)}-${slackId(id)}`,
    changeChannel,
    /** Comes into the channel, or leaves it; `by` whom. */
    member: (who: string, channel: string, on: boolean, by = who) =>
      changeChannel(by, channel, ({ members = [] }) => {
        const others = members.filter(member => member !== who);
        return { members: on ? [...others, who] : others };
      }),
    /** A new moment, for an event or an edit. */
    moment: () => times(now()),
    happen: (happening: Happening) => room.bot(() => happening),
    isIn: (person: string, channel: string) => Boolean(state.channels.get(channel)?.members?.includes(person)),
    channelNamed: (name: string) => {
      const found = [...state.channels.values()].find(channel => channel.kind !== 'direct' && channel.name === name);
      return found && slackId(found.id);
    },
    /** The replies in a thread that stand, oldest first. */
    replies: (root: string) =>
      [...state.messages.values()].filter(({ thread, deleted, onlyFor }) => thread === root && !deleted && !onlyFor),
  };
}
