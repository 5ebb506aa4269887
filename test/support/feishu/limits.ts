// What Feishu refuses and where its limits lie: every number and code of the fake stands here, each with its source.
//   doc  = the vendor's reference page of that call, as the error table or the limits on it say
//   sdk  = read from the vendor's own SDK for Node, 1.74
//   facts = measured or read by this project before (the study of chat platforms)
//   unverified = known from use, with no page at hand that says it: treat as likely

export const LIMITS = {
  /** doc im-v1/message/create: the request of a text message, at most 150 KB. */
  textBytes: 150 * 1024,
  /** doc im-v1/message/create and patch: the body of a card or a post, at most 30 KB; where 1024 or 1000 is not said, the smaller. */
  cardBytes: 30_000,
  /** doc feishu-cards/card-json-v2-structure: everything with a `tag` in a card, texts too, at most 200. */
  cardElements: 200,
  /** doc card-json-v2-components/rich-text and table disagree (4 and 5); known to be refused (230099, 11310) were 4. */
  cardTables: 3,
  /** doc card-json-v2-components/button: characters of its text. */
  buttonCharacters: 100,
  /** doc card-json-v2-components/input: max_length, 1 to 1000. */
  inputCharacters: 1000,
  /** facts: column_set may nest five levels deep. */
  columnSetDepth: 5,
  /** facts: charts a card; more is advised against, which the fake takes for a refusal. */
  charts: 5,
  /** doc im-v1/message/update: edits of a text or post, at most 20. */
  edits: 20,
  /** doc im-v1/message/patch: a card may be changed for 14 days. */
  patchMs: 14 * 24 * 3_600_000,
  /** doc im-v1/message/delete: the app's own message, within a day. */
  recallMs: 24 * 3_600_000,
  /** doc im-v1/message/create: to one person or one group, 5 a second, shared by all bots of the group. */
  perChatPerSecond: 5,
  /** doc im-v1/message/patch: one card, 5 changes a second. */
  perMessagePerSecond: 5,
  /** doc im-v1: most calls 50 a second (and 1000 a minute) an app and tenant. */
  perAppPerSecond: 50,
  perAppPerMinute: 1000,
  /** doc im-v1/message/create: the same uuid within an hour is one message; at most 50 characters. */
  uuidMs: 3_600_000,
  uuidCharacters: 50,
  /** doc im-v1/message/list: page_size, 1 to 50. */
  pageSize: 50,
  /** doc im-v1/image/create and file/create. */
  imageBytes: 10 * 1024 * 1024,
  fileBytes: 30 * 1024 * 1024,
  /** facts: an event or a press is answered within three seconds. */
  ackMs: 3_000,
  /** doc event subscription: pushed again after 15 s, 5 min, 1 h and 6 h. Here the same four, shorter: a test does not wait 7 hours. */
  pushAgainMs: [100, 500, 2_000, 5_000],
  /** doc interactive/v1/card/update: the token of a press, 30 minutes and twice. */
  pressTokenMs: 30 * 60_000,
  pressTokenUses: 2,
  /** facts: clients of one app on the long connection. */
  connections: 50,
  /** doc auth/v3: a token lives at most two hours. */
  tokenSeconds: 7_200,
} as const;

/** Feishu's answer to a call that it refuses. `status` is the documented HTTP status; with `lenient` the gateway says 200 all the same. */
export type Code = { code: number; status: number; msg: string };

