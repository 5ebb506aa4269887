// chat.*: messages, ephemerals, their editing and taking away.
import { blockIssues, withIds } from '../blocks.ts';
import type { Args, Method, World } from '../call.ts';
import { roomId, slackId } from '../ids.ts';
import { BLOCKS_TEXT, METADATA_BYTES, TEXT, UPDATE_TEXT } from '../limits.ts';
import { messageJson } from '../message.ts';
import { demand, invalid } from '../refusal.ts';
import { charactersOf } from '../rich-text-rules.ts';
import { fileFits } from '../shown-file.ts';
import type { Json } from '../team.ts';

const WRITE = ['chat:write'];
const CONTENT = { text: 'text', blocks: 'json', attachments: 'json', markdown_text: 'text' } as const;
const LOOKS = { parse: 'text', link_names: 'flag', mrkdwn: 'flag', unfurl_links: 'flag', unfurl_media: 'flag', as_user: 'flag' } as const;
const FACE = { username: 'text', icon_emoji: 'text', icon_url: 'text' } as const;

/** What a message is to hold, checked. Slack wants words, blocks or attachments; markdown_text goes with none of them. */
export function content(
  { team }: World,
  { text, blocks, attachments, markdown_text }: Args,
): { text: string; blocks?: Json[]; attachments?: Json[] } {
  if (markdown_text !== undefined) {
    demand(text === undefined && blocks === undefined, 'markdown_text_conflict');
    demand(String(markdown_text).length <= 12_000, 'msg_too_long');
    return { text: String(markdown_text) };
  }
  if (blocks !== undefined) {
    demand(Array.isArray(blocks), 'invalid_blocks_format');
    const issues = blockIssues(blocks, 'message', id => fileFits(team, id));
    if (issues.length > 0) throw invalid('invalid_blocks', ...issues);
    demand(charactersOf(blocks) <= BLOCKS_TEXT, 'msg_blocks_too_long');
  }
  demand(attachments === undefined || Array.isArray(attachments), 'invalid_attachments_format');
  const empty = !String(text ?? '').trim() && !(blocks as Json[] | undefined)?.length && !(attachments as Json[] | undefined)?.length;
  demand(!empty, 'no_text');
  demand(String(text ?? '').length <= TEXT, 'msg_too_long');
  let n = 0;
  return {
    text: String(text ?? ''),
    ...((blocks as Json[] | undefined)?.length && {
      blocks: withIds(blocks as Json[], () => `b${n++}`),
    }),
    ...((attachments as Json[] | undefined)?.length && { attachments: attachments as Json[] }),
  };
}

function metadataOf({ metadata }: Args): Json | undefined {
  if (metadata === undefined) return undefined;
  const { event_type, event_payload, ...more } = metadata as Json;
  if (typeof event_type !== 'string' || typeof event_payload !== 'object' || event_payload === null) {
    throw invalid('invalid_metadata_format', 'event_type and event_payload are required');
  }
  if (Object.keys(more).some(name => name !== 'entities')) throw invalid('invalid_metadata_format', `unexpected ${Object.keys(more)}`);
  demand(JSON.stringify(metadata).length <= METADATA_BYTES, 'metadata_too_large');
  return { event_type, event_payload };
}

/** The channel, if the bot may write there. */
export function writable({ team }: World, id: unknown) {
  const person = /^[UW]/.test(String(id)) && team.state.people.has(roomId(String(id))) && roomId(String(id));
  // A person's id stands for the direct channel with them.
  const direct = person && [...team.state.channels.values()].find(({ kind, members }) => kind === 'direct' && members?.includes(person));
  const channel = team.channelOf(direct ? slackId(direct.id) : id);
  demand(!channel.archived, 'is_archived');
  demand(team.isIn(team.state.bot, channel.id), channel.kind === 'private' ? 'channel_not_found' : 'not_in_channel');
  return channel;
}

function threadOf({ team }: World, channel: string, thread_ts: unknown): string | undefined {
  if (thread_ts === undefined) return undefined;
  const root = team.message(channel, thread_ts);
  demand(root, 'thread_not_found');
  demand(!root.thread, 'cannot_reply_to_message');
  return root.id;
}

async function postMessage(args: Args, world: World): Promise<Json> {
  const { team, rates } = world;
  const channel = writable(world, args.channel);
  const { text, ...extra } = content(world, args);
  const metadata = metadataOf(args);
  const thread = threadOf(world, slackId(channel.id), args.thread_ts);
  rates.post(channel.id);
  const id = team.room.newId();
  Object.assign(team.extraOf(id), { ...extra, metadata });
  const message = { id, channel: channel.id, thread, author: team.state.bot, at: team.now(), markdown: text, files: [], reactions: {} };
  await team.happen({ kind: 'said', message });
  return { channel: slackId(channel.id), ts: team.ts(id), message: messageJson(team, team.state.messages.get(id)!) };
}

