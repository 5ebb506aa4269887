// The fake Feishu's room as the agreement check wants it: what people see, and who approves of what.
import type { Card } from '../../src/chat/chat.ts';
import { feishuCard } from '../../src/chat/feishu/face/card.ts';
import { APPROVE, SIGNS } from '../../src/chat/feishu/signs.ts';
import { markdownToText } from '../../src/chat/markdown.ts';
import { parsed } from '../support/feishu/content.ts';
import type { FakeFeishu } from '../support/feishu/fake.ts';
import type { Room, Standing } from './agree.ts';

export function feishuRoom({ cloud, hands }: FakeFeishu): Room {
  const { state, wires, reactions, bot } = cloud;
  /** In a chat of two what the bot says is for the other one. */
  const alone = (channel: string) => {
    const { kind, members = [] } = state.channels.get(channel)!;
    return kind === 'direct' ? members.find(member => member !== bot.id) : undefined;
  };
  return {
    messages: [...state.messages.values()].flatMap(({ id, channel, thread, author, deleted, onlyFor }): Standing[] => {
      const wire = wires.get(id);
      if (!wire || deleted) return [];
      const fromBot = author === bot.id;
      const to = fromBot ? (onlyFor ?? alone(channel)) : undefined;
      const given = [...reactions.values()].filter(({ message }) => message === id);
      return [
        {
          id,
          channel,
          ...(thread && { thread }),
          author,
          fromBot,
          // Of a card everything, to the byte: more than people see. But which chat its buttons are about, and which post it is, no post says.
          text: wire.type === 'interactive' ? wire.content.replace(ABOUT, '').replace(MARK, '') : String(parsed(wire.content).text),
          ...(to && { to }),
          approvedBy: [...new Set(given.filter(({ emoji }) => APPROVE.includes(emoji)).map(({ by }) => by))],
          kept: given.some(({ by, emoji }) => by === bot.id && emoji === SIGNS.kept),
          edited: wire.edits > 0,
        },
      ];
    }),
    draw: card => JSON.stringify(feishuCard(card, { lang: 'en' }).card),
    passed: (to, card) => hands.toasts.some(({ person, text }) => person === to && text === sentenceOf(card)),
  };
}

const MARK = /,"element_id":"k[0-9a-f]{19}"/g;
const ABOUT = /,"about":"[^"]*"/g;
const sentenceOf = ({ parts }: Card): string => parts.flatMap(part => ('markdown' in part ? markdownToText(part.markdown) : [])).join('\n');