export const CODES = {
  /** doc: generic errors of the gateway. */
  noToken: { code: 99991661, status: 400, msg: 'Missing access token for authorization. Please make a request with token attached.' },
  badToken: { code: 99991663, status: 400, msg: 'Invalid access token for authorization. Please make a request with token attached.' },
  noScope: { code: 99991672, status: 400, msg: 'Access denied. One of the following scopes is required: [SCOPES]' },
  tooFast: { code: 99991400, status: 429, msg: 'request trigger frequency limit' },
  badField: { code: 99992402, status: 400, msg: 'field validation failed' },
  /** unverified: the gateway's own words for a path that it does not know. */
  noSuchApi: { code: 99991201, status: 404, msg: 'api not found' },
  /** unverified (10014 is in the facts; 10003 from use). */
  badSecret: { code: 10014, status: 200, msg: 'app secret invalid' },
  badApp: { code: 10003, status: 200, msg: 'invalid param' },

  /** doc im-v1/message: create, reply, patch, update, get, list. */
  badParameter: { code: 230001, status: 400, msg: 'Your request contains an invalid request parameter.' },
  botOutside: { code: 230002, status: 400, msg: 'Bot/User can NOT be out of the chat.' },
  botOff: { code: 230006, status: 400, msg: 'Bot ability is not activated.' },
  recalled: { code: 230011, status: 400, msg: 'The message is recalled.' },
  notAvailable: { code: 230013, status: 400, msg: 'Bot has NO availability to this user.' },
  noThread: { code: 230019, status: 400, msg: 'The topic does NOT exist.' },
  tooFastHere: { code: 230020, status: 400, msg: 'This operation triggers the frequency limit.' },
  tooLong: { code: 230025, status: 400, msg: 'The length of the message content reaches its limit.' },
  lacksPermission: { code: 230027, status: 400, msg: 'Lack of necessary permissions.' },
  tooOld: { code: 230031, status: 400, msg: 'Message can only be modified within 14 days after sending.' },
  badCard: { code: 230099, status: 400, msg: 'Failed to create card content.' },
  /** facts: restricted mode; doc im-v1/message/delete has the code too. */
  invisible: { code: 230050, status: 400, msg: 'The message is invisible to the operator.' },
  restrictedFile: { code: 234038, status: 400, msg: 'The operation is not allowed in restricted mode.' },
  /** doc im-v1/message/delete. */
  wrongType: { code: 230054, status: 400, msg: 'This operation is not supported for this message type.' },
  /** unverified: no page at hand. */
  badReceiver: { code: 230034, status: 400, msg: 'The receive_id is invalid.' },
  notSender: { code: 230071, status: 400, msg: 'The app is NOT the sender of the message.' },
  /** facts (20 edits); the code is unverified. */
  editedOut: { code: 230072, status: 400, msg: 'The message has reached the number of times it can be edited.' },
  deleted: { code: 230110, status: 400, msg: 'Action unavailable as the message has been deleted.' },
  /** doc im-v1/message/delete. */
  notYoursToRecall: { code: 230026, status: 400, msg: 'No permission to recall this message.' },
  recallTooOld: { code: 230009, status: 400, msg: 'Message can only be recalled within one days.' },
  /** doc im-v1/message-reaction: create, list, delete. */
  badEmoji: { code: 231001, status: 400, msg: 'reaction type is invalid.' },
  mayNotReact: { code: 231002, status: 400, msg: 'The operator has no permission to react on the specific message.' },
  noMessageToReact: { code: 231003, status: 400, msg: 'The message is not found, maybe not exist or deleted.' },
  noChatToReact: {
    code: 231004,
    status: 400,
    msg: 'The chat in which the message exists is not found, maybe not exist, deleted or archived.',
  },
  notYourReaction: { code: 231007, status: 400, msg: 'The operator has no permission to delete this reaction.' },
  mayNotSeeReactions: { code: 231008, status: 400, msg: 'The operator has no access to the message.' },
  otherReaction: { code: 231010, status: 400, msg: 'The reaction does not belong to the message.' },
  noReaction: { code: 231011, status: 400, msg: 'The request has an invalid reaction_id.' },
  /** doc im-v1/chat/get; that a dissolved chat has a code of its own is unverified. */
  badChat: { code: 232006, status: 400, msg: 'Your request specifies a chat_id which is invalid.' },
  outsideChat: { code: 232011, status: 400, msg: 'Operator can NOT be out of the chat.' },
  dissolved: { code: 232009, status: 400, msg: 'Your request specifies a chat which has already been dissolved.' },
  /** 234006 is in the facts; the others are unverified. */
  badFile: { code: 234001, status: 400, msg: 'Invalid request param.' },
  fileNotInMessage: { code: 234003, status: 400, msg: 'File not in msg.' },
  fileTooBig: { code: 234006, status: 400, msg: 'The file size exceed the max value.' },
  fileEmpty: { code: 234010, status: 400, msg: "File's size can't be 0." },
  notAnImage: { code: 234011, status: 400, msg: "Can't recognize image format." },
  /** unverified: contact. */
  badUser: { code: 41012, status: 400, msg: 'user id invalid error' },
  noAuthority: { code: 41050, status: 400, msg: 'no user authority error' },
  /** unverified: ephemeral cards, and the token of a press. */
  ephemeralNotHere: { code: 18053, status: 400, msg: 'ephemeral messages are only supported in group chats' },
  badPressToken: { code: 300030, status: 400, msg: 'card token is invalid or expired' },
  /** unverified: slash commands. */
  badCommand: { code: 210001, status: 400, msg: 'invalid command' },
  commandTaken: { code: 210003, status: 400, msg: 'command already exists' },
  commandGone: { code: 210004, status: 400, msg: 'command not found' },
  /** sdk: error codes of the long connection's endpoint. */
  endpointAuth: { code: 514, status: 200, msg: 'auth failed' },
  endpointFull: { code: 1000040350, status: 200, msg: 'the number of connections exceeded the limit' },
} as const satisfies Record<string, Code>;

export type CodeName = keyof typeof CODES;

/** Thrown inside the fake where Feishu would refuse; `more` stands behind the sentence, as after Feishu's own `ext=`. */
export class FeishuRefusal extends Error {
  readonly refusal: Code;
  constructor(name: CodeName, more?: string) {
    const { code, status, msg } = CODES[name];
    super(more ? `${msg} ext=${more}` : msg);
    this.name = 'FeishuRefusal';
    this.refusal = { code, status, msg: this.message };
  }
}

export const refuse = (name: CodeName, more?: string): never => {
  throw new FeishuRefusal(name, more);
};