/** The bot's own message that stands there. */
function own({ team }: World, { channel, ts }: Args, refusal: string) {
  const { id, archived } = team.channelOf(channel);
  // docs …/methods/chat.update, chat.delete: there it has another name than where something is posted.
  demand(!archived, 'is_inactive');
  const message = team.message(slackId(id), ts);
  demand(message && !message.deleted, 'message_not_found');
  demand(message.author === team.state.bot, refusal);
  return message;
}

async function update(args: Args, world: World): Promise<Json> {
  const { team } = world;
  const message = own(world, args, 'cant_update_message');
  demand(args.file_ids === undefined, 'file_share_limit_reached');
  const { text, blocks, attachments } = content(world, args);
  demand(text.length <= UPDATE_TEXT, 'msg_too_long');
  const extra = team.extraOf(message.id);
  // Text without blocks takes the blocks away; metadata stays unless it is given. No `edited`: the method's page shows none in its answer.
  Object.assign(extra, { blocks, attachments }, args.metadata !== undefined && { metadata: metadataOf(args) });
  await team.happen({ kind: 'edited', id: message.id, by: team.state.bot, markdown: text });
  return { channel: args.channel, ts: args.ts, text, message: messageJson(team, team.state.messages.get(message.id)!) };
}

async function postEphemeral(args: Args, world: World): Promise<Json> {
  const { team } = world;
  const channel = writable(world, args.channel);
  const person = team.state.people.get(roomId(String(args.user)));
  demand(person && team.isIn(person.id, channel.id), 'user_not_in_channel');
  const { text, ...extra } = content(world, args);
  const thread = threadOf(world, slackId(channel.id), args.thread_ts);
  const id = await privately(world, { channel: channel.id, person: person.id, thread, text, extra });
  return { message_ts: team.ts(id) };
}

/** What only `person` sees, until they load Slack anew. */
export async function privately(
  { team }: World,
  { channel, person, thread, text, extra }: { channel: string; person: string; thread?: string; text: string; extra: Json },
): Promise<string> {
  const id = team.room.newId();
  Object.assign(team.extraOf(id), extra, { ephemeral: true });
  const message = {
    id,
    channel,
    thread,
    author: team.state.bot,
    at: team.now(),
    markdown: text,
    files: [],
    reactions: {},
    onlyFor: person,
  };
  await team.happen({ kind: 'said', message });
  return id;
}

export const CHAT: Record<string, Method> = {
  'chat.postMessage': {
    tier: 'special',
    scopes: WRITE,
    takes: { channel: 'text', thread_ts: 'text', reply_broadcast: 'flag', metadata: 'json', ...CONTENT, ...LOOKS, ...FACE },
    needs: ['channel'],
    run: postMessage,
  },
  'chat.update': {
    tier: 3,
    scopes: WRITE,
    takes: {
      channel: 'text',
      ts: 'text',
      metadata: 'json',
      reply_broadcast: 'flag',
      file_ids: 'json',
      ...CONTENT,
      parse: 'text',
      link_names: 'flag',
      as_user: 'flag',
    },
    needs: ['channel', 'ts'],
    run: update,
  },
  'chat.postEphemeral': {
    tier: 4,
    scopes: WRITE,
    takes: { channel: 'text', user: 'text', thread_ts: 'text', ...CONTENT, parse: 'text', link_names: 'flag', as_user: 'flag', ...FACE },
    needs: ['channel', 'user'],
    run: postEphemeral,
  },
  'chat.delete': {
    tier: 3,
    scopes: WRITE,
    takes: { channel: 'text', ts: 'text', as_user: 'flag' },
    needs: ['channel', 'ts'],
    async run(args, world) {
      const { id } = own(world, args, 'cant_delete_message');
      await world.team.happen({ kind: 'deleted', id, by: world.team.state.bot });
      return { channel: args.channel, ts: args.ts };
    },
  },
  'chat.getPermalink': {
    tier: 'special',
    scopes: [],
    takes: { channel: 'text', message_ts: 'text' },
    needs: ['channel', 'message_ts'],
    run({ channel, message_ts }, { team }) {
      const { id } = team.channelOf(channel);
      const message = team.message(slackId(id), message_ts);
      demand(message && !message.deleted, 'message_not_found');
      const thread = message.thread ? `?thread_ts=${team.ts(message.thread)}&cid=${channel}` : '';
      return {
        channel,
        permalink: `https://${team.domain}.slack.com/archives/${channel}/p${String(message_ts).replace('.', '')}${thread}`,
      };
    },
  },
};
