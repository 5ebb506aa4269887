// What Slack must allow the app, and why: each Web API method and each event with the scopes that Slack asks for it.
// The source is the page of each: docs.slack.dev/reference/methods/NAME and …/reference/events/NAME. (The manifest is made from this.)
import type { AppsManifestCreateArguments } from '@slack/web-api';

export type Manifest = Exclude<AppsManifestCreateArguments['manifest'], string>;
export type BotScope = NonNullable<NonNullable<NonNullable<Manifest['oauth_config']>['scopes']>['bot']>[number];
export type BotEvent = NonNullable<NonNullable<NonNullable<Manifest['settings']>['event_subscriptions']>['bot_events']>[number];

/** A conversation's kind decides which one counts: open, private, direct. */
const READ: BotScope[] = ['channels:read', 'groups:read', 'im:read'];
const HISTORY: BotScope[] = ['channels:history', 'groups:history', 'im:history'];

/** Every method that the bot, or the doctor for it, calls with its own token. */
export const METHODS: Record<string, BotScope[]> = {
  'auth.test': [],
  'bots.info': ['users:read'],
  'chat.delete': ['chat:write'],
  'chat.postEphemeral': ['chat:write'],
  'chat.postMessage': ['chat:write'],
  'chat.update': ['chat:write'],
  'conversations.history': HISTORY,
  'conversations.info': READ,
  'conversations.members': ['channels:read'],
  'conversations.open': ['im:write'],
  'conversations.replies': HISTORY,
  'files.completeUploadExternal': ['files:write'],
  'files.delete': ['files:write'],
  'files.getUploadURLExternal': ['files:write'],
  'files.info': ['files:read'],
  'reactions.add': ['reactions:write'],
  'reactions.get': ['reactions:read'],
  'reactions.remove': ['reactions:write'],
  'users.info': ['users:read'],
  'users.list': ['users:read'],
  'views.open': [],
  'views.update': [],
};

/** And with the app-level token of Socket Mode. */
export const APP_METHODS: Record<string, ['connections:write']> = { 'apps.connections.open': ['connections:write'] };

/** Every event that is listened to. */
export const EVENTS: Partial<Record<BotEvent, BotScope[]>> = {
  app_home_opened: [],
  app_mention: ['app_mentions:read'],
  app_uninstalled: [],
  channel_archive: ['channels:read'],
  channel_left: ['channels:read'],
  channel_shared: ['channels:read', 'groups:read'],
  channel_unshared: ['channels:read', 'groups:read'],
  group_archive: ['groups:read'],
  group_left: ['groups:read'],
  member_joined_channel: ['channels:read', 'groups:read'],
  member_left_channel: ['channels:read', 'groups:read'],
  'message.channels': ['channels:history'],
  'message.groups': ['groups:history'],
  'message.im': ['im:history'],
  reaction_added: ['reactions:read'],
  reaction_removed: ['reactions:read'],
  tokens_revoked: [],
};

/** Slash commands have a scope of their own. */
const COMMANDS: BotScope = 'commands';

/** Everything that the bot's token needs, by name; nothing else. */
export const BOT_SCOPES: BotScope[] = [...new Set([COMMANDS, ...Object.values(METHODS).flat(), ...Object.values(EVENTS).flat()])].sort();
