// conversations.*: what channels there are, who is in them, and what was said.

import type { KnownMessage } from '../../../../src/chat/local/state.ts';
import type { Args, Method, World } from '../call.ts';
import { isTimestamp, roomId, slackId } from '../ids.ts';
import { PAGE } from '../limits.ts';
import { channelJson, messageJson } from '../message.ts';
import { demand, SlackRefusal } from '../refusal.ts';
import type { Json } from '../team.ts';

const READ = ['channels:read', 'groups:read', 'im:read', 'mpim:read'];
const HISTORY = ['channels:history', 'groups:history', 'im:history', 'mpim:history'];
const PAGED = { limit: 'number', cursor: 'text' } as const;
const SPAN = { oldest: 'text', latest: 'text', inclusive: 'flag', include_all_metadata: 'flag', ...PAGED } as const;
const FAMILY: Record<string, string> = { private: 'groups', direct: 'im' };

/** The channel, if the bot's scopes reach its kind and the bot sees it at all. */
function readable({ team, scopes }: World, id: unknown, what: 'read' | 'history') {
  const channel = team.channelOf(id);
  const inside = team.isIn(team.state.bot, channel.id);
  demand(inside || (channel.kind !== 'private' && channel.kind !== 'direct'), 'channel_not_found');
  const needed = `${FAMILY[channel.kind] ?? 'channels'}:${what}`;
  if (!scopes().includes(needed)) throw new SlackRefusal('missing_scope', { needed, provided: scopes().join(',') });
  demand(what === 'read' || inside, 'not_in_channel');
  return channel;
}

/** One page of `all`, and the cursor of the next. */
function page<T>(all: T[], { limit, cursor }: Args, most: number): { items: T[]; more: boolean; next: string } {
  const size = limit === undefined ? PAGE.usual : Number(limit);
  demand(Number.isInteger(size) && size >= 1 && size <= most, 'invalid_limit');
  const from =
    cursor === undefined || cursor === ''
      ? 0
      : Number(
          Buffer.from(String(cursor), 'base64')
            .toString()
            .replace(/^next:/, ''),
        );
  demand(Number.isInteger(from) && from >= 0 && from <= all.length, 'invalid_cursor');
  const more = from + size < all.length;
  return { items: all.slice(from, from + size), more, next: more ? Buffer.from(`next:${from + size}`).toString('base64') : '' };
}

/** Timestamps as text compare as numbers do: ten digits before the point. `0` and whole seconds are taken too. */
function within({ oldest, latest, inclusive }: Args): (ts: string) => boolean {
  const edge = (value: unknown, code: string, otherwise: number) => {
    if (value === undefined || value === '') return otherwise;
    demand(Number.isFinite(Number(value)), code);
    return Number(value);
  };
  const [from, to] = [edge(oldest, 'invalid_ts_oldest', 0), edge(latest, 'invalid_ts_latest', Number.POSITIVE_INFINITY)];
  return ts => (inclusive ? Number(ts) >= from && Number(ts) <= to : Number(ts) > from && Number(ts) < to);
}

const metadata = ({ response_metadata }: { response_metadata: string }): Json => ({
  response_metadata: { next_cursor: response_metadata },
});

function history(args: Args, world: World): Json {
  const { team } = world;
  const { id } = readable(world, args.channel, 'history');
  const fits = within(args);
  const stands = ({ id: message, channel, thread, onlyFor, deleted }: KnownMessage) =>
    channel === id && !thread && !onlyFor && (!deleted || team.replies(message).length > 0) && fits(team.ts(message));
  // Newest first, and without what stands in threads.
  const all = [...team.state.messages.values()].filter(stands).sort((a, b) => Number(team.ts(b.id)) - Number(team.ts(a.id)));
  const { items, more, next } = page(all, args, PAGE.history);
  const messages = items.map(message => messageJson(team, message, { metadata: Boolean(args.include_all_metadata) }));
  return { messages, has_more: more, pin_count: 0, ...(more && metadata({ response_metadata: next })) };
}

function replies(args: Args, world: World): Json {
  const { team } = world;
  const { id } = readable(world, args.channel, 'history');
  demand(isTimestamp(String(args.ts)), 'invalid_arguments');
  const root = team.message(slackId(id), args.ts);
  demand(root && (!root.deleted || team.replies(root.id).length > 0), 'thread_not_found');
  const fits = within(args);
  // A reply's own moment gives that reply and nothing around it. The thread's root always leads.
  const rest = root.thread ? [] : team.replies(root.id).filter(message => fits(team.ts(message.id)));
  const { items, more, next } = page([root, ...rest], args, PAGE.replies);
  const messages = items.map(message => messageJson(team, message, { metadata: Boolean(args.include_all_metadata) }));
  return { messages, has_more: more, ...(more && metadata({ response_metadata: next })) };
}

