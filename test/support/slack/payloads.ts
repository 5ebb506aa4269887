// What Slack sends when a person types a command, presses something or sends a form. docs.slack.dev/reference/interaction-payloads
import { mentionsIn } from '../../../src/chat/local/mentions.ts';
import { slackId } from './ids.ts';
import { channelJson, messageJson } from './message.ts';
import type { Json, Team } from './team.ts';
import type { Triggers } from './triggers.ts';
import type { View } from './views.ts';

/** The states of all boxes, choices and inputs: block_id → action_id → value. */
export type Values = Record<string, Record<string, Json>>;
/** `user`, `channel` and `message` are the room's ids. */
export type Acting = { user: string; channel: string; message: string };

const userOf = (team: Team, user: string) => {
  const name = team.state.people.get(user)!.name.toLowerCase();
  return { id: team.userId(user), username: name, name, team_id: team.id };
};
const common = (team: Team, user: string) => ({
  user: userOf(team, user),
  api_app_id: team.appId,
  token: 'verification',
  team: { id: team.id, domain: team.domain },
  enterprise: null,
  is_enterprise_install: false,
});

export function commandPayload(
  team: Team,
  triggers: Triggers,
  { user, channel, text }: { user: string; channel: string; text: string },
): Json {
  const [command, ...words] = text.trim().split(/(?<=^\S+)\s+/);
  const { name, kind } = team.state.channels.get(channel)!;
  return {
    token: 'verification',
    team_id: team.id,
    team_domain: team.domain,
    channel_id: slackId(channel),
    channel_name: kind === 'direct' ? 'directmessage' : kind === 'private' ? 'privategroup' : name,
    user_id: team.userId(user),
    user_name: team.state.people.get(user)!.name.toLowerCase(),
    command,
    text: escaped(team, words.join(' ')),
    api_app_id: team.appId,
    is_enterprise_install: 'false',
    response_url: triggers.lendUrl('commands', { user, channel }),
    trigger_id: triggers.lend(user),
  };
}

/** As `should_escape` in the manifest asks for it: people and channels by their ids. */
const escaped = (team: Team, text: string) =>
  mentionsIn(text, team.state.people.values())
    .replace(/\[@([^\]]+)\]\(person:(\w+)\)/g, (_, name: string, id: string) => `<@${team.userId(id)}|${name.toLowerCase()}>`)
    .replace(/#([\p{L}\p{N}_-]+)/gu, (whole, name: string) => (team.channelNamed(name) ? `<#${team.channelNamed(name)}|${name}>` : whole));

export function pressPayload(team: Team, triggers: Triggers, { user, channel, message }: Acting, action: Json, values: Values): Json {
  const stands = team.state.messages.get(message)!;
  const ephemeral = stands.onlyFor !== undefined;
  const ts = team.ts(message);
  const thread = stands.thread && team.ts(stands.thread);
  const shown = messageJson(team, stands);
  return {
    type: 'block_actions',
    ...common(team, user),
    container: {
      type: 'message',
      message_ts: ts,
      channel_id: slackId(channel),
      is_ephemeral: ephemeral,
      ...(thread && { thread_ts: thread }),
    },
    trigger_id: triggers.lend(user),
    channel: { id: slackId(channel), name: channelJson(team, team.channelOf(slackId(channel))).name ?? 'directmessage' },
    // An ephemeral message is not repeated: there is nothing that could be fetched either.
    ...(!ephemeral && { message: shown }),
    state: { values },
    response_url: triggers.lendUrl('actions', { user, channel, message }),
    actions: [{ ...action, action_ts: team.moment() }],
  };
}

export function submissionPayload(team: Team, triggers: Triggers, user: string, view: View, values: Values): Json {
  return {
    type: 'view_submission',
    ...common(team, user),
    trigger_id: triggers.lend(user),
    view: { ...view, state: { values } },
    response_urls: [],
  };
}

export const closedPayload = (team: Team, user: string, view: View): Json => ({
  type: 'view_closed',
  ...common(team, user),
  view,
  is_cleared: false,
});
