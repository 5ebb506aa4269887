// A message, a channel, a person and a file as Slack's API shows them.
import type { RoomPerson } from '../../../src/chat/local/entries.ts';
import type { KnownMessage } from '../../../src/chat/local/state.ts';
import { picked } from './emoji.ts';
import { slackId } from './ids.ts';
import { composed } from './rich-text.ts';
import type { Json, PersonExtra, Team } from './team.ts';

export function messageJson(team: Team, message: KnownMessage, { metadata = false } = {}): Json {
  const { id, author, markdown, thread, deleted, files } = message;
  const extra = team.extraOf(id);
  const replies = thread ? [] : team.replies(id);
  const inThread = thread
    ? { thread_ts: team.ts(thread), parent_user_id: parentOf(team, thread) }
    : replies.length > 0 && head(team, id, replies);
  const ts = team.ts(id);
  // What is deleted and has replies stands on as a tombstone: docs.slack.dev/reference/events/message.
  if (deleted)
    return { type: 'message', subtype: 'tombstone', user: 'USLACKBOT', text: 'This message was deleted.', hidden: true, ts, ...inThread };
  const fromBot = author === team.state.bot;
  const said = fromBot ? { text: markdown, ...(extra.blocks && { blocks: extra.blocks }) } : composed(markdown, team.channelNamed);
  const reactions = Object.entries(message.reactions).map(([sign, who]) => ({
    name: nameOf(sign),
    users: who.map(team.userId),
    count: who.length,
  }));
  return {
    user: team.userId(author),
    type: 'message',
    ts,
    ...(fromBot
      ? {
          bot_id: team.botId,
          app_id: team.appId,
          bot_profile: { id: team.botId, app_id: team.appId, name: 'apprentice', team_id: team.id },
        }
      : { client_msg_id: id }),
    team: team.id,
    ...said,
    ...(extra.attachments && { attachments: extra.attachments }),
    ...(extra.edited && { edited: extra.edited }),
    ...(files.length > 0 && { files: files.map(file => fileJson(team, file.id)), upload: false }),
    ...inThread,
    ...(reactions.length > 0 && { reactions }),
    ...(metadata && extra.metadata && { metadata: extra.metadata }),
  };
}

const nameOf = (sign: string) => (/^[\w+-]/.test(sign) ? sign : picked(sign));

function parentOf(team: Team, thread: string): string {
  const parent = team.state.messages.get(thread)!;
  return parent.deleted ? 'USLACKBOT' : team.userId(parent.author);
}

function head(team: Team, id: string, replies: KnownMessage[]): Json {
  const users = [...new Set(replies.map(({ author }) => team.userId(author)))];
  return {
    thread_ts: team.ts(id),
    reply_count: replies.length,
    reply_users_count: users.length,
    latest_reply: team.ts(replies[replies.length - 1].id),
    reply_users: users,
    is_locked: false,
    subscribed: false,
  };
}

export function fileJson(team: Team, id: string): Json {
  const file = team.files.get(id);
  if (!file || file.deleted) return { id: slackId(id), mode: 'tombstone' };
  const image = file.mimetype.startsWith('image/');
  const ready = team.now() >= file.readyAt;
  return {
    id: slackId(id),
    created: Math.floor((file.readyAt || team.now()) / 1000),
    name: file.name,
    title: file.title,
    mimetype: ready ? file.mimetype : '',
    filetype: ready ? (file.name.split('.').at(-1) ?? 'text') : '',
    user: file.user,
    size: file.size,
    mode: 'hosted',
    is_external: false,
    is_public: true,
    url_private: team.filesAt(id),
    url_private_download: `${team.filesAt(id)}/download`,
    permalink: `https://${team.domain}.slack.com/files/${file.user}/${slackId(id)}/${encodeURIComponent(file.name)}`,
    ...(file.alt && { alt_txt: file.alt }),
    ...(image && ready && { original_w: 640, original_h: 400, thumb_64: team.filesAt(id) }),
  };
}

export function channelJson(
  team: Team,
  { id, name, kind, purpose, members, archived, external, created }: ReturnType<Team['channelOf']>,
): Json {
  if (kind === 'direct') {
    const other = members?.find(member => member !== team.state.bot) ?? '';
    return { id: slackId(id), created, is_im: true, is_archived: false, is_org_shared: false, user: team.userId(other), is_open: true };
  }
  return {
    id: slackId(id),
    name,
    name_normalized: name,
    is_channel: kind !== 'private',
    is_group: kind === 'private',
    is_im: false,
    is_mpim: false,
    is_private: kind === 'private',
    created,
    is_archived: Boolean(archived),
    is_general: false,
    is_shared: Boolean(external),
    is_ext_shared: Boolean(external),
    is_org_shared: false,
    is_pending_ext_shared: false,
    is_member: team.isIn(team.state.bot, id),
    creator: team.botUser,
    topic: { value: '', creator: '', last_set: 0 },
    purpose: { value: purpose, creator: team.botUser, last_set: created },
    num_members: members?.length ?? 0,
  };
}

/** Whoever shares a channel with the app is no stranger to it, of whatever company. */
const met = (team: Team, person: string) =>
  [...team.state.channels.values()].some(({ id, kind }) => kind !== 'direct' && [person, team.state.bot].every(one => team.isIn(one, id)));

export function userJson(team: Team, { id, name, bot, ...extra }: RoomPerson & PersonExtra): Json {
  const handle = name.toLowerCase().replace(/\s+/g, '.');
  return {
    id: team.userId(id),
    team_id: extra.team ?? team.id,
    name: handle,
    deleted: Boolean(extra.deleted),
    real_name: name,
    tz: extra.tz,
    locale: extra.locale,
    profile: { real_name: name, display_name: name, real_name_normalized: name, display_name_normalized: name, team: team.id },
    is_bot: bot,
    is_app_user: false,
    is_admin: false,
    is_owner: false,
    is_stranger: extra.team !== undefined && !met(team, id),
    is_restricted: extra.restricted !== undefined,
    is_ultra_restricted: extra.restricted === 'ultra_restricted',
    ...((extra.grid || extra.enterprise) && {
      enterprise_user: {
        id: team.userId(id),
        enterprise_id: extra.enterprise ?? team.enterprise ?? 'E0GRID',
        teams: [extra.team ?? team.id],
      },
    }),
  };
}
