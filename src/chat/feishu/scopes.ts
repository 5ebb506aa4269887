// The scopes of the Feishu app: what each is for, and what needs it. docs/feishu.md asks an admin for exactly these.
// Sources: the "required scopes" of each method's page on open.feishu.cn/document, and application-scope/scope-list. Read again in copies of
// these pages: message/patch, message-reaction/create, chat/get. That these names exist: im:chat.members:bot_access and
// im:chat.access_event.bot_p2p_chat:read, in other apps' lists. Unverified: application:app_slash_command:write, and which scope an event needs.

/**
 * `orOne`: wider or older names that do as well. `needed`: without it the bot says so at its start. `methods`: the calls and events.
 * Why each is asked for stands above it, and for people in docs/feishu.md.
 */
export type Scope = { name: string; orOne?: string[]; needed: boolean; methods: string[] };

export const SCOPES: Scope[] = [
  // It answers, posts its cards and sends what only one person sees.
  {
    name: 'im:message:send_as_bot',
    orOne: ['im:message'],
    needed: true,
    methods: ['im.v1.message.create', 'im.v1.message.reply', 'ephemeral.v1.send'],
  },
  // Progress, votes and report cards change in place. (The page of im/v1/message/patch takes any of the three.)
  {
    name: 'im:message:update',
    orOne: ['im:message', 'im:message:send_as_bot'],
    needed: true,
    methods: ['im.v1.message.patch'],
  },
  // A message is read again before anything is learned from it: as it is now, with its edits.
  {
    name: 'im:message:readonly',
    orOne: ['im:message'],
    needed: true,
    methods: ['im.v1.message.get', 'im.v1.message.list', 'im.message.recalled_v1'],
  },
  // It hears when it is mentioned in a group.
  {
    name: 'im:message.group_at_msg:readonly',
    orOne: ['im:message.group_at_msg'],
    needed: true,
    methods: ['im.message.receive_v1'],
  },
  // It hears what is said to it alone; that is never learned from.
  {
    name: 'im:message.p2p_msg:readonly',
    orOne: ['im:message.p2p_msg'],
    needed: true,
    methods: ['im.message.receive_v1'],
  },
  // Sensitive: it reads group messages that do not mention it, for the question and the answer behind a ✅ are such messages.
  {
    name: 'im:message.group_msg',
    needed: true,
    methods: ['im.v1.message.get', 'im.v1.message.list', 'im.message.receive_v1'],
  },
  // It sees who approves with a ✅, and who takes it back.
  {
    name: 'im:message.reactions:read',
    orOne: ['im:message'],
    needed: true,
    methods: ['im.v1.messageReaction.list', 'im.message.reaction.created_v1', 'im.message.reaction.deleted_v1'],
  },
  // It marks a message as seen or kept.
  {
    name: 'im:message.reactions:write_only',
    orOne: ['im:message'],
    needed: true,
    methods: ['im.v1.messageReaction.create', 'im.v1.messageReaction.delete'],
  },
  // Files of examples are read, exports sent.
  {
    name: 'im:resource',
    needed: true,
    methods: ['im.v1.messageResource.get', 'im.v1.file.create', 'im.v1.image.create'],
  },
  // It knows which groups are public, private, external or confidential, and learns only in the first.
  {
    name: 'im:chat:read',
    orOne: ['im:chat:readonly', 'im:chat'],
    needed: true,
    methods: ['im.v1.chat.get'],
  },
  // It notices that it was added to a group or taken out of one.
  {
    name: 'im:chat.members:bot_access',
    needed: false,
    methods: ['im.chat.member.bot.added_v1', 'im.chat.member.bot.deleted_v1'],
  },
  // It finds the names of a group’s members where the next scope is not given.
  {
    name: 'im:chat.members:read',
    needed: false,
    methods: ['im.v1.chatMembers.get', 'im.chat.member.user.added_v1', 'im.chat.member.user.deleted_v1'],
  },
  // It can tell whoever opens it first what the next steps are.
  {
    name: 'im:chat.access_event.bot_p2p_chat:read',
    needed: false,
    methods: ['im.chat.access_event.bot_p2p_chat_entered_v1'],
  },
  // Names instead of ids: “approved by Lin”.
  {
    name: 'contact:user.base:readonly',
    orOne: ['contact:contact.base:readonly'],
    needed: false,
    methods: ['contact.v3.user.get'],
  },
  // It can tell at its start which scopes are missing, and tells the app's owner what the next steps are.
  {
    name: 'application:application:self_manage',
    needed: false,
    methods: ['application.v6.scopes', 'application.v6.applications'],
  },
  // /finetune is offered in the list that opens at a slash; typed it works without.
  {
    name: 'application:app_slash_command:write',
    needed: false,
    methods: ['application.v7.app_slash_commands'],
  },
];
