// The calls about messages: create, reply, get, list, change, recall. Reactions stand in reactions.ts.
import type { Cloud, Wire } from './cloud.ts';
import { contentSent } from './content.ts';
import type { Call, Route } from './gateway.ts';
import { newFeishuId, rootOfThread } from './ids.ts';
import { LIMITS, refuse } from './limits.ts';
import { messageItem } from './message-item.ts';
import type { Rates } from './rates.ts';

const SEND = ['im:message', 'im:message:send_as_bot', 'im:message:send'];
const UPDATE = ['im:message', 'im:message:send_as_bot', 'im:message:update'];
const READ = ['im:message', 'im:message:readonly'];
const CARD_CONTENT = ['raw_card_content', 'user_card_content'];

export function messageRoutes(cloud: Cloud, rates: Rates, appId: string): Route[] {
  const { state, wires } = cloud;

  /** A message in a chat of the bot's; a recalled one, too. */
  function reached(id: string) {
    const message = state.messages.get(id);
    const wire = wires.get(id);
    if (!message || !wire || message.onlyFor) return refuse('badParameter', 'invalid message_id');
    if (cloud.disbanded.has(message.channel)) refuse('dissolved');
    if (!cloud.botIsIn(message.channel)) refuse('botOutside');
    return { message, wire };
  }

  /** One of the bot's own, to be changed. */
  function ownOf(id: string) {
    const { message, wire } = reached(id);
    if (message.deleted) refuse('recalled');
    if (message.author !== cloud.bot.id) refuse('notSender');
    return { message, wire };
  }

  const isRestricted = (chat: string) => state.channels.get(chat)?.kind === 'restricted';
  const shown = (id: string, { query }: Call) => {
    const how = query.card_msg_content_type;
    if (how !== undefined && !CARD_CONTENT.includes(how)) refuse('badParameter', 'invalid card_msg_content_type');
    return messageItem(cloud, appId, id, how);
  };

  function receiver({ query, body }: Call): string {
    const id = String(body.receive_id);
    if (query.receive_id_type === 'chat_id') return cloud.chat(id).id;
    if (query.receive_id_type !== 'open_id') return refuse('badParameter', 'invalid receive_id_type');
    return (state.people.has(id) && cloud.direct(id)?.id) || refuse('badReceiver', 'invalid receive_id');
  }

  /** Sends, unless the same uuid came to the same chat within the hour: then it is that message. */
  async function sendOnce(chat: string, { body }: Call, message: { thread?: string }, reply: Pick<Wire, 'parent' | 'root'>) {
    const { uuid } = body;
    if (uuid !== undefined && (typeof uuid !== 'string' || uuid.length > LIMITS.uuidCharacters)) refuse('badParameter', 'invalid uuid');
    const wire = { ...contentSent(cloud, body.msg_type, body.content), ...reply };
    const before = uuid === undefined ? undefined : cloud.uuids.get(`${chat} ${uuid}`);
    if (before && before.at > cloud.clock() - LIMITS.uuidMs) {
      await before.sent;
      return messageItem(cloud, appId, before.message, 'user_card_content');
    }
    rates.toChat(chat);
    const id = newFeishuId('message');
    const sent = cloud.say({ id, channel: chat, author: cloud.bot.id, ...message }, wire);
    if (uuid !== undefined) cloud.uuids.set(`${chat} ${uuid}`, { message: id, at: cloud.clock(), sent });
    await sent;
    return messageItem(cloud, appId, id, 'user_card_content');
  }

  async function change(id: string, wire: Partial<Wire>): Promise<void> {
    rates.ofMessage(id);
    await cloud.edit(id, cloud.bot.id, wire);
  }

  /** Top-level messages of a chat, or those of a thread with its root; oldest first. */
  function contained({ container_id_type, container_id }: Record<string, string>): string[] {
    const inThread = container_id_type === 'thread';
    if (!inThread && container_id_type !== 'chat') refuse('badParameter', 'invalid container_id_type');
    const root = inThread ? (state.messages.get(rootOfThread(container_id)) ?? refuse('noThread')) : undefined;
    const chat = cloud.chat(root?.channel ?? container_id).id;
    // Of a confidential group nothing is told, and not that it is one.
    if (isRestricted(chat)) return [];
    return [...state.messages.values()]
      .filter(message => message.channel === chat && !message.onlyFor && wires.has(message.id))
      .filter(({ id, thread }) => (root ? id === root.id || thread === root.id : thread === undefined))
      .map(({ id }) => id);
  }

  function page(call: Call) {
    const { query } = call;
    const inThread = query.container_id_type === 'thread';
    if (inThread && (query.start_time || query.end_time)) refuse('badParameter', 'start_time and end_time are not for threads');
    const size = Number(query.page_size ?? 20);
    if (!Number.isInteger(size) || size < 1 || size > LIMITS.pageSize) refuse('badParameter', 'invalid page_size');
    const second = (name: string) => {
      const text = query[name];
      if (text !== undefined && !/^\d{1,10}$/.test(text)) refuse('badParameter', `invalid ${name}: seconds since 1970`);
      return text === undefined ? undefined : Number(text);
    };
    const [from, until] = [second('start_time') ?? 0, second('end_time') ?? Number.POSITIVE_INFINITY];
    const all = contained(query).filter(id => {
      const at = Math.floor(state.messages.get(id)!.at / 1000);
      return at >= from && at <= until;
    });
    if (query.sort_type === 'ByCreateTimeDesc') all.reverse();
    const start = query.page_token ? Number(query.page_token) : 0;
    if (!Number.isInteger(start)) refuse('badParameter', 'invalid page_token');
    const has_more = start + size < all.length;
    const items = all.slice(start, start + size).map(id => shown(id, call));
    return { items, has_more, ...(has_more && { page_token: String(start + size) }) };
  }

  return [
    {
      call: 'POST /open-apis/im/v1/messages',
      scopes: SEND,
      query: ['receive_id_type!'],
      body: ['receive_id!', 'msg_type!', 'content!', 'uuid'],
      run: call => sendOnce(receiver(call), call, {}, {}),
    },
    {
      call: 'POST /open-apis/im/v1/messages/:message_id/reply',
      scopes: SEND,
      body: ['content!', 'msg_type!', 'reply_in_thread', 'uuid'],
      run(call) {
        const { message, wire } = reached(call.params.message_id);
        if (message.deleted) refuse('recalled');
        const root = wire.root ?? message.id;
        const thread = message.thread ?? (call.body.reply_in_thread === true ? root : undefined);
        return sendOnce(message.channel, call, thread ? { thread } : {}, { parent: thread ?? message.id, root: thread ?? root });
      },
    },
    {
      call: 'GET /open-apis/im/v1/messages/:message_id',
      scopes: READ,
      query: ['user_id_type', 'card_msg_content_type'],
      run(call) {
        const { message } = reached(call.params.message_id);
        if (isRestricted(message.channel)) refuse('invisible');
        return { items: [shown(message.id, call)] };
      },
    },
    {
      call: 'GET /open-apis/im/v1/messages',
      scopes: READ,
      query: [
        'container_id_type!',
        'container_id!',
        'start_time',
        'end_time',
        'sort_type',
        'page_size',
        'page_token',
        'card_msg_content_type',
      ],
      run: page,
    },
    {
      call: 'PATCH /open-apis/im/v1/messages/:message_id',
      scopes: UPDATE,
      body: ['content!'],
      async run({ params, body }) {
        const { message, wire } = ownOf(params.message_id);
        if (wire.type !== 'interactive') refuse('wrongType');
        if (cloud.clock() - message.at > LIMITS.patchMs) refuse('tooOld');
        const now = contentSent(cloud, 'interactive', body.content);
        if (!wire.shared || !now.shared) refuse('badCard', 'update_multi must be true before and after');
        await change(message.id, now);
      },
    },
    {
      call: 'PUT /open-apis/im/v1/messages/:message_id',
      scopes: UPDATE,
      body: ['msg_type!', 'content!'],
      async run({ params, body }) {
        const { message, wire } = ownOf(params.message_id);
        if (wire.type !== 'text' && wire.type !== 'post') refuse('wrongType');
        if (body.msg_type !== 'text' && body.msg_type !== 'post') refuse('badParameter', 'invalid msg_type');
        if (wire.edits >= LIMITS.edits) refuse('editedOut');
        await change(message.id, { ...contentSent(cloud, body.msg_type, body.content), edits: wire.edits + 1 });
        return messageItem(cloud, appId, message.id);
      },
    },
    {
      call: 'DELETE /open-apis/im/v1/messages/:message_id',
      scopes: UPDATE,
      async run({ params }) {
        const { message } = reached(params.message_id);
        if (message.deleted) refuse('recalled');
        if (message.author !== cloud.bot.id) refuse('notYoursToRecall');
        if (cloud.clock() - message.at > LIMITS.recallMs) refuse('recallTooOld');
        await cloud.recall(message.id, cloud.bot.id);
      },
    },
  ];
}
