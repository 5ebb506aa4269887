// The scopes of the Feishu app: what each is for, and the calls and events that need it. docs/feishu.md asks an admin for exactly these.
// Sources: the "required scopes" of each method's page on open.feishu.cn/document, and application-scope/scope-list.

/** `orOne`: wider or older names that do as well. `needed`: without it the bot says so at its start. */
export type Scope = { name: string; orOne?: string[]; needed: boolean; why: string; methods: string[] };

export const SCOPES: Scope[] = [
  {
    name: 'im:message:send_as_bot',
    orOne: ['im:message'],
    needed: true,
    why: 'it answers, posts its cards and sends what only one person sees',
    methods: ['im.v1.message.create', 'im.v1.message.reply', 'ephemeral.v1.send'],
  },
  {
    name: 'im:message:update',
    orOne: ['im:message'],
    needed: true,
    why: 'progress, votes and report cards change in place',
    methods: ['im.v1.message.patch'],
  },
  {
    name: 'im:message:readonly',
    orOne: ['im:message'],
    needed: true,
    why: 'a message is read again before anything is learned from it: as it is now, with its edits',
    methods: ['im.v1.message.get', 'im.v1.message.list', 'im.message.recalled_v1'],
  },
  {
    name: 'im:message.group_at_msg:readonly',
    orOne: ['im:message.group_at_msg'],
    needed: true,
    why: 'it hears when it is mentioned in a group',
    methods: ['im.message.receive_v1'],
  },
  {
    name: 'im:message.p2p_msg:readonly',
    orOne: ['im:message.p2p_msg'],
    needed: true,
    why: 'it hears what is said to it alone; that is never learned from',
    methods: ['im.message.receive_v1'],
  },
  {
    name: 'im:message.group_msg',
    needed: true,
    why: 'sensitive: it reads group messages that do not mention it, for the question and the answer behind a ✅ are such messages',
    methods: ['im.v1.message.get', 'im.v1.message.list', 'im.message.receive_v1'],
  },
  {
    name: 'im:message.reactions:read',
    orOne: ['im:message'],
    needed: true,
    why: 'it sees who approves with a ✅, and who takes it back',
    methods: ['im.v1.messageReaction.list', 'im.message.reaction.created_v1', 'im.message.reaction.deleted_v1'],
  },
  {
    name: 'im:message.reactions:write_only',
    orOne: ['im:message'],
    needed: true,
    why: 'it marks a message as seen or kept',
    methods: ['im.v1.messageReaction.create', 'im.v1.messageReaction.delete'],
  },
  {
    name: 'im:resource',
    needed: true,
    why: 'files of examples are read, exports sent',
    methods: ['im.v1.messageResource.get', 'im.v1.file.create', 'im.v1.image.create'],
  },
  {
    name: 'im:chat:read',
    orOne: ['im:chat:readonly', 'im:chat'],
    needed: true,
    why: 'it knows which groups are public, private, external or confidential, and learns only in the first',
    methods: ['im.v1.chat.get'],
  },
  {
    name: 'im:chat.members:bot_access',
    needed: false,
    why: 'it notices that it was added to a group or taken out of one',
    methods: ['im.chat.member.bot.added_v1', 'im.chat.member.bot.deleted_v1'],
  },
  {
    name: 'im:chat.members:read',
    needed: false,
    why: 'it finds the names of a group’s members where the next scope is not given',
    methods: ['im.v1.chatMembers.get', 'im.chat.member.user.added_v1', 'im.chat.member.user.deleted_v1'],
  },
  {
    name: 'contact:user.base:readonly',
    orOne: ['contact:contact.base:readonly'],
    needed: false,
    why: 'names instead of ids: “approved by Lin”',
    methods: ['contact.v3.user.get'],
  },
  {
    name: 'application:application:self_manage',
    needed: false,
    why: 'it can tell at its start which scopes are missing',
    methods: ['application.v6.scopes'],
  },
  {
    name: 'application:app_slash_command:write',
    needed: false,
    why: '/finetune is offered in the list that opens at a slash; typed it works without',
    methods: ['application.v7.app_slash_commands'],
  },
];
