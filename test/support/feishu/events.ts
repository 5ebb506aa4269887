// The events of a tenant, as Feishu words them, and which of them an app is told.
import type { RoomMessage } from '../../../src/chat/local/entries.ts';
import type { App } from './app.ts';
import { type Cloud, TENANT } from './cloud.ts';
import { threadIdOf } from './ids.ts';
import type { Push } from './push.ts';

export type Events = ReturnType<typeof openEvents>;

export const idsOf = (person: string) => ({
  open_id: person,
  union_id: person.replace(/^ou_/, 'on_'),
  user_id: null as string | null,
});

export function openEvents(cloud: Cloud, app: App, push: Push) {
  const { state, wires, bot } = cloud;
  const told = (chat: string) => cloud.botIsIn(chat) && state.channels.get(chat)?.kind !== 'restricted' && !cloud.disbanded.has(chat);

  /** Without im:message.group_msg an app hears of a group only what mentions its bot. */
  function hears(message: RoomMessage): boolean {
    const direct = state.channels.get(message.channel)?.kind === 'direct';
    const mentioned = wires.get(message.id)!.mentions.some(({ id }) => id === bot.id);
    if (direct) return app.scopes.has('im:message.p2p_msg:readonly') || app.scopes.has('im:message');
    if (app.scopes.has('im:message.group_msg')) return true;
    return mentioned && (app.scopes.has('im:message.group_at_msg:readonly') || app.scopes.has('im:message'));
  }

  return {
    said(id: string): void {
      const message = state.messages.get(id)!;
      const wire = wires.get(id)!;
      if (!told(message.channel) || !hears(message)) return;
      const chat = state.channels.get(message.channel)!;
      push.push('im.message.receive_v1', {
        sender: { sender_id: idsOf(message.author), sender_type: 'user', tenant_key: TENANT },
        message: {
          message_id: id,
          ...(wire.root && { root_id: wire.root, parent_id: wire.parent }),
          ...(message.thread && { thread_id: threadIdOf(message.thread) }),
          create_time: String(message.at),
          update_time: String(message.at),
          chat_id: chat.id,
          chat_type: chat.kind === 'direct' ? 'p2p' : 'group',
          message_type: wire.type,
          content: wire.content,
          ...(wire.mentions.length > 0 && {
            mentions: wire.mentions.map(({ key, id, name }) => ({ key, id: idsOf(id), name, tenant_key: TENANT })),
          }),
        },
      });
    },
    reacted(id: string, by: string, emoji: string, on: boolean): void {
      if (!told(state.messages.get(id)!.channel)) return;
      const operator = by === bot.id ? { operator_type: 'app', app_id: app.id } : { operator_type: 'user', user_id: idsOf(by) };
      push.push(`im.message.reaction.${on ? 'created' : 'deleted'}_v1`, {
        message_id: id,
        reaction_type: { emoji_type: emoji },
        ...operator,
        action_time: String(cloud.clock()),
      });
    },
    recalled(id: string, type: 'message_owner' | 'group_owner'): void {
      const { channel } = state.messages.get(id)!;
      if (!told(channel)) return;
      push.push('im.message.recalled_v1', { message_id: id, chat_id: channel, recall_time: String(cloud.clock()), recall_type: type });
    },
    /** Told even of a chat that the bot is in no more. */
    membership(chat: string, by: string, on: boolean): void {
      push.push(`im.chat.member.bot.${on ? 'added' : 'deleted'}_v1`, {
        chat_id: chat,
        operator_id: idsOf(by),
        external: state.channels.get(chat)?.kind === 'external',
        operator_tenant_key: TENANT,
        name: state.channels.get(chat)?.name ?? '',
      });
    },
    /** Somebody opens the direct chat with the bot. */
    entered(chat: string, by: string): void {
      if (!app.scopes.has('im:chat.access_event.bot_p2p_chat:read')) return;
      push.push('im.chat.access_event.bot_p2p_chat_entered_v1', {
        chat_id: chat,
        operator_id: idsOf(by),
        last_message_id: '',
        last_message_create_time: '',
      });
    },
    disbanded(chat: string, by: string): void {
      push.push('im.chat.disbanded_v1', { chat_id: chat, operator_id: idsOf(by), external: false, operator_tenant_key: TENANT });
    },
    /** What the app answers to a press: undefined where it did not in time. */
    pressed(by: string, message: string, token: string, action: Record<string, unknown>): Promise<unknown> {
      return push.ask('card.action.trigger', {
        operator: { tenant_key: TENANT, ...idsOf(by) },
        token,
        action: { ...action, timezone: 'Asia/Shanghai' },
        host: 'im_message',
        context: { open_message_id: message, open_chat_id: state.messages.get(message)!.channel },
      });
    },
  };
}
