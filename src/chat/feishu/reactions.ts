// Reactions: who approves of a message, and the bot's own signs on it.

import { bounded } from '../bounded.ts';
import type { MessageRef } from '../chat.ts';
import type { Api } from './api.ts';
import { means } from './codes.ts';
import { SIGNS } from './signs.ts';

const PAGE = 50;

export type Reactions = {
  /** The people whose reaction, one of those that approve, stands on the message now. */
  approvers(message: string): Promise<string[]>;
  setReaction(at: MessageRef, sign: keyof typeof SIGNS, on: boolean): Promise<void>;
};

export function openReactions({ client, ask, send, appId }: Api, approve: string[], bot: string): Reactions {
  /** message and sign → the reaction's id, as it was made or seen last: nobody but the bot takes its own away */
  const own = bounded<string, string>(5_000);

  const isOwn = (operator: { operator_type?: string; operator_id?: string } | undefined): boolean =>
    operator?.operator_type === 'app' && (operator.operator_id === appId || operator.operator_id === bot);

  async function* all(message: string, reaction_type?: string) {
    for (let page_token: string | undefined; ; ) {
      const params = { page_size: PAGE, user_id_type: 'open_id' as const, reaction_type, page_token };
      const page = await ask(() => client.im.v1.messageReaction.list({ path: { message_id: message }, params }), 'reactions');
      yield* page?.items ?? [];
      page_token = page?.page_token;
      if (!page?.has_more || !page_token) return;
    }
  }

  async function approvers(message: string): Promise<string[]> {
    const people = new Set<string>();
    const signs = new Map<string, string>();
    for await (const { operator, reaction_type, reaction_id } of all(message)) {
      const { operator_type, operator_id } = operator ?? {};
      const emoji = reaction_type?.emoji_type ?? '';
      if (isOwn(operator) && reaction_id) signs.set(emoji, reaction_id);
      if (operator_type === 'user' && operator_id && approve.includes(emoji)) people.add(operator_id);
    }
    for (const emoji of Object.values(SIGNS)) {
      const id = signs.get(emoji);
      if (id === undefined) own.delete(`${message} ${emoji}`);
      else own.set(`${message} ${emoji}`, id);
    }
    return [...people];
  }

  async function setReaction({ id }: MessageRef, sign: keyof typeof SIGNS, on: boolean): Promise<void> {
    const emoji_type = SIGNS[sign];
    const key = `${id} ${emoji_type}`;
    if (on) {
      // A look has just seen it there; five hundred of them before a run would each say it again.
      if (own.get(key) !== undefined) return;
      const made = await send(() =>
        client.im.v1.messageReaction.create({ path: { message_id: id }, data: { reaction_type: { emoji_type } } }),
      );
      if (made?.reaction_id) own.set(key, made.reaction_id);
      return;
    }
    const reaction_id = own.get(key) ?? (await ownReaction(id, emoji_type));
    own.delete(key);
    if (!reaction_id) return;
    try {
      await send(() => client.im.v1.messageReaction.delete({ path: { message_id: id, reaction_id } }));
    } catch (error) {
      // Somebody was faster: it is away, and that was asked for.
      if (!means(error, 'reactionGone')) throw error;
    }
  }

  async function ownReaction(message: string, emoji: string): Promise<string | undefined> {
    for await (const { reaction_id, operator } of all(message, emoji)) {
      if (isOwn(operator)) return reaction_id;
    }
    return undefined;
  }

  return { approvers, setReaction };
}
