// The calls about cards beside those about messages: the ones that only one person sees, and those that a press lets the app change.
import { checkCard } from './card.ts';
import type { Cloud } from './cloud.ts';
import type { Route } from './gateway.ts';
import { newFeishuId } from './ids.ts';
import { LIMITS, refuse } from './limits.ts';
import type { Rates } from './rates.ts';

export type PressToken = { message: string; at: number; uses: number; answered: boolean };

const SEND = ['im:message', 'im:message:send_as_bot'];

export function cardRoutes(cloud: Cloud, rates: Rates, presses: Map<string, PressToken>): Route[] {
  const { state } = cloud;
  const shared = (card: Record<string, unknown>) => (card.config as { update_multi?: boolean } | undefined)?.update_multi === true;

  function card(value: unknown): { content: string; card: Record<string, unknown> } {
    if (typeof value !== 'object' || value === null) return refuse('badField', 'card must be an object');
    const content = JSON.stringify(value);
    if (Buffer.byteLength(JSON.stringify(content)) > LIMITS.cardBytes) refuse('tooLong');
    checkCard(cloud, value as Record<string, unknown>);
    return { content, card: value as Record<string, unknown> };
  }

  return [
    {
      call: 'POST /open-apis/ephemeral/v1/send',
      scopes: SEND,
      body: ['chat_id!', 'open_id!', 'msg_type!', 'card!'],
      async run({ body }) {
        const chat = cloud.chat(body.chat_id);
        if (chat.kind === 'direct' || chat.kind === 'restricted') refuse('ephemeralNotHere');
        if (!state.people.has(body.open_id) || !cloud.room.isIn(body.open_id, chat.id)) refuse('badReceiver', 'invalid open_id');
        if (body.msg_type !== 'interactive') refuse('badParameter', 'invalid msg_type');
        const { content } = card(body.card);
        rates.toChat(chat.id);
        // Whoever is not there at the moment never sees it; the app is not told.
        if (cloud.offline.has(body.open_id)) return { message_id: newFeishuId('message') };
        const message_id = await cloud.say(
          { channel: chat.id, author: cloud.bot.id, onlyFor: body.open_id },
          { type: 'interactive', content, mentions: [], shared: false },
        );
        return { message_id };
      },
    },
    {
      call: 'POST /open-apis/ephemeral/v1/delete',
      scopes: SEND,
      body: ['message_id!'],
      async run({ body }) {
        const message = state.messages.get(body.message_id);
        if (!message?.onlyFor || message.deleted) return refuse('badParameter', 'invalid message_id');
        await cloud.recall(message.id, cloud.bot.id);
      },
    },
    {
      // After the answer to the press only; for everybody where the card is shared.
      call: 'POST /open-apis/interactive/v1/card/update',
      scopes: SEND,
      body: ['token!', 'card!'],
      async run({ body }) {
        const press = presses.get(body.token) ?? refuse('badPressToken');
        const late = cloud.clock() - press.at > LIMITS.pressTokenMs || press.uses >= LIMITS.pressTokenUses;
        if (late || !press.answered) refuse('badPressToken');
        const now = card(body.card);
        press.uses += 1;
        rates.ofMessage(press.message);
        await cloud.edit(press.message, cloud.bot.id, { content: now.content, shared: shared(now.card) });
      },
    },
  ];
}
