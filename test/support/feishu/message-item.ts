// A message as Feishu's API shows it to the app.
import { type Cloud, TENANT } from './cloud.ts';
import { contentShown } from './content.ts';
import { threadIdOf } from './ids.ts';

/** `cardContent`: how a card is shown (`user_card_content`: as it was sent); without it only that there is one. */
export function messageItem({ state, wires, bot, appLinks }: Cloud, appId: string, id: string, cardContent?: string) {
  const message = state.messages.get(id)!;
  const wire = wires.get(id)!;
  const isRoot = [...state.messages.values()].some(({ thread }) => thread === id);
  const thread = message.thread ?? (isRoot ? id : undefined);
  const byApp = message.author === bot.id;
  const sender = byApp
    ? { id: appId, id_type: 'app_id', sender_type: 'app' }
    : { id: message.author, id_type: 'open_id', sender_type: 'user' };
  return {
    message_id: id,
    ...(wire.root && { root_id: wire.root, parent_id: wire.parent }),
    ...(thread && { thread_id: threadIdOf(thread) }),
    msg_type: wire.type,
    create_time: String(message.at),
    update_time: String(message.edited ?? message.at),
    deleted: Boolean(message.deleted),
    updated: message.edited !== undefined,
    chat_id: message.channel,
    // sdk: the field; that it is not always there is known from use, what the address looks like is unverified.
    ...(appLinks && { message_app_link: `https://applink.feishu.cn/client/message/open?openMessageId=${id}` }),
    sender: { ...sender, tenant_key: TENANT },
    body: { content: message.deleted ? 'This message was recalled' : contentShown(wire, cardContent) },
    ...(wire.mentions.length > 0 && {
      mentions: wire.mentions.map(({ key, id, name }) => ({ key, id, id_type: 'open_id', name, tenant_key: TENANT })),
    }),
  };
}
