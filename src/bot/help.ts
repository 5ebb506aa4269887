// `/finetune help`, and what a command is answered with that nobody knows or that is put wrongly.
import { say } from '../words/words.ts';
import { type Asked, langOf } from './asked.ts';
import { VERBS, type Verb } from './commands.ts';
import { replyPrivately, sentence } from './reply.ts';

export async function help(asked: Asked): Promise<void> {
  const lang = await langOf(asked);
  const facts = VERBS.map((verb): [string, string] => [say(lang, `help.usage.${verb}`), say(lang, `help.about.${verb}`)]);
  const parts = [{ markdown: say(lang, 'help.body') }, { markdown: say(lang, 'help.commands') }, { facts }];
  return replyPrivately(asked.bot, asked.event, { title: say(lang, 'help.title'), parts });
}

export async function unknownCommand(asked: Asked, { said, near }: { said: string; near?: string }): Promise<void> {
  const lang = await langOf(asked);
  const shown = said.slice(0, 40);
  const known = VERBS.join(' · ');
  const text = near ? say(lang, 'command.near', { said: shown, near }) : say(lang, 'command.unknown', { said: shown, known });
  return replyPrivately(asked.bot, asked.event, sentence(text));
}

/** A verb that is known, with words after it that it cannot do anything with. */
export async function misusedCommand(asked: Asked, verb: Verb): Promise<void> {
  const lang = await langOf(asked);
  const text = say(lang, 'command.misused', { usage: say(lang, `help.usage.${verb}`), about: say(lang, `help.about.${verb}`) });
  return replyPrivately(asked.bot, asked.event, sentence(text));
}
