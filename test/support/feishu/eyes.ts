// What one person sees in Feishu: the messages of their chats, the cards that only they are shown, the toasts of their presses, and what
// they are told alone by the bot. Everything is drawn from what was sent, and from nothing else.
import type { Element, Json } from './card.ts';
import { lookOfCard } from './card-look.ts';
import type { Cloud, Wire } from './cloud.ts';
import { parsed } from './content.ts';
import type { FakeFeishu } from './fake.ts';

export type Look = {
  id: string;
  chat: string;
  author: string;
  text: string;
  links: string[];
  buttons: Map<string, Element>;
  fields: Element[];
  /** only this person sees it: a card of theirs, a toast, or what the bot says to them alone */
  private: boolean;
  thread?: string;
  /** emoji_type of the bot's own reactions */
  signs: string[];
  files: { name: string; bytes: Uint8Array }[];
  /** to the byte as it was sent */
  content: string;
};

/** Everything that `person` sees now, oldest first. */
export function eyesOf({ cloud, hands }: Pick<FakeFeishu, 'cloud' | 'hands'>, person: string): Look[] {
  const { state, wires, room, bot, reactions, uploads } = cloud;
  const nameOf = (id: string) => state.people.get(id)?.name ?? id;
  const direct = cloud.direct(person)?.id;

  const messages = [...state.messages.values()]
    .filter(({ id, channel, deleted, onlyFor }) => {
      return wires.has(id) && !deleted && !cloud.disbanded.has(channel) && room.isIn(person, channel) && (!onlyFor || onlyFor === person);
    })
    .map(({ id, channel, author, onlyFor, thread, said }) => {
      const wire = wires.get(id)!;
      const look: Look = {
        id,
        chat: channel,
        author,
        ...lookOf(cloud, wire, nameOf),
        private: onlyFor !== undefined || (channel === direct && author === bot.id),
        ...(thread && { thread }),
        signs: [...reactions.values()].filter(({ message, by }) => message === id && by === bot.id).map(({ emoji }) => emoji),
        files: filesIn(wire, uploads),
        content: wire.content,
      };
      return { look, order: said };
    });
  const toasts = hands.toasts
    .map((toast, i) => ({ toast, i }))
    .filter(({ toast }) => toast.person === person)
    .map(({ toast, i }) => {
      const { chat, text, message, after } = toast;
      const { thread } = state.messages.get(message) ?? {};
      const look: Look = {
        id: `toast${i}`,
        chat,
        author: bot.id,
        text,
        links: [],
        buttons: new Map(),
        fields: [],
        private: true,
        ...(thread && { thread }),
        signs: [],
        files: [],
        content: text,
      };
      return { look, order: after + 0.5 };
    });
  return [...messages, ...toasts].sort((a, b) => a.order - b.order).map(({ look }) => look);
}

function lookOf(cloud: Cloud, { type, content, mentions }: Wire, nameOf: (id: string) => string) {
  const plain = { links: [] as string[], buttons: new Map<string, Element>(), fields: [] as Element[] };
  const json = parsed(content);
  const named = (text: string) => mentions.reduce((all, { key, name }) => all.replaceAll(key, `@${name}`), text);
  switch (type) {
    case 'interactive':
      return lookOfCard(json, nameOf);
    case 'text':
      return { ...plain, text: named(String(json.text)) };
    case 'post':
      return { ...plain, text: named(postText(json)) };
    default: {
      const { name = type } = cloud.uploads.get(String(json.file_key ?? json.image_key)) ?? {};
      return { ...plain, text: `[${name}]` };
    }
  }
}

function postText({ title, content }: Json): string {
  const paragraphs = (content as Json[][]).map(nodes =>
    nodes.map(({ tag, text, user_id }) => String(tag === 'at' ? user_id : (text ?? ''))).join(''),
  );
  return [title, ...paragraphs].filter(Boolean).join('\n');
}

function filesIn({ type, content }: Wire, uploads: Cloud['uploads']): Look['files'] {
  if (type !== 'file') return [];
  const { name, bytes } = uploads.get(String(parsed(content).file_key))!;
  return [{ name, bytes }];
}
