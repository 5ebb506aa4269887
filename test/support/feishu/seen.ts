// What a person sees in Feishu, as the stories tell it: pieces of person.ts's `Seen` out of the eyes.
import type { Seen } from '../person.ts';
import { SIGNS } from './contract.ts';
import type { Look } from './eyes.ts';
import type { FakeFeishu } from './fake.ts';

/** Names of chats as they stand; the one with the bot alone is `direct`. */
export function seenOf({ cloud }: Pick<FakeFeishu, 'cloud'>, look: Look): Seen {
  const { name, kind } = cloud.state.channels.get(look.chat)!;
  return {
    id: look.id,
    text: look.text,
    links: look.links,
    buttons: new Map<string, unknown>(look.buttons),
    bytes: look.content,
    author: look.author,
    channel: kind === 'direct' ? 'direct' : name,
    private: look.private,
    ...(look.thread && { thread: look.thread }),
    signs: look.signs.map(sign => SIGNS[sign] ?? sign),
    files: look.files.map(file => ({ name: file.name, text: Buffer.from(file.bytes).toString('utf8') })),
  };
}

/** A long text of a form stands in several boxes: `why`, `why.1n` (it goes on in a new line), `why.2s` (in the same). */
const BOX = /^(.+?)(?:\.(\d+)([ns]))?$/;

/** Field → the text in its boxes. */
export function textsIn(fields: Look['fields']): Record<string, string> {
  const texts: Record<string, string> = {};
  for (const { name, default_value = '' } of fields) {
    const [, field, , joint] = BOX.exec(String(name))!;
    const more = String(default_value);
    if (texts[field] === undefined) texts[field] = more;
    else if (more !== '') texts[field] += (joint === 'n' ? '\n' : '') + more;
  }
  return texts;
}

/** What is typed where `typed` is to stand in the fields: the first box has it, the others are emptied. */
export function boxesFor(fields: Look['fields'], typed: Record<string, string>): Record<string, string> {
  const boxes = fields.map(({ name }) => String(name));
  return Object.fromEntries(
    Object.entries(typed).flatMap(([field, text]) => {
      const [first = field, ...others] = boxes.filter(box => BOX.exec(box)![1] === field);
      return [[first, text], ...others.map(box => [box, ''])];
    }),
  );
}