const TYPES: Record<string, (kind: string) => boolean> = {
  public_channel: kind => kind !== 'private' && kind !== 'direct',
  private_channel: kind => kind === 'private',
  im: kind => kind === 'direct',
  mpim: () => false,
};

function list(args: Args, world: World, mine: boolean): Json {
  const { team } = world;
  const types = String(args.types ?? 'public_channel')
    .split(',')
    .map(type => type.trim());
  demand(
    types.every(type => type in TYPES),
    'invalid_types',
  );
  const all = [...team.state.channels.values()]
    .filter(({ kind }) => types.some(type => TYPES[type](kind)))
    .map(({ id }) => team.channelOf(slackId(id)))
    .filter(({ id, kind }) => team.isIn(team.state.bot, id) || (!mine && kind !== 'private' && kind !== 'direct'))
    .filter(({ archived }) => !archived || !args.exclude_archived);
  const { items, next } = page(all, args, PAGE.list);
  return { channels: items.map(channel => channelJson(team, channel)), response_metadata: { next_cursor: next } };
}

export const CONVERSATIONS: Record<string, Method> = {
  'conversations.info': {
    tier: 3,
    scopes: READ,
    takes: { channel: 'text', include_locale: 'flag', include_num_members: 'flag' },
    needs: ['channel'],
    run: (args, world) => ({ channel: channelJson(world.team, readable(world, args.channel, 'read')) }),
  },
  'conversations.history': { tier: 3, scopes: HISTORY, takes: { channel: 'text', ...SPAN }, needs: ['channel'], run: history },
  'conversations.replies': {
    tier: 3,
    scopes: HISTORY,
    takes: { channel: 'text', ts: 'text', ...SPAN },
    needs: ['channel', 'ts'],
    run: replies,
  },
  'conversations.members': {
    tier: 4,
    scopes: READ,
    takes: { channel: 'text', ...PAGED },
    needs: ['channel'],
    run(args, world) {
      const { members = [] } = readable(world, args.channel, 'read');
      const { items, next } = page(members, args, PAGE.members);
      return { members: items.map(world.team.userId), response_metadata: { next_cursor: next } };
    },
  },
  'conversations.list': {
    tier: 2,
    scopes: READ,
    takes: { types: 'text', exclude_archived: 'flag', ...PAGED },
    run: (args, world) => list(args, world, false),
  },
  'users.conversations': {
    tier: 3,
    scopes: READ,
    takes: { types: 'text', exclude_archived: 'flag', user: 'text', ...PAGED },
    run(args, world) {
      demand(args.user === undefined || args.user === world.team.botUser, 'method_not_supported_for_channel_type');
      return list(args, world, true);
    },
  },
  'conversations.open': {
    tier: 3,
    scopes: ['im:write', 'mpim:write', 'channels:manage', 'groups:write'],
    takes: { users: 'text', channel: 'text', return_im: 'flag', prevent_creation: 'flag' },
    run({ users, channel }, { team }) {
      demand(users || channel, 'users_list_not_supplied');
      const ids = String(users ?? '').split(',');
      demand(!users || ids.length === 1, 'method_not_supported_for_channel_type');
      if (channel) return { channel: { id: slackId(team.channelOf(channel).id) } };
      const person = team.state.people.get(roomId(ids[0]));
      demand(person && team.userId(person.id) === ids[0], 'user_not_found');
      demand(!team.personExtra(person.id).deleted, 'user_disabled');
      const direct = [...team.state.channels.values()].find(({ kind, members }) => kind === 'direct' && members?.includes(person.id));
      demand(direct && !person.bot, 'cannot_dm_bot');
      return { channel: { id: slackId(direct.id) } };
    },
  },
  'conversations.join': {
    tier: 3,
    scopes: ['channels:join'],
    takes: { channel: 'text' },
    needs: ['channel'],
    async run({ channel: id }, { team }) {
      const channel = team.channelOf(id);
      demand(channel.kind !== 'private' && channel.kind !== 'direct', 'method_not_supported_for_channel_type');
      demand(!channel.archived, 'is_archived');
      await team.member(team.state.bot, channel.id, true);
      return { channel: channelJson(team, team.channelOf(id)) };
    },
  },
  'conversations.leave': {
    tier: 3,
    scopes: ['channels:manage', 'groups:write', 'im:write'],
    takes: { channel: 'text' },
    needs: ['channel'],
    async run({ channel: id }, { team }) {
      const channel = team.channelOf(id);
      demand(channel.kind !== 'direct', 'method_not_supported_for_channel_type');
      await team.member(team.state.bot, channel.id, false);
      return {};
    },
  },
};
