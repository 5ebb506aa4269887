// What Slack tells an app of what happened in the room: the Events API's events, none of them with more than Slack gives.

import type { Entry, RoomChannel } from '../../../src/chat/local/entries.ts';
import { mentions } from '../../../src/chat/mentions.ts';
import { picked } from './emoji.ts';
import { slackId } from './ids.ts';
import { messageJson, userJson } from './message.ts';
import type { Json, Team } from './team.ts';

export type Told = (event: Json) => void;

/** Tells every entry of the room from now on, to an app that has subscribed to everything. `changed` tells what only Slack changed. */
export function tellEvents(team: Team, tell: Told): { changed(id: string): void; channel(id: string, type: string): void } {
  const { state } = team;
  const before = new Map<string, Json>();
  const channels = new Map([...state.channels.values()].map(channel => [channel.id, channel as RoomChannel]));
  const inChannel = (id: string) => team.isIn(state.bot, id);

  const typeOf = (channel: string) => ({ private: 'group', direct: 'im' })[state.channels.get(channel)!.kind as string] ?? 'channel';
  const about = (channel: string, event: Json): Json => ({
    ...event,
    channel: slackId(channel),
    event_ts: team.moment(),
    channel_type: typeOf(channel),
  });

  function said(id: string): void {
    const message = state.messages.get(id)!;
    const json = messageJson(team, message);
    before.set(id, json);
    if (message.onlyFor || !inChannel(message.channel)) return;
    const { upload: _, ...shown } = json;
    const event = { ...shown, ...(message.files.length > 0 && { subtype: 'file_share', upload: false }) };
    tell({ ...about(message.channel, event), event_ts: json.ts });
    const called = message.author !== state.bot && mentions(message.markdown, state.bot) && typeOf(message.channel) !== 'im';
    // A mention comes twice: as a message, and as app_mention, each with an id of its own.
    if (called) tell({ ...shown, type: 'app_mention', channel: slackId(message.channel), event_ts: json.ts });
  }

  function changed(id: string): void {
    const message = state.messages.get(id);
    if (!message || message.onlyFor) return;
    const previous = before.get(id);
    const json = messageJson(team, message);
    before.set(id, json);
    if (!inChannel(message.channel)) return;
    const ts = team.moment();
    tell({
      ...about(message.channel, {
        type: 'message',
        subtype: 'message_changed',
        message: json,
        previous_message: previous,
        hidden: true,
        ts,
      }),
      event_ts: ts,
    });
  }

  function deleted(id: string): void {
    const message = state.messages.get(id);
    if (!message || message.onlyFor) return;
    if (team.replies(id).length > 0 && !message.thread) {
      changed(id);
      return;
    }
    if (!inChannel(message.channel)) return;
    const ts = team.moment();
    const event = {
      type: 'message',
      subtype: 'message_deleted',
      previous_message: before.get(id),
      hidden: true,
      deleted_ts: team.ts(id),
      ts,
    };
    tell({ ...about(message.channel, event), event_ts: ts });
  }

  function reacted({ id, by, sign, on }: Extract<Entry, { kind: 'reacted' }>): void {
    const message = state.messages.get(id);
    if (!message) return;
    before.set(id, messageJson(team, message));
    if (!inChannel(message.channel)) return;
    const item = { type: 'message', channel: slackId(message.channel), ts: team.ts(id) };
    const reaction = /^[\w+-]/.test(sign) ? sign : picked(sign);
    tell({
      type: on ? 'reaction_added' : 'reaction_removed',
      user: team.userId(by),
      reaction,
      item,
      item_user: team.userId(message.author),
      event_ts: team.moment(),
    });
  }

  function made(channel: RoomChannel, by: string): void {
    const known = channels.get(channel.id);
    channels.set(channel.id, channel);
    const [was, is] = [known?.members ?? [], channel.members ?? []];
    const wasIn = was.includes(state.bot);
    const membership = (member: string, type: string) => ({
      ...about(channel.id, { type, user: team.userId(member), team: team.id }),
      // docs …/events/member_joined_channel
      ...(type === 'member_joined_channel' && by !== member && state.people.has(by) && { inviter: team.userId(by) }),
      channel_type: channel.kind === 'private' ? 'G' : 'C',
    });
    if (wasIn || inChannel(channel.id)) {
      for (const member of is.filter(id => !was.includes(id))) tell(membership(member, 'member_joined_channel'));
      for (const member of was.filter(id => !is.includes(id))) tell(membership(member, 'member_left_channel'));
    }
    if (known && known.name !== channel.name && inChannel(channel.id)) {
      const type = channel.kind === 'private' ? 'group_rename' : 'channel_rename';
      tell({ type, channel: { id: slackId(channel.id), name: channel.name, is_channel: true, created: 0 }, event_ts: team.moment() });
      // docs …/events/message/channel_name: whoever reads the channel's messages is told there, too.
      const subtype = channel.kind === 'private' ? 'group_name' : 'channel_name';
      const ts = team.moment();
      const names = { old_name: known.name, name: channel.name };
      tell({ ...about(channel.id, { type: 'message', subtype, user: team.botUser, text: '', ts, ...names }), event_ts: ts });
    }
  }

  team.room.watch(entry => {
    if (entry.kind === 'said') said(entry.message.id);
    if (entry.kind === 'edited') changed(entry.id);
    if (entry.kind === 'deleted') deleted(entry.id);
    if (entry.kind === 'reacted') reacted(entry);
    if (entry.kind === 'made') made(entry.channel, entry.by);
    if (entry.kind === 'joined')
      tell({ type: 'team_join', user: userJson(team, team.personOf(team.userId(entry.person.id))), event_ts: team.moment() });
  });

  return {
    changed,
    channel: (id, type) => inChannel(id) && tell({ type, channel: slackId(id), user: team.botUser, event_ts: team.moment() }),
  };
}
