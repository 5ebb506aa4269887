// `/finetune help`, and what a command that nobody knows is answered with.
import { say } from '../words/words.ts';
import type { Asked } from './asked.ts';
import { langFor } from './language.ts';
import { replyPrivately, sentence } from './reply.ts';

export async function help({ bot, event, person }: Asked): Promise<void> {
  const lang = await langFor(bot, person, event.place.channel);
  return replyPrivately(bot, event, { title: say(lang, 'help.title'), parts: [{ markdown: say(lang, 'help.body') }] });
}

export async function unknownCommand({ bot, event, person }: Asked, { said, near }: { said: string; near?: string }): Promise<void> {
  const shown = said.slice(0, 40);
  const lang = await langFor(bot, person, event.place.channel);
  return replyPrivately(
    bot,
    event,
    sentence(near ? say(lang, 'command.near', { said: shown, near }) : say(lang, 'command.unknown', { said: shown })),
  );
}
