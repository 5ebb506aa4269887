// What came of a press, in one sentence, for whoever pressed alone.
import { say } from '../../words/words.ts';
import { type Bot, knownPerson } from '../bot.ts';
import { langFor } from '../language.ts';
import { type Pressed, replyPrivately, sentence } from '../reply.ts';

/** `code`: a sentence of words/ without places. */
export async function tellPresser(bot: Bot, event: Pressed, code: string): Promise<void> {
  const lang = await langFor(bot, await knownPerson(bot, event.person), event.ref.channel);
  await replyPrivately(bot, event, sentence(say(lang, code)));
}
