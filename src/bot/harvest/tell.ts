// What one person alone is told about a ✅ of theirs: each thing once.
import type { Card, Place } from '../../chat/chat.ts';
import type { PersonRow } from '../../data/people.ts';
import { findPost } from '../../data/posts.ts';
import type { Problem } from '../../problem.ts';
import { codeOn, type Lang, say } from '../../words/words.ts';
import type { Bot } from '../bot.ts';
import { langFor } from '../language.ts';
import { postTo, sentence } from '../reply.ts';

/** Only `person` sees it, at `place`; never a second time under the same key. */
export async function tellOnce(bot: Bot, key: string, person: PersonRow, place: Place, card: (lang: Lang) => Card): Promise<void> {
  if (person.bot || (await findPost(bot.db, bot.workspace.id, key))) return;
  await postTo(bot, key, place, { person: person.ext, place }, card(await langFor(bot, person, place.channel)));
}

/** Why a ✅ makes no example: once a person and kind. That somebody does not want to be learned from is nobody else's business. */
export const tellWhyNot = async (bot: Bot, person: PersonRow, place: Place, { code, values }: Problem): Promise<void> => {
  if (code === 'harvest.no.author') return;
  const key = `told:${person.id}:${code.replace('harvest.no.', '')}`;
  await tellOnce(bot, key, person, place, lang => sentence(say(lang, codeOn(bot.chat.platform, code), values)));
};
